"""GraphQL requests that the Python and MCP doors share: names to entities, claims by plain arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from schema.errors import InvalidQuery

Row = Mapping[str, Any]

RESOLVE = "query($texts: [String!]!) { resolve(texts: $texts) { text entity { id name kind } reason } }"
_PRINTED = "title authors journal year doi pmid url"
CLAIM = f"""fragment OneClaim on Claim {{
  id subject {{ id name kind }} predicate object {{ id name kind }} direction negated certainty evidenceLevel
  statement
  context {{ extent dose parts {{ role entity {{ id name kind }} }} }}
  mechanisms {{ id name kind }}
  evidence {{ article {{ id }} section paragraph sentence page sha256 verified quote }}
  citations {{
    label marker status basis confidence concerns note
    reference {{ {_PRINTED} }} alternatives {{ {_PRINTED} }}
  }}
}}"""
CLAIMS = f"""query($filter: ClaimFilter, $first: Int, $after: String) {{
  claims(filter: $filter, first: $first, after: $after) {{
    totalCount nodes {{ ...OneClaim }} pageInfo {{ hasNextPage endCursor }}
  }}
}}
{CLAIM}"""


def entity_of(found: Row, argument: str) -> Row:
    """Return the entity of one answer of `RESOLVE`; raises `InvalidQuery` where there is none."""
    entity: Row | None = found["entity"]
    if entity is None:
        raise InvalidQuery(
            f"{argument}: {found['text']!r} {found['reason']}; try search",
            given=found["text"],
        )
    return entity


@dataclass(frozen=True, slots=True)
class ClaimTests:
    """Plain tests of claims, all of which must hold; None is no test. Entities by id, exact mapping or name.

    `about` is subject or object, `disease` that of the setting; the others are values of GraphQL's enums.
    """

    about: str | None = None
    subject: str | None = None
    object: str | None = None
    disease: str | None = None
    predicate: str | None = None
    direction: str | None = None
    evidence_level: str | None = None
    certainty: str | None = None
    negated: bool | None = None

    @property
    def entities(self) -> dict[str, str]:
        """What names entities, by argument."""
        named = {name: getattr(self, name) for name in ("about", "subject", "object", "disease")}
        return {name: text for name, text in named.items() if text is not None}

    def filter(self, found: Sequence[Row]) -> dict[str, Any]:
        """Return the `ClaimFilter`; `found` is what `RESOLVE` answers to `entities`, in their order."""
        ids = {
            argument: entity_of(row, argument)["id"]
            for argument, row in zip(self.entities, found, strict=True)
        }
        tests: list[dict[str, Any]] = []
        for name, id_ in ids.items():
            match name:
                case "about":
                    tests.append({"or": [{"subject": {"eq": id_}}, {"object": {"eq": id_}}]})
                case "disease":
                    tests.append({"contextRole": {"disease": {"eq": id_}}})
                case _:
                    tests.append({name: {"eq": id_}})
        for name in ("predicate", "direction", "evidence_level", "certainty", "negated"):
            value = getattr(self, name)
            if value is not None:
                tests.append({_CAMEL.get(name, name): {"eq": value}})
        return {"and": tests} if tests else {}


_CAMEL = {"evidence_level": "evidenceLevel"}
TESTS = tuple(field.name for field in fields(ClaimTests))
