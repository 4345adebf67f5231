"""What commands that change the graph write to the log, beside what they print."""

from __future__ import annotations

from collections.abc import Mapping

from api.observe import logs
from api.settings import ServiceSettings


def log_as_set() -> None:
    """Send the log where MSCEV_LOG and MSCEV_LOG_FILE say; in words on a terminal it would say all twice."""
    settings = ServiceSettings()
    if settings.log == "json" or settings.log_file is not None:
        logs.configure(settings.log, settings.log_file)


def tell_change(
    name: str, source: str, release: str, generation: int, counts: Mapping[str, int] | None = None
) -> None:
    """Log a load or its removal; people have it on the terminal."""
    logs.event(
        name,
        f"{name} {source}: release {release[:16]}, generation {generation}.",
        printed=True,
        source=source,
        release=release,
        generation=generation,
        counts=dict(counts or {}),
    )
