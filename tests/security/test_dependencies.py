"""The scan of dependencies: it fails where a hole is known, and never takes silence for an answer."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from tests import dependencies
from tests.dependencies import KNOWN, LOCKS, NODE, ROOT, Asked, main, of_npm, of_pip, verdict

HOLE = {"id": "CVE-2020-28493", "fix_versions": ["2.11.3"], "aliases": [], "description": ""}
# as pip-audit 2 and npm 11 print them
FOUND = {"dependencies": [{"name": "jinja2", "version": "2.11.2", "vulns": [HOLE]}], "fixes": []}
CLEAN = {"dependencies": [{"name": "idna", "version": "3.4", "vulns": []}], "fixes": []}
SKIPPED = {"dependencies": [{"name": "jinja2", "skip_reason": "Dependency not found on PyPI"}], "fixes": []}
NPM = {
    "auditReportVersion": 2,
    "vulnerabilities": {"left": {"name": "left", "severity": "high", "range": "<1.2.3", "via": []}},
}
NO_NPM = {"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": "", "detail": ""}}


def test_a_known_hole_fails() -> None:
    told, status = verdict([of_pip("a.txt", json.dumps(FOUND)), of_npm("b", json.dumps(NPM))])
    assert status == 1
    assert told == [
        "HOLE         a.txt: jinja2 2.11.2: CVE-2020-28493, mended in 2.11.3",
        "HOLE         b: left <1.2.3: high",
    ]


def test_without_holes_it_passes() -> None:
    clean = json.dumps({"auditReportVersion": 2, "vulnerabilities": {}})
    told, status = verdict([of_pip("a.txt", json.dumps(CLEAN)), of_npm("b", clean)])
    assert (told, status) == (["no known hole in a.txt", "no known hole in b"], 0)


@pytest.mark.parametrize(
    "asked",
    [
        of_pip("x", json.dumps(SKIPPED)),
        of_pip("x", ""),
        of_pip("x", "null"),
        of_npm("x", json.dumps(NO_NPM)),
        of_npm("x", ""),
    ],
)
def test_without_data_it_says_that_nothing_was_checked(asked: Asked) -> None:
    told, status = verdict([asked])
    assert status == 0
    assert len(told) == 1
    assert told[0].startswith("NOT CHECKED  x: ")


@pytest.mark.parametrize(
    ("known", "lock", "status"), [(FOUND, FOUND, 1), (FOUND, CLEAN, 0), (SKIPPED, FOUND, 0)]
)
def test_data_are_there_where_a_known_hole_is_told(
    known: object,
    lock: object,
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A program in place of pip-audit gives its answers: the true one needs a network."""
    program = tmp_path / "pip-audit"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nprint({json.dumps(known)!r} if '--no-deps' in sys.argv else "
        f"{json.dumps(lock)!r})\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(dependencies, "NODE", ())
    assert main(str(program)) == status
    told = capsys.readouterr().out
    assert ("NOT CHECKED  Python packages" in told) is (known is SKIPPED)
    assert (KNOWN in told) is (known is SKIPPED)


def test_every_lock_is_asked_about() -> None:
    kept = {str(path.relative_to(ROOT)) for path in ROOT.glob("requirements/*.txt")}
    # run.txt is a part of dev.txt; the others are environments for checks, which nobody serves from
    assert kept - {*LOCKS} == {"requirements/run.txt", "requirements/kgx.txt", "requirements/ontologies.txt"}
    assert all((ROOT / folder / "package-lock.json").exists() for folder in NODE)
    locked = (ROOT / "requirements/dev.txt").read_text(encoding="utf-8")
    for line in (ROOT / "requirements/run.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            assert line.split(";")[0].removesuffix("\\").strip() in locked
