"""The documents say what the product does: examples are run, settings, commands and fields are all named."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup

from api.cli import app
from api.graphql.schema import schema
from api.settings import DatabaseSettings, LoadSettings, ServiceSettings
from graph.connection import Database
from graph.describe import as_markdown
from graph.statement import Statement
from graph.vocabulary import NODE_LABELS
from loaders.article.curated import built_in
from loaders.article.document import parse, read_text
from tests.conftest import Service
from tests.examples import EXAMPLE, answer_to

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
TEXTS = {name: page.read_text(encoding="utf-8") for name, page in zip(NAMES, PAGES, strict=True)}
OPERATIONS, GRAPHQL, CYPHER = (TEXTS[f"docs/{name}.md"] for name in ("operations", "graphql", "cypher"))

COMMAND = re.compile(r"mscev (query|cypher) '([^']*)'(?: -p '([^']*)')?")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# hosts of package registries, and directories of the machine that a text was written on
FOREIGN = re.compile(
    r"https?://[\w.-]*(maven|pypi|pythonhosted|npmjs|docker)[\w.-]*|(?<![\w.$])/(work|tmp|root|home|farm)/"
)


def _found(pattern: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    for name, text in TEXTS.items():
        for found in pattern.findall(text):
            yield (name, *found)


def _blocks(language: str) -> list[str]:
    pattern = re.compile(rf"```{language}\n(.*?)```", re.DOTALL)
    # the questions take variables: tests/questions asks them
    texts = [text for name, text in TEXTS.items() if name != "docs/questions.md"]
    return [block for text in texts for block in pattern.findall(text)]


@pytest.mark.usefixtures("loaded")
class TestExamples:
    @pytest.mark.parametrize(("page", "command", "printed"), list(_found(EXAMPLE)))
    def test_an_answer_is_exactly_what_the_service_prints(
        self, service: Service, page: str, command: str, printed: str
    ) -> None:
        renewal = "renew with: .venv/bin/python -m tests.examples http://localhost:8000"
        assert answer_to(command, service.url) == printed, renewal

    @pytest.mark.parametrize("query", _blocks("graphql"))
    def test_graphql_is_answered(self, service: Service, query: str) -> None:
        assert service.ask(query)

    @pytest.mark.parametrize("statement", _blocks("cypher"))
    def test_cypher_finds_something(self, database: Database, statement: str) -> None:
        _, rows = database.rows(Statement(statement))
        assert rows

    @pytest.mark.parametrize(("page", "language", "text", "parameters"), list(_found(COMMAND)))
    def test_a_command_finds_something(
        self, service: Service, database: Database, page: str, language: str, text: str, parameters: str
    ) -> None:
        if language == "query":
            assert service.ask(text)
        else:
            _, rows = database.rows(Statement(text, json.loads(parameters or "{}")))
            assert rows

    def test_the_stored_graph_is_described(self, database: Database) -> None:
        _, rows = database.rows(
            Statement(
                "MATCH (n) UNWIND labels(n) + keys(n) AS word RETURN DISTINCT word "
                "UNION MATCH ()-[r]->() UNWIND keys(r) AS word RETURN DISTINCT word"
            )
        )
        kinds = TEXTS["docs/schema.md"]
        words = {row[0] for row in rows}
        assert [word for word in sorted(words) if f"`{word}`" not in CYPHER + kinds] == []
        assert [label for label in NODE_LABELS if f"`{label}`" not in kinds] == []
        _, rows = database.rows(Statement("MATCH ()-[r]->() RETURN DISTINCT type(r)"))
        assert [row[0] for row in rows if f"`{row[0]}`" not in CYPHER + kinds] == []


def test_there_are_examples() -> None:
    assert {page for page, *_ in _found(EXAMPLE)} == {"README.md", "docs/cypher.md", "docs/graphql.md"}


def test_the_schema_page_is_the_schema() -> None:
    assert TEXTS["docs/schema.md"] == as_markdown(), "run: .venv/bin/mscev schema markdown > docs/schema.md"


def test_every_root_and_filter_of_graphql_is_named() -> None:
    types = schema().type_map
    fields = {"Query": types["Query"]} | {name: t for name, t in types.items() if name.endswith("Filter")}
    for name, type_ in fields.items():
        missing = [field for field in type_.fields if f"`{field}" not in GRAPHQL]  # type: ignore[attr-defined]
        assert missing == [], name


def test_every_error_code_of_graphql_is_named() -> None:
    sources = [ROOT / "schema/errors.py", *(ROOT / "api/graphql").glob("*.py")]
    code = re.compile(r'(?:code = |, )"([A-Z]+(?:_[A-Z]+)+|INTERNAL)"')
    codes = {found for path in sources for found in code.findall(path.read_text(encoding="utf-8"))}
    codes -= _NOT_GRAPHQL
    assert {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED", "NOT_ACCEPTABLE"} <= codes
    assert [code for code in sorted(codes) if f"`{code}`" not in GRAPHQL] == []


def test_every_setting_is_named() -> None:
    settings = {
        f"{type_.model_config.get('env_prefix')}{name}".upper()
        for type_ in (DatabaseSettings, LoadSettings, ServiceSettings)
        for name in type_.model_fields
    }
    read = re.compile(r"\b(MSCEV_[A-Z_]+|JAVA_HOME)\b")
    sources = [path for folder in ("api", "graph", "tests") for path in (ROOT / folder).rglob("*.py")]
    settings |= {name for path in sources for name in read.findall(path.read_text(encoding="utf-8"))}
    assert [name for name in sorted(settings) if f"`{name}`" not in OPERATIONS] == []


# What commands and loaders raise; no request does.
_NOT_GRAPHQL = {
    "STATEMENT_REFUSED",
    "QUERY_MEMORY",
    "INVALID_INPUT",
    "INVALID_RECORD",
    "INVALID_SOURCE",
    "VERIFICATION_FAILED",
    "MISSING_EXTRA",
    "NOT_FOUND",
    "SERVICE_ERROR",
    "SERVER_ERROR",
    "SERVER_BUSY",
    "DOWNLOAD_FAILED",
    "PORT_TAKEN",
    "DISK_FULL",
    "STORE_CORRUPT",
    "FOREIGN_DATABASE",
}


def _commands(group: TyperGroup, path: str = "mscev") -> Iterator[tuple[str, list[str]]]:
    """Yield every command and its options."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{path} {name}")
        else:
            words = [word for param in command.params for word in (*param.opts, *param.secondary_opts)]
            yield f"{path} {name}", [word for word in words if word.startswith("-") and word != "--help"]


