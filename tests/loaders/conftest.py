from __future__ import annotations

from pathlib import Path

import pytest

from loaders.article.curated import built_in
from loaders.article.document import Document, parse, read_text

SECOND = Path(__file__).with_name("second-article.md")


@pytest.fixture(scope="session")
def second() -> Document:
    """A self-written article with the traps of the built-in one in other places."""
    return parse(read_text(SECOND))


@pytest.fixture(scope="session")
def real(article_file: Path) -> Document:
    """The built-in article."""
    return parse(read_text(article_file), article=built_in().article, file=str(article_file))
