"""The contract breaks only where that is declared; the gate is proved on copies that break it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from graphql import parse, print_ast

from tests.clients.stored import SDL
from tests.contract.breaking import DECLARED, RELEASED, compare, declared, judge
from tests.node.run import node

PRESENT = SDL.read_text(encoding="utf-8")
# without descriptions: copies are then broken by replacing a part of one line
OLD = print_ast(parse(re.sub(r'"""(?:.|\n)*?"""', "", PRESENT))) + "\n"


def replaced(text: str, old: str, new: str, within: str) -> str:
    """Change one place in one definition of a schema."""
    start = text.index(f"\n{within} ")
    end = text.index("\n}\n", start)
    body = text[start:end]
    assert old in body, f"{old!r} is not in {within}"
    return text[:start] + body.replace(old, new, 1) + text[end:]


# name -> (definition, text in it, what to put there, the paths that break)
BROKEN: dict[str, tuple[str, str, str, set[str]]] = {
    "a field is removed": ("type GraphInfo", "\n  generation: Int!", "", {"GraphInfo.generation"}),
    "a field may be null": ("type GraphInfo", "claims: Int!", "claims: Int", {"GraphInfo.claims"}),
    "a field has another type": ("type Span", "start: Int!", "start: String!", {"Span.start"}),
    "an argument is removed": (
        "type Query",
        "node(id: ID!)",
        "node",
        {"Query.node(id:)"},
    ),
    "an argument becomes required": (
        "type Query",
        "maxHops: Int = 4",
        "maxHops: Int!",
        {"Query.paths(maxHops:)"},
    ),
    "a required argument is added": (
        "type Query",
        "graph: GraphInfo!",
        "graph(of: ID!): GraphInfo!",
        {"Query.graph(of:)"},
    ),
    "a default changes": ("type Query", "maxHops: Int = 4", "maxHops: Int = 2", {"Query.paths(maxHops:)"}),
    "an enum value is removed": ("enum Certainty", "\n  HEDGED", "", {"Certainty.HEDGED"}),
    "an input field is removed": ("input RangeFilter", "\n  covers: RangeInput", "", {"RangeFilter.covers"}),
    "an input field becomes required": ("input RangeInput", "min: Float", "min: Float!", {"RangeInput.min"}),
    "a required input field is added": (
        "input RangeInput",
        "min: Float",
        "min: Float\n  unit: String!",
        {"RangeInput.unit"},
    ),
    "an interface is left": ("type Claim", "implements Node ", "", {"Claim"}),
}
SAFE: dict[str, tuple[str, ...]] = {
    "a field is added": ("type GraphInfo", "claims: Int!", "claims: Int!\n  more: Int"),
    "an optional argument is added": ("type Query", "graph: GraphInfo!", "graph(of: ID): GraphInfo!"),
    "an enum value is added": ("enum Certainty", "\n  HEDGED", "\n  HEDGED\n  DENIED"),
    "an optional input field is added": ("input RangeInput", "min: Float", "min: Float\n  unit: String"),
    "an argument need not be given": ("type Query", "texts: [String!]!", "texts: [String!]"),
    "a nullable field is never null": ("type GraphInfo", "release: String", "release: String!"),
    "a description changes": ("type GraphInfo", "claims: Int!", '"""Now."""\n  claims: Int!'),
}


def test_only_declared_changes_break_the_contract() -> None:
    wrong = judge(compare(RELEASED.read_text(encoding="utf-8"), PRESENT), declared())
    assert not wrong, "\n".join(
        (
            "Clients would break. Undo it, or declare it with its reason in "
            f"tests/contract/{DECLARED.name}; with a release: cp api/graphql/schema.graphql "
            f"tests/contract/{RELEASED.name}, and empty the table.",
            *wrong,
        )
    )


@pytest.mark.parametrize("name", BROKEN)
def test_the_gate_sees_it(name: str) -> None:
    within, old, new, paths = BROKEN[name]
    changes = compare(OLD, replaced(OLD, old, new, within))
    assert {change.path for change in changes} == paths
    assert judge(changes, {}) == [f"{change.path}: {change.message}" for change in changes]
    assert judge(changes, dict.fromkeys(paths, "a reason")) == []


@pytest.mark.parametrize("name", SAFE)
def test_the_gate_lets_it_through(name: str) -> None:
    within, old, new = SAFE[name]
    assert compare(OLD, replaced(OLD, old, new, within)) == []


def test_a_removed_type_is_one_change_and_a_pattern_declares_many() -> None:
    changes = compare(OLD, OLD.replace("mentions(", "mentioned("))
    assert len(changes) > 20
    assert judge(changes, {"*.mentions": "renamed"}) == []
    kept = [definition for definition in OLD.split("\n}\n") if "\nenum CitationConcern {" not in definition]
    gone = (
        "\n}\n".join(kept).replace("CitationConcern!", "String!").replace(": CitationConcern\n", ": String\n")
    )
    assert "CitationConcern" in {change.path for change in compare(OLD, gone)}


def test_a_declaration_without_a_change_fails() -> None:
    assert judge([], {"Query.gone": "a reason"}) == ["Query.gone is declared, but nothing broke there"]


@pytest.mark.parametrize("rows", ["Query.node\t\n", "*\teverything\n", "Query.a\tx\nQuery.a\ty\n"])
def test_a_declaration_without_a_reason_or_without_bounds_fails(tmp_path: Path, rows: str) -> None:
    table = tmp_path / "declared.tsv"
    table.write_text("path\treason\n" + rows)
    with pytest.raises(AssertionError):
        declared(table)


@pytest.mark.tools
def test_graphql_inspector_agrees(tmp_path: Path) -> None:
    pairs = {name: (OLD, replaced(OLD, old, new, at)) for name, (at, old, new, *_) in (BROKEN | SAFE).items()}
    pairs["the contract"] = (RELEASED.read_text(encoding="utf-8"), PRESENT)
    assert inspected(tmp_path, pairs) == {
        name: {plain(change.path) for change in compare(*pair) if "default" not in change.message}
        for name, pair in pairs.items()
    }


def plain(path: str) -> str:
    """Write a schema coordinate as graphql-inspector does."""
    return path.replace("(", ".").replace(":)", "")


def inspected(folder: Path, pairs: dict[str, tuple[str, str]]) -> dict[str, set[str]]:
    """Return the paths that graphql-inspector finds broken in each pair."""
    (folder / "pairs.json").write_text(json.dumps(pairs), encoding="utf-8")
    answer: dict[str, list[str]] = json.loads(node("inspect.mjs", str(folder / "pairs.json")))
    return {name: set(paths) for name, paths in answer.items()}
