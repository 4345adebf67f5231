"""Reads for reviewers: proposed claims with what is needed to judge them, and to check a change of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.statement import Statement
from schema.enums import (
    AgentType,
    Certainty,
    CitationConcern,
    ClaimStatus,
    ContextRole,
    EvidenceLevel,
    KnowledgeLevel,
)
from schema.records import Claim, ClaimCitation, ClaimContext

Row = Mapping[str, Any]

_CLAIM = """
  c { .*,
    subject: head([(c)-[:SUBJECT]->(e) | e.id]),
    object: head([(c)-[:OBJECT]->(e) | e.id]),
    at: head([(c)-[:STATED_IN]->(p) | [p.block, p.sentence]]),
    via: COLLECT { MATCH (c)-[:VIA]->(e) RETURN e.id AS x ORDER BY x },
    context: COLLECT { MATCH (c)-[k:CONTEXT]->(e) RETURN [k.role, e.id] AS x ORDER BY k.role, e.id },
    citations: COLLECT {
      MATCH (c)-[k:CITES]->(m) RETURN [m.label, coalesce(k.concerns, []), k.note] AS x ORDER BY m.label
    }
  }
"""


@dataclass(frozen=True, slots=True)
class ProposalTests:
    """Which proposals: all tests that are given must hold; `low` and `high` are bounds of the score."""

    article: str | None = None
    rule: str | None = None
    predicate: str | None = None
    low: float | None = None
    high: float | None = None


def proposals(
    tests: ProposalTests, decided: Collection[str], first: int, after: tuple[str, str] | None
) -> Statement:
    """Return the read of proposals that nobody decided on, in the order of the text; at most `first`.

    `after` is place and id of the last one that was read. Beside them stand how many fit, and how many there
    are by article, rule and predicate, whatever the tests.
    """
    conditions = ["c.status = 'PROPOSED'", "NOT c.id IN $decided"]
    given: dict[str, object] = {"decided": list(decided), "first": first}
    for name, text in (
        ("article", "c.article = $article"),
        ("rule", "c.rule = $rule"),
        ("predicate", "c.predicate = $predicate"),
        ("low", "c.score >= $low"),
        ("high", "c.score <= $high"),
    ):
        if (value := getattr(tests, name)) is not None:
            conditions.append(text)
            given[name] = value
    fits = " AND ".join(conditions)
    later = ""
    if after is not None:
        given["place"], given["id"] = after
        later = " AND (c.place > $place OR c.place = $place AND c.id > $id)"
    open_ = "MATCH (c:Claim) WHERE c.status = 'PROPOSED' AND NOT c.id IN $decided"
    text = f"""
    RETURN {{
      total: COUNT {{ MATCH (c:Claim) WHERE {fits} }},
      claims: COLLECT {{
        MATCH (c:Claim) WHERE {fits}{later} WITH c ORDER BY c.place, c.id LIMIT $first
        RETURN {_CLAIM} AS x ORDER BY c.place, c.id
      }},
      articles: COLLECT {{
        {open_} WITH c.article AS id, count(*) AS number
        OPTIONAL MATCH (a:Article {{id: id}})
        RETURN [id, coalesce(a.title, id), number] AS x ORDER BY id
      }},
      rules: COLLECT {{
        {open_} AND c.rule IS NOT NULL WITH c.rule AS rule, count(*) AS number
        RETURN [rule, number] AS x ORDER BY rule
      }},
      predicates: COLLECT {{
        {open_} WITH c.predicate AS predicate, count(*) AS number
        RETURN [predicate, number] AS x ORDER BY predicate
      }}
    }} AS value
    """
    return Statement(text, given)


def claims_by_id(ids: Iterable[str]) -> Statement:
    """Return the read of claims by their ids; ids of none are left out."""
    text = f"UNWIND $ids AS id MATCH (c:Claim {{id: id}}) RETURN collect({_CLAIM}) AS value"
    return Statement(text, {"ids": list(ids)})


def claim_of(row: Row) -> Claim:
    """Return a row of the reads above as a record."""
    block, sentence = row["at"]
    return Claim(
        article=row["article"],
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        statement=row["statement"],
        block=block,
        sentence=sentence,
        sha256=row["sentenceSha256"],
        certainty=Certainty(row["certainty"]),
        evidence_level=EvidenceLevel(row["evidenceLevel"]),
        negated=row["negated"],
        context=ClaimContext(
            tuple((ContextRole(role), id_) for role, id_ in row["context"]),
            row.get("extent"),
            row.get("dose"),
        ),
        mechanisms=tuple(row["via"]),
        citations=tuple(
            ClaimCitation(label, tuple(CitationConcern(one) for one in concerns), note)
            for label, concerns, note in row["citations"]
        ),
        status=ClaimStatus(row["status"]),
        primary_knowledge_source=row["primaryKnowledgeSource"],
        knowledge_level=KnowledgeLevel(row["knowledgeLevel"]),
        agent_type=AgentType(row["agentType"]),
        rule=row.get("rule"),
        score=row.get("score"),
        reviewer=row.get("reviewer"),
    )


def beside(claims: Iterable[Claim]) -> Statement:
    """Return the read of what claims stand on: names of what they join, and their sentences with mentions."""
    wanted = list(claims)
    text = """
    RETURN {
      entities: COLLECT { MATCH (e:Entity) WHERE e.id IN $ids RETURN [e.id, e.name, e.kind] AS x },
      sentences: COLLECT {
        UNWIND $places AS place
        MATCH (s:Sentence {article: place[0], block: place[1], sentence: place[2]})-[:PART_OF]->(t:Section)
        RETURN {
          place: place, section: t.title, page: s.page, quote: s.quote, starts: s.starts, ends: s.ends,
          title: head(COLLECT { MATCH (a:Article {id: place[0]}) RETURN a.title }),
          mentions: COLLECT {
            MATCH (e:Entity)-[m:MENTIONED_IN]->(s)
            RETURN [e.id, e.name, e.kind, m.starts, m.ends, e.asWritten + coalesce(e.synonyms, [])] AS x
            ORDER BY e.id
          }
        } AS x
      }
    } AS value
    """
    return Statement(text, {"ids": _joined(wanted), "places": _places(wanted)})


def known_to(claims: Iterable[Claim]) -> Statement:
    """Return the read of what a check of claims needs: articles, kinds, places with hashes, citations."""
    wanted = list(claims)
    text = """
    RETURN {
      articles: COLLECT { MATCH (a:Article) WHERE a.id IN $articles RETURN a.id },
      kinds: COLLECT { MATCH (e:Entity) WHERE e.id IN $ids RETURN [e.id, e.kind] AS x },
      places: COLLECT {
        UNWIND $places AS place
        MATCH (s:Sentence {article: place[0], block: place[1], sentence: place[2]})
        RETURN [s.article, s.block, s.sentence, s.sha256] AS x
      },
      labels: COLLECT {
        MATCH (m:Citation) WHERE m.article IN $articles AND m.label IN $labels
        RETURN [m.article, m.label] AS x
      }
    } AS value
    """
    return Statement(
        text,
        {
            "ids": _joined(wanted),
            "places": _places(wanted),
            "articles": sorted({claim.article for claim in wanted}),
            "labels": sorted({citation.label for claim in wanted for citation in claim.citations}),
        },
    )


def _joined(claims: Iterable[Claim]) -> list[str]:
    """Return the ids of all entities that claims name."""
    return sorted(
        {
            id_
            for claim in claims
            for id_ in (
                claim.subject,
                claim.object,
                *claim.mechanisms,
                *(id_ for _, id_ in claim.context.roles),
            )
        }
    )


def _places(claims: Iterable[Claim]) -> list[list[str | int]]:
    return [list(place) for place in sorted({(c.article, c.block, c.sentence) for c in claims})]
