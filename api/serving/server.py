"""One process that serves: uvicorn, with an end that breaks off nobody."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import Final

import uvicorn

from api.activity import Activity
from api.app import create_app
from api.guards import SERVED
from api.observe.runtime import Runtime
from api.settings import ServiceSettings
from graph.target import Target

# After the last of the listening: connections that were taken just before get their answer.
LAST_SECONDS: Final = 0.2
CUT_SECONDS: Final = 1


@dataclass(frozen=True, slots=True)
class Serving:
    """What is served: which database, how, to requests under which names, and whether only with a key."""

    target: Target
    settings: ServiceSettings
    hosts: Sequence[str]
    keyed: bool = False


class Server(uvicorn.Server):
    """Ends in three steps: takes no more requests, no more connections, then closes those that are idle."""

    def __init__(self, config: uvicorn.Config, runtime: Runtime) -> None:
        super().__init__(config)
        self._drain = runtime.drain
        self._is_worker = runtime.shared is not None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as the base class
        """Begin to end at the first signal; end at once at the second."""
        if self._is_worker and sig == signal.SIGINT:
            return  # a terminal sends Ctrl-C to workers too, and their parent tells them to end
        self._captured_signals.append(sig)
        if self._drain.active:
            self.force_exit = self.should_exit = True
        self._drain.begin()

    async def on_tick(self, counter: int) -> bool:
        """Say whether to end now."""
        return await super().on_tick(counter) or self._drain.over(len(self.server_state.connections))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, then end the connections."""
        if not self.force_exit:
            # Who waits to be accepted would be reset by the close.
            waiting = [connection for sock in sockets or () for connection in _waiting(sock)]
            for server in self.servers:
                server.close()
            await asyncio.gather(*map(self._accept, waiting))
            await asyncio.sleep(LAST_SECONDS)
        await super().shutdown(sockets)

    async def _accept(self, connection: socket.socket) -> None:
        protocol: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        make = partial(
            protocol, config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        await asyncio.get_running_loop().connect_accepted_socket(make, connection)


def _waiting(sock: socket.socket) -> Iterator[socket.socket]:
    """Accept whoever waits at a listening socket."""
    sock.setblocking(False)
    with suppress(OSError):  # nobody is left, or it is closed
        while True:
            yield sock.accept()[0]


def serve(
    serving: Serving, sockets: list[socket.socket], runtime: Runtime, activity: Activity | None = None
) -> None:
    """Serve until a signal comes."""
    app = create_app(serving.target, serving.settings, serving.hosts, activity, runtime, keyed=serving.keyed)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, timeout_graceful_shutdown=CUT_SECONDS, **SERVED
    )
    # uvicorn raises Ctrl-C again after its own shutdown; the service has ended as it should.
    with suppress(KeyboardInterrupt):
        try:
            Server(config, runtime).run(sockets)
        except OSError as error:
            # The driver forgets connections whose handshake broke; they end with this process.
            if error.errno != errno.EBUSY:
                raise
