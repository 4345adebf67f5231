"""The HTTP service: GraphQL, explorer, views, health. Made by `create_app`; run by `mscev up`."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api import errors, openapi
from api.activity import Activity, ActivityMiddleware
from api.admission import Admission, AdmissionMiddleware
from api.cypher.describe import PATHS as CYPHER_PATHS
from api.cypher.door import CypherDoor, mount_cypher
from api.explorer import mount_explorer
from api.explorer.routes import PATHS as EXPLORER_PATHS
from api.exports import mount_exports
from api.graphql.door import PATH as GRAPHQL_PATH
from api.graphql.door import mount_graphql
from api.graphql.engine import inner_engine
from api.review.routes import mount_review
from api.settings import ServiceSettings
from api.views import add_views
from graph.connection import AsyncDatabase, Database, Target
from graph.reads.info import PING, STATE

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1", "[::1]")
STATIC = Path(__file__).parent / "static"


def create_app(
    target: Target,
    settings: ServiceSettings | None = None,
    hosts: Sequence[str] = LOOPBACK_HOSTS,
    activity: Activity | None = None,
) -> FastAPI:
    """Return the service over a database; requests whose Host header names none of `hosts` are refused."""
    chosen = settings or ServiceSettings()
    database = AsyncDatabase(target, chosen.query_timeout)
    doors: list[CypherDoor] = []
    connections: list[Database] = []

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # What is here now stays; the collector need not look at it again, which takes a tenth of a second.
        gc.collect()
        gc.freeze()
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
        redoc_url=None,
        static_url="/static/docs",
    )
    app.add_middleware(AdmissionMiddleware, admission=Admission(chosen.concurrency, chosen.queue))
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(ActivityMiddleware, activity=activity or Activity())
    if chosen.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=chosen.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["content-type"],
            expose_headers=["etag", "retry-after"],
        )
    errors.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    doors.append(mount_cypher(app, database, chosen))
    mount_graphql(app, database, chosen)
    engine = inner_engine(database)
    add_views(app, engine, chosen)
    mount_exports(app, target, chosen)
    mount_explorer(app, engine, chosen.frame_ancestors, target.database)
    connections.append(mount_review(app, target, chosen))
    _add_health(app, database)
    openapi.install(app, {"/graphql": GRAPHQL_PATH, **CYPHER_PATHS, **EXPLORER_PATHS})
    return app


def _add_health(app: FastAPI, database: AsyncDatabase) -> None:
    @app.get("/health/live", tags=["health"])
    async def live() -> dict[str, str]:
        """Say that the process answers."""
        return {"status": "live"}

    @app.get("/health/ready", tags=["health"])
    async def ready() -> JSONResponse:
        """Say whether Neo4j answers a real query; 503 when it does not."""
        await database.value(PING)
        state = await database.value(STATE)
        return JSONResponse({"status": "ready", "release": state["hash"] if state else None})
