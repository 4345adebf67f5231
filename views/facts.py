"""What the page says about nodes and relations when one is chosen: plain values, every string once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from urllib.parse import quote, urlsplit

from schema.enums import (
    Certainty,
    CitationConcern,
    CitationStatus,
    Described,
    Direction,
    EvidenceLevel,
)
from views.legend import NEGATED
from views.model import ViewCitation, ViewClaim, ViewNode
from views.picture import EdgeMark, NodeMark
from views.text import one_line, plain
from views.theme import Sign

Row = list[object]


_DIRECTIONS = {Sign.INCREASES: Direction.INCREASED, Sign.DECREASES: Direction.DECREASED}


class Strings:
    """A table of strings; place 0 is the empty one."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {"": 0}

    def add(self, value: object) -> int:
        """Return the place of this value's text."""
        return self._places.setdefault(plain(value), len(self._places))

    def all(self, values: Iterable[object]) -> list[int]:
        """Return the place of each."""
        return [self.add(value) for value in values]

    def table(self) -> list[str]:
        """Return all strings in the order of their places."""
        return list(self._places)


def facts(nodes: Iterable[NodeMark], edges: Iterable[EdgeMark]) -> dict[str, object]:
    """Return `text`, `nodes` and `edges`; the rows hold places in `text` and are read by view.js."""
    strings = Strings()
    return {
        "nodes": [_node(mark, strings) for mark in nodes],
        "edges": [_edge(mark, strings) for mark in edges],
        "text": strings.table(),
    }


def name_of(node: ViewNode) -> str:
    """Return the name on one line, or the id of a node without one."""
    return one_line(node.name) or one_line(node.id)


def sentence(nodes: Sequence[NodeMark], mark: EdgeMark) -> str:
    """Return a relation in words: `A decreases B (hedged)`."""
    subject, object_ = name_of(nodes[mark.source].node), name_of(nodes[mark.target].node)
    manner = ", ".join([*(["hedged"] if mark.hedged else []), *([NEGATED] if mark.negated else [])])
    return f"{subject} {mark.words} {object_}{f' ({manner})' if manner else ''}"


def web_address(value: object) -> str:
    """Return the address when it is a plain http or https one, else nothing."""
    text = plain(value).strip()
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    unsafe = any(c.isspace() or ord(c) < 32 or c in "\"'<>\\`" for c in text)
    return text if parts.scheme in {"http", "https"} and host and not unsafe else ""


def publication_address(curie: object) -> str:
    """Return where a DOI, PubMed or PubMed Central id can be read, else nothing."""
    prefix, _, local = plain(curie).strip().partition(":")
    kind = prefix.lower()
    if kind == "doi" and local.startswith("10."):
        return f"https://doi.org/{quote(local, safe='/:;()._-')}"
    if kind == "pmid" and local.isascii() and local.isdigit():
        return f"https://pubmed.ncbi.nlm.nih.gov/{local}/"
    if kind == "pmc" and local.isascii() and local.isalnum():
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{local if local.startswith('PMC') else 'PMC' + local}/"
    return ""


def _node(mark: NodeMark, strings: Strings) -> Row:
    node = mark.node
    return [
        *strings.all((one_line(node.id), one_line(node.name), node.category, web_address(node.url))),
        strings.add(node.description),
        strings.all(node.synonyms),
    ]


def _edge(mark: EdgeMark, strings: Strings) -> Row:
    edge = mark.edge
    row: Row = [
        *strings.all((one_line(edge.id), mark.words)),
        strings.add(_meaning(Direction, _DIRECTIONS.get(mark.sign))),
        strings.all(edge.sources),
        [strings.all((curie, publication_address(curie))) for curie in edge.publications],
    ]
    return [*row, [_claim(claim, strings) for claim in edge.claims]] if edge.claims else row


def _claim(claim: ViewClaim, strings: Strings) -> Row:
    return [
        *strings.all((claim.id, claim.statement, _meaning(Certainty, claim.certainty))),
        strings.add(_meaning(EvidenceLevel, claim.evidence_level)),
        int(bool(claim.negated)),
        strings.add(_place(claim)),
        strings.add(claim.quote),
        [strings.all((_role(role), name)) for role, name in claim.context],
        [_citation(citation, strings) for citation in claim.citations],
    ]


def _place(claim: ViewClaim) -> str:
    parts = [f"“{one_line(claim.section)}”" if claim.section else ""]
    parts += [f"paragraph {plain(claim.paragraph)}" if claim.paragraph is not None else ""]
    parts += [f"sentence {plain(claim.sentence)}" if claim.sentence is not None else ""]
    return ", ".join(part for part in parts if part)


def _citation(citation: ViewCitation, strings: Strings) -> Row:
    doi, pmid = plain(citation.doi), plain(citation.pmid).removeprefix("PMID:")
    status = "" if citation.status == CitationStatus.RESOLVED else _meaning(CitationStatus, citation.status)
    return [
        *strings.all((citation.label, citation.title, status, citation.note)),
        strings.all((doi, publication_address(f"doi:{doi}"))),
        strings.all((pmid, publication_address(f"pmid:{pmid}"))),
        strings.all(_meaning(CitationConcern, concern) for concern in citation.concerns),
    ]


def _meaning(kind: type[Described], value: object) -> str:
    """Return an enum's value with what it means: `hedged: said with a reservation`."""
    text = plain(value)
    return _meanings(kind).get(text) or _spelled(text)


@cache
def _meanings(kind: type[Described]) -> dict[str, str]:
    return {member.value: f"{_spelled(member.value)}: {member.description}" for member in kind}


def _spelled(constant: str) -> str:
    return constant.lower().replace("_", " ")


def _role(role: object) -> str:
    """Return a role in words: `targetCell` -> `target cell`."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in plain(role))
