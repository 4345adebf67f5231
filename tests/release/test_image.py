"""The image's wheel in the image's environment: made by its steps from the lock, never editable, and run."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from graph.server.process import free_port
from loaders.article.curated import built_in
from tests.release.build import build
from tests.release.check import ROOT, packages_of, tracked, version_of
from tests.release.image import Image, stages

pytestmark = pytest.mark.tools  # an environment of its own, and a first start in a fresh home

SECONDS = 600.0
IMPORTS = """
import importlib, json, pkgutil, sys
found = {}
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    found[name] = package.__file__
    for one in pkgutil.walk_packages(package.__path__, f"{name}."):
        if not one.name.endswith("__main__"):
            found[one.name] = importlib.import_module(one.name).__file__
print(json.dumps(found))
"""
TYPED = """
import mscev
from schema.kinds import KINDS
with mscev.connect("http://localhost:1") as graph:
    reveal_type(graph)
    reveal_type(KINDS)
    graph.query(1)
"""


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    made = Image(tmp_path_factory.mktemp("image"))
    made.build()
    return made


@pytest.fixture
def run(image: Image, tmp_path: Path) -> Runner:
    return Runner(image, tmp_path)


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs what is installed, in an empty folder, with nothing of this checkout on the path."""

    image: Image
    folder: Path

    def __call__(self, command: str, *arguments: str) -> str:
        done = subprocess.run(
            [self.image.installed / "bin" / command, *arguments],
            cwd=self.folder,
            env=outside(self.folder),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def outside(home: Path) -> dict[str, str]:
    """A home of its own, and the shared downloads."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    return kept | {"MSCEV_HOME": str(home / "home"), "COLUMNS": "200"}


# ---- what is inside ----------------------------------------------------------------------------------------


def test_the_wheel_holds_what_git_knows_and_nothing_else(image: Image) -> None:
    with zipfile.ZipFile(image.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        extra = {name.split("/", 1)[1] for name in set(wheel.namelist()) - names}
        expected = tracked(ROOT, *packages_of(ROOT))
        assert names == expected
        for name in names:
            assert wheel.read(name) == (ROOT / name).read_bytes(), name
    assert extra == {
        "METADATA",
        "WHEEL",
        "RECORD",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/NOTICE.md",
    }
    kinds = {Path(name).suffix for name in names}
    assert {
        ".jsonl",
        ".tsv",
        ".ttf",
        ".html",
        ".css",
        ".js",
        ".graphql",
        ".cypher",
        ".toml",
        ".typed",
    } <= kinds


def test_repository_archive_and_image_make_the_same_wheel(image: Image, tmp_path: Path) -> None:
    archive, wheel = build(ROOT, tmp_path / "dist")[::-1]
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
        held = {name.split("/", 1)[1] for name in tar.getnames() if "/" in name}
    assert held == tracked(ROOT) | {"PKG-INFO"}
    (again,) = build(tmp_path / archive.name.removesuffix(".tar.gz"), tmp_path / "again", "wheel")
    assert wheel.name == again.name == image.wheel.name
    assert wheel.read_bytes() == again.read_bytes() == image.wheel.read_bytes()


# ---- that it runs ------------------------------------------------------------------------------------------


def test_every_module_is_imported_from_there(run: Runner, image: Image) -> None:
    found = json.loads(run("python", "-W", "error", "-c", IMPORTS, *packages_of(ROOT)))
    assert all(Path(file).is_relative_to(image.installed) for file in found.values())
    expected = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in tracked(ROOT, *packages_of(ROOT))
        if name.endswith(".py") and not name.endswith("__main__.py")
    }
    assert set(found) == expected


def test_commands_that_need_no_graph(run: Runner) -> None:
    assert run("mscev", "--version") == f"mscev {version_of(ROOT)}\n"
    sdl = (ROOT / "api/graphql/schema.graphql").read_text(encoding="utf-8")
    assert run("mscev", "schema", "graphql").strip() == sdl.strip()
    (run.folder / "text.md").write_text("# T\n\nMSC-EVs did not lower IL-6 in mice [2].\n", encoding="utf-8")
    (proposal,) = json.loads(run("mscev", "propose", "text.md", "--json"))["proposals"]
    assert (proposal["subject"]["id"], proposal["negated"]) == ("mscev:msc-ev", True)


def test_others_see_the_types(image: Image, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(TYPED, encoding="utf-8")
    python = str(image.installed / "bin/python")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "program.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.findall(r"(note: Revealed.*|error: .*)", done.stdout) == [
        'note: Revealed type is "mscev.Graph"',
        'note: Revealed type is "tuple[schema.kinds.Kind, ...]"',
        'error: Argument 1 to "query" of "Graph" has incompatible type "int"; expected "str"  [arg-type]',
    ], done.stdout


@pytest.fixture(scope="module")
def served(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`mscev up` in a fresh home, until its image's health check is content."""
    folder = tmp_path_factory.mktemp("served")
    port = free_port()
    with subprocess.Popen(
        [image.installed / "bin/mscev", "up", "--port", str(port)],
        cwd=folder,
        env=outside(folder),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as running:
        try:
            url = f"http://127.0.0.1:{port}"
            command = healthy(image, port)
            end = time.monotonic() + SECONDS
            while subprocess.run(command, capture_output=True, check=False).returncode != 0:
                assert running.poll() is None, running.communicate()[0]
                assert time.monotonic() < end, "not healthy in time"
                time.sleep(0.5)
            yield url
        finally:
            running.send_signal(signal.SIGTERM)
            said = running.communicate(timeout=60)[0]
    assert "Traceback" not in said


def healthy(image: Image, port: int) -> list[str]:
    """The command of HEALTHCHECK, at another port."""
    (told,) = [rest for word, rest in stages()[-1] if word == "HEALTHCHECK"]
    words = json.loads(told.partition(" CMD ")[2].strip())
    assert words[0] == "python"
    return [str(image.installed / "bin/python"), *(word.replace(":8000/", f":{port}/") for word in words[1:])]


def test_it_serves_from_nothing(served: str) -> None:
    query = '{ graph { claims } entity(id: "HGNC:6018") { name } }'
    answer = httpx.post(f"{served}/graphql", json={"query": query}, timeout=60).json()
    claims = len(list(built_in().claims()))
    assert answer["data"] == {"graph": {"claims": claims}, "entity": {"name": "IL6"}}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/entity/HGNC:6018", b"IL6"),
        ("/cypher", b"</html>"),
        ("/graphql/schema.graphql", b"type Query"),
        ("/views/graph.svg?focus=MONDO:0005178", b"osteoarthritis"),
        ("/views/graph.png?focus=MONDO:0005178", b"PNG"),
        ("/views/graph.pptx?focus=MONDO:0005178", b"ppt/slides"),
        ("/exports/bibtex", b"@article"),
        ("/docs", b"swagger"),
    ],
)
def test_its_data_files_are_found(served: str, path: str, words: bytes) -> None:
    answer = httpx.get(served + path, timeout=60, headers={"accept": "*/*"})
    assert answer.status_code == 200, answer.text
    assert words in answer.content
