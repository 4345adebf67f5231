# ruff: noqa: RUF001
from __future__ import annotations

import pytest

from loaders.article.boundaries import ends_sentence, sentences_in
from loaders.article.latex import readable


@pytest.mark.parametrize(
    "text",
    [
        "One ends.| Two begins.",
        "Really?| Yes!| Good.",
        "It fell.<sup>1,6</sup>| Then it rose. <sup>7</sup>| It stayed.",
        "It fell.[1, 6]| Then it rose.⁷| It stayed.^8^| Done.",
        "It fell.27| Then it rose.",
        "She said “no.”<sup>3</sup>| He went.",
        "Some (e.g., cells, i.e. small ones) cf. Fig. 3 vs. Ref. 4 grow.| Others do not.",
        "Dr. Ode and Prof. J. R. Klein saw approx. 3.5 nm.| It was 1,000.5 before.",
        "As Otto et al. Nature put it.| By Otto et al.| The rest followed.",
        "He came from the U.S. National Lab.| It is in the U.S.| They know.",
        "Of hepatitis B.| Cells died of vitamin D.| No. 5 was by J. Doe.",
        "It was so … MSCs saw it.| It was so…| The end.",
        "Rise of p53.| mTOR rose.| α-Klotho fell.| $\\alpha$-Klotho too.| miR-21 did not.",
        "The rest (they fell. All of them.) was well.| (This is apart.)| So is this.",
        "An open (bracket stays. | It harms nobody (or does it).| No.".replace(". |", ".|"),
        "**A**ging is slow.| **B**oth are.",
        "1. First item.\n|2. Second one.",
        "They are:\n|- a cell\n|- a part.| It is small.\n|- last",
        "A line of\n2. may wrap.| So it did.",
        "No end here",
    ],
)
def test_boundaries(text: str) -> None:
    plain = text.replace("|", "")
    assert [plain[a:b].strip() for a, b in sentences_in(plain)] == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    ("piece", "ends"),
    [
        ("It ends.", True),
        ("It ends.<sup>5</sup> ", True),
        ("It “ends.”", True),
        ("**It ends!**", True),
        ("It goes on", False),
        ("It goes on,<sup>5</sup>", False),
        ("such as e.g.", False),
        ("as found by Otto et al.", False),
        ("a syno-", False),
    ],
)
def test_ends_of_pieces(piece: str, ends: bool) -> None:
    assert ends_sentence(piece) is ends


@pytest.mark.parametrize(
    ("printed", "reads"),
    [
        (r"TNF $\alpha$ and", "TNFα and"),
        (r"NF- $\kappa$ B falls", "NF-κB falls"),
        (r"IL-1 $\beta$ -Induced", "IL-1β-Induced"),
        (r"of $\alpha$ -smooth muscle", "of α-smooth muscle"),
        (r"$\Delta$ and $\alpha$ Cells", "Δ and α Cells"),
        (r"$\frac{1}{2}$ and $5", r"$\frac{1}{2}$ and $5"),
    ],
)
def test_latex_letters(printed: str, reads: str) -> None:
    assert readable(printed) == reads
