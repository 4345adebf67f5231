"""The page for Cypher in a real Chromium: editor, questions, answers, errors, files, links, keyboard."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import Service
from tests.explorer.conftest import VisitAt
from tests.explorer.test_browser import AXE

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("loaded")]


def editor(page: Page) -> str:
    return "\n".join(page.locator(".cm-line").all_inner_texts())


def write(page: Page, statement: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.insert_text(statement)


def accept(page: Page) -> None:
    page.wait_for_timeout(150)  # the editor takes no key for a list that has just come up
    page.keyboard.press("Enter")


def cells(page: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in page.locator("#table tbody tr").all()]


def link(statement: str, parameters: str = "") -> str:
    return f"/cypher#statement={quote(statement)}" + (
        f"&parameters={quote(parameters)}" if parameters else ""
    )


def test_the_editor_completes_from_the_schema(visit: VisitAt) -> None:
    page = visit("/cypher").page
    page.locator(".cm-content").click()
    page.keyboard.type("MATCH (d:Dis", delay=30)
    options = page.get_by_role("option")
    expect(options).to_have_text(["Disease"])
    expect(page.locator(".cm-completionInfo")).to_contain_text("A disease, disorder or injury.")
    accept(page)
    page.keyboard.press("End")
    page.keyboard.type("<-[r:IMPR", delay=30)
    expect(options).to_have_text(["IMPROVES"])
    accept(page)
    page.keyboard.press("End")
    page.keyboard.type("-(x:Entity) RETURN x.na", delay=30)
    expect(options.first).to_have_text("name")
    accept(page)
    assert editor(page) == "MATCH (d:Disease)<-[r:IMPROVES]-(x:Entity) RETURN x.name"
    for words, shown in (("MATCH", "tok-keyword"), ("Disease", "tok-typeName"), ("IMPROVES", "tok-typeName")):
        expect(page.locator(f".{shown}", has_text=re.compile(f"^{words}$"))).to_have_count(1)


def test_no_completion_inside_a_string(visit: VisitAt) -> None:
    page = visit("/cypher").page
    page.locator(".cm-content").click()
    page.keyboard.type("MATCH (d:Disease {name: 'RETU", delay=30)
    page.wait_for_timeout(400)
    assert page.get_by_role("option").count() == 0


def test_a_saved_question_is_run_and_told(visit: VisitAt) -> None:
    page = visit("/cypher").page
    expect(page.locator("#saved")).to_have_attribute("open", "")
    page.fill("#filter", "claim paper")
    expect(page.get_by_role("link", name="Loops")).to_be_hidden()
    page.get_by_role("link", name="From a claim to its paper").click()
    expect(page.locator("#told")).to_have_text(re.compile(r"^5 rows in [\d,]+ ms\.$"))
    expect(page.locator("#about")).to_contain_text("Who says what of an entity")
    expect(page).to_have_url(re.compile("#question=evidence-chain$"))
    rows = cells(page)
    assert len(rows) == 5
    assert rows[0][1:5] == ["Preventing Further Damage: Immunomodulation", "25", "3", "2, 6"]
    page.locator("#table tbody a").first.click()
    expect(page).to_have_url(re.compile("/claim/mscev.claim:"))


def test_entities_relations_and_paths_are_readable(visit: VisitAt) -> None:
    page = visit("/cypher#question=shortest-explanation").page
    expect(page.locator("#table tbody tr")).to_have_count(4)
    path = " ".join(cells(page)[0][0].split())
    assert path == (
        "bone marrow UBERON:0002371 ←LOCATED_IN (1 claim)— mesenchymal stem cell CL:0000134 "
        "←DERIVES_FROM (1 claim)— MSC-EV mscev:msc-ev —IMPROVES (1 claim)→ osteoarthritis MONDO:0005178"
    )
    expect(page.locator("#table a").first).to_have_attribute("href", "/entity/UBERON:0002371")


def test_every_type_of_value_is_shown(visit: VisitAt) -> None:
    page = visit("/cypher").page
    write(
        page,
        "RETURN 9007199254740993 AS big, 2.5 AS float, true AS yes, null AS none, [1, [2, 3]] AS list, "
        "{a: 1, b: 'x'} AS map, date('2026-01-02') AS day, point({x: 1, y: 2}) AS at, "
        "'<b>bold</b>' AS text, [] AS empty, 'HGNC:6018' AS id, 0.0 / 0.0 AS nan",
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#table tbody tr")).to_have_count(1)
    (row,) = cells(page)
    assert row[:4] == ["9007199254740993", "2.5", "true", "\u2013"]
    assert [" ".join(text.split()) for text in row[4:6]] == ["1 2, 3", "a 1 b x"]
    assert row[6] == "2026-01-02"
    assert "POINT" in row[7]
    assert row[8:] == ["<b>bold</b>", "none", "HGNC:6018", "NaN"]
    expect(page.locator("#table a")).to_have_attribute("href", "/entity/HGNC:6018")


def test_no_row_is_said(visit: VisitAt) -> None:
    page = visit("/cypher").page
    write(page, "MATCH (n:Disease {name: 'none such'}) RETURN n")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#told")).to_contain_text("0 rows")
    expect(page.locator("#table")).to_have_text("Nothing fits: no row.")


def test_the_answer_is_drawn_by_our_view(visit: VisitAt) -> None:
    page = visit("/cypher#question=shortest-explanation").page
    page.get_by_role("button", name="Graph").click()
    expect(page.get_by_role("button", name="Graph")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#table")).to_be_hidden()
    expect(page.locator("iframe")).to_have_attribute("sandbox", "allow-scripts")
    inner = page.frame_locator("iframe")
    expect(inner.locator("html[data-drawn]")).to_have_count(1)
    expect(inner.locator("h1")).to_have_text("Shortest explanations")
    inner.get_by_role("button", name="Explore").click()
    inner.locator("#data summary").click()
    expect(inner.locator("#tables tbody tr")).to_have_count(4 + 5)
    expect(page.get_by_role("link", name="Download PPTX")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    expect(page.locator("#table")).to_be_visible()


def test_what_cannot_be_drawn_is_said(visit: VisitAt) -> None:
    page = visit("/cypher").page
    for statement, told in (
        ("RETURN 1 AS one", "there is nothing to draw"),
        ("MATCH (n:Entity) RETURN n", "at most 200 are drawn"),
        ("MATCH (n:Disease)<-[:CONTEXT]-()-[:STATED_IN]->(s) RETURN n, s LIMIT 2", "in the table alone"),
    ):
        write(page, statement)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#told")).to_contain_text("row")
        page.get_by_role("button", name="Graph").click()
        expect(page.locator("#note")).to_contain_text(told)


def test_many_rows_are_cut_in_the_table_alone(visit: VisitAt) -> None:
    page = visit("/cypher", accept_downloads=True).page
    write(page, "UNWIND range(1, 1200) AS n RETURN n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#told")).to_contain_text("1,200 rows")
    expect(page.locator("#told")).to_contain_text("the first 500 are shown, a download has all")
    expect(page.locator("#table tbody tr")).to_have_count(500)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download CSV").click()
    assert len(Path(started.value.path()).read_text().splitlines()) == 1201


def test_an_error_has_code_message_and_place(visit: VisitAt) -> None:
    visited = visit(link("MATCH (n:Disease)\nRETRUN n"))
    page = visited.page
    expect(page.locator("#told")).to_have_text("From a link: read it, then press Run.")
    expect(page.locator("#answer")).to_be_hidden()
    page.get_by_role("button", name="Run").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("SyntaxError")
    expect(alert).to_contain_text("RETRUN")
    alert.get_by_role("button", name="Go to line 2, column 1").click()
    page.keyboard.press("Control+Delete")
    page.keyboard.type("RETURN")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#told")).to_contain_text("rows in")
    expect(alert).to_be_empty()
    visited.messages.clear()  # the browser tells of the refused request


def test_parameters_that_are_no_object_are_told_before_anything_is_asked(visit: VisitAt) -> None:
    page = visit("/cypher").page
    write(page, "RETURN $x")
    page.get_by_text("Parameters", exact=True).click()
    page.fill("#parameters", "[1]")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("one JSON object")
    expect(page.locator("#parameters")).to_be_focused()


def test_answers_are_taken_away_as_csv_and_json(visit: VisitAt) -> None:
    page = visit("/cypher", accept_downloads=True).page
    write(
        page,
        "MATCH (n:Disease {id: 'MONDO:0005178'}) "
        "RETURN n.name AS name, n, '=1+1' AS sum, 'a\"b,c' AS text, null AS none",
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#table tbody tr")).to_have_count(1)
    with page.expect_download() as started:
        page.get_by_role("button", name="Download CSV").click()
    assert started.value.suggested_filename == "answer.csv"
    head, row = csv.reader(Path(started.value.path()).read_text(encoding="utf-8").splitlines())
    assert head == ["name", "n", "sum", "text", "none"]
    assert [row[0], *row[2:]] == ["osteoarthritis", "'=1+1", 'a"b,c', ""]
    assert json.loads(row[1])["properties"]["id"] == "MONDO:0005178"
    with page.expect_download() as started:
        page.get_by_role("button", name="Download JSON").click()
    (found,) = json.loads(Path(started.value.path()).read_text(encoding="utf-8"))
    assert set(found["n"]["labels"]) == {"Entity", "Disease"}
    assert (found["sum"], found["none"]) == ("=1+1", None)


def test_a_link_brings_statement_and_parameters_and_runs_nothing(visit: VisitAt) -> None:
    page = visit("/cypher", permissions=["clipboard-read", "clipboard-write"]).page
    statement = "MATCH (n:Entity {id: $id})\nRETURN n.name AS name // it's 100 % & more"
    write(page, statement)
    page.get_by_text("Parameters", exact=True).click()
    page.fill("#parameters", '{"id": "HGNC:6018"}')
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#link")).to_have_text("Copied")
    address = page.evaluate("navigator.clipboard.readText()")
    other = visit(address[address.index("/cypher") :]).page
    assert editor(other) == statement
    assert json.loads(other.input_value("#parameters")) == {"id": "HGNC:6018"}
    expect(other.locator("#answer")).to_be_hidden()
    other.get_by_role("button", name="Run").click()
    expect(other.locator("#table tbody td")).to_have_text("IL6")
    write(page, f"RETURN '{'x' * 9000}' AS long")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("alert")).to_contain_text("8,000 characters")


def test_a_link_to_a_question_that_is_not_there_says_so(visit: VisitAt) -> None:
    page = visit("/cypher#question=nobody").page
    expect(page.locator("#told")).to_have_text("There is no saved question “nobody”.")


def test_the_curl_command_is_what_was_asked(visit: VisitAt, service: Service) -> None:
    page = visit("/cypher", permissions=["clipboard-read", "clipboard-write"]).page
    write(page, "RETURN 'it' + \"'s\" AS x")
    page.get_by_role("button", name="Copy as curl").click()
    expect(page.locator("#curl")).to_have_text("Copied")
    command = page.evaluate("navigator.clipboard.readText()")
    body = '{"statement":"RETURN \'it\' + \\"\'s\\" AS x","parameters":{}}'.replace("'", "'\\''")
    assert command == (
        f"curl -s '{service.url}/db/neo4j/query/v2' -H 'content-type: application/json' -d '{body}'"
    )


def test_a_service_that_is_gone_is_told(visit: VisitAt) -> None:
    visited = visit("/cypher")
    page = visited.page
    page.route("**/query/v2", lambda route: route.abort())
    write(page, "RETURN 1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("The service does not answer.")
    visited.messages.clear()


def test_a_running_statement_can_be_stopped(visit: VisitAt) -> None:
    visited = visit("/cypher")
    page = visited.page
    page.route("**/query/v2", lambda route: None)
    write(page, "RETURN 1")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#told")).to_have_text("Stopped.")
    expect(page.locator("#run")).to_have_text("Run")
    visited.messages.clear()


def test_the_keyboard_is_enough(visit: VisitAt) -> None:
    page = visit("/cypher").page
    _tab_to(page, "#saved a")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_be_focused()
    expect(page.locator("#answer")).to_be_visible()
    _tab_to(page, "#parameters")
    _tab_to(page, "#run")
    _tab_to(page, "#as-graph")
    page.keyboard.press("Enter")
    expect(page.locator("iframe")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.cm-content')"):
            break
    else:
        pytest.fail("Shift+Tab never reached the editor")


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, which must be seen on each."""
    for _ in range(200):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const ring = document.activeElement.closest(".cm-editor") ?? document.activeElement;
                return ring === document.body || getComputedStyle(ring).outlineStyle === "solid";
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never reached {selector}")


