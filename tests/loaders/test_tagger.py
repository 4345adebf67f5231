"""The tagger: the longest name, its exact place, and no name where layout or letters only look like one."""
# ruff: noqa: RUF001

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.article.curated import built_in
from loaders.mining.definitions import long_form
from loaders.mining.folding import fold
from loaders.mining.lexicon import Lexicon
from loaders.mining.tagger import Tagger
from loaders.mining.variants import described, numbers, spellings
from loaders.mining.view import views
from schema.records import Entity, Span

TAGGER = Tagger(built_in().entities())
NAMES = {entity.id: entity.name for entity in built_in().entities()}
Named = tuple[str, tuple[str, ...]]


def entity(
    id_: str, name: str, *synonyms: str, written: tuple[str, ...] = (), kind: str = "Disease"
) -> Entity:
    return Entity(id_, kind, name, "biolink:NamedThing", synonyms=synonyms, as_written=written)


def tagged(text: str, *, marks: tuple[Span, ...] = (), tagger: Tagger = TAGGER) -> list[Named]:
    """Names of the entities and the pieces of the text that name them."""
    found = tagger.read(text, marks).mentions((Span(0, len(text)),))
    return [(NAMES.get(f.entity, f.entity), tuple(text[s.start : s.end] for s in f.spans)) for f in found]


def of(name: str, *pieces: str) -> Named:
    return name, pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MSC-EVs, MSCs and EVs", ["MSC-EV", "mesenchymal stem cell", "extracellular vesicle"]),
        ("Wharton's jelly-derived MSC-EVs", ["WJ-MSC-EV"]),
        ("AT-MSC-EVs", ["AT-MSC-EV"]),
        ("M2 macrophage polarization", ["M2 macrophage polarization"]),
        ("an M2 macrophage of knee OA", ["M2 macrophage", "knee osteoarthritis"]),
        ("mesenchymal stem cells are stem cells", ["mesenchymal stem cell", "stem cell"]),
        ("effective in the system with a vial", []),
    ],
)
def test_the_longest_name_wins(text: str, expected: list[str]) -> None:
    assert [name for name, _ in tagged(text)] == expected


def test_a_description_leaves_the_names_inside_it() -> None:
    names = [name for name, _ in tagged("diseases of the central nervous system")]
    assert "central nervous system disease" in names
    assert "central nervous system" in names


@pytest.mark.parametrize(
    "text",
    [
        *("TNFα", "TNF-α", "TNF-alpha", "TNF alpha", "TNFalpha", "TNF", "Tnf"),
        *(r"TNF $\alpha$", r"TNF-$\alpha$", r"$\mathrm{x}$ TNF"),
    ],
)
def test_greek_letters_in_all_spellings(text: str) -> None:
    (found,) = tagged(f"levels of {text} fell")
    assert found in {of("TNF", text), of("TNF", "TNF")}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (r"TNF $\alpha$", "TNF"),
        (r"NF- $\kappa$ B", "NF-kappaB signalling"),
        (r"$\alpha$ -smooth muscle actin", "ACTA2"),
    ],
)
def test_a_latex_letter_is_covered_as_it_is_written(raw: str, name: str) -> None:
    assert of(name, raw) in tagged(f"such as  {raw}  and more")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sjögren’s syndrome", "Sjögren syndrome"),
        ("Sjögren's syndrome", "Sjögren syndrome"),
        ("Sjo\u0308gren syndrome", "Sjögren syndrome"),
        ("Sjogren syndrome", "Sjögren syndrome"),
        ("blood–brain barrier", "blood-brain barrier"),
        ("blood-brain-barrier", "blood-brain barrier"),
        ("ischaemic stroke", "ischemic stroke"),
        ("mTOR signaling", "mTOR signalling"),
        ("non-invasive delivery to the CNS", "noninvasive delivery to the CNS"),
        ("interleukin 10", "IL10"),
        ("apoptotic body", "apoptotic body"),
        ("mesenchymal stem cells-derived extracellular vesicles", "MSC-EV"),
        ("MSCs-derived EVs", "MSC-EV"),
        ("diseases of the skin", "dermatologic disease"),
        ("production of melanin", "melanin production"),
        ("**A**ging", "aging"),
        ("<i>BCL2</i>", "BCL2"),
        ("eﬃcacy", "efficacy"),
        ("progenitor populations", "progenitor cell"),
        ("extracellular\n  vesicle", "extracellular vesicle"),
    ],
)
def test_spellings(text: str, name: str) -> None:
    assert [found for found, _ in tagged(text)][:1] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "oa",
        "At the start",
        "uc",
        "is safe at sea"[:2],
        "stat",
        "evs",
        "hla",
        "IL-60",
        "IL-17",
        "MMP13",
        "STAT3",
    ],
)
def test_short_abbreviations_keep_their_case_and_their_digits(text: str) -> None:
    assert tagged(f"{text} with inflammation") == [of("inflammation", "inflammation")]


