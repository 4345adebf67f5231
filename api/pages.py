"""The page of GraphiQL, with the questions to choose from. Everything it loads is served from here."""

from __future__ import annotations

from functools import cache
from html import escape

from api.questions import questions

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    ),
    "Vary": "Accept",  # a program gets data from the same address
}

_GRAPHIQL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mscev GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/graphiql/graphiql.min.css">
<link rel="stylesheet" href="/static/graphiql/page.css">
</head>
<body>
<label id="questions">Questions <select><option value="">Choose one …</option>{questions}</select></label>
<div id="graphiql">Loading…</div>
<script src="/static/graphiql/react.production.min.js"></script>
<script src="/static/graphiql/react-dom.production.min.js"></script>
<script src="/static/graphiql/graphiql.min.js"></script>
<script src="/static/graphiql/page.js"></script>
</body>
</html>
"""


@cache
def graphiql() -> str:
    """Return the page; a chosen question leads to the address that opens it."""
    options = (
        f'<option value="{escape(one.graphql_address)}">{escape(one.title)}</option>' for one in questions()
    )
    return _GRAPHIQL.format(questions="\n".join(options))
