"""docs/mcp.md: the answers in it are the tools', and every tool and argument is in its table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.server import Server
from graph.writer import LoadReport

pytest.importorskip("mcp")

from tests.mcp.client import Asked, started

PAGE = Path(__file__).parents[2] / "docs" / "mcp.md"
EXAMPLE = re.compile(r"^`(\w+)` `(\{[^\n]*\})`\n\n```json\n(.*?)```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def asked(server: Server, loaded: LoadReport) -> Iterator[Asked]:
    """A client of the command."""
    with started() as client:
        yield client


def shown(answer: dict[str, Any]) -> str:
    """Return an answer as the page shows it."""
    return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"


def test_answers_are_those_of_the_tools(asked: Asked) -> None:
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert {tool for tool, _, _ in examples} == {"resolve", "between", "claims", "cypher"}
    for tool, arguments, told in examples:
        assert shown(asked.ask(tool, **json.loads(arguments))) == told, tool


def test_every_tool_and_argument_has_its_row(asked: Asked) -> None:
    lines = re.findall(r"^(\| `(\w+)` \|.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    rows = {name: line for line, name in lines}
    tools = asked.tools()
    assert list(rows) == list(tools)
    for name, tool in tools.items():
        arguments = tool.input_schema["properties"]
        assert [argument for argument in arguments if f"`{argument}`" not in rows[name]] == [], name
