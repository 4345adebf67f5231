"""The address that a command serves on: is it this machine's own, and is it free."""

from __future__ import annotations

import ipaddress
import socket

from api.guards.keys import KeyFile, key_file
from api.settings import ServiceSettings
from schema.errors import PortTaken, UsageError


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def needs_key(host: str, settings: ServiceSettings, *, public_read: bool) -> bool:
    """Say whether every request needs an API key.

    Raises `UsageError` where other machines would read, there is no key, and nobody said that all may.
    """
    if public_read and settings.require_key:
        raise UsageError("--public-read and MSCEV_REQUIRE_KEY say opposite things; take one of them away")
    keyed = settings.require_key or (not public_read and not is_loopback(host))
    if keyed and not KeyFile(key_file(settings.keys)).read():
        where = "MSCEV_REQUIRE_KEY" if settings.require_key else f"--host {host}"
        raise UsageError(
            f"{where} lets others read the graph by an API key, and there is none: make one with "
            "'mscev key add NAME', or say --public-read if everybody may read without one"
        )
    return keyed


def require_free(host: str, port: int) -> None:
    """Raise `PortTaken` where the port cannot be served on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"port {port} of {host} cannot be used ({error.strerror}); name another one with --port",
                port=port,
            ) from error
