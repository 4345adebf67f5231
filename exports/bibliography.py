"""The printed references as BibTeX and RIS, for reference managers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exports.files import Losses, text_file
from exports.snapshot import Row, Snapshot

# What TeX reads as a command, and how it is written as a sign.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_PAGES = re.compile("\\s*[-\u2010-\u2015]+\\s*")
_INITIALS = re.compile(r"(?P<family>.+) (?P<given>[A-Z][A-Z-]{0,4})")


def references(snapshot: Snapshot) -> Iterator[Row]:
    """Yield printed references, by article and position."""
    rows = [row["properties"] for row in snapshot.rows("references")]
    yield from sorted(rows, key=lambda row: (row["article"], row["position"]))


def write_bibtex(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write references.bib; keys are the ids of references, so that a claim's paper is found by them."""
    with text_file(folder / "references.bib") as file:
        for row in references(snapshot):
            fields = dict(_bibtex(row))
            type_ = "article" if "journal" in fields else "misc"
            file.write(f"@{type_}{{{_key(row)},\n")
            file.writelines(f"  {name} = {{{text}}},\n" for name, text in fields.items())
            file.write("}\n\n")


def _key(row: Row) -> str:
    return re.sub(r"[^A-Za-z0-9:./-]", "-", str(row["id"]).partition(":")[2])


def _bibtex(row: Row) -> Iterator[tuple[str, str]]:
    authors = [_name(author) for author in row.get("authors") or ()]
    values: dict[str, Any] = {
        "author": " and ".join(_tex(author) for author in authors),
        "title": _tex(row.get("title")),
        "journal": _tex(row.get("journal")),
        "year": row.get("year"),
        "volume": _tex(row.get("volume")),
        "pages": _tex(_PAGES.sub("--", row.get("pages") or "")),
        # identifiers stand as they are: they are read by programs
        "doi": row.get("doi"),
        "pmid": row.get("pmid"),
        "pmcid": row.get("pmcid"),
        "note": _tex(_note(row)),
        "mscev-id": row["id"],
    }
    yield from ((name, str(value)) for name, value in values.items() if value)


def _note(row: Row) -> str:
    return f"Erratum: {row['erratum']}" if row.get("erratum") else ""


def _name(author: str) -> str:
    """Return a printed name as family and given part: `Doe JR` -> `Doe, J. R.`; others stay as printed."""
    found = _INITIALS.fullmatch(author)
    if found is None:
        return f"{{{author}}}" if " and " in author else author
    return f"{found['family']}, {' '.join(f'{letter}.' for letter in found['given'].replace('-', ''))}"


def _tex(text: str | None) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text or "")


def write_ris(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write references.ris."""
    with text_file(folder / "references.ris") as file:
        for row in references(snapshot):
            file.writelines(f"{tag}  - {text}\n" for tag, text in _ris(row))
            file.write("ER  - \n\n")


def _ris(row: Row) -> Iterator[tuple[str, str]]:
    start, *end = _PAGES.split(row.get("pages") or "", maxsplit=1)
    values: list[tuple[str, Any]] = [
        ("TY", "JOUR" if row.get("journal") else "GEN"),
        ("ID", row["id"]),
        *(("AU", _name(author).strip("{}")) for author in row.get("authors") or ()),
        ("TI", row.get("title")),
        ("JO", row.get("journal")),
        ("PY", row.get("year")),
        ("VL", row.get("volume")),
        ("SP", start),
        ("EP", "".join(end)),
        ("DO", row.get("doi")),
        ("AN", row.get("pmid")),
        ("C2", row.get("pmcid")),
        ("N1", _note(row)),
    ]
    yield from ((tag, " ".join(str(value).split())) for tag, value in values if value)
