"""Python, its packages against what mscev asks for and what it was tested with, and the extras."""

from __future__ import annotations

import platform
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from api.doctor.finding import Finding, fail, ok, warn

OLDEST: Final = (3, 11)
LOCK: Final = Path(__file__).parents[2] / "requirements" / "run.txt"
_NEED: Final = re.compile(
    r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?\s*(?P<test>>=|==)?\s*(?P<version>[\w.]*)"
    r"(?:.*extra\s*==\s*['\"](?P<extra>[\w-]+)['\"])?"
)
_PIN: Final = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)
SHOWN: Final = 5


def packages() -> Iterator[Finding]:
    """Yield what there is to say of Python and its packages."""
    told = f"{platform.python_version()} on {platform.platform()}, mscev {version('mscev')}"
    if sys.version_info[:2] >= OLDEST:
        yield ok("python", told)
    else:
        yield fail("python", told, f"mscev needs Python {'.'.join(map(str, OLDEST))} or later")
    needs: dict[str | None, list[str]] = defaultdict(list)
    for text in requires("mscev") or ():
        need = _NEED.match(text)
        if need is not None:
            needs[need["extra"]] += unmet(need["name"], need["test"], need["version"])
    yield _required(needs.pop(None, []))
    yield _extras({str(name): lacks for name, lacks in needs.items()})
    yield from _locked()


def unmet(name: str, test: str | None, wanted: str) -> list[str]:
    """Return what is wrong with a package, if anything is: `neo4j 5.2, not >=6.4`."""
    try:
        found = version(name)
    except PackageNotFoundError:
        return [f"{name} is not installed"]
    fits = {None: True, "==": found == wanted, ">=": _numbers(found) >= _numbers(wanted)}[test]
    return [] if fits else [f"{name} is {found}, not {test}{wanted}"]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _required(lacks: list[str]) -> Finding:
    if lacks:
        return fail("packages", "; ".join(lacks), "install mscev anew: rm -r .venv, then make up")
    return ok("packages", "all that mscev needs is there")


def _extras(lacks: dict[str, list[str]]) -> Finding:
    missing = sorted(name for name, what in lacks.items() if what)
    there = ", ".join(sorted(lacks.keys() - set(missing))) or "none"
    return ok("extras", f"{there}" + (f"; not installed: {', '.join(missing)}" if missing else ""))


def _locked() -> Iterator[Finding]:
    """Compare what is installed with the lock, where there is a checkout."""
    if not LOCK.is_file():
        return
    pins: dict[str, set[str]] = defaultdict(set)
    for name, pinned in _PIN.findall(LOCK.read_text(encoding="utf-8")):
        pins[name].add(pinned)
    other = []
    for name, versions in pins.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            continue  # of an extra, or of another platform
        if found not in versions:
            other.append(f"{name} {found}, not {' or '.join(sorted(versions))}")
    if other:
        more = f", and {len(other) - SHOWN} more" if len(other) > SHOWN else ""
        yield warn(
            "lock",
            ", ".join(other[:SHOWN]) + more,
            "these versions are not the tested ones: touch requirements/run.txt, then make up",
        )
    else:
        yield ok("lock", f"versions are those of {LOCK.name}")
