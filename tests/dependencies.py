"""`make audit-dependencies`: known holes in what is locked, or the plain word that nobody could be asked.

pip-audit also says "no known vulnerabilities" where it got no data. So it is first asked about a version that
is known to have holes: where that one passes, there are no data, and nothing follows from silence.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
KNOWN = "jinja2==2.11.2"
LOCKS = ("requirements/bootstrap.txt", "requirements/dev.txt", "requirements/audit.txt")
NODE = ("tests/node", "bench/graphql/peers")
SECONDS = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about, the holes that are known, and why nothing is known, if so."""

    what: str
    holes: tuple[str, ...] = ()
    unknown: str = ""


def of_pip(what: str, answer: str) -> Asked:
    """Read what pip-audit prints as JSON; packages that it could not ask about are told."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Asked(what, unknown="pip-audit gave no answer")
    holes = tuple(
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none'}"
        for one in packages
        for hole in one.get("vulns", ())
    )
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    return Asked(what, holes, f"no data on {', '.join(skipped)}" if skipped else "")


def of_npm(what: str, answer: str) -> Asked:
    """Read what `npm audit --json` prints."""
    try:
        told: dict[str, Any] = json.loads(answer)
    except ValueError:
        told = {}
    if "vulnerabilities" not in told:
        return Asked(what, unknown=str(told.get("message") or "npm gave no answer"))
    holes = [f"{name} {one['range']}: {one['severity']}" for name, one in told["vulnerabilities"].items()]
    return Asked(what, tuple(holes))


def verdict(answers: Sequence[Asked]) -> tuple[list[str], int]:
    """Return the lines to print, and 1 where a hole is known."""
    lines: list[str] = []
    for one in answers:
        lines += [f"HOLE         {one.what}: {hole}" for hole in one.holes]
        if one.unknown:
            lines.append(f"NOT CHECKED  {one.what}: {one.unknown}")
        elif not one.holes:
            lines.append(f"no known hole in {one.what}")
    return lines, int(any(one.holes for one in answers))


def python_packages(pip_audit: str) -> Iterator[Asked]:
    """Ask about what the lock files hold."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "known.txt"
        one.write_text(f"{KNOWN}\n", encoding="utf-8")
        if not of_pip(KNOWN, _said([pip_audit, *_PIP, "--no-deps", "--requirement", str(one)])).holes:
            no_data = (
                f"the index of packages has no data on holes (it knows of none in {KNOWN}, which has some)"
            )
            yield Asked("Python packages", unknown=no_data)
            return
    for lock in LOCKS:
        yield of_pip(lock, _said([pip_audit, *_PIP, "--require-hashes", "--requirement", str(ROOT / lock)]))


def node_packages() -> Iterator[Asked]:
    """Ask about what tests and benchmarks use of Node."""
    npm = shutil.which("npm")
    for folder in NODE:
        what = f"{folder}/package-lock.json"
        if npm is None:
            yield Asked(what, unknown="npm is not installed (make tools)")
        else:
            yield of_npm(
                what, _said([npm, "audit", "--package-lock-only", "--json", "--prefix", str(ROOT / folder)])
            )


_PIP = ("--disable-pip", "--progress-spinner", "off", "--desc", "off", "--format", "json")


def _said(command: Sequence[str]) -> str:
    """Return what a program prints; it ends with 1 also where it found something."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False).stdout
    except subprocess.TimeoutExpired:
        return ""


def main(pip_audit: str) -> int:
    """Ask, print, and return the exit status."""
    lines, status = verdict([*python_packages(pip_audit), *node_packages()])
    sys.stdout.write("\n".join(lines) + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
