"""The GraphQL that the tools ask."""

from __future__ import annotations

from api.requests import CLAIM

_NAMED = "id name kind"
_EDGE = f"""subject {{ {_NAMED} }} predicate object {{ {_NAMED} }} direction publications
    claims {{ id statement }}"""
_SEARCHED = "articles { id }"

SEARCH = f"""query($text: String!, $kind: [EntityKind!], $first: Int) {{
  search(text: $text, kind: $kind, first: $first) {{
    edges {{ score node {{ {_NAMED} description synonyms }} }}
  }}
  {_SEARCHED}
}}"""
LIKE = f"query($text: String!) {{ search(text: $text, first: 3) {{ nodes {{ {_NAMED} }} }} }}"
CLAIMS = f"""query($filter: ClaimFilter, $first: Int, $after: String) {{
  claims(filter: $filter, first: $first, after: $after) {{
    totalCount nodes {{ ...OneClaim }} pageInfo {{ hasNextPage endCursor }}
  }}
  {_SEARCHED}
}}
{CLAIM}"""
NEIGHBORS = f"query($id: ID!) {{ entity(id: $id) {{ neighbors(first: 25) {{ nodes {{ {_NAMED} }} }} }} }}"
BETWEEN = f"""query($a: ID!, $b: ID!) {{
  between(a: $a, b: $b) {{
    relations {{ {_EDGE} }} claims {{ ...OneClaim }} nearest {{ {_NAMED} }} searched
  }}
}}
{CLAIM}"""
NEAREST = f"query($a: ID!, $b: ID!) {{ between(a: $a, b: $b) {{ nearest {{ {_NAMED} }} }} }}"
PATHS = f"""query($from: ID!, $to: ID!, $hops: Int!, $first: Int!) {{
  paths(from: $from, to: $to, maxHops: $hops, first: $first) {{
    nodes {{ {_NAMED} }} relations {{ {_EDGE} }} mixedContext
  }}
  {_SEARCHED}
}}"""
COUNTS = """{ graph { release entities claims sources { id title version licence }
  kinds { kind count } predicates { predicate count } } }"""
