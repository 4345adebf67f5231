"""`mscev propose`: what a text names and says, by rules; nothing is stored, no Neo4j is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.lexicon import ontologies
from api.cli.output import ERRORS, OUT, print_json, print_table
from loaders.article.document import Document
from loaders.mining.field import field_entities
from loaders.mining.proposals import Miner, Proposal, Proposals
from loaders.readers import read_article
from schema.records import Sentence, Span

FORMAT = 1


def propose(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="An article or any text.")],
    json: Annotated[bool, typer.Option("--json", help="Print as JSON; see docs/mining.md.")] = False,
    built_in: Annotated[
        bool, typer.Option("--built-in", help="Use the built-in names alone, even where more were fetched.")
    ] = False,
) -> None:
    """Print the mentions and the proposed claims of a text; nothing is stored."""
    document = read_document(file)
    fetched = None if built_in else ontologies().status()
    terms = ontologies().terms() if fetched else []
    found = Miner(field_entities(), terms).propose(document)
    lexicon = {"builtIn": len(field_entities()), "fetched": fetched["sha256"] if fetched else None}
    if json:
        print_json(as_json(document, found, file.name, lexicon))
        return
    _tell(document, found)
    if fetched is None:
        ERRORS.print("Read by the built-in names alone; mscev lexicon fetch adds those of the ontologies.")


def read_document(path: Path) -> Document:
    """Read a file of any form that articles are read from; `InvalidSource` where it is none."""
    return read_article(path)[0]


def as_json(document: Document, found: Proposals, name: str, lexicon: dict[str, Any]) -> dict[str, Any]:
    """Return what was found in the documented form: mentions and proposals in the order of the text."""
    entities = {entity.id: entity for entity in found.entities}
    places = {(s.block, s.sentence): s for s in document.sentences}
    titles = {section.block: section.title for section in document.sections}

    def place(sentence: Sentence) -> dict[str, Any]:
        return {
            "text": document.quote(sentence),
            "section": titles.get(sentence.section, ""),
            "paragraph": sentence.block,
            "sentence": sentence.sentence,
            "page": sentence.page,
            "spans": _spans(sentence.spans),
            "sha256": sentence.sha256,
        }

    def named(id_: str, spans: tuple[Span, ...]) -> dict[str, Any]:
        entity = entities[id_]
        text = " ".join(" ".join(document.text[s.start : s.end] for s in spans).split())
        return {"id": id_, "name": entity.name, "kind": entity.kind, "text": text, "spans": _spans(spans)}

    def proposal(one: Proposal) -> dict[str, Any]:
        claim = one.claim
        return {
            "id": claim.id,
            "subject": named(claim.subject, one.subject),
            "predicate": claim.predicate,
            "object": named(claim.object, one.object),
            "direction": claim.direction,
            "negated": claim.negated,
            "certainty": claim.certainty,
            "evidenceLevel": claim.evidence_level,
            "rule": claim.rule,
            "score": claim.score,
            "statement": claim.statement,
            "context": [
                {"role": role, "id": id_, "name": entities[id_].name} for role, id_ in claim.context.roles
            ],
            "citations": [citation.label for citation in claim.citations],
            "status": claim.status,
            "sentence": place(places[claim.block, claim.sentence]),
        }

    return {
        "format": FORMAT,
        "file": name,
        "article": document.article,
        "title": document.title,
        "lexicon": lexicon,
        "sentences": len(document.sentences),
        "mentions": [
            named(mention.entity, mention.spans) | {"paragraph": s.block, "sentence": s.sentence}
            for s, mention in found.namings
        ],
        "proposals": [proposal(one) for one in found.proposals],
    }


def _spans(spans: tuple[Span, ...]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _tell(document: Document, found: Proposals) -> None:
    entities = {entity.id: entity for entity in found.entities}
    counts: dict[str, int] = {}
    for _, mention in found.namings:
        counts[mention.entity] = counts.get(mention.entity, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    print_table(
        ["entity", "kind", "id", "mentions"],
        [(entities[id_].name, entities[id_].kind, id_, number) for id_, number in ranked],
    )
    print_table(
        ["subject", "predicate", "object", "certainty", "rule", "score", "place"],
        [
            (
                entities[one.claim.subject].name,
                f"{'not ' if one.claim.negated else ''}{one.claim.predicate}",
                entities[one.claim.object].name,
                one.claim.certainty.value,
                one.claim.rule,
                f"{one.claim.score:.2f}",
                f"{one.claim.block}.{one.claim.sentence}",
            )
            for one in found.proposals
        ],
    )
    OUT.print(
        f"{len(found.namings)} mentions of {len(entities)} entities, {len(found.proposals)} proposed claims "
        f"in {len(document.sentences)} sentences.",
        highlight=False,
        soft_wrap=True,
    )
