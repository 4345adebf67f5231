"""Names by composition: vesicles and cells by source, single RNAs."""
# ruff: noqa: RUF001

from __future__ import annotations

import pytest

from loaders.mining.composed import SORTS, SOURCES, cell, composed, vesicle
from schema.validate import check_entity


def read(text: str) -> list[tuple[str, str]]:
    return [(entity.id, text[start:end]) for start, end, entity in composed(text)]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("adipose-derived MSC exosomes", "mscev:at-msc-exosome"),
        ("BM-MSC-EVs", "mscev:bm-msc-ev"),
        ("hUC-MSC-sEVs", "mscev:uc-msc-sev"),
        ("hucMSC-Ex", "mscev:uc-msc-exosome"),
        ("BMSC-derived exosomes", "mscev:bm-msc-exosome"),
        ("ADSC‑Exos", "mscev:at-msc-exosome"),
        ("mesenchymal stem cell-derived extracellular vesicles", "mscev:msc-ev"),
        ("mesenchymal stromal/stem cell small EVs", "mscev:msc-sev"),
        ("Wharton’s jelly MSC-EVs", "mscev:wj-msc-ev"),
        ("human umbilical cord blood mesenchymal stem cell microvesicles", "mscev:ucb-msc-microvesicle"),
        ("MSC-EVs", "mscev:msc-ev"),
        ("adipose-derived stem cells", "CL:0002570"),
        ("BMSCs", "CL:0002540"),
        ("MSCs", "CL:0000134"),
        ("miR-21-5p", "mscev:mir-21-5p"),
        ("hsa-miR-146a", "mscev:mir-146a"),
        ("let-7b", "mscev:let-7b"),
        ("microRNA-155", "mscev:mir-155"),
        ("lncRNA MALAT1", "mscev:malat1"),
    ],
)
def test_a_composed_name_is_read_by_its_parts(text: str, id_: str) -> None:
    assert read(f"the {text} were") == [(id_, text)]


@pytest.mark.parametrize(
    "text", ["macrophage exosomes", "stem cells", "EVs", "the miRNAs", "MSCEVX", "let-70"]
)
def test_other_names_are_not_composed(text: str) -> None:
    assert read(text) == []


def test_a_list_of_rnas_shares_its_word() -> None:
    found = [id_ for id_, _ in read("miR-21, -155 and -146a-5p in 21 and 30 mice")]
    assert found == ["mscev:mir-21", "mscev:mir-155", "mscev:mir-146a-5p"]


def test_every_composition_is_a_valid_entity_of_its_own() -> None:
    made = [vesicle(source, sort) for source in (None, *SOURCES) for sort in SORTS]
    made += [cell(source) for source in SOURCES if not source.curie]
    assert len({entity.id for entity in made}) == len(made)
    assert [problem for entity in made for problem in check_entity(entity)] == []
    assert vesicle(SOURCES[3], SORTS[-1]).composition == ("GO:1903561", "RO:0003001 CL:0002540")
