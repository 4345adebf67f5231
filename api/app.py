"""The HTTP service: GraphQL, explorer, views, health. Made by `create_app`; run by `mscev up`."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from fastapi_offline import FastAPIOffline
from starlette.middleware import Middleware

from api import errors, openapi
from api.activity import Activity, ActivityMiddleware
from api.admission import Admission, AdmissionMiddleware
from api.cypher.describe import PATHS as CYPHER_PATHS
from api.cypher.door import CypherDoor, mount_cypher
from api.cypher.ledger import SharedLedger
from api.documents import DOCS_STATIC, mount_documents
from api.explorer import mount_explorer
from api.explorer.routes import PATHS as EXPLORER_PATHS
from api.exports import mount_exports
from api.graphql.door import PATH as GRAPHQL_PATH
from api.graphql.door import mount_graphql
from api.graphql.engine import inner_engine
from api.guards import guards
from api.observe.drain import Drain
from api.observe.live import Live
from api.observe.metrics import Sources, metrics
from api.observe.middleware import Observed
from api.observe.routes import Observer
from api.observe.runtime import Runtime
from api.review.routes import mount_review
from api.settings import ServiceSettings
from api.views import add_views
from graph.connection import AsyncDatabase, Database
from graph.reads.info import STATE
from graph.target import Target
from schema.errors import DatabaseRejected, DatabaseUnavailable

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1", "[::1]")
STATIC = Path(__file__).parent / "static"


def create_app(
    target: Target,
    settings: ServiceSettings | None = None,
    hosts: Sequence[str] = LOOPBACK_HOSTS,
    activity: Activity | None = None,
    runtime: Runtime | None = None,
    *,
    keyed: bool = False,
) -> FastAPI:
    """Return the service over a database; requests whose Host header names none of `hosts` are refused.

    With `keyed` every request but those for health needs an API key.
    """
    chosen = settings or ServiceSettings()
    given = runtime or Runtime()
    shared = given.shared
    database = AsyncDatabase(target, chosen.query_timeout)
    doors: list[CypherDoor] = []
    connections: list[Database] = []

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # What is here now stays; the collector need not look at it again, which takes a tenth of a second.
        gc.collect()
        gc.freeze()
        # Rows of an answer are many objects and no cycles; the usual 700 would look at them time and again.
        gc.set_threshold(10_000)
        async with observer.pulse():
            yield
        for door in doors:
            door.close()
        for connection in connections:
            connection.close()
        await database.close()

    app: FastAPI = FastAPIOffline(
        title="mscev",
        version=version("mscev"),
        description="A provenance-first knowledge graph of vesicles from mesenchymal stem cells.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        static_url=DOCS_STATIC,
        telemetry=telemetry(),
        # outermost first
        middleware=[
            *guards(chosen, keyed=keyed, hosts=hosts),
            Middleware(ActivityMiddleware, activity=activity or Activity()),
            Middleware(AdmissionMiddleware, admission=Admission(chosen.concurrency, chosen.queue)),
        ],
    )
    errors.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    door = mount_cypher(app, database, chosen, SharedLedger(shared.transactions) if shared else None)
    doors.append(door)
    asked, kept = mount_graphql(app, database, chosen)
    engine = inner_engine(database)
    add_views(app, engine, chosen)
    mount_exports(app, database, chosen)
    mount_explorer(app, engine, chosen.frame_ancestors, target.database)
    connections.append(mount_review(app, target, chosen, shared.token if shared else None))
    _add_health(app, database)
    mount_documents(app)
    observer = Observer(
        metrics(shared.metrics if shared else None),
        Sources(
            under_way=lambda: given.drain.under_way,
            cache=lambda: kept.figures,
            plans=lambda: asked.plans,
            pool=lambda: database.connections,
            restarts=given.restarts,
        ),
        Live(database, given.home, lambda: door.transactions.open),
    )
    observer.mount(app)
    openapi.install(app, {"/graphql": GRAPHQL_PATH, **CYPHER_PATHS, **EXPLORER_PATHS})
    _observe(app, observer, given.drain)
    return app


def telemetry() -> TelemetryConfig | None:
    """Return FastAPI's own OpenTelemetry where something is set for it; it would ask at each request."""
    wanted = any(name.startswith(("OTEL_", "FASTAPI_OTEL_")) for name in os.environ)
    return None if wanted else {"tracing": False, "metrics": False, "logs": False}


def _observe(app: FastAPI, observer: Observer, drain: Drain) -> None:
    """Put the observer around everything: also around the answer to what nobody expected."""
    plain = app.build_middleware_stack
    app.build_middleware_stack = lambda: Observed(  # type: ignore[method-assign]
        plain(), app.routes, observer.metrics, drain
    )


def _add_health(app: FastAPI, database: AsyncDatabase) -> None:
    @app.get("/health/live", tags=["health"])
    async def live() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "live"}

    @app.get("/health/ready", tags=["health"])
    async def ready() -> JSONResponse:
        """Say whether Neo4j answers a real query; 503 when it does not, after three seconds at most."""
        try:
            await database.ping()
            state = await database.value(STATE)
        except DatabaseRejected as error:  # as where its disk is full
            raise DatabaseUnavailable(f"Neo4j answers no query: {error.message}") from error
        return JSONResponse({"status": "ready", "release": state["hash"] if state else None})
