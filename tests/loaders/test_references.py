from __future__ import annotations

import pytest

from loaders.article.document import Document
from loaders.article.references import read
from schema.records import Reference

ARTICLE = "mscev.article:what-kidney-tubules-post-to-each-other"


def test_references_of_the_second_article(second: Document) -> None:
    found = [(r.position, r.printed_number, r.year, r.journal, r.volume, r.pages) for r in second.references]
    assert found == [
        (1, None, 2001, "J Imaginary Nephrol", "4", "10-9"),
        (2, None, 2011, "Tubule", "12", "e44"),
        (3, None, 2015, "Acta Ren Fict", "3", "S1-S12"),
        (4, 4, 2019, "Kidney Tales", "7", "70"),
        (5, 5, 2020, "Leisure", "1", "1-2"),
        (6, 6, 2022, "Nephrol. Dial. Fict", "9", "100-110"),
        (7, 7, 2023, None, None, None),
    ]


def test_one_reference_field_by_field(second: Document) -> None:
    assert second.references[1] == Reference(
        article=ARTICLE,
        position=2,
        text="Brandt C. Letters without a sender? *Tubule*. 2011 Feb 3;12:e44. "
        "doi: 10.5555/S0140-6736(11)30183-5. Epub 2010 Dec 1. PMID: 90000002; PMCID: PMC9000002.",
        title="Letters without a sender?",
        authors=("Brandt C",),
        journal="Tubule",
        year=2011,
        volume="12",
        pages="e44",
        doi="10.5555/S0140-6736(11)30183-5",
        pmid="90000002",
        pmcid="PMC9000002",
    )


def test_an_entry_that_layout_broke_is_one(second: Document) -> None:
    broken = second.references[2]
    assert broken.title == "Who reads the post of the nephron: a second look at in vitro uptake"
    assert broken.text is not None
    assert broken.text.startswith(
        "Chandra DD, Eze F. Who reads the post of the nephron: a second look at *in vitro*"
    )


def test_an_erratum_keeps_its_doi_to_itself(second: Document) -> None:
    with_erratum = second.references[3]
    assert (with_erratum.doi, with_erratum.pmid) == (None, "90000004")
    assert with_erratum.erratum == "Kidney Tales. 2020 Jan;8:1. doi: 10.5555/kt.2020.1"
    assert with_erratum.title == "On TGF-β1 and scars"


@pytest.mark.parametrize(
    ("printed", "doi"),
    [
        ("doi: 10.1000/a.b.", "10.1000/a.b"),
        ("doi:10.1000/a(1)b(2)", "10.1000/a(1)b(2)"),
        ("(https://doi.org/10.1000/ab).", "10.1000/ab"),
        ("<https://doi.org/10.1000/ab>.", "10.1000/ab"),
        ("doi: https://dx.doi.org/10.1000/ab; PMID: 1", "10.1000/ab"),
        ("no identifier", None),
    ],
)
def test_dois(printed: str, doi: str | None) -> None:
    assert read(f"Doe J. Title. *J*. 2001;1:2. {printed}", ARTICLE, 1).doi == doi


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("Doe J, Roe AB. T. *J*. 2001.", ("Doe J", "Roe AB")),
        ("Kaya Demir Ö, O'Hara P, Luz-Ek C, van der Berg R Jr. T. *J*. 2001.",
         ("Kaya Demir Ö", "O'Hara P", "Luz-Ek C", "van der Berg R Jr")),
        ("Doe J, Roe A, et al. T. *J*. 2001.", ("Doe J", "Roe A")),
        ("Doe J, and Roe A. T. *J*. 2001.", ("Doe J", "Roe A")),
        ("The Group of Nobody. T. *J*. 2001.", ()),
    ],
)  # fmt: skip
def test_authors(printed: str, authors: tuple[str, ...]) -> None:
    reference = read(printed, ARTICLE, 1)
    assert reference.authors == authors
    assert (reference.journal, reference.year) == ("J", 2001)
    assert reference.title == ("T" if authors else None)


def test_what_is_not_understood_is_kept_as_text() -> None:
    assert read("A leaflet, undated.", ARTICLE, 9) == Reference(ARTICLE, 9, text="A leaflet, undated.")