@pytest.mark.parametrize(
    "text", ["non-clinical trials", "anti-inflammatory markers", "disease, central", "stem. Cells"]
)
def test_prefixes_and_punctuation_make_another_name(text: str) -> None:
    names = {name for name, _ in tagged(text)}
    assert not names & {
        "clinical trial",
        "inflammatory marker",
        "stem cell",
        "central nervous system disease",
    }


def test_a_prefix_before_a_symbol_names_it_still() -> None:
    assert tagged("anti-TNF antibodies") == [of("TNF", "TNF")]


class TestAbbreviations:
    def test_defined_in_the_text(self) -> None:
        text = "Neurological disorders (ND) rise; ND last. Dendritic cells (DCs) mature; a DC migrates."
        pieces = [found for found in tagged(text) if found[1][0] in {"ND", "DC", "DCs"}]
        assert pieces == [
            of("neurological disorder", "ND"),
            of("neurological disorder", "ND"),
            of("dendritic cell", "DCs"),
            of("dendritic cell", "DC"),
        ]

    def test_defined_the_other_way_round(self) -> None:
        assert of("dendritic cell", "DC") in tagged("A DC (dendritic cell) matures.")

    def test_given_to_something_else(self) -> None:
        text = "Ulcerative colitis (UC) is an inflammation; UC flares."
        assert [name for name, _ in tagged(text)] == ["inflammation"]

    @pytest.mark.parametrize(
        "person",
        ["Adam Brown, DC, ND,", "Dr. Adam Brown, PhD, DC, ND,", "Adam T. Brown, ND,", "Ann Lee, DC,"],
    )
    def test_never_a_degree(self, person: str) -> None:
        text = f"Neurological disorders (ND) and dendritic cells (DC) differ. {person} said that ND rise."
        pieces = [piece for _, (piece, *_) in tagged(text)]
        assert pieces == ["Neurological disorders", "ND", "dendritic cells", "DC", "ND"]

    def test_two_letters_alone_need_support(self) -> None:
        assert tagged("It was ND.") == []
        assert of("osteoarthritis", "OA") in tagged("OA progresses with inflammation.")

    def test_in_a_list_of_diseases(self) -> None:
        text = "Neurological disorders (ND) rise. Efficacy in OA, pain,<sup>2</sup> ND,<sup>32</sup> too."
        assert of("neurological disorder", "ND") in tagged(text)[1:]

    def test_in_brackets_inside_a_name(self) -> None:
        text = "mesenchymal stem cell (MSC)-derived extracellular vesicles (EVs)"
        assert tagged(text) == [
            of("MSC-EV", "mesenchymal stem cell (MSC)-derived extracellular vesicles"),
            of("extracellular vesicle", "EVs"),
        ]

    def test_long_forms(self) -> None:
        assert long_form("ECM", "of the extracellular matrix") == "extracellular matrix"
        assert long_form("XYZ", "of the extracellular matrix") is None


class TestLayout:
    def test_a_word_cut_over_two_blocks(self) -> None:
        text = "to reduce syno-\n\n**Quote.**\n\nvial inflammation here"
        spans = (Span(0, text.index("\n")), Span(text.index("vial"), len(text)))
        (found,) = TAGGER.mentions(text, spans)
        assert NAMES[found.entity] == "synovial inflammation"
        assert [text[s.start : s.end] for s in found.spans] == ["syno-", "vial inflammation"]

    def test_a_name_cut_at_its_own_hyphen(self) -> None:
        text = "the anti-\n\ninflammatory molecules"
        (found,) = TAGGER.mentions(text, (Span(0, 9), Span(11, len(text))))
        assert NAMES[found.entity] == "anti-inflammatory molecule"

    def test_a_name_of_words_cut_over_two_blocks(self) -> None:
        text = "in stem\n\ncells"
        (found,) = TAGGER.mentions(text, (Span(0, 7), Span(9, 14)))
        assert [text[s.start : s.end] for s in found.spans] == ["stem", "cells"]

    def test_a_word_cut_at_the_end_of_a_line(self) -> None:
        assert tagged("synovial in-\nflammation") == [of("synovial inflammation", "synovial in-\nflammation")]

    def test_a_marker_that_lost_its_superscript(self) -> None:
        text = "genes like BCL227 and more"
        at = text.index("27")
        assert tagged(text, marks=(Span(at, at + 2),)) == [of("BCL2", "BCL2")]
        assert tagged(text) == []

    def test_a_marker_parts_words(self) -> None:
        assert tagged("stem<sup>3</sup> cells") == [of("cell", "cells")]
        assert of("osteoarthritis", "osteoarthritis") in tagged("osteoarthritis<sup>2,3</sup>")

    def test_links_are_not_read(self) -> None:
        assert tagged("[exosome](http://exosome.org/melanin) https://melanin.org") == [
            of("exosome", "exosome")
        ]


