"""The address that a command serves on: is it this machine's own, and is it free."""

from __future__ import annotations

import ipaddress
import socket

from schema.errors import PortTaken, UsageError


def is_loopback(host: str) -> bool:
    """Say whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_public(host: str, *, public_read: bool) -> None:
    """Raise `UsageError` where other machines would read and nobody said that they may."""
    if not is_loopback(host) and not public_read:
        raise UsageError(
            f"--host {host} lets other machines read the graph; say --public-read if that is wanted"
        )


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
