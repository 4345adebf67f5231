"""What one sentence says: all rules over its tokens. Nothing reaches beyond the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.mining import field_rules, noun_rules, verb_rules
from loaders.mining.phrases import Phrases, Said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loaders.mining.clauses import Token

# In this order: of two rules that read the same, the first is named.
READERS = (
    noun_rules.read_compounds,
    field_rules.read_cargo,
    field_rules.read_sources,
    field_rules.read_routes,
    verb_rules.read_verbs,
    noun_rules.read_nouns,
    noun_rules.read_no_effect,
    field_rules.read_treatments,
    field_rules.read_studies,
    field_rules.read_kinship,
)


def read(tokens: Sequence[Token], kinds: Mapping[str, str]) -> list[Said]:
    """Return what a sentence says, each thing once; `kinds` are those of the entities that it names."""
    phrases = Phrases(tokens, kinds)
    for reader in READERS:
        reader(phrases)
    found: dict[tuple[str, str, str], Said] = {}
    for said in phrases.said:
        found.setdefault((said.subject[0], said.predicate, said.object[0]), said)
    # "exosomes secreted by cells" is said once, as where they come from
    taken = {(object_, subject) for subject, name, object_ in found if name == "DERIVES_FROM"}
    return [
        said
        for (subject, name, object_), said in found.items()
        if not (name == "SECRETES" and (subject, object_) in taken)
    ]
