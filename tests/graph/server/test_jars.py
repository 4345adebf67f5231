"""The downloader, against a repository on loopback: what is tested is the fetching, so the jars are small."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from graph.server import jarlist
from graph.server.home import Home
from graph.server.install import install
from graph.server.jarlist import Jar
from graph.server.jars import ensure
from graph.server.process import free_port
from schema.errors import DiskFull, DownloadFailed, ServerError
from tests.graph.server.serving import serving


@dataclass
class Repository:
    """Serves `content`; `broken` paths answer with other bytes that many times."""

    content: dict[str, bytes] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    ranges: list[str | None] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.lstrip("/")
        wanted = handler.headers.get("Range")
        self.requests.append(path)
        self.ranges.append(wanted)
        body = self.content.get(path)
        if body is None:
            handler.send_error(404)
            return
        if self.broken.get(path, 0) > 0:
            self.broken[path] -= 1
            body = bytes(len(body))
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        handler.send_response(206 if wanted else 200)
        handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        handler.wfile.write(body[start:])


@pytest.fixture
def repository() -> Iterator[Repository]:
    served = Repository()
    with serving(served.answer) as served.url:
        yield served


def publish(repository: Repository, count: int = 5) -> tuple[Jar, ...]:
    jars = []
    for number in range(count):
        body = os.urandom(50_000 + number)
        jar = Jar("org.example", f"part{number}", "1.0", "", hashlib.sha256(body).hexdigest(), len(body))
        repository.content[jar.remote_path] = body
        jars.append(jar)
    return tuple(jars)


def test_fetches_once_in_the_order_of_the_list(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository)
    paths = ensure(jars, tmp_path, mirror=repository.url + "/")
    assert [path.name for path in paths] == [f"part{number}-1.0.jar" for number in range(5)]
    assert [path.read_bytes() for path in paths] == [repository.content[jar.remote_path] for jar in jars]
    repository.requests.clear()
    assert ensure(jars, tmp_path, mirror=repository.url) == paths
    assert repository.requests == []
    assert not list(tmp_path.glob("*.part"))


def test_a_full_cache_needs_no_network(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository)
    ensure(jars, tmp_path, mirror=repository.url)
    ensure(jars, tmp_path, mirror=f"http://127.0.0.1:{free_port()}")


def test_a_wrong_checksum_is_fetched_again(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository)
    repository.broken[jars[2].remote_path] = 1
    ensure(jars, tmp_path, mirror=repository.url)
    assert repository.requests.count(jars[2].remote_path) == 2


def test_a_checksum_that_stays_wrong_is_never_trusted(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository)
    bad = jars[2]
    repository.broken[bad.remote_path] = 9
    with pytest.raises(DownloadFailed) as caught:
        ensure(jars, tmp_path, mirror=repository.url)
    found = hashlib.sha256(bytes(bad.size)).hexdigest()
    assert bad.label in caught.value.message
    assert found in caught.value.message
    assert bad.sha256 in caught.value.message
    assert not list(tmp_path.glob("part2*"))


def test_a_changed_jar_is_hashed_and_replaced(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository)
    paths = ensure(jars, tmp_path, mirror=repository.url)
    paths[1].write_bytes(b"garbage")
    os.utime(paths[3], (1, 1))  # touched, but the same bytes: hashed again, not fetched again
    repository.requests.clear()
    ensure(jars, tmp_path, mirror=repository.url)
    assert repository.requests == [jars[1].remote_path]
    assert paths[1].read_bytes() == repository.content[jars[1].remote_path]


def test_a_partial_download_is_resumed(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository, 1)
    part = tmp_path / "part0-1.0.jar.part"
    part.write_bytes(repository.content[jars[0].remote_path][:20_000])
    (path,) = ensure(jars, tmp_path, mirror=repository.url)
    assert repository.ranges == ["bytes=20000-"]
    assert path.read_bytes() == repository.content[jars[0].remote_path]


def test_a_partial_download_of_something_else_is_thrown_away(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository, 1)
    (tmp_path / "part0-1.0.jar.part").write_bytes(b"x" * 20_000)
    (path,) = ensure(jars, tmp_path, mirror=repository.url)
    assert repository.ranges == ["bytes=20000-", None]
    assert path.read_bytes() == repository.content[jars[0].remote_path]


def test_without_a_network_one_line_says_what_to_do(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository)
    closed = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(DownloadFailed) as caught:
        ensure(jars, tmp_path, mirror=closed)
    message = caught.value.message
    assert closed in message
    assert "org.example:part" in message
    assert "MSCEV_MAVEN_MIRROR" in message
    assert "later ones work offline" in message
    assert "\n" not in message


def test_a_jar_that_is_not_there_names_the_answer(repository: Repository, tmp_path: Path) -> None:
    missing = Jar("org.example", "gone", "1.0", "", "0" * 64, 10)
    with pytest.raises(DownloadFailed, match=r"org\.example:gone:1\.0 .* answered 404"):
        ensure([missing], tmp_path, mirror=repository.url)


def test_a_disk_without_room_is_seen_before_the_download(repository: Repository, tmp_path: Path) -> None:
    jars = publish(repository, 1)
    with pytest.raises(DiskFull, match="MSCEV_CACHE"):
        ensure([replace(jars[0], size=1 << 60)], tmp_path, mirror=repository.url)
    assert repository.requests == []


def test_the_checked_in_list_is_whole() -> None:
    jars = jarlist.checked_in()
    assert jarlist.neo4j_version(jars) == "2026.09.0"
    assert {"neo4j-server", "neo4j-browser", "neo4j-import-tool"} <= {jar.artifact for jar in jars}
    assert len({jar.file_name for jar in jars}) == len(jars)
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in jars)
    assert sum(jar.size for jar in jars) <= 170_000_000
    assert jarlist.parse(jarlist.render(jars).splitlines()) == jars


def test_a_list_with_other_columns_is_refused() -> None:
    with pytest.raises(ServerError, match="classifier"):
        jarlist.parse(["group\tartifact", "a\tb"])


def test_everything_cached_installs_with_a_dead_mirror(cache: Path, tmp_path: Path) -> None:
    install(Home(tmp_path, cache))
    runtime = install(Home(tmp_path, cache, mirror=f"http://127.0.0.1:{free_port()}"))
    assert len(runtime.class_path) == len(jarlist.checked_in())
