"""Names that are composed, so that no list holds them all: vesicles of a kind of MSC, and single RNAs.

"hUC-MSC-sEVs" and "adipose-derived MSC exosomes" are read by their parts: source, cell, sort of vesicle.
"""
# ruff: noqa: RUF001

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from schema.ids import LOCAL, slug
from schema.kinds import kind_named
from schema.records import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

MSC = "CL:0000134"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of MSCs: its words and letters, its own words for the cells, and the cells' public id."""

    key: str
    name: str
    words: str
    letters: str
    cells: str = ""
    curie: str = ""


# The first that fits is meant: cord blood stands before the cord.
SOURCES = (
    Source("ucb", "umbilical cord blood", r"(?:umbilical )?cord blood", "UCB|CB"),
    Source(
        "uc", "umbilical cord", r"umbilical[ -]cord(?:[ -]tissue)?", "UC|uc|U", "UCMSC|HUMSC", "CL:0002569"
    ),
    Source("wj", "Wharton's jelly", r"Wharton['’]?s?[ -]jelly", "WJ", "WJMSC", "CL:0002568"),
    Source("bm", "bone marrow", r"bone[ -]marrow", "BM", "BMSC|BMMSC", "CL:0002540"),
    Source(
        "at", "adipose tissue", r"adipose(?:[ -]tissue)?", "AT|ADT?|A", "ADSC|ADMSC|ASC|ADASC", "CL:0002570"
    ),
    Source("af", "amniotic fluid", r"amniotic fluid", "AF", "AFSC|AFMSC"),
    Source("am", "amnion", r"amnion|amniotic(?: membrane)?|amniotic epithelial", "AM", "AMMSC", "CL:0002537"),
    Source("cm", "chorionic membrane", r"chorion(?:ic)?(?: membrane)?", "CM", "", "CL:0002541"),
    Source("p", "placenta", r"placental?", "PL?", "PMSC"),
    Source("dp", "dental pulp", r"dental pulp", "DP", "DPSC|DPMSC"),
    Source("pdl", "periodontal ligament", r"periodontal ligament", "PDL", "PDLSC"),
    Source("g", "gingiva", r"gingival?", "G", "GMSC"),
    Source("mb", "menstrual blood", r"menstrual(?:[ -]blood)?", "MB|Men", "MenSC|MenMSC|MBSC"),
    Source("em", "endometrium", r"endometri(?:al|um)", "E", "EnSC|EMSC|eMSC"),
    Source("sm", "synovial tissue", r"synovi(?:al|um)(?: membrane)?", "SM?", "SMSC"),
    Source("ips", "induced pluripotent stem cell", r"induced pluripotent stem cell", "iPSC?|iPS", "iMSC"),
    Source("es", "embryonic stem cell", r"embryonic stem cell", "h?ESC"),
)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of vesicle: how it ends an id and a name, how it is written, and its public term."""

    key: str
    name: str
    words: str
    curie: str


SORTS = (
    Sort("sev", "sEV", r"small (?:extracellular vesicles?|EVs?)|sEVs?", "GO:1903561"),
    Sort("lev", "lEV", r"large (?:extracellular vesicles?|EVs?)|lEVs?", "GO:1903561"),
    Sort("exosome", "exosome", r"exosomes?|Exosomes?|[Ee]xos?|EXOs?|[Ee]xs?", "GO:0070062"),
    Sort("microvesicle", "microvesicle", r"microvesicles?|MVs?|microparticles?", "GO:1990742"),
    Sort(
        "apoptotic-vesicle",
        "apoptotic vesicle",
        r"apoptotic (?:bodies|body|vesicles?|extracellular vesicles?|EVs?)|[aA]poEVs?|[aA]poVs?",
        "GO:0097189",
    ),
    Sort(
        "ev",
        "EV",
        r"(?:extracellular |nano|membrane )?[Vv]esicles?|EVs?|Extracellular [Vv]esicles?",
        "GO:1903561",
    ),
)

SPECIES = r"(?:(?:[Hh]uman|[Rr]at|[Mm]ouse|[Mm]urine|[Pp]orcine|[Bb]ovine|[Oo]vine|[Ee]quine|[Cc]anine)[ -])"
MESENCHYMAL = (
    r"(?:multipotent )?[Mm]esenchymal[ -](?:stem|stromal|progenitor)(?:(?:[ /-]| and | or )"
    r"\(?(?:stem|stromal|progenitor)\)?)?[ -]cells?|MSCs?"
)
JOINED = r"(?:[ -](?:derived|originated|secreted|released))?[ -]"


def _cells() -> str:
    words = "|".join(source.words for source in SOURCES)
    letters = "|".join(source.letters for source in SOURCES)
    own = "|".join(source.cells for source in SOURCES if source.cells)
    return (
        rf"(?P<species>{SPECIES})?(?:"
        rf"(?P<words>(?i:{words})){JOINED}(?:{MESENCHYMAL}|stem[ /]stromal cells?|(?:stem|stromal) cells?)"
        rf"|[hmr]?(?P<letters>{letters})-?(?:derived )?(?:{MESENCHYMAL})"
        rf"|[hmr]?(?P<own>{own})s?"
        rf"|[hmr]?(?:{MESENCHYMAL}))"
    )


CELLS = _cells()
VESICLES = "|".join(f"(?P<{sort.key.replace('-', '_')}>{sort.words})" for sort in SORTS)
COMPOSED = re.compile(
    rf"(?<![\w-])(?P<cell>{CELLS})(?:(?:{JOINED}|-)(?:{VESICLES}))?(?!\w)(?!-(?:derived|like)\s+(?:cell|neuron))"
)
DASHES = str.maketrans("‐‑–", "---")
RNA = re.compile(
    r"(?<![\w-])(?:(?:hsa|mmu|rno)-)?(?:"
    r"(?:[Mm]i[Rr](?:NAs?)?|MIR|microRNA|MicroRNA)-?(?P<number>\d+[a-z]?)(?P<rest>(?:-\d)?(?:-[35]p)?)"
    r"|(?P<let>[Ll]et-7[a-k]?)(?P<arm>(?:-\d)?(?:-[35]p)?)"
    r"|(?P<long>lncRNA|circRNA)[ -](?P<name>[A-Z][A-Z0-9-]+\d*|H19)"
    r")(?![\w*])"
)
# "miR-21 and -155", "miR-21/155": the second has no word of its own.
MORE = re.compile(r"(?:/|, | and |, and | or )-?(?P<number>\d{2,4}[a-z]?)(?P<rest>(?:-[35]p)?)(?![\w%.-])")


def composed(plain: str) -> Iterator[tuple[int, int, Entity]]:
    """Yield composed names in a sentence: start, end, what they name."""
    if "MSC" in plain or "SC" in plain or "esenchym" in plain or "stem" in plain or "strom" in plain:
        for match in COMPOSED.finditer(plain.translate(DASHES)):
            yield match.start(), match.end(), _vesicle_or_cell(match)
    if (
        "mi" in plain
        or "let-7" in plain
        or "MIR" in plain
        or "RNA" in plain
        or "Let-7" in plain
        or "Mi" in plain
    ):
        yield from _rnas(plain.translate(DASHES))


def _vesicle_or_cell(match: re.Match[str]) -> Entity:
    source = _source(match)
    for sort in SORTS:
        if match[sort.key.replace("-", "_")]:
            return vesicle(source, sort)
    return cell(source)


def _source(match: re.Match[str]) -> Source | None:
    for group, part in (("words", "words"), ("letters", "letters"), ("own", "cells")):
        written = match[group]
        if written:
            flags = re.IGNORECASE if group == "words" else 0
            for source in SOURCES:
                pattern = getattr(source, part)
                if pattern and re.fullmatch(pattern, written, flags):
                    return source
    return None


@cache
def cell(source: Source | None) -> Entity:
    """Return the MSCs of a source; without one, MSCs."""
    if source is None:
        return Entity(MSC, "CellType", "mesenchymal stem cell", kind_named("CellType").biolink)
    id_ = source.curie or f"{LOCAL}:{source.key}-msc"
    letters = source.key.upper()
    return Entity(
        id_,
        "CellType",
        f"{source.name} MSC",
        kind_named("CellType").biolink,
        synonyms=(f"{letters}-MSC",),
        composition=() if source.curie else (MSC,),
    )


@cache
def vesicle(source: Source | None, sort: Sort) -> Entity:
    """Return a sort of vesicle of the MSCs of a source, composed of the public terms of both."""
    stem = f"{source.key}-msc" if source else "msc"
    made_by = cell(source).id
    if made_by.startswith(f"{LOCAL}:"):
        made_by = MSC
    letters = f"{source.key.upper()}-" if source else ""
    joint = "-" if sort.name.endswith("EV") else " "
    return Entity(
        f"{LOCAL}:{stem}-{sort.key}",
        "EvPreparation",
        f"{letters}MSC{joint}{sort.name}",
        kind_named("EvPreparation").biolink,
        composition=(sort.curie, f"RO:0003001 {made_by}"),
    )


def _rnas(plain: str) -> Iterator[tuple[int, int, Entity]]:
    for match in RNA.finditer(plain):
        if match["long"]:
            yield match.start(), match.end(), rna(match["name"])
        elif match["let"]:
            yield match.start(), match.end(), rna(f"let-7{match['let'][5:]}{match['arm']}")
        else:
            yield match.start(), match.end(), rna(f"miR-{match['number']}{match['rest']}")
            more = MORE.match(plain, match.end())
            while more:
                yield more.start("number"), more.end(), rna(f"miR-{more['number']}{more['rest']}")
                more = MORE.match(plain, more.end())


@cache
def rna(name: str) -> Entity:
    """Return one RNA by its name: miR-21-5p."""
    return Entity(f"{LOCAL}:{slug(name)}", "Cargo", name, kind_named("Cargo").biolink)
