"""This service over the store, under uvicorn; its settings come from MSCEV_* as always.

NEO4J_USERNAME and NEO4J_PASSWORD say who reads, NEO4J_HTTP_URI where the Query API is.
"""

from __future__ import annotations

import argparse
import os

from api.app import create_app
from api.guards import SERVED
from api.settings import ServiceSettings
from bench.graphql.serving import serve
from graph.target import Target


def main() -> None:
    """Serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--uri", required=True)
    options.add_argument("--port", type=int, required=True)
    given = options.parse_args()
    http_uri = os.environ.get("NEO4J_HTTP_URI")
    target = Target(given.uri, os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"], http_uri=http_uri)
    app = create_app(target, ServiceSettings())
    serve(app, given.port, **SERVED)


if __name__ == "__main__":
    main()