PATHS = ("/cypher", "/cypher#question=evidence-chain", "/cypher#question=nothing-between")


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_needs_no_sideways_scrolling(visit: VisitAt, path: str) -> None:
    page = visit(path, 360, 740, has_touch=True, is_mobile=True).page
    if "#" in path:
        expect(page.locator("#answer")).to_be_visible()
        page.get_by_role("button", name="Graph").click()
        expect(page.locator("iframe")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, summary, input, header a, #saved a")]
            .filter((e) => e.getClientRects().length && !e.closest(".unseen, .skip"))
            .filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.outerHTML)"""
    )
    assert small == []


def test_dark_is_dark_also_in_the_picture(visit: VisitAt) -> None:
    page = visit("/cypher#question=shortest-explanation", color_scheme="dark").page
    page.get_by_role("button", name="Graph").click()
    background = "getComputedStyle(document.querySelector('.cm-editor')).backgroundColor"
    assert page.evaluate(background) == "rgb(18, 22, 28)"
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", [*PATHS, link("RETURN")])
def test_axe_finds_nothing(visit: VisitAt, path: str, width: int, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not there; `make tools` installs it")
    visited = visit(path, width, 800, color_scheme=scheme)
    page = visited.page
    if "question" in path:
        expect(page.locator("#answer")).to_be_visible()
    elif "statement" in path:
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("alert")).not_to_be_empty()
        visited.messages.clear()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { iframes: false })")
    told = [f"{v['id']}: {n['html']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]
    assert told == []
    assert len(found["passes"]) > 15
