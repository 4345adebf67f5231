"""Examples in documents: a curl command and what it prints. As a program it renews them from a service.

.venv/bin/python -m tests.examples http://localhost:8000
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
EXAMPLE = re.compile(r"```sh\n(curl .*?)\n```\n\n```json\n(.*?)```", re.DOTALL)


def answer_to(command: str, url: str) -> str:
    """Return what the command of an example prints when the service at `url` answers."""
    words = shlex.split(command)
    assert words[:4] == ["curl", "-sG", "localhost:8000/graphql", "--data-urlencode"], command
    name, _, query = words[4].partition("=")
    assert words[5:9] == ["|", "python3", "-m", "json.tool"], command
    answer = httpx.get(f"{url}/graphql", params={name: query}, timeout=60).json()
    return json.dumps(answer, indent=4, ensure_ascii="--no-ensure-ascii" not in words) + "\n"


def renew(page: Path, url: str) -> None:
    """Write what the service answers now below each command of a page."""

    def renewed(found: re.Match[str]) -> str:
        return f"```sh\n{found[1]}\n```\n\n```json\n{answer_to(found[1], url)}```"

    page.write_text(EXAMPLE.sub(renewed, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        renew(path, sys.argv[1])
