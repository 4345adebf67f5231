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
# times, bookmarks and the ids of requests
VARYING = re.compile(
    r',\s*"requestId":\s*"[^"]*"|,?"(resultAvailableAfter|resultConsumedAfter)":\d+|"bookmarks":\["[^"]*"\],|,"bookmarks":\["[^"]*"\]'
)
EXAMPLE = re.compile(r"```sh\n(curl .*?)\n```\n\n```json\n(.*?)```", re.DOTALL)


def answer_to(command: str, url: str) -> str:
    """Return what the command of an example prints when the service at `url` answers."""
    words = shlex.split(command)
    if words[2].startswith("localhost:8000/db/"):
        return _cypher_answer(words, url)
    assert words[:4] == ["curl", "-sG", "localhost:8000/graphql", "--data-urlencode"], command
    name, _, query = words[4].partition("=")
    assert words[5:9] == ["|", "python3", "-m", "json.tool"], command
    answer = httpx.get(f"{url}/graphql", params={name: query}, timeout=60).json()
    text = json.dumps(answer, indent=4, ensure_ascii="--no-ensure-ascii" not in words)
    return VARYING.sub("", text) + "\n"


def _cypher_answer(words: list[str], url: str) -> str:
    """Return the answer of the Query API without what differs from time to time."""
    assert [*words[:2], words[3]] == ["curl", "-s", "--json"], words
    headers = {"content-type": "application/json", "accept": "application/json"}
    if words[5:]:
        assert words[5] == "-H", words
        name, _, value = words[6].partition(": ")
        headers[name.lower()] = value
    path = words[2].removeprefix("localhost:8000")
    answer = httpx.post(url + path, content=words[4].encode(), headers=headers, timeout=60)
    return VARYING.sub("", answer.text).rstrip("\n") + "\n"


def renew(page: Path, url: str) -> None:
    """Write what the service answers now below each command of a page."""

    def renewed(found: re.Match[str]) -> str:
        return f"```sh\n{found[1]}\n```\n\n```json\n{answer_to(found[1], url)}```"

    page.write_text(EXAMPLE.sub(renewed, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        renew(path, sys.argv[1])
