"""Names in a statement: variables that never meet, parameters that keep values out of the text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from graph.statement import Parameters
from graph.vocabulary import RELATION_TYPES, relation_type

NO_TYPE = "NO_RELATION"  # a type that no relation has


class Scope:
    """What a whole statement shares: its counter of names and its parameters."""

    def __init__(self, types: tuple[str, ...] = RELATION_TYPES) -> None:
        self.types = types  # of the relations that are in the graph
        self._numbers = count()
        self.parameters = Parameters()
        self.read_as: dict[str, str] = {}  # expressions whose values have names already, such as sort keys

    def name(self, letter: str) -> str:
        """Return a new variable."""
        return f"{letter}{next(self._numbers)}"


class Vars:
    """The variables of one element by the letter of what they hold; an unknown letter gets a new variable."""

    def __init__(self, scope: Scope, known: Mapping[str, str] | None = None) -> None:
        self.scope = scope
        self.known: dict[str, str] = dict(known or {})
        self.made: list[str] = []

    def __getattr__(self, letter: str) -> str:
        """Return the variable of a letter."""
        if letter not in self.known:
            self.known[letter] = self.scope.name(letter)
            self.made.append(self.known[letter])
        return self.known[letter]

    def local(self, letter: str) -> str:
        """Return a variable that lives inside one expression only."""
        return self.scope.name(letter)


class Arguments:
    """The arguments of a link: values that shape the text, or parameters."""

    def __init__(self, scope: Scope, given: tuple[tuple[str, object], ...]) -> None:
        self._given = dict(given)
        self._types = scope.types
        self._parameters = scope.parameters

    def __getitem__(self, name: str) -> object:
        """Return a value that shapes the text; None where it was not given."""
        return self._given.get(name)

    def names(self, name: str) -> tuple[str, ...] | None:
        """Return a list of names that shape the text; None where it was not given."""
        value = self._given.get(name)
        if value is None:
            return None
        assert isinstance(value, tuple), name  # noqa: S101 - the compiler of selections makes them
        return value

    def types(self, name: str | None = None) -> str:
        """Return relationship types as `A|B`: those that were given under a name, else all there are."""
        names = None if name is None else self.names(name)
        chosen = self._types if names is None else tuple(relation_type(one) for one in names)
        return "|".join(chosen) or NO_TYPE

    def parameter(self, name: str) -> str:
        """Return a value as a parameter, `$p0`."""
        return self._parameters.add(self._given[name])
