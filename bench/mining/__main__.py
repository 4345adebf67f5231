"""Print how much text a second is split, tagged and mined, by the built-in names and by those fetched."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from api.cli.lexicon import ontologies
from bench.table import show
from loaders.article.document import Document, parse
from loaders.mining.annotated import PARTS, annotated
from loaders.mining.field import field_entities
from loaders.mining.proposals import Miner

TIMES, ROUNDS = 10, 5
MEGABYTE = 1_000_000


def text() -> str:
    """Return the annotated texts, many times over: dense prose of the field, some 0.1 MB."""
    once = "\n\n".join(one.text.partition("\n\n")[2] for part in PARTS for one in annotated(part))
    return "# Text\n\n" + "\n\n".join([once] * TIMES)


def best(work: Callable[[], object]) -> float:
    """Return the least processor time of several rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def tag(miner: Miner, document: Document) -> int:
    """Find the names in every sentence."""
    reading = miner.tagger.read(document.text)
    return sum(len(reading.mentions(sentence.spans)) for sentence in document.sentences)


def main() -> None:
    """Measure and print."""
    raw = text()
    size = len(raw.encode()) / MEGABYTE
    document = parse(raw)
    rows: list[tuple[str, ...]] = [("split into sentences", "", f"{size / best(partial(parse, raw)):.2f}")]
    for name, terms in (("built in", []), ("built in and fetched", ontologies().terms())):
        if name != "built in" and not terms:
            continue
        miner = Miner(field_entities(), terms)
        forms = f"{len(miner.tagger.lexicon)} names"
        rows.append((f"tag: {name}", forms, f"{size / best(partial(tag, miner, document)):.2f}"))
        rows.append(
            (f"tag and propose: {name}", forms, f"{size / best(partial(miner.propose, document)):.2f}")
        )
    show(
        f"{size:.2f} MB of dense text, MB a second of processor time, one core",
        ("work", "names", "MB/s"),
        rows,
    )


if __name__ == "__main__":
    main()
