"""Shapes: how a nested list from Neo4j becomes the answer, in the order of the selection.

Each shape says it twice. `code` writes it as a Python expression; the expression of a whole answer is
compiled once with its plan and is several times as fast as a walk. It gives up at the first value that
breaks the schema. Then `read` walks the same row with places: an error gets its path, and null goes up to
the next field that may be null, as the specification wants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from schema.errors import InvalidQuery, MscevError

Row = Sequence[Any]


class NotAsDeclared(Exception):
    """A stored value breaks the schema, and no field up to here may be null."""


class GaveUp(Exception):
    """The compiled expression met a value that `read` has to look at."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """An error of one field."""

    message: str
    code: str
    path: list[str | int]


class At:
    """A place in the answer, and the errors of the whole answer."""

    def __init__(self, errors: list[FieldError], path: tuple[str | int, ...] = ()) -> None:
        self._errors = errors
        self._path = path

    def __truediv__(self, step: str | int) -> At:
        """Return the place below."""
        return At(self._errors, (*self._path, step))

    def fail(self, message: str, code: str = MscevError.code) -> NotAsDeclared:
        """Note an error here; return what to raise."""
        self._errors.append(FieldError(message, code, list(self._path)))
        return NotAsDeclared(message)


class _Nowhere(At):
    """Where no place is kept: the first error ends it."""

    def __truediv__(self, step: str | int) -> At:
        return self

    def fail(self, message: str, code: str = MscevError.code) -> NotAsDeclared:
        raise GaveUp(message)


NOWHERE = _Nowhere([])


class Names:
    """Hands out names of an expression: for the objects that it uses, and for its own variables."""

    def __init__(self) -> None:
        self.objects: dict[str, Any] = {"need": _need, "gaveup": _give_up}
        self._count = 0

    def of(self, value: Any) -> str:
        """Return the name by which the expression knows an object."""
        name = self.new("k")
        self.objects[name] = value
        return name

    def new(self, letter: str) -> str:
        """Return a name that nothing else has."""
        self._count += 1
        return f"{letter}{self._count}"


def _need(value: Any) -> Any:
    """Return a value that may be empty but not null."""
    return _give_up() if value is None else value


def _give_up() -> Any:
    raise GaveUp


class Shape:
    """How a value is read; null stays null."""

    def read(self, value: Any, at: At) -> Any:
        """Return the value as the answer shows it; raises `NotAsDeclared` after noting the error."""
        raise NotImplementedError

    def code(self, value: str, names: Names) -> str:
        """Return the same as an expression of `value`, which is cheap to repeat and not null."""
        return f"{names.of(self.read)}({value}, {names.of(NOWHERE)})"


def compiled(shape: Shape) -> Callable[[Row], Any]:
    """Return a shape as one function; it raises `GaveUp` where `read` must look, or trips over a null.

    The text holds names that are made here and keys of the answer, as literals; nothing of a request runs.
    """
    names = Names()
    text = f"lambda row: {shape.code('row', names)}"
    function: Callable[[Row], Any] = eval(text, names.objects)  # noqa: S307
    return function


# What a null in the wrong place does to the expression.
TRIPS = (GaveUp, TypeError, KeyError)


@dataclass(frozen=True, slots=True)
class Mapped(Shape):
    """A value that the answer shows by another name, such as an enum; an unknown one is an error."""

    names: Mapping[Any, Any]
    type_: str

    def read(self, value: Any, at: At) -> Any:
        if value is not None and value not in self.names:
            raise at.fail(f"{self.type_} has no value {value!r}")
        return None if value is None else self.names[value]

    def code(self, value: str, names: Names) -> str:
        return f"{names.of(self.names)}[{value}]"


@dataclass(frozen=True, slots=True)
class Computed(Shape):
    """A value that is made from others of the same row."""

    make: Callable[[Row], Any]

    def read(self, value: Row, at: At) -> Any:
        return self.make(value)

    def code(self, value: str, names: Names) -> str:
        return f"{names.of(self.make)}({value})"


@dataclass(frozen=True, slots=True)
class Constant(Shape):
    """A value that the plan knows."""

    value: Any

    def read(self, value: Any, at: At) -> Any:
        return self.value

    def code(self, value: str, names: Names) -> str:
        return names.of(self.value)


@dataclass(frozen=True, slots=True)
class ListOf(Shape):
    """A list; `nullable` says whether its items may be null."""

    item: Shape
    nullable: bool = False

    def read(self, values: Any, at: At) -> Any:
        if values is None:
            return None
        made = []
        for i, value in enumerate(values):
            try:
                made.append(self._one(value, at / i))
            except NotAsDeclared:
                if not self.nullable:
                    raise
                made.append(None)
        return made

    def _one(self, value: Any, at: At) -> Any:
        made = self.item.read(value, at)
        if made is None and not self.nullable:
            raise at.fail("an item of the list is missing, and it may not be null")
        return made

    def code(self, value: str, names: Names) -> str:
        item = names.new("v")
        made = self.item.code(item, names)
        made = f"None if {item} is None else {made}" if self.nullable else made
        return f"[{made} for {item} in {value}]"


@dataclass(frozen=True, slots=True)
class Sorted(Shape):
    """A list whose rows are sorted by a value, there is mostly one; `shape` looks at it once."""

    position: int
    shape: Shape

    def read(self, value: Any, at: At) -> Any:
        return self.shape.read(None if value is None else self.ordered(value), at)

    def code(self, value: str, names: Names) -> str:
        return self.shape.code(f"{names.of(self.ordered)}({value})", names)

    def ordered(self, rows: Any) -> Any:
        """Return the rows in their order."""
        return rows if len(rows) < 2 else sorted(rows, key=itemgetter(self.position))


@dataclass(frozen=True, slots=True)
class InRow(Shape):
    """What stands at a position of a row; as it is, without a shape."""

    position: int
    shape: Shape | None = None

    def read(self, value: Row, at: At) -> Any:
        found = value[self.position]
        return found if self.shape is None else self.shape.read(found, at)

    def code(self, value: str, names: Names) -> str:
        found = f"{value}[{self.position}]"
        return found if self.shape is None else self.shape.code(found, names)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a record, read from the record's row; `plain` is shown as it is stored."""

    key: str
    shape: Shape
    required: bool
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Record(Shape):
    """An object: its fields in the order of the selection."""

    parts: tuple[Part, ...]

    def read(self, value: Any, at: At) -> Any:
        if value is None:
            return None
        return {part.key: self._part(part, value, at / part.key) for part in self.parts}

    def _part(self, part: Part, row: Row, at: At) -> Any:
        try:
            made = part.shape.read(row, at)
        except NotAsDeclared:
            if part.required:
                raise
            return None
        if made is None and part.required:
            raise at.fail("a value is missing, and it may not be null")
        return made

    def code(self, value: str, names: Names) -> str:
        fields = (f"{part.key!r}: {_part_code(part, value, names)}" for part in self.parts)
        return f"{{{', '.join(fields)}}}"


