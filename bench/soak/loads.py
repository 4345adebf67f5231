"""Sources that come and go beside the clients: an article, a graph, and the built-in article again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.soak.service import Running
from schema.ids import article_id

PAUSE = 2.0
KEPT_SECONDS = 1.5  # so long the service may still give an answer of before
NODES, EDGES = 400, 1200
GRAPH = "mscev.graph:soak"
ARTICLE = article_id("soak")
# In our own words, on what the built-in article speaks of: its entities are mentioned here too.
TEXT = """# Soak

A. Tester

## Results

In our mice, MSC-EVs lowered interleukin-6 and raised interleukin-10 [1].
MSC-EVs reduced apoptosis in cartilage. Treatment with MSC-EVs improved osteoarthritis in rats [1].
Exosomes carried microRNA-21 to macrophages.

TNF-alpha fell after exosomes were given. Angiogenesis rose with MSC-EVs, and fibrosis fell.

## References

1. Tester A. Vesicles in a soak. J Made Up Res. 2024;1(1):1-2.
"""


@dataclass(slots=True)
class Loads:
    """Does one command after another; others see a graph that is written in parts half-way."""

    service: Running
    folder: Path
    done: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    parts: int = 0
    writes: int = 0

    def now(self, *, bit_by_bit: bool) -> int:
        """Return a number that is odd while a graph is written in parts; `bit_by_bit`: while anything is."""
        return self.writes if bit_by_bit else self.parts

    def write_files(self) -> None:
        """Write the files that are loaded."""
        (self.folder / "soak.md").write_text(TEXT, "utf-8")
        nodes = ["id\tcategory\tname", *(f"SOAK:{i}\tbiolink:Gene\tgene {i}" for i in range(NODES))]
        edges = ["id\tsubject\tpredicate\tobject"]
        edges += [
            f"soak-{i}\tSOAK:{i % NODES}\tbiolink:interacts_with\tSOAK:{i * 7 % NODES}" for i in range(EDGES)
        ]
        (self.folder / "nodes.tsv").write_text("\n".join([*nodes, ""]), "utf-8")
        (self.folder / "edges.tsv").write_text("\n".join([*edges, ""]), "utf-8")

    async def article(self) -> str:
        """Load the article; return its id."""
        before = await self._sources()
        await self._run("load article", "load", "article", str(self.folder / "soak.md"))
        return next(iter(await self._sources() - before), ARTICLE)

    async def built_in(self) -> None:
        """Load the built-in article again."""
        await self._run("load article (built-in)", "load", "article")

    async def graph(self) -> None:
        """Load the graph."""
        async with self._parts():
            files = [str(self.folder / name) for name in ("nodes.tsv", "edges.tsv")]
            await self._run("load kgx", "load", "kgx", *files, "--source", "soak")

    async def unload(self, source: str) -> None:
        """Take a source out."""
        if source != GRAPH:
            await self._run("unload article", "unload", source)
            return
        async with self._parts():
            await self._run("unload kgx", "unload", source)

    async def again_and_again(self, article: str, end: asyncio.Event) -> None:
        """Load and unload until `end`; what was loaded is gone when this returns."""
        while not end.is_set():
            await self.article()
            await _pause(end)
            await self.unload(article)
            await self.graph()
            await _pause(end)
            await self.unload(GRAPH)
            await self.built_in()
            await _pause(end)

    async def _sources(self) -> set[str]:
        _, output, _ = await self.service.run("query", "{ graph { sources { id } } }")
        return {part for part in output.replace('"', " ").split() if part.startswith("mscev.")}

    @asynccontextmanager
    async def _parts(self) -> AsyncIterator[None]:
        self.parts += 1
        try:
            yield
            await asyncio.sleep(KEPT_SECONDS)
        finally:
            self.parts += 1

    async def _run(self, name: str, *arguments: str) -> None:
        self.writes += 1
        try:
            code, output, seconds = await self.service.run(*arguments)
        finally:
            self.writes += 1
        self.done.setdefault(name, []).append(seconds)
        if code:
            self.failed.append(f"{name}: exit {code}: {output.strip()[-300:]}")


async def _pause(end: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(PAUSE):
            await end.wait()
    except TimeoutError:
        pass
