"""The two small pages of our own: the front page and GraphiQL. Everything they load is served from here."""

from __future__ import annotations

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

FRONT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mscev</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/front.css">
</head>
<body>
<main>
<h1>mscev</h1>
<p>A knowledge graph of extracellular vesicles from mesenchymal stem cells. Every edge says who says so,
where in the text, and on which paper it rests.</p>
<ul>
<li><a href="/graphql">GraphQL</a>: ask, with GraphiQL (<a href="/graphql/schema.graphql">schema</a>)</li>
<li><a href="/views/graph.html?focus=MONDO:0005178&amp;hops=1">Osteoarthritis</a>: one interactive file that
opens offline (<a href="/views/graph.html">the whole graph</a>)</li>
<li><a href="/docs">HTTP</a>: all addresses of this service</li>
<li><a href="/health/ready">Health</a></li>
</ul>
</main>
</body>
</html>
"""

GRAPHIQL = """<!doctype html>
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
<div id="graphiql">Loading…</div>
<script src="/static/graphiql/react.production.min.js"></script>
<script src="/static/graphiql/react-dom.production.min.js"></script>
<script src="/static/graphiql/graphiql.min.js"></script>
<script src="/static/graphiql/page.js"></script>
</body>
</html>
"""
