"""The end of a service: what is under way finishes, what comes then is told to come again."""

from __future__ import annotations

import time
from typing import Final

from api.observe.logs import event

# So long it listens, so that who is on the way is told.
LINGER_SECONDS: Final = 0.3
# So long a kept connection may stay silent before it is closed: who uses it meanwhile is told on it.
KEPT_SECONDS: Final = 1.5
AGAIN_SECONDS: Final = 5


class Drain:
    """Counts requests under way; once begun, no other is let in."""

    def __init__(self, seconds: float = 10.0) -> None:
        self._seconds = seconds
        self._begun: float | None = None
        self._told = False
        self.under_way = 0

    @property
    def active(self) -> bool:
        """Say whether the service is ending."""
        return self._begun is not None

    def begin(self) -> None:
        """Let nobody in any more; it may be called from the handler of a signal."""
        if self._begun is None:
            self._begun = time.monotonic()

    def over(self, connections: int) -> bool:
        """Say whether the service may end, which has some `connections`: its time is over, or all is done."""
        if self._begun is None:
            return False
        gone = time.monotonic() - self._begun
        if not self._told:
            self._told = True
            event(
                "drain",
                f"The service ends; {self.under_way} requests under way have {self._seconds:g} s.",
                under_way=self.under_way,
                seconds=self._seconds,
            )
        silent = KEPT_SECONDS if connections else LINGER_SECONDS
        return gone >= self._seconds or (gone >= silent and self.under_way == 0)