class TestLists:
    def test_words_that_share_their_last(self) -> None:
        text = "respiratory, autoimmune, and dermatologic diseases"
        assert tagged(text) == [
            of("respiratory disease", "respiratory", "diseases"),
            of("autoimmune disease", "autoimmune", "diseases"),
            of("dermatologic disease", "dermatologic diseases"),
        ]
        assert tagged("stem/progenitor cells")[0] == of("stem cell", "stem", "cells")
        assert tagged("preclinical and early clinical studies")[0] == of(
            "preclinical study", "preclinical", "studies"
        )

    def test_words_that_share_their_first(self) -> None:
        found = tagged("differentiation into osteoblasts, chondrocytes, and adipocytes")
        assert of("adipocyte differentiation", "differentiation into", "adipocytes") in found
        assert of("chondrocyte", "chondrocytes") in found

    def test_what_makes_no_name_is_left(self) -> None:
        assert tagged("liver and spleen") == [of("liver", "liver"), of("spleen", "spleen")]


class TestSharedForms:
    def test_the_article_s_word_wins_then_the_name_then_the_smaller_id(self) -> None:
        first = entity("x:1", "ABC protein", "Abcd")
        second = entity("x:2", "Abcd pathway", written=("Abcd",))
        third = entity("x:3", "Abcd")
        lexicon = Lexicon([third, first, second])
        held = lexicon.get("Abcd")
        assert held is not None
        assert held.entity == "x:2"
        assert {(c.winner, c.other) for c in lexicon.clashes} == {("x:2", "x:3"), ("x:2", "x:1")}
        other = Lexicon([first, third]).get("Abcd")
        assert other is not None
        assert other.entity == "x:3"

    def test_erk_and_akt_are_pathways_in_this_article(self) -> None:
        assert [name for name, _ in tagged("ERK, AKT")] == ["ERK signalling", "AKT signalling"]

    def test_few_forms_are_shared(self) -> None:
        shared = {frozenset({c.winner, c.other}) for c in TAGGER.lexicon.clashes}
        assert {frozenset(map(NAMES.__getitem__, pair)) for pair in shared} <= {
            frozenset({"AKT", "AKT signalling"}),
            frozenset({"ERK", "ERK signalling"}),
            frozenset({"NF-kappaB complex", "NF-kappaB signalling"}),
        }


def test_variants() -> None:
    assert numbers("biopsy", singular=False) == {"biopsy", "biopsies"}
    assert numbers("bodies", singular=True) >= {"body"}
    assert {"nf kb", "nf kappa b", "nf κb", "nfκb"} <= spellings("nf κb")
    assert described("knee pain") == set()


def test_nothing_to_find() -> None:
    assert Tagger([]).mentions("stem cells", (Span(0, 10),)) == []
    assert tagged("") == []
    assert TAGGER.mentions("stem cells", ()) == []


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


NAMES_CUT = (
    "TNF",
    r" $\alpha$ ",
    "MSC",
    "EVs",
    "syno-",
    "vial",
    "inflammation",
    "MSC)",
    "ND",
    "stem",
    "cells",
)
MARKUP = ("<sup>3</sup>", "(", ")", "**", ",", " and ", "-", " ", "  ", "\n", "/", "27", "$", "<", "—")
PIECES = st.sampled_from([*NAMES_CUT, *MARKUP, "é", "e\u0301", "ﬁ", "BCL2"])


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=14), st.lists(PIECES, max_size=8))
def test_places_stay_inside_the_sentence(first: list[str], second: list[str]) -> None:
    one, two = "".join(first), "".join(second)
    text = f"x{one}\n\n{two}x"
    spans = (Span(1, 1 + len(one)), Span(3 + len(one), 3 + len(one) + len(two)))
    for view in views(text, spans):
        assert len(view.plain) == len(view.starts) == len(view.ends) == len(view.folded)
    for found in TAGGER.mentions(text, spans):
        assert found.spans
        for span in found.spans:
            assert span.start < span.end
            assert any(part.start <= span.start and span.end <= part.end for part in spans)
