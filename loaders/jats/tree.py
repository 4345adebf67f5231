"""A JATS file's bytes as a tree: nothing is fetched, no entity unfolds, and what is no JATS is refused."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

from schema.errors import InvalidSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Element: TypeAlias = Any
# Where a service hands out articles in an envelope, the article is one step down.
ENVELOPES = frozenset({"pmc-articleset", "OAI-PMH", "records", "response"})
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
MARKUP = re.compile(r"[&<]")


def tree_of(data: bytes, file: str) -> Element:
    """Return the `article` element of a file.

    `InvalidSource` where the bytes are no XML (with line and column), or no JATS. libxml2's limits hold:
    256 elements inside each other, 10 MB in one piece of text.
    """
    if HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]):
        raise invalid(file, 1, 1, "is an HTML page, not JATS XML; download the article's XML")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        problem = (error.msg or "no XML").split(", line ")[0].strip().rstrip(".,")
        raise invalid(file, line, column, f"broken XML: {problem}") from error
    except (ValueError, LookupError) as error:
        raise invalid(file, 1, 1, f"broken XML: {error}") from error
    return _article(root, file)


def invalid(file: str, line: int, column: int, problem: str) -> InvalidSource:
    """Return the error that names a place in a file."""
    return InvalidSource(f"{file}:{line}:{column}: {problem}.", file=file, line=line, column=column)


def name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements right below that have one of the names; without names, all."""
    for child in element:
        if isinstance(child.tag, str) and (not names or name(child) in names):
            yield child


def within(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements anywhere below that have one of the names, in order."""
    for child in element.iterdescendants():
        if isinstance(child.tag, str) and name(child) in names:
            yield child


def first(element: Element | None, *names: str) -> Element | None:
    """Return the first element below that has one of the names."""
    return None if element is None else next(within(element, *names), None)


def attribute(element: Element, wanted: str) -> str:
    """Return an attribute by its name without namespace; empty where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == wanted:
            return str(value)
    return ""


def words(element: Element | None, without: frozenset[str] = frozenset()) -> str:
    """Return the text of an element, white space collapsed; `without` names elements that are left out."""
    if element is None:
        return ""
    texts: list[str] = []
    inside = 0
    for kind, value in walk(element):
        if kind == "text":
            texts += [value] if not inside else []
        elif name(value) in without:
            inside += 1 if kind == "start" else -1
    return " ".join("".join(texts).split())


def walk(root: Element, file: str = "") -> Iterator[tuple[str, Any]]:
    """Yield ("start", element), ("text", str) and ("end", element) in the order of the document.

    Without recursion. An entity that stands for a character is text; `InvalidSource` for any other.
    """
    stack = [(root, iter(root))]
    declared: dict[str, str | None] | None = None
    yield "start", root
    if root.text:
        yield "text", root.text
    while stack:
        element, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            yield "end", element
            if stack and element.tail:
                yield "text", element.tail
        elif isinstance(child.tag, str):
            stack.append((child, iter(child)))
            yield "start", child
            if child.text:
                yield "text", child.text
        else:
            if child.tag is etree.Entity:
                declared = _declared(root) if declared is None else declared
                yield "text", _character(child, declared, file)
            if child.tail:
                yield "text", child.tail


def _declared(root: Element) -> dict[str, str | None]:
    """Return the entities that the file itself declares; None for what is outside the file."""
    dtd = root.getroottree().docinfo.internalDTD
    return {one.name: one.content for one in dtd.entities()} if dtd is not None else {}


def _character(entity: Element, declared: Mapping[str, str | None], file: str) -> str:
    """Return what an entity stands for, by the document's own declaration or HTML's names."""
    named = f"the entity &{entity.name};"
    if entity.name in declared:
        content = declared[entity.name]
        if content is None:
            raise invalid(file, _line(entity), 1, f"{named} is outside the file, and nothing is fetched")
        if MARKUP.search(content):
            raise invalid(file, _line(entity), 1, f"{named} stands for other entities or markup")
        return content
    text = html5.get(f"{entity.name};")
    if text is None:
        raise invalid(file, _line(entity), 1, f"{named} is not known; write the character")
    return text


def _line(node: Element) -> int:
    parent = node.getparent()
    return int(node.sourceline or (parent.sourceline if parent is not None else 1) or 1)


def _article(root: Element, file: str) -> Element:
    if name(root) == "article":
        return root
    if name(root) in ENVELOPES:
        found = [one for one in within(root, "article") if next(one.iterancestors(one.tag), None) is None]
        if len(found) == 1:
            return found[0]
        raise invalid(
            file, _line(root), 1, f"<{name(root)}> holds {len(found)} articles; give a file for each"
        )
    html = name(root).lower() in {"html", "head", "body"}
    what = "is an HTML page, not JATS XML" if html else f"is XML but not JATS: its root is <{name(root)}>"
    raise invalid(file, _line(root), 1, f"{what}; allowed: <article>")
