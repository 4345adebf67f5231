"""The audit: what the stored graph holds, what is missing in it, and the gates that it must pass. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.rubric import RUBRIC, Question, Score, scores
from graph.reads.audit import Stored
from graph.release import EMPTY
from schema.licences import LICENCE_BY_SOURCE

Place = tuple[int, int]

SHOWN = 5  # faults that a gate's detail names
COUNTS = (
    "entities",
    "relations",
    "claims",
    "proposed",
    "sentences",
    "references",
    "citations",
    "mentions",
    "identifiers",
    "mappings",
    "steps",
)
LOWEST_QUALITY = 0.98  # of mentions, precision and recall


@dataclass(frozen=True, slots=True)
class MentionQuality:
    """How well mentions are found in an article; shares from 0 to 1, and what stands behind them.

    `missed` and `extra` are "entity in block N"; `nested` and `excluded` are pairs of form and block that are
    left out of the count: every occurrence lies in a longer name, or the form names something else.
    """

    precision: float
    recall: float
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def left_out(self) -> int:
        """The number of pairs left out of the count."""
        return len(self.nested) + len(self.excluded)


@dataclass(frozen=True, slots=True)
class Curation:
    """What an article's data files say: markers of its body, and why some sentences have no claim."""

    markers: frozenset[str]
    reasons: Mapping[Place, str]


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule with the number of faults `found` and `allowed`; `detail` names some of the faults."""

    name: str
    meaning: str
    passed: bool
    found: float
    allowed: float
    detail: str


@dataclass(frozen=True, slots=True)
class Silent:
    """A body sentence without claims, and why; without a reason it is a gap."""

    block: int
    sentence: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where an in-text marker leads; `reference` and `alternatives` are positions in the printed list."""

    label: str
    marker: int | None
    status: str
    basis: str
    confidence: float
    reference: int | None
    title: str | None
    doi: str | None
    alternatives: tuple[int, ...]
    concerns: tuple[str, ...]
    claims: int
    note: str | None


@dataclass(frozen=True, slots=True)
class ArticleAudit:
    """Coverage, places and citations of one article; `copy` says whether a file of it was ever loaded."""

    id: str
    title: str
    sentences: int
    with_claims: int
    without_claims: tuple[Silent, ...]
    claims: int
    uncited: int
    copy: bool
    verified: int
    unverified: tuple[Place, ...]
    resolved: int
    citations: tuple[Resolution, ...]


