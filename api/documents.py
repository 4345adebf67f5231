"""`/docs`: Swagger UI over the OpenAPI document, under a policy that knows its one script by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

DOCS_STATIC: Final = "/static/docs"
_SCRIPT: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def mount_documents(app: FastAPI) -> None:
    """Add /docs to the service."""
    page = get_swagger_ui_html(
        openapi_url=str(app.openapi_url),
        title=f"{app.title} - Swagger UI",
        swagger_js_url=f"{DOCS_STATIC}/swagger-ui-bundle.js",
        swagger_css_url=f"{DOCS_STATIC}/swagger-ui.css",
        swagger_favicon_url=f"{DOCS_STATIC}/favicon.png",
    )
    body = bytes(page.body)
    headers = {"Content-Security-Policy": _policy(body)}

    async def documents(_: Request) -> HTMLResponse:
        return HTMLResponse(body, headers=headers)

    app.router.routes.append(Route("/docs", documents, methods=["GET"]))


def _policy(page: bytes) -> str:
    hashes = (base64.b64encode(hashlib.sha256(text).digest()).decode() for text in _SCRIPT.findall(page))
    scripts = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
