"""How the servers in Python are served, all alike."""

from __future__ import annotations

from typing import Any

import uvicorn
from starlette.types import ASGIApp


def serve(app: ASGIApp, port: int, **more: Any) -> None:
    """Serve until a signal; `more` are further settings of uvicorn."""
    uvicorn.run(
        app, port=port, loop="uvloop", http="httptools", access_log=False, log_level="warning", **more
    )
