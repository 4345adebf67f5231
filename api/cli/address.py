"""The address that a command serves on: is it this machine's own, and is it free."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from api.guards.keys import KeyFile, key_file
from api.settings import ServiceSettings
from schema.errors import PortTaken, UsageError

BACKLOG = 2048


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
    with listening(host, port):
        return


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that is bound and not yet open to anybody; raise `PortTaken` where it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
        except OSError as error:
            raise _taken(host, port, error) from error
        yield bound


def require_open(bound: socket.socket, host: str, port: int) -> None:
    """Open a bound socket to everybody; raise `PortTaken` where another program was quicker."""
    try:
        bound.listen(BACKLOG)
    except OSError as error:
        raise _taken(host, port, error) from error


def _taken(host: str, port: int, error: OSError) -> PortTaken:
    return PortTaken(
        f"port {port} of {host} cannot be used ({error.strerror}); name another one with --port", port=port
    )
