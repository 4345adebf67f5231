"""Any article as records: whole, valid, with entities as others have them and claims that are proposed."""

from __future__ import annotations

from pathlib import Path

from graph.batch import batch_of
from loaders.article.curated import built_in
from loaders.article.document import parse
from loaders.article.records import records_of
from loaders.readers import read_article
from schema.enums import ClaimStatus
from schema.records import Entity

TEXT = """# Vesicles and TNF

MSC-derived exosomes reduced TNF-alpha levels in mice with osteoarthritis [1]. Nothing else was seen.

## References

1. Doe J. A title. J Ves. 2020;1:2.
"""


def test_every_record_is_valid() -> None:
    for name in ("second-article.md", "numbered.xml", "by-author.nxml"):
        document, _ = read_article(Path(__file__).with_name(name))
        batch = batch_of(records_of(document))
        assert batch.rejected == ()
        assert len(batch.sentences) == len(document.sentences)
        assert all(sentence.verified and sentence.quote for sentence in batch.sentences)
        assert len(batch.citations) == len(document.citations)


def test_entities_of_the_built_in_article_are_as_it_has_them() -> None:
    known = {entity.id: entity for entity in built_in().entities()}
    found = [record for record in records_of(parse(TEXT)) if isinstance(record, Entity)]
    shared = [entity for entity in found if entity.id in known]
    assert {"MONDO:0005178", "HGNC:11892"} <= {entity.id for entity in shared}
    assert [entity for entity in shared if entity != known[entity.id]] == []


def test_claims_are_proposed_with_the_citations_of_their_sentence() -> None:
    batch = batch_of(records_of(parse(TEXT)))
    claims = [claim for claim in batch.claims if claim.object == "HGNC:11892"]
    assert [claim.predicate for claim in claims] == ["DECREASES"]
    assert {claim.status for claim in batch.claims} == {ClaimStatus.PROPOSED}
    assert [citation.label for claim in claims for citation in claim.citations] == ["1"]
