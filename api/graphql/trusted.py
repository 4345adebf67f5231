"""Trusted documents: queries that are known by their id, so that a client sends the id alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from graphql import GraphQLError, GraphQLSchema, parse, validate

from schema.errors import InvalidQuery, InvalidSource, MscevError


class UnknownDocument(InvalidQuery):
    """No document has this id."""

    code = "DOCUMENT_NOT_FOUND"


class UntrustedDocument(InvalidQuery):
    """The service answers trusted documents alone."""

    code = "DOCUMENT_NOT_TRUSTED"


class Trusted:
    """The documents of a folder, by SHA-256 (hex, `sha256:` before it or not) and by file name."""

    def __init__(self, documents: Mapping[str, str], *, only: bool) -> None:
        self._documents = documents
        self._only = only

    def text(self, query: str | None, id_: str | None) -> str:
        """Return the document to run. Raises errors of ours: unknown, not trusted, or nothing given."""
        if id_ is not None:
            found = self._documents.get(id_.removeprefix("sha256:"))
            if found is None:
                raise UnknownDocument(f"documentId: no document is known by {id_!r}", given=id_)
            return found
        if query is None:
            raise InvalidQuery("a request needs `query`, or `documentId` of a trusted document")
        if self._only:
            raise UntrustedDocument("this service answers trusted documents alone; send `documentId`")
        return query


def read_trusted(folder: Path | None, schema: GraphQLSchema, *, only: bool = False) -> Trusted:
    """Read every *.graphql file of a folder; `InvalidSource` names the file and what is wrong with it."""
    documents: dict[str, str] = {}
    for path in sorted(folder.glob("*.graphql")) if folder else ():
        text = path.read_text(encoding="utf-8")
        try:
            problems = validate(schema, parse(text))
        except GraphQLError as error:
            problems = [error]
        if problems:
            raise _invalid(path, problems[0])
        documents[hashlib.sha256(text.encode()).hexdigest()] = text
        documents[path.stem] = text
    return Trusted(documents, only=only)


def _invalid(path: Path, problem: GraphQLError) -> MscevError:
    line, column = problem.locations[0] if problem.locations else (1, 1)
    return InvalidSource(
        f"{path}:{line}:{column}: {problem.message}", file=str(path), line=line, column=column
    )
