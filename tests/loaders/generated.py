"""Generated articles that know their own sentences and markers, for the property tests."""
# ruff: noqa: RUF001, SIM905

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

# Words that open sentences, and tokens that stand inside them; none is a marker or ends a sentence.
FIRST = [
    "Kidney",
    "Urine",
    "The",
    "Vesicles",
    "However,",
    "In",
    "mTOR",
    "α-Klotho",
    "**T**ubule",
    "“Letters”",
]
INSIDE = (
    "vesicle|tubule|travels|between|neighbours|slowly|(e.g., urea)|i.e. salt|2.5|1,000|Fig. 3|vs. sham|IL-10"
    r"|$\alpha$|TGF- $\beta$ 1|10<sup>9</sup> parcels|Otto et al. report|30–150 nm|(cf. Ref. 4)|*in vitro*"
    "|Ca<sup>2+</sup>|by J. Ode|5 mL/cm<sup>2</sup>|etc.,"
).split("|")
PLAIN = ["vesicle", "tubule", "travels", "between", "neighbours", "slowly"]
STOPS = [".", "?", "!", ".”", "…"]


@dataclass
class Written:
    """A sentence as it reads, the numbers of its markers, and the block it begins in."""

    reads: str
    markers: list[tuple[int, ...]]
    block: int = 0


@dataclass
class Article:
    """Blocks of text, and the sentences that they hold."""

    blocks: list[str] = field(default_factory=list)
    sentences: list[Written] = field(default_factory=list)

    def text(self, gaps: list[str]) -> str:
        """The blocks with the given empty lines between them."""
        return "".join(block + gaps[i % len(gaps)] for i, block in enumerate(self.blocks))


@st.composite
def markers(draw: st.DrawFn) -> tuple[str, tuple[int, ...]]:
    """A printed marker and what it cites."""
    first = draw(st.integers(1, 40))
    form = draw(
        st.sampled_from(["{a}", "{a},{b}", "{a}, {b}", "{a};{b}", "{a}–{c}", "{a}-{c}", "{a},{b}–{d}"])
    )
    printed = form.format(a=first, b=first + 3, c=first + 2, d=first + 4)
    listed = {"{a}": [0], "{a}–{c}": [0, 1, 2], "{a}-{c}": [0, 1, 2], "{a},{b}–{d}": [0, 3, 4]}.get(
        form, [0, 3]
    )
    return f"<sup>{printed}</sup>", tuple(first + step for step in listed)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, list[tuple[int, ...]]]:
    """A sentence with markers in its midst, before a comma, and behind its full stop."""
    tokens = [draw(st.sampled_from(FIRST)), "travels"]
    cited = []
    for token in draw(st.lists(st.sampled_from(INSIDE), max_size=7)):
        mark = draw(st.none() | markers())
        if mark and token in PLAIN:
            cited.append(mark[1])
            tokens.append(draw(st.sampled_from(["{0}{1}", "{0}{1},", "{0},{1}"])).format(token, mark[0]))
        else:
            tokens.append(token)
    end = draw(st.none() | markers())
    cited += [end[1]] if end else []
    stop = draw(st.sampled_from(STOPS)) + (end[0] if end else "")
    return " ".join([*tokens, "slowly"]) + stop, cited


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article whose paragraphs may be broken by a pull quote, a rule, or in the midst of a word."""
    article = Article(["# Post of the Kidney", "## And its Senders"])
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            article.blocks.append(f"### Section {draw(st.integers(1, 9))}")
        _add_paragraph(draw, article, draw(st.lists(sentences(), min_size=1, max_size=4)))
    return article


def _add_paragraph(
    draw: st.DrawFn, article: Article, members: list[tuple[str, list[tuple[int, ...]]]]
) -> None:
    piece: list[str] = []
    block = len(article.blocks) + 1
    for reads, cited in members:
        article.sentences.append(Written(" ".join(reads.split()), cited, block))
        if draw(st.integers(0, 3)):
            piece.append(reads)
            continue
        # "travels" is the second word of each sentence: the break goes before it, or into it.
        at = reads.index("travels")
        left, right = draw(
            st.sampled_from([(reads[: at + 3] + "-", reads[at + 3 :]), (reads[: at - 1], reads[at:])])
        )
        if left[-1] != "-" and len(left.split()) + len(piece) == 1:
            left, right = reads[: at + 7], "slowly" + reads[at + 7 :]
            article.sentences[-1].reads = " ".join(f"{left} {right}".split())
        article.blocks.append(" ".join([*piece, left]))
        article.blocks += draw(
            st.sampled_from([[], ["**“A kidney writes to itself.”**"], ["---"], ["> “Dear tubule!”"]])
        )
        piece, block = [right], len(article.blocks) + 1
    article.blocks.append(" ".join(piece))


gaps = st.lists(
    st.sampled_from(["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n", "\n\u00a0\r\n", "\r\r"]),
    min_size=1,
    max_size=5,
)
# Anything, with a liking for what the parser looks at.
texts = st.lists(
    st.sampled_from(
        [
            "# ",
            "\n\n",
            "\r\n",
            "**",
            "“",
            "”",
            "<sup>1,2</sup>",
            "<sup>",
            ". ",
            "- ",
            "[3] ",
            "References",
            "A",
            "b-",
        ]
    )
    | st.text(max_size=8)
).map("".join)
