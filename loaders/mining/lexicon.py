"""The forms under which entities are named, each with the one entity that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from loaders.article.latex import readable
from loaders.mining.folding import fold
from loaders.mining.variants import described, numbers, plural, populations, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loaders.mining.ontologies import Term
    from schema.records import Entity

SHORT = 4
# Gene symbols are also written Akt and Tnf; AT (adipose tissue) is never At.
COUNTED = frozenset({"CellType", "Anatomy", "Disease", "Phenotype"})
SYMBOL_KINDS = frozenset({"Protein", "Cytokine", "Receptor", "Pathway"})
# A form with one of these words describes: what is named inside it is named all the same. AT is none of them.
DESCRIBES = re.compile(r"\b(?:in|of|the|on|at|to|by|for|into|be|and|or|cannot|undergoing)\b")
# "EVs" is the abbreviation EV.
PLURAL_SHORT = re.compile(r"(?<=[A-Z0-9])s$")
JOINER = r"\w\s/'’‘‐‑–-"  # noqa: RUF001
PUNCTUATION = re.compile(rf"[^{JOINER}]")


@dataclass(frozen=True)
class Form:
    """One spelling of an entity's name, folded; `text` is the name that it was made from.

    `letters` are the only ways in which a short abbreviation is written; empty where case says nothing.
    `punctuation` is what must stand between the words. `describes` forms leave names inside them alone.
    """

    entity: str
    text: str
    key: str
    letters: frozenset[str]
    punctuation: str
    describes: bool

    @cached_property
    def is_sure(self) -> bool:
        """Whether the form stands wherever its letters do: one word of any case."""
        return not self.letters and not self.punctuation and " " not in self.key

    @cached_property
    def is_abbreviation(self) -> bool:
        """Whether the form is a short one of capitals alone: ND, OA, MSC; not IL6."""
        return bool(self.letters) and self.text.replace("-", "").isalpha()


@dataclass(frozen=True, slots=True)
class Clash:
    """A form that two entities share: the winner has it."""

    key: str
    winner: str
    other: str


class Lexicon:
    """The forms of a set of entities.

    Where entities share a form, the one that the article writes so (`as_written`) wins, then the one whose
    name it is, then the one whose synonym; a form as given before one made by rule; then the smaller id.
    `terms` of ontologies have what no entity has, in their own spelling and the plural alone.
    """

    def __init__(self, entities: Iterable[Entity], terms: Iterable[Term] = ()) -> None:
        self.forms: dict[str, Form] = {}
        clashes: dict[tuple[str, str, str], None] = {}
        for _, form in sorted(_ranked(entities), key=lambda item: (item[0], item[1].entity)):
            held = self.forms.get(form.key)
            if held is None:
                self.forms[form.key] = form
            elif held.entity != form.entity:
                clashes[form.key, held.entity, form.entity] = None
            elif held.letters and held.letters != form.letters:
                letters = held.letters | form.letters if form.letters else form.letters
                self.forms[form.key] = Form(
                    held.entity, held.text, held.key, letters, held.punctuation, held.describes
                )
        self.clashes = tuple(Clash(*clash) for clash in clashes)
        for term in terms:
            for form in _plain(term):
                self.forms.setdefault(form.key, form)
        self.heads = frozenset(key.rpartition(" ")[2] for key in self.forms)

    def get(self, text: str) -> Form | None:
        """Return the form of a name as written; None when nobody has it."""
        return self.forms.get(fold(readable(text)).strip())

    def __iter__(self) -> Iterator[Form]:
        return iter(self.forms.values())

    def __len__(self) -> int:
        return len(self.forms)


def letters_of(text: str) -> str:
    """Return the letters and digits alone."""
    return "".join(char for char in text if char.isalnum())


def punctuation_of(text: str) -> str:
    """Return what stands in a name besides words and their joints."""
    if text.isalnum() or text.replace(" ", "").replace("-", "").isalnum():
        return ""
    return "".join(PUNCTUATION.findall(text))


def _ranked(entities: Iterable[Entity]) -> Iterator[tuple[tuple[int, bool], Form]]:
    for entity in entities:
        for rank, names in enumerate((entity.as_written, (entity.name,), entity.synonyms)):
            for name in names:
                yield from (((rank, derived), form) for derived, form in _forms(entity, name, rank))


def _forms(entity: Entity, name: str, rank: int) -> Iterator[tuple[bool, Form]]:
    text = PLURAL_SHORT.sub("", readable(name))
    key = fold(text).strip()
    # "tears" is no plural of "tear": only what an article writes, and names of several words, are turned.
    found = {spelled for number in numbers(key, rank == 0 or " " in key) for spelled in spellings(number)}
    if entity.kind == "CellType":
        found |= {plural for one in populations(key) for plural in numbers(one, singular=False)}
    phrases = {many for one in found for phrase in described(one) for many in numbers(phrase, singular=False)}
    letters = _letters(entity, text)
    for made in found | phrases:
        describes = made in phrases or DESCRIBES.search(text) is not None
        yield made != key, Form(entity.id, text, made, letters, punctuation_of(text), describes)


def _plain(term: Term) -> Iterator[Form]:
    """Yield the forms of an ontology's term: symbols stand only as they are written."""
    for name in term.synonyms:
        key = fold(name).strip()
        found = {key, plural(key)} if term.kind in COUNTED else {key}
        for made in found:
            yield Form(term.id, name, made, frozenset(), punctuation_of(name), describes=False)
    for symbol in term.symbols:
        letters = letters_of(symbol)
        ways = frozenset({letters, letters.capitalize()}) if len(letters) > SHORT else frozenset({letters})
        yield Form(term.id, symbol, fold(symbol).strip(), ways, punctuation_of(symbol), describes=False)


def _letters(entity: Entity, text: str) -> frozenset[str]:
    letters = letters_of(text)
    if len(letters) > SHORT or letters != letters.upper() or not any(map(str.isupper, letters)):
        return frozenset()
    ways = [letters]
    if entity.kind in SYMBOL_KINDS and sum(map(str.isalpha, letters)) >= 3:
        ways.append(letters.capitalize())
    return frozenset(way + ending for way in ways for ending in ("", "s"))