def _part_code(part: Part, row: str, names: Names) -> str:
    made = part.shape.code(row, names)
    if part.plain:
        return f"{made} or need({made})" if part.required else made
    if part.required or not isinstance(part.shape, InRow):
        return made
    return f"None if {row}[{part.shape.position}] is None else {made}"


@dataclass(frozen=True, slots=True)
class Found(Shape):
    """An object that is only there when the request named something that exists."""

    shape: InRow
    problem: Callable[[Row], str]

    def read(self, value: Row, at: At) -> Any:
        made = self.shape.read(value, at)
        if made is None:
            raise at.fail(self.problem(value), InvalidQuery.code)
        return made

    def code(self, value: str, names: Names) -> str:
        return self.shape.code(value, names)


@dataclass(frozen=True, slots=True)
class Choice(Shape):
    """An object of an interface: the record of its type, named by a value of the row."""

    position: int
    records: Mapping[Any, Shape]
    other: Shape

    def read(self, value: Any, at: At) -> Any:
        return None if value is None else self.records.get(value[self.position], self.other).read(value, at)

    def code(self, value: str, names: Names) -> str:
        functions = names.of({name: compiled(shape) for name, shape in self.records.items()})
        return f"{functions}.get({value}[{self.position}], {names.of(compiled(self.other))})({value})"


@dataclass(frozen=True, slots=True)
class FirstOf(Shape):
    """An object that was looked for under several types: the one that was found, or null."""

    branches: tuple[InRow, ...]

    def read(self, value: Row, at: At) -> Any:
        for branch in self.branches:
            if value[branch.position] is not None:
                return branch.read(value, at)
        return None

    def code(self, value: str, names: Names) -> str:
        tests = (
            f"{branch.code(value, names)} if {value}[{branch.position}] is not None else "
            for branch in self.branches
        )
        return f"({''.join(tests)}None)"
