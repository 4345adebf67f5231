"""`mscev audit`: what is in the graph, what is missing, and whether it may be trusted."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from api.audit import ArticleAudit, Curation, MentionQuality, Report
from api.audit import audit as examine
from api.cli.output import OUT, print_json, print_table
from api.cli.store import used_database
from graph.reads.audit import read_all
from loaders.article.curated import Curated, built_in
from loaders.article.form_pairs import form_pairs
from loaders.mining.annotated import PARTS, annotated
from loaders.mining.proposals import miner
from loaders.mining.quality import compare
from loaders.mining.scores import as_shares, score
from schema.errors import VerificationFailed

PLACES = "places.tsv"
NO_CLAIMS = "no-claims.tsv"


def audit(json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Examine the stored graph: figures, gates, licences, score. Exit 1 when a gate is broken."""
    with used_database() as database:
        stored = read_all(database)
    curated = built_in()
    report = examine(stored, {curated.article: curation_of(curated)}, quality_of(curated))
    mining = mining_quality()
    if json:
        print_json(asdict(report) | {"mining": mining})
    else:
        _tell(report)
        _tell_mining(mining)
    if not report.articles:
        raise VerificationFailed("The graph holds no article: run 'mscev load article' first")
    if not report.passed:
        raise VerificationFailed(
            f"{len(report.broken)} of {len(report.gates)} gates are broken: {', '.join(report.broken)}. "
            "Loading the source again mends what was changed in the database",
            gates=report.broken,
        )


def curation_of(curated: Curated) -> Curation:
    """Return the markers of an article's body, and its sentences that are meant to have no claim."""
    markers = {label for row in curated.table(PLACES) for label in row["markers"].split(",") if label}
    silent = curated.table(NO_CLAIMS) if curated.folder.joinpath(NO_CLAIMS).is_file() else ()
    reasons = {(int(row["block"]), int(row["sentence"])): row["reason"] for row in silent}
    return Curation(frozenset(markers), reasons)


def quality_of(curated: Curated) -> MentionQuality:
    """Measure the curated mentions against the known pairs of form and block."""
    measured = compare(curated.mentions(), form_pairs(curated))
    return MentionQuality(
        measured.precision,
        measured.recall,
        tuple(f"{entity} in block {block}" for entity, block in measured.missed),
        tuple(f"{entity} in block {block}" for entity, block in measured.extra),
        tuple(f"{pair.form} in block {pair.block}: {pair.entity}" for pair in measured.nested),
        tuple(f"{row.form} in block {row.block}: {row.entity}: {row.reason}" for row in measured.excluded),
    )


def mining_quality() -> dict[str, dict[str, Any]]:
    """Measure mining on the annotated texts, part by part; see docs/mining.md."""
    return {part: as_shares(score(annotated(part), miner())) for part in PARTS}


def _tell_mining(mining: dict[str, dict[str, Any]]) -> None:
    _title("Mining: the rules on annotated texts (those of the built-in article are above)")
    print_table(
        ["texts", "what", "precision", "recall", "F1", "right", "wrong", "missed"],
        [
            (part, what, *(f"{row[share]:.3f}" for share in ("precision", "recall", "f1")), *_counts(row))
            for part, rows in mining.items()
            for what, row in rows.items()
        ],
    )


def _counts(row: dict[str, float]) -> tuple[float, ...]:
    return row["right"], row["wrong"], row["missed"]


def _tell(report: Report) -> None:
    _title("Graph")
    print_table(["", "number"], list(report.counts.items()))
    for article in report.articles:
        _tell_article(article)
    _title("Mentions")
    if report.mentions:
        _line(f"Precision {report.mentions.precision:.4f}, recall {report.mentions.recall:.4f}, ")
        _line(f"{report.mentions.left_out} pairs left out of the count (--json lists them).")
        for missed in report.mentions.missed:
            _line(f"Missed: {missed}.")
        for extra in report.mentions.extra:
            _line(f"Too much: {extra}.")
    else:
        _line("Quality: not measured.")
    _title("Grounding: entities with an exact public identifier, with near ones only, with none")
    print_table(
        ["kind", "entities", "exact", "near", "none", "grounded"],
        [(g.kind, g.entities, g.exact, g.near, g.none, f"{g.share:.0%}") for g in report.grounding],
    )
    _title("Identifiers and is-a steps, by source")
    print_table(
        ["source", "version", "identifiers", "steps", "licence", "credit"],
        [(o.source, o.version, o.identifiers, o.steps, o.licence, o.attribution) for o in report.origins],
    )
    _title("Loose ends")
    _line(f"Entities of the same kind with the same name: {len(report.same_names)}.")
    for group in report.same_names:
        _line("  " + ", ".join(group))
    _line(f"Nodes without any relationship: {len(report.unconnected)}. {', '.join(report.unconnected)}")
    _line(f"Entities in no claim, mention or relation: {len(report.unused)}.")
    if report.unused:
        print_table(
            ["id", "kind", "name", "is-a children"], [(u.id, u.kind, u.name, u.below) for u in report.unused]
        )
    _title("Rubric of the KG-Registry, answered by ourselves")
    print_table(
        ["group", "question", "answer", "why"],
        [(q.group.value, q.question, q.answer.value, q.why) for q in report.rubric],
    )
    print_table(
        ["group", "yes", "partly", "of"], [(s.group, s.yes, s.partly, s.questions) for s in report.scores]
    )
    _title(f"Gates, release {report.computed[:16]}")
    print_table(
        ["gate", "passed", "found", "allowed", "what must hold", "faults"],
        [
            (g.name, "yes" if g.passed else "NO", g.found, g.allowed, g.meaning, g.detail)
            for g in report.gates
        ],
    )


def _tell_article(article: ArticleAudit) -> None:
    _title(f"{article.title} ({article.id})")
    _line(
        f"{article.with_claims} of {article.sentences} body sentences have claims, {article.claims} in all."
    )
    for silent in article.without_claims:
        _line(f"  paragraph {silent.block}, sentence {silent.sentence}: {silent.reason or 'no reason given'}")
    _line(f"{article.uncited} claims rest on no marker.")
    _line(
        f"{article.verified} of {article.sentences} places verified."
        if article.copy
        else "Places not verified: no copy of the article was loaded."
    )
    if article.copy and article.unverified:
        _line("  not: " + ", ".join(f"{block}.{sentence}" for block, sentence in article.unverified))
    _line(f"{article.resolved} of {len(article.citations)} citations resolved.")
    print_table(
        ["marker", "status", "confidence", "reference", "or", "basis", "claims", "concerns"],
        [
            (
                c.label,
                c.status,
                f"{c.confidence:.2f}",
                f"{c.reference} {c.title}" if c.reference else "",
                ", ".join(map(str, c.alternatives)),
                c.basis,
                c.claims,
                ", ".join(c.concerns),
            )
            for c in article.citations
        ],
    )


def _title(text: str) -> None:
    OUT.print(f"\n{text}", style="bold", highlight=False, markup=False, soft_wrap=True)


def _line(text: str) -> None:
    OUT.print(text, highlight=False, markup=False, soft_wrap=True)