@dataclass(frozen=True, slots=True)
class Grounding:
    """Entities of a kind: with an exact public identifier, with a near one only, with none."""

    kind: str
    entities: int
    exact: int
    near: int
    none: int
    share: float


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """An entity without an exact public identifier; `mappings` as `CLOSE GO:0006954`."""

    id: str
    kind: str
    name: str
    mappings: tuple[str, ...]
    composition: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unused:
    """An entity that no claim, mention or edge speaks of; `below` counts its direct is-a children."""

    id: str
    kind: str
    name: str
    below: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What one release of a source gave: identifiers and is-a steps, with its licence."""

    source: str | None
    version: str | None
    identifiers: int
    steps: int
    licence: str | None
    attribution: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the audit found; it passes when every gate does."""

    passed: bool
    release: str | None
    computed: str
    counts: Mapping[str, int]
    sources: tuple[Mapping[str, Any], ...]
    articles: tuple[ArticleAudit, ...]
    mentions: MentionQuality | None
    grounding: tuple[Grounding, ...]
    ungrounded: tuple[Ungrounded, ...]
    origins: tuple[Origin, ...]
    same_names: tuple[tuple[str, ...], ...]
    unused: tuple[Unused, ...]
    unconnected: tuple[str, ...]
    gates: tuple[Gate, ...]
    rubric: tuple[Question, ...]
    scores: tuple[Score, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """Names of the gates that are broken."""
        return tuple(gate.name for gate in self.gates if not gate.passed)


def audit(stored: Stored, curation: Mapping[str, Curation], mentions: MentionQuality | None = None) -> Report:
    """Return the report; `curation` by article id, `mentions` None where quality was not measured."""
    figures = stored.figures
    articles = tuple(_article(row, curation.get(row["id"])) for row in figures["articles"])
    origins = _origins(figures)
    gates = tuple(_gates(stored, articles, curation, origins, mentions))
    return Report(
        passed=all(gate.passed for gate in gates),
        release=figures["release"],
        computed=stored.releases.graph,
        counts={name: figures["counts"][name] for name in COUNTS},
        sources=tuple(figures["sources"]),
        articles=articles,
        mentions=mentions,
        grounding=_grounding(figures["grounding"]),
        ungrounded=tuple(
            Ungrounded(
                row["id"], row["kind"], row["name"], tuple(row["mappings"]), tuple(row["composition"] or ())
            )
            for row in figures["ungrounded"]
        ),
        origins=origins,
        same_names=tuple(map(tuple, figures["sameNames"])),
        unused=tuple(Unused(**row) for row in figures["unused"]),
        unconnected=tuple(figures["unconnected"]),
        gates=gates,
        rubric=RUBRIC,
        scores=scores(),
    )


def _article(row: Mapping[str, Any], curation: Curation | None) -> ArticleAudit:
    reasons = curation.reasons if curation else {}
    silent = tuple(Silent(block, number, reasons.get((block, number))) for block, number in row["silent"])
    citations = tuple(_resolution(citation) for citation in row["citations"])
    return ArticleAudit(
        id=row["id"],
        title=row["title"],
        sentences=row["sentences"],
        with_claims=row["sentences"] - len(silent),
        without_claims=silent,
        claims=row["claims"],
        uncited=row["uncited"],
        copy=row["copy"],
        verified=row["verified"],
        unverified=tuple((block, number) for block, number in row["unverified"]),
        resolved=sum(citation.status == "RESOLVED" for citation in citations),
        citations=citations,
    )


def _resolution(row: Mapping[str, Any]) -> Resolution:
    reference = row["references"][0] if row["references"] else {}
    return Resolution(
        label=row["label"],
        marker=row["marker"],
        status=row["status"],
        basis=row["basis"],
        confidence=row["confidence"],
        reference=reference.get("position"),
        title=reference.get("title"),
        doi=reference.get("doi"),
        alternatives=tuple(row["alternatives"]),
        concerns=tuple(row["concerns"]),
        claims=row["claims"],
        note=row["note"],
    )


def _grounding(rows: Sequence[Mapping[str, Any]]) -> tuple[Grounding, ...]:
    """Return the kinds, then all of them together."""
    kinds = [(row["kind"], row["entities"], row["grounded"], row["near"]) for row in rows]
    total = ("all", *(sum(kind[column] for kind in kinds) for column in (1, 2, 3)))
    return tuple(
        Grounding(kind, entities, exact, near, entities - exact - near, round(exact / max(entities, 1), 4))
        for kind, entities, exact, near in [*kinds, total]
    )


def _origins(figures: Mapping[str, Any]) -> tuple[Origin, ...]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for what in ("identifiers", "steps"):
        for row in figures[what]:
            found.setdefault((row["source"] or "", row["version"] or ""), {})[what] = row["number"]
    own = {source["id"]: (source["licence"], source["title"]) for source in figures["sources"]}
    public = {name: (licence.licence, licence.attribution) for name, licence in LICENCE_BY_SOURCE.items()}
    terms = own | public
    return tuple(
        Origin(
            source or None,
            version or None,
            numbers.get("identifiers", 0),
            numbers.get("steps", 0),
            *terms.get(source, (None, None)),
        )
        for (source, version), numbers in sorted(found.items())
    )


def _gates(
    stored: Stored,
    articles: Sequence[ArticleAudit],
    curation: Mapping[str, Curation],
    origins: Sequence[Origin],
    mentions: MentionQuality | None,
) -> Iterable[Gate]:
    faults = stored.faults
    yield _gate("claim-evidence", "every claim names the sentence that states it", faults["noEvidence"])
    yield _gate("claim-ends", "every claim has one subject and one object", faults["noEnds"])
    yield _gate(
        "claim-source",
        "every claim's source is stored, and its sentence is that source's and as it was read",
        faults["orphans"],
    )
    yield _gate(
        "duplicate-claim",
        "no two claims say the same, in the same setting and place",
        [" = ".join(group) for group in faults["sameClaims"]],
    )
    yield _gate("relation-claims", "every relation says what its claims say", faults["relations"])
    yield _gate("claim-relation", "every claim that may stand as a relation has one", faults["noRelation"])
    yield _gate("duplicate-identifier", "no two entities hold the same exact identifier", faults["shared"])
    yield _gate("identifier-source", "every identifier says where it was checked", faults["noSource"])
    yield _gate(
        "identifier-licence",
        "the licence of every source of identifiers and is-a steps is known",
        sorted({origin.source for origin in origins if origin.source and not origin.licence}),
    )
    yield _gate(
        "citation-note",
        "every unresolved citation says why",
        [
            f"{article.id} {citation.label}"
            for article in articles
            for citation in article.citations
            if citation.status == "UNRESOLVED" and not citation.note
        ],
    )
    yield _gate(
        "citation-reference",
        "a resolved citation leads to one reference, an unresolved one to none",
        [
            f"{article['id']} {row['label']}"
            for article in stored.figures["articles"]
            for row in article["citations"]
            if len(row["references"]) != int(row["status"] == "RESOLVED")
        ],
    )
    yield _gate(
        "marker-citation",
        "every marker that the body or a claim uses has its citation",
        [*_missing_markers(articles, curation), *faults["lostCitations"]],
    )
    yield _gate(
        "known-nodes", "every node is as loaders make it: labels, kind, properties", faults["foreignNodes"]
    )
    yield _gate(
        "known-relationships",
        "every relationship is as loaders make it: type, ends, properties",
        faults["foreignRelationships"],
    )
    yield _gate("release", "the release is the hash of what is stored", _changed(stored))
    if mentions:
        yield _quality(mentions)


def _gate(name: str, meaning: str, faults: Sequence[str | None]) -> Gate:
    more = len(faults) - SHOWN
    # what was written past the loaders may have no id
    detail = ", ".join(fault or "one without an id" for fault in faults[:SHOWN])
    detail += f", and {more} more" if more > 0 else ""
    return Gate(name, meaning, not faults, len(faults), 0, detail)


def _missing_markers(articles: Sequence[ArticleAudit], curation: Mapping[str, Curation]) -> list[str]:
    return [
        f"{article.id} {label}"
        for article in articles
        if article.id in curation
        for label in sorted(curation[article.id].markers - {citation.label for citation in article.citations})
    ]


def _changed(stored: Stored) -> list[str]:
    """Name what has another release than the one stored: the graph, or a source."""
    figures, releases = stored.figures, stored.releases
    changed = [] if figures["release"] == releases.graph else ["graph"]
    return changed + [
        source["id"]
        for source in figures["sources"]
        if source["release"] != releases.by_source.get(source["id"], EMPTY)
    ]


def _quality(mentions: MentionQuality) -> Gate:
    worst = min(mentions.precision, mentions.recall)
    return Gate(
        "mention-quality",
        "mentions are found with few wrong and few missed",
        worst >= LOWEST_QUALITY,
        round(1 - worst, 6),
        round(1 - LOWEST_QUALITY, 6),
        f"precision {mentions.precision:.4f}, recall {mentions.recall:.4f}, {mentions.left_out} left out",
    )
