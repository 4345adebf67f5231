"""`mscev propose` and `mscev lexicon`, as a user runs them, without Neo4j."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from loaders.mining.rules import RULES, Rule
from tests import command
from tests.command import Done

DOCS = Path(__file__).parents[2] / "docs" / "mining.md"
TEXT = "# T\n\nMSC-EVs did not lower IL-6 in mice [2].\n"


def run(*arguments: str, home: Path) -> Done:
    return command.run(*arguments, MSCEV_HOME=str(home), MSCEV_CACHE=str(home))


def test_json_has_the_documented_form(tmp_path: Path) -> None:
    file = tmp_path / "text.md"
    file.write_text(TEXT, encoding="utf-8")
    done = run("propose", str(file), "--json", home=tmp_path)
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert [(m["text"], m["kind"], m["id"], m["spans"]) for m in value["mentions"]] == [
        ("MSC-EVs", "EvPreparation", "mscev:msc-ev", [{"start": 5, "end": 12}]),
        ("IL-6", "Cytokine", "HGNC:6018", [{"start": 27, "end": 31}]),
        ("mice", "Population", "NCBITaxon:10090", [{"start": 35, "end": 39}]),
    ]
    (proposal,) = value["proposals"]
    assert (proposal["subject"]["id"], proposal["object"]["id"]) == ("mscev:msc-ev", "HGNC:6018")
    assert (proposal["predicate"], proposal["negated"], proposal["certainty"]) == (
        "DECREASES",
        True,
        "ASSERTED",
    )
    assert proposal["sentence"]["text"] == "MSC-EVs did not lower IL-6 in mice [2]."
    assert proposal["citations"] == ["2"]
    named = {
        *value,
        *proposal,
        *proposal["sentence"],
        *proposal["subject"],
        *value["mentions"][0],
        *value["lexicon"],
    }
    described = set(re.findall(r"`(\w+)(?:\[\])?`", DOCS.read_text(encoding="utf-8")))
    assert named - described == set()
    assert run("propose", str(file), "--json", home=tmp_path).stdout == done.stdout


def test_the_table_names_the_rule_and_the_missing_names(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = run("propose", str(file), home=tmp_path)
    assert "active-verb" in done.stdout
    assert "mscev lexicon fetch" in done.stderr


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "text.md"
    file.write_bytes(b"\xff\xfe")
    done = run("propose", str(file), home=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not UTF-8" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_status_says_that_nothing_was_fetched(tmp_path: Path) -> None:
    done = run("lexicon", "status", "--json", home=tmp_path)
    value = json.loads(done.stdout)
    assert value["fetched"] is None
    assert value["builtIn"] > 1200


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_described(rule: Rule) -> None:
    row = f"| `{rule.name}` | {rule.reads} | {rule.example} | {rule.score:.2f} |"
    assert row in DOCS.read_text(encoding="utf-8")
