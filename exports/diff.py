"""What differs between two exported releases: which entities, relations and claims are new, gone, changed."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from exports.manifest import INDEX, read_manifest
from schema.errors import InvalidSource

KINDS = ("entity", "relation", "claim")


@dataclass(frozen=True, slots=True)
class Change:
    """One element: its id and in words; `former` is the id that it had, where the change gave it another."""

    id: str
    words: str
    former: str | None = None


@dataclass(slots=True)
class Changes:
    """What is new, gone and changed of one kind, each by id."""

    added: list[Change] = field(default_factory=list)
    removed: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two releases and the changes by kind; equal releases have none."""

    before: str
    after: str
    changes: dict[str, Changes]

    @property
    def count(self) -> int:
        """The number of changes."""
        return sum(len(c.added) + len(c.removed) + len(c.changed) for c in self.changes.values())


def diff(before: Path, after: Path) -> Difference:
    """Compare two folders of exports, of whichever formats, or their manifests.

    A claim's id is made of what it says: one that is gone, and another in its place in the text between the
    same ends, is one changed claim.
    """
    (old_release, old), (new_release, new) = _index(before), _index(after)
    changes = {kind: Changes() for kind in KINDS}
    for key in sorted(old.keys() | new.keys()):
        kind, id_ = key
        if key not in old:
            changes[kind].added.append(Change(id_, new[key][1]))
        elif key not in new:
            changes[kind].removed.append(Change(id_, old[key][1]))
        elif old[key][0] != new[key][0]:
            changes[kind].changed.append(Change(id_, new[key][1]))
    _pair(changes["claim"])
    return Difference(old_release, new_release, changes)


def _pair(claims: Changes) -> None:
    """Move claims that only got another id to the changed ones."""
    gone: dict[tuple[str, str, str], list[Change]] = {}
    for one in claims.removed:
        gone.setdefault(_place(one), []).append(one)
    for one in list(claims.added):
        former = gone.get(_place(one))
        if former:
            before = former.pop(0)
            claims.added.remove(one)
            claims.removed.remove(before)
            claims.changed.append(Change(one.id, one.words, before.id))


def _place(claim: Change) -> tuple[str, str, str]:
    """Return where a claim stands and its ends; the words are `place: subject PREDICATE object`."""
    place, _, said = claim.words.partition(": ")
    ends = said.split(" ")
    return place, ends[0], ends[-1]


def _index(path: Path) -> tuple[str, dict[tuple[str, str], tuple[str, str]]]:
    manifest = read_manifest(path)
    file = (path if path.is_dir() else path.parent) / INDEX
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows, None)
            return manifest["release"], {(what, id_): (hash_, words) for what, id_, hash_, words in rows}
    except (OSError, ValueError) as error:
        raise InvalidSource(f"{file}: no index of an export: {error}", file=str(file)) from error
