"""The built-in article's data: valid, complete in kind, read twice, and free of the article's sentences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from graph.batch import batch_of
from loaders.article.curated import built_in
from loaders.article.document import parse, read_text
from schema.records import Claim, Entity

FOLDER = Path(__file__).parents[2] / "loaders" / "article" / "data" / "msc-ev"
FORBIDDEN = re.compile(r"BCL227|\bvial\b|\$")
WORD = re.compile(r"[^\W_]+")
LONGEST_RUN = 7


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return list(built_in().claims())


@pytest.fixture(scope="module")
def entities() -> dict[str, Entity]:
    return {entity.id: entity for entity in built_in().entities()}


def test_every_record_is_valid() -> None:
    assert batch_of(built_in().records()).rejected == ()


def test_no_name_form_or_statement_holds_a_broken_token(
    claims: list[Claim], entities: dict[str, Entity]
) -> None:
    texts = [claim.statement for claim in claims]
    for entity in entities.values():
        texts += [entity.name, entity.description or "", *entity.synonyms, *entity.as_written]
    assert [text for text in texts if FORBIDDEN.search(text)] == []


def test_no_personal_address_is_stored() -> None:
    found = [
        path.name
        for path in FOLDER.iterdir()
        if re.search(r"@[a-z]|mailto:|NuvoCell|\+\d{6}", path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_five_named_groups_have_claims(claims: list[Claim], entities: dict[str, Entity]) -> None:
    kinds = {entities[id_].kind for claim in claims for id_ in (claim.subject, claim.object)}
    assert {"MscSource", "EvSubtype", "Cytokine", "Pathway", "Disease"} <= kinds


def test_every_section_with_sentences_has_claims(claims: list[Claim]) -> None:
    section_of = {(s.block, s.sentence): s.section for s in built_in().sentences()}
    assert {section_of[claim.block, claim.sentence] for claim in claims} == set(section_of.values())


def test_every_sentence_has_claims(claims: list[Claim]) -> None:
    places = {(s.block, s.sentence) for s in built_in().sentences()}
    assert places - {(claim.block, claim.sentence) for claim in claims} == set()


def test_every_claim_has_two_readings(claims: list[Claim]) -> None:
    lines = (FOLDER / "readings.jsonl").read_text(encoding="utf-8").splitlines()
    readings = {row["claim"]: row for row in map(json.loads, lines)}
    assert set(readings) == {claim.id for claim in claims}
    for row in readings.values():
        assert row["first"] in {"wrote", "agreed"}
        assert row["second"] in {"wrote", "agreed", "changed"}
        assert "wrote" in {row["first"], row["second"]}
        assert row["first"] != row["second"]
        assert row["second"] != "changed" or row["note"]


def test_markers_of_a_claim_stand_in_its_sentence(claims: list[Claim]) -> None:
    rows = (FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    markers = {}
    for row in rows:
        block, sentence, _, _, _, numbers = row.split("\t")
        markers[int(block), int(sentence)] = set(re.findall(r"\d+", numbers))
    wrong = [
        claim.statement
        for claim in claims
        if not {c.label for c in claim.citations} <= markers[claim.block, claim.sentence]
    ]
    assert wrong == []


def test_no_place_is_a_pull_quote_or_outside_the_body() -> None:
    rows = (FOLDER / "blocks.tsv").read_text(encoding="utf-8").splitlines()[1:]
    types = {int(block): type_ for block, type_, *_ in (row.split("\t") for row in rows)}
    assert {types[sentence.block] for sentence in built_in().sentences()} == {"body"}


def test_all_forty_markers_are_cited_by_claims_and_resolved_or_not() -> None:
    citations = {citation.marker: citation for citation in built_in().citations()}
    assert set(citations) == set(range(1, 41))
    for citation in citations.values():
        assert (citation.reference is not None) == (citation.status == "RESOLVED")
        assert citation.note
        assert 0 < citation.confidence <= 1
    cited = {c.label for claim in built_in().claims() for c in claim.citations}
    assert cited == {str(marker) for marker in range(1, 41)}


def test_a_printed_reference_is_led_to_by_one_marker() -> None:
    led = [c.reference for c in built_in().citations() if c.reference is not None]
    assert sorted(led) == list(range(1, 26))


def test_no_run_of_words_of_the_article_is_in_the_data(
    article_file: Path, claims: list[Claim], entities: dict[str, Entity]
) -> None:
    document = parse(read_text(article_file))
    runs: set[tuple[str, ...]] = set()
    for sentence in document.sentences:
        words = WORD.findall(re.sub(r"<[^>]*>", " ", document.quote(sentence)).lower())
        runs |= {tuple(words[i : i + LONGEST_RUN]) for i in range(len(words) - LONGEST_RUN + 1)}
    texts = [claim.statement for claim in claims]
    texts += [text for entity in entities.values() for text in (entity.description or "",)]
    texts += [citation.note or "" for citation in built_in().citations()]
    copied = []
    for text in texts:
        words = WORD.findall(text.lower())
        if any(tuple(words[i : i + LONGEST_RUN]) in runs for i in range(len(words))):
            copied.append(text)
    assert copied == []
