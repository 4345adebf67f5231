"""The names of the field: what articles about vesicles name, beyond what the built-in article names.

`data/field.tsv` is chosen by hand; `label`, `source` and `version` say where an identifier was checked.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from loaders.article.curated import built_in
from schema.enums import MappingMatch
from schema.ids import LOCAL, prefix_of
from schema.kinds import kind_named
from schema.records import Entity, Mapping

if TYPE_CHECKING:
    from loaders.mining.ontologies import Term

FILE = files("loaders.mining").joinpath("data", "field.tsv")
# Words so general that what they name says nothing; the built-in article makes claims of some of them.
GENERAL = frozenset(
    {
        *("CL:0000000", "UBERON:0000479", "MONDO:0000001", "NCBITaxon:33208", "GO:0016020"),
        *(
            "mscev:stressor",
            "mscev:damaged-cell",
            "mscev:tissue-microenvironment",
            "mscev:metabolic-activity",
        ),
        *("mscev:molecular-signal", "mscev:direct-delivery", "mscev:therapeutic-benefit", "MESH:D003880"),
    }
)


@cache
def field_entities() -> tuple[Entity, ...]:
    """Return the entities by which an article that nobody curated is read, by id.

    They are those of `field.tsv` and of the built-in article, but by their names alone: what that article
    writes for them ("can be invasive") names them nowhere else. Chosen names stand in `as_written`, so that
    they win over others.
    """
    found = {e.id: replace(e, as_written=()) for e in built_in().entities() if e.id not in GENERAL}
    for entity in _rows():
        known = found.get(entity.id)
        found[entity.id] = replace(known, as_written=entity.as_written) if known else entity
    return tuple(found[id_] for id_ in sorted(found))


def entity_of(term: Term) -> Entity:
    """Return an ontology's term as an entity; its identifier is exact."""
    source, _, version = term.source.partition(" ")
    return Entity(
        id=term.id,
        kind=term.kind,
        name=term.name,
        category=kind_named(term.kind).biolink,
        synonyms=tuple(name for name in (*term.synonyms, *term.symbols) if name != term.name),
        mappings=(Mapping(term.id, MappingMatch.EXACT, source, term.name, version or None),),
    )


def _rows() -> list[Entity]:
    header, *lines = FILE.read_text(encoding="utf-8").splitlines()
    columns = header.split("\t")
    return [_entity(dict(zip(columns, line.split("\t"), strict=True))) for line in lines]


def _entity(row: dict[str, str]) -> Entity:
    names = [row["name"], *filter(None, row["names"].split("|"))]
    exact = Mapping(
        row["id"], MappingMatch.EXACT, row["source"], row["label"] or None, row["version"] or None
    )
    return Entity(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        category=kind_named(row["kind"]).biolink,
        synonyms=tuple(names[1:]),
        as_written=tuple(names),
        mappings=() if prefix_of(row["id"]) == LOCAL else (exact,),
    )
