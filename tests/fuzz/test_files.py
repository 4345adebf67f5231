"""Files of users: articles in all forms, KGX, decisions, backups, pictures. Ours are the only errors."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.server.backup import FORMAT, MANIFEST, _unpack
from loaders.article.document import Document
from loaders.article.read import read as read_text
from loaders.jats.read import read as read_jats
from loaders.kgx.graph import KgxGraph, source_named
from loaders.mining.proposals import miner
from loaders.review.decisions import as_line, read_decision
from loaders.review.files import read_lines
from schema.errors import InvalidInput, InvalidRecord, InvalidSource, UsageError
from schema.records import Source
from tests.fuzz.counted import counted, few_or
from tests.fuzz.made import archive, mutated, soup
from tests.fuzz.pdf import Apart
from tests.loaders import pdfs
from tests.loaders.generated import articles, gaps, texts
from tests.second import PROPOSALS
from views.places import read as read_places

LOADERS = Path(__file__).parents[1] / "loaders"
WORDS = (
    "# Title",
    "## Results",
    "MSC-EVs lowered interleukin-6 in mice [1].",
    "Exosomes carried miR-21<sup>2,3</sup>.",
    "References",
    "1. Doe J. A title. J Ves. 2024;1(2):3-4. doi: 10.1234/ves.1",
    "$\\alpha$",
    "| a | b |",
    "---",
    "> “quote”",
    "Fig. 3",
    "(",
    ")",
    "<sup>",
    "\n\n",
)


@few_or(0.14)
@given(texts | soup(WORDS) | st.builds(lambda made, gap: made.text(gap), articles(), gaps), st.booleans())
def test_text(text: str, again: bool) -> None:
    with counted("articles: text"):
        data = text.encode("utf-8", "surrogatepass") + (b"\xff\xfe" if again else b"")
        with suppress(InvalidSource):
            _read(read_text(data, "fuzz.md"))


@few_or(0.06)
@given(soup(WORDS, 25))
def test_proposals(text: str) -> None:
    with counted("articles: proposals"), suppress(InvalidSource):
        document = read_text(text.encode("utf-8", "surrogatepass"), "fuzz.md")
        for one in miner().propose(document).proposals:
            for span in (*one.subject, *one.object):
                assert 0 <= span.start < span.end <= len(document.text)


JATS = tuple(LOADERS.joinpath(name).read_bytes() for name in ("numbered.xml", "by-author.nxml"))
TAGS = tuple(
    f"<{name}>".encode()
    for name in (
        "sec",
        "/sec",
        "p",
        "/p",
        'xref ref-type="bibr" rid="r1"',
        "/xref",
        "sup",
        "/sup",
        "ref-list",
        'ref id="r1"',
        "mixed-citation",
        "table-wrap",
        "fig",
        "list-item",
        "inline-formula",
        "!DOCTYPE a [<!ENTITY b 'c'>]",
        "?pi?",
        "![CDATA[x]]",
        "body",
        "/body",
        "article",
    )
)


@few_or(0.1)
@given(mutated(JATS, TAGS))
def test_jats(data: bytes) -> None:
    with counted("articles: JATS"), suppress(InvalidSource):
        _read(read_jats(data, "fuzz.xml"))


def _read(document: Document) -> None:
    """Check what holds of every document, however odd its file."""
    assert document.sentences
    for sentence in document.sentences:
        quote = document.quote(sentence)
        assert quote
        assert hashlib.sha256(quote.encode()).hexdigest() == sentence.sha256
    for marker in document.markers:
        # an anchor without text is a place without length
        assert 0 <= marker.span.start <= marker.span.end <= len(document.text)


PDFS = (
    pdfs.article(),
    pdfs.pages(["Vesicles calm cells.", "", "They do so [1]."]),
    pdfs.stream_of(b"BT /F1 12 Tf (Vesicles.) Tj ET", "[]"),
)
PDF_WORDS = (
    b"/Length 9999999",
    b"obj",
    b"endobj",
    b"stream",
    b"/Kids[3 0 R]",
    b"xref",
    b"<<",
    b">>",
    b"/Count -1",
)


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as found:
        yield found


@few_or(0.03)
@given(data=mutated(PDFS, PDF_WORDS))
def test_pdf(apart: Apart, data: bytes) -> None:
    with counted("articles: PDF"):
        apart.read(data)


NODES = (
    b"id\tcategory\tname\txref\nHGNC:6018\tbiolink:Protein\tIL6\tA:1|B:2\nEX:1\tbiolink:Gene\tx\t\n",
    b'{"id": "EX:1", "category": ["biolink:Gene"], "weight": 1.5}\n{"id": "EX:2", "name": null}\n',
    b'id,category,name\nEX:1,biolink:Gene,"a ""b"", c"\nEX:2,mscev:Cytokine|biolink:Protein,y\n',
)
EDGES = (
    b"id\tsubject\tpredicate\tobject\tnegated\ne1\tEX:1\tbiolink:treats\tEX:1\t\n"
    b"e2\tEX:1\tbiolink:related_to\tEX:9\ttrue\n",
    b'{"id": "e1", "subject": "EX:1", "predicate": "biolink:subclass_of", "object": "EX:2", '
    b'"p": [1, null, "x"]}\n',
    b"subject,predicate,object\nEX:1,biolink:interacts_with,EX:2\nEX:1,EX:2,EX:1\n",
)
SUFFIXES = (".tsv", ".jsonl", ".csv")
CELLS = (
    b"\t",
    b"\n",
    b"|",
    b'"',
    b"biolink:",
    b"mscev:Cytokine",
    b"1e400",
    b"true",
    b"[[[",
    b"{}",
    b"\xff",
    b"EX:1",
)


@few_or(0.1)
@given(
    st.integers(0, 2).flatmap(
        lambda i: st.tuples(st.just(i), mutated(NODES[i : i + 1], CELLS), mutated(EDGES[i : i + 1], CELLS))
    ),
    st.sampled_from((0, 0, 0, 1)),
)
def test_kgx(tmp_path_factory: pytest.TempPathFactory, files: tuple[int, bytes, bytes], packed: int) -> None:
    form, *contents = files
    folder = tmp_path_factory.getbasetemp()
    nodes, edges = (folder / f"fuzz-{name}{SUFFIXES[form]}{'.gz' * packed}" for name in ("nodes", "edges"))
    for path, content in zip((nodes, edges), contents, strict=True):
        path.write_bytes(gzip.compress(content)[: -len(content) % 3 or None] if packed else content)
    rejected: list[str] = []
    with counted("graphs: KGX"), suppress(InvalidSource):
        graph = KgxGraph(nodes, edges, source_named("fuzz"))
        source, *records = graph.records(
            lambda path, line, reason: rejected.append(f"{path}:{line}: {reason}")
        )
        assert isinstance(source, Source)
        for record in records:  # what comes through is what can be written
            orjson.dumps(record, default=str)
        assert all("\n" not in one.rstrip("\n") for one in rejected)


@few_or(0.04)
@given(soup(("id", "EX:1", "kegg", "_", "-", "é")))
def test_names_of_graphs(name: str) -> None:
    with counted("graphs: names"), suppress(UsageError):
        assert source_named(name).id.startswith("mscev.graph:")


LINE = as_line(
    read_decision(
        {
            "article": PROPOSALS[0].article,
            "claim": PROPOSALS[0].id,
            "decision": "rejected",
            "reason": "no",
            "reviewer": "0000-0002-1825-0097",
            "date": "2026-11-26",
        }
    )
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(list(json.loads(LINE).values())),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*json.loads(LINE), "proposal", "edits", "x"]), inner, max_size=8)
    ),
    max_leaves=12,
)


@few_or(0.06)
@given(JSON)
def test_decisions(given_: object) -> None:
    with counted("reviews: decisions"), suppress(InvalidRecord):
        read_decision(given_)


@few_or(0.05)
@given(mutated((LINE * 2,), (b'"', b"{", b"null", b"\n")))
def test_files_of_decisions(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz-decisions.jsonl"
    path.write_bytes(data)
    with counted("reviews: files"):
        _, bad = read_lines(path)
        assert all("\n" not in str(one) for one in bad)


STORE = {"databases/neo4j/a": b"one", "transactions/neo4j/b": b"two"}
PROMISED = {
    "format": FORMAT,
    "neo4j": "2026.09.0",
    "files": {name: [len(one), hashlib.sha256(one).hexdigest()] for name, one in STORE.items()},
}
ARCHIVE = archive({MANIFEST: json.dumps(PROMISED).encode(), **STORE})


@few_or(0.04)
@given(mutated((ARCHIVE,), (b"manifest.json", b"../../", b"\x00" * 512)))
def test_backups(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "fuzz-restore"
    file = folder.with_suffix(".tar.gz")
    file.write_bytes(data)
    with counted("backups"), suppress(InvalidSource):
        found = _unpack(file, folder)
        assert found.files.keys() == STORE.keys()
    outside = [path for path in folder.rglob("*") if not path.resolve().is_relative_to(folder)]
    assert not outside


PLACES = b'{"width": 100, "height": 50, "nodes": {"EX:1": [1, 2]}, "above": []}'
PAGE = (
    b"<style>:root{--w:100;--h:50}</style>"
    b'<script type="application/json" id="view">{"nodes": [{"x": 1, "y": 2}]}</script>'
    b'<script type="application/json" id="facts">{"text": ["EX:1"], "nodes": [[0]]}</script>'
)


@few_or(0.04)
@given(
    mutated((PLACES, PAGE), (b"NaN", b"[]", b'"nodes"', b"-1", b"1e999", b"[" * 100_000)),
    st.sampled_from(("json", "html")),
)
def test_pictures_as_layouts(tmp_path_factory: pytest.TempPathFactory, data: bytes, form: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz-picture.{form}"
    path.write_bytes(data)
    with counted("pictures: layouts"), suppress(InvalidInput, UsageError):
        read_places(path)
