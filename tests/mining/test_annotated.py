"""The annotated texts are sound, and mining does on them what docs/mining.md says."""

from __future__ import annotations

import pytest

from loaders.article.document import Document, parse
from loaders.mining.annotated import PARTS, Annotated, annotated, read
from loaders.mining.field import field_entities
from loaders.mining.proposals import miner, propose
from loaders.mining.scores import Ratio, Scores, as_shares, differences, score
from schema.errors import InvalidSource
from schema.kinds import KIND_BY_NAME
from schema.predicates import predicate_named

ALL = [text for part in PARTS for text in annotated(part)]
# Regression guards, not goals: a little below what was measured.
FLOORS = {
    "development": {"mentions": (0.91, 0.93), "proposals": (0.86, 0.83), "same_sign": (0.88, 0.85)},
    "held-out": {"mentions": (0.93, 0.95), "proposals": (0.80, 0.80), "same_sign": (0.82, 0.83)},
}


@pytest.fixture(scope="module")
def scores() -> dict[str, Scores]:
    return {part: score(annotated(part), miner()) for part in PARTS}


def test_there_are_enough_texts() -> None:
    assert [len(annotated(part)) for part in PARTS] == [7, 7]


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.name)
def test_kinds_and_predicates_are_those_of_the_schema(text: Annotated) -> None:
    for mentions in text.mentions:
        for mention in mentions:
            assert mention.kind in KIND_BY_NAME
            assert text.text[mention.span.start : mention.span.end] == mention.text
    for claim in text.claims:
        predicate = predicate_named(claim.predicate)
        kinds = {mention.text: mention.kind for mention in text.mentions[claim.sentence]}
        assert kinds[claim.subject] in predicate.subjects, claim
        assert kinds[claim.object] in predicate.objects, claim


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.name)
def test_sentences_are_split_as_they_were_annotated(text: Annotated) -> None:
    assert [sentence.spans[0] for sentence in parse(text.text).sentences] == list(text.sentences)


def test_a_claim_of_no_mention_is_refused() -> None:
    with pytest.raises(InvalidSource, match="made, line 3: 'IL-10' is no mention"):
        read("made", "# Title\n[IL-6](Cytokine) rose.\n> IL-10 | INCREASES | IL-6\n")


@pytest.mark.parametrize("part", PARTS)
def test_the_figures_do_not_fall(scores: dict[str, Scores], part: str) -> None:
    found = as_shares(scores[part])
    for name, (precision, recall) in FLOORS[part].items():
        assert found[name]["precision"] >= precision, (name, found[name])
        assert found[name]["recall"] >= recall, (name, found[name])


@pytest.mark.parametrize("part", PARTS)
def test_rules_are_well_above_cooccurrence(scores: dict[str, Scores], part: str) -> None:
    assert scores[part].pairs.precision > 2 * scores[part].cooccurrence.precision
    assert scores[part].pairs.f1 > scores[part].cooccurrence.f1


@pytest.mark.parametrize("part", PARTS)
def test_identifiers_of_right_mentions_are_right(scores: dict[str, Scores], part: str) -> None:
    assert scores[part].ids.wrong == 0


def test_what_is_missed_and_too_much_is_counted() -> None:
    line = "[IL-6](Cytokine) fell, and [Foo](Disease) lowered [IL-10](Cytokine)."
    made = read("made", f"# T\n{line}\n> Foo | DECREASES | IL-10\n")
    found = score([made], miner())
    assert found.mentions == Ratio(2, 0, 1)
    assert found.proposals == Ratio(0, 0, 1)
    missed = ["missed mention: Foo (Disease)", "missed claim: Foo DECREASES IL-10"]
    assert list(differences(made, miner())) == missed


def test_the_curated_claims_of_the_article_are_proposed_in_part(real: Document) -> None:
    """By sentence and pair; curators also read between the lines."""
    from loaders.article.curated import built_in  # noqa: PLC0415 - the only one that needs it

    curated = {(c.block, c.sentence, frozenset((c.subject, c.object))) for c in built_in().claims()}
    ours = [(c.block, c.sentence, frozenset((c.subject, c.object))) for c in propose(real).claims]
    right = sum(one in curated for one in ours)
    assert right / len(ours) >= 0.65
    assert len(curated & set(ours)) / len(curated) >= 0.06


def test_names_of_the_field_are_sound() -> None:
    ids = [entity.id for entity in field_entities()]
    assert ids == sorted(set(ids))
    assert len(ids) > 1200