def _cli() -> dict[str, list[str]]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return dict(_commands(group))


def test_every_command_and_option_has_its_row() -> None:
    rows = {
        row.split("`")[1]: row for row in OPERATIONS.splitlines() if re.match(r"\| `mscev [a-z ]+` \|", row)
    }
    commands = _cli()
    assert set(rows) == set(commands)
    for name, options in commands.items():
        assert [option for option in options if f"`{option}`" not in rows[name]] == [], name


def test_no_page_names_a_command_that_is_not_there() -> None:
    known = {tuple(name.split()[1:]) for name in _cli()}
    used = re.compile(r"(?:`|^|bin/|api |& )mscev ([a-z]+)(?: ([a-z]+))?", re.MULTILINE)
    for page, first, second in _found(used):
        assert {(first,), (first, second)} & {*known, ("db", "")}, (page, first, second)


def test_every_make_target_is_named() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets
    assert [t for t in targets[1].split() if f"`make {t}`" not in TEXTS["CONTRIBUTING.md"]] == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs/decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    records = {path.name for path in folder.glob("*.md")} - {"README.md"}
    assert records <= listed
    assert [name for name in records if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)] == []


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for link in LINK.findall(re.sub(r"```.*?```", "", TEXTS[name], flags=re.DOTALL)):
        if link.startswith(("https://", "http://localhost:8000/")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
            assert anchor in slugs, link


@pytest.mark.parametrize("name", NAMES)
def test_a_page_speaks_of_the_product_only(name: str) -> None:
    assert [found[0] for found in FOREIGN.finditer(TEXTS[name])] == []


def test_no_page_holds_a_sentence_of_the_article(article_file: Path) -> None:
    document = parse(read_text(article_file), article=built_in().article, file=str(article_file))
    runs = {run for sentence in document.sentences for run in _runs(document.quote(sentence))}
    assert runs
    assert [(name, run) for name, text in TEXTS.items() for run in _runs(text) if run in runs] == []


def _runs(text: str, length: int = 7) -> Iterator[tuple[str, ...]]:
    """Yield every run of so many words."""
    words = re.findall(r"\w+", text.lower())
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def test_the_readings_are_counted_right() -> None:
    lines = built_in().folder.joinpath("readings.jsonl").read_text(encoding="utf-8").splitlines()
    counted = Counter((row["first"], row["second"]) for row in map(json.loads, lines))
    row = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (\d+) \|", re.MULTILINE)
    told = {(a, b): int(n) for a, b, n in row.findall(TEXTS["docs/curation.md"])}
    assert told == counted
