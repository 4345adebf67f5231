"""The explorer: pages for people, made on the server from one GraphQL document each."""

from __future__ import annotations

from api.explorer.routes import mount_explorer

__all__ = ["mount_explorer"]
