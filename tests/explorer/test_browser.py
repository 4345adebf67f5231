"""The explorer as a reader uses it, in a real Chromium: mouse, keyboard, phone, dark, paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import VisitAt
from tests.node.run import INSTALLED
from views import FORMATS

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("loaded")]

AXE = INSTALLED.parent / "axe-core" / "axe.min.js"
OSTEOARTHRITIS = "/entity/MONDO:0005178"
PATHS = (
    "/",
    "/?q=osteo",
    "/?kind=CYTOKINE",
    OSTEOARTHRITIS,
    "/entity/mscev:msc-ev?only=concerns",
    "/entity/nobody",
)


def test_the_way_of_a_reader(visit: VisitAt) -> None:
    page = visit("/", accept_downloads=True).page
    page.get_by_label("Search entities and statements").press_sequentially("osteoarthr", delay=20)
    page.get_by_role("link", name="osteoarthritis", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("osteoarthritis")
    before = page.locator("li.claim").count()
    assert before

    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("clinical", exact=True).check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"\?evidence=CLINICAL$"))
    expect(page.get_by_role("status").last).to_contain_text("the filter")
    page.get_by_role("link", name="knee osteoarthritis").first.click()
    expect(page).to_have_url(re.compile(r"/entity/MONDO:0005416\?evidence=CLINICAL$"))
    after = page.locator("li.claim")
    assert 0 < after.count() < before
    for marks in after.locator(".marks").all_inner_texts():
        assert "clinical" in marks.split("\n")

    first = after.first
    statement = first.locator(".statement").inner_text()
    first.locator("summary").click()
    expect(first.get_by_role("heading", name="Where it is said")).to_be_visible()
    expect(first.get_by_role("heading", name="What it rests on")).to_be_visible()

    wanted = "pptx" if "pptx" in FORMATS else "html"
    with page.expect_download() as started:
        page.get_by_role("link", name=f"Download {wanted.upper()}").click()
    assert started.value.suggested_filename == f"knee-osteoarthritis.{wanted}"
    assert Path(started.value.path()).stat().st_size > 10_000

    first.get_by_role("link", name="Permalink").click()
    expect(page).to_have_url(re.compile(r"/claim/mscev\.claim:[0-9a-f]{32}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(statement)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(statement)


def test_results_come_as_one_types_and_the_address_keeps_them(visit: VisitAt) -> None:
    page = visit("/").page
    page.fill("#q", "interleukin")
    expect(page.locator("#told")).to_contain_text("found")
    expect(page.get_by_role("link", name="IL6", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?q=interleukin$"))
    page.select_option("#kind", "DISEASE")
    expect(page).to_have_url(re.compile(r"kind=DISEASE"))
    page.fill("#q", "")
    expect(page.get_by_role("heading", name="Disease: ", exact=False)).to_be_visible()
    page.select_option("#kind", "")
    expect(page.get_by_role("heading", name="Where to begin")).to_be_visible()


def test_without_scripts_all_but_copying_works(visit: VisitAt) -> None:
    page = visit("/", java_script_enabled=False).page
    page.fill("#q", "osteoarthritis")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="osteoarthritis", exact=True).click()
    expect(page.locator("li.claim").first).to_be_visible()
    expect(page.get_by_role("button", name="Copy GraphQL")).to_be_hidden()
    assert page.locator("img").evaluate("i => i.decode().then(() => i.naturalWidth)") >= 1280


def test_the_picture_stands_beside_the_claims(visit: VisitAt) -> None:
    page = visit(OSTEOARTHRITIS).page
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("sandbox", "allow-scripts")
    expect(frame).to_have_attribute("title", "Picture: osteoarthritis and its neighbours")
    inner = page.frame_locator("iframe")
    expect(inner.locator("html[data-drawn]")).to_have_count(1)
    expect(inner.locator("html")).to_have_attribute("data-theme", "light")
    claims, picture = (page.locator(name).bounding_box() for name in ("section.claims", "section.picture"))
    assert claims is not None
    assert picture is not None
    assert picture["x"] >= claims["x"] + claims["width"]


def test_queries_are_copied(visit: VisitAt) -> None:
    page = visit(OSTEOARTHRITIS, permissions=["clipboard-read", "clipboard-write"]).page
    for language, words in (("GraphQL", '$id: ID! = "MONDO:0005178"'), ("Cypher", "{id: 'MONDO:0005178'}")):
        button = page.locator(f"button[data-copy={language.lower()}]")
        button.click()
        expect(button).to_have_text("Copied")
        assert words in page.evaluate("navigator.clipboard.readText()")


def test_the_keyboard_is_enough(visit: VisitAt) -> None:
    page = visit("/").page
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    press("Enter")
    press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("osteoarthritis")
    press("Enter")
    expect(page.locator("#told")).to_contain_text("found")
    _tab_to(page, "a[href='/entity/MONDO:0005178']")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("osteoarthritis")
    _tab_to(page, ".filters summary")
    press("Enter")
    _tab_to(page, "input[value=PRECLINICAL]")
    press("Space")
    _tab_to(page, "form button:text('Apply')")
    press("Enter")
    expect(page).to_have_url(re.compile("evidence=PRECLINICAL"))
    _tab_to(page, ".evidence summary")
    press("Enter")
    expect(page.locator("details.evidence").first).to_have_attribute("open", "")
    _tab_to(page, "li.claim a[rel=bookmark]")
    press("Enter")
    expect(page).to_have_url(re.compile("/claim/"))


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, which must be seen on each."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "IFRAME":
            page.locator("section.claims summary").first.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
        elif page.evaluate("document.activeElement !== document.body"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid", page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("s => document.activeElement.matches(s)", selector.split(":text", 1)[0]):
            return
    pytest.fail(f"Tab never reached {selector}")


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_needs_no_sideways_scrolling(visit: VisitAt, path: str) -> None:
    page = visit(path, 360, 740, has_touch=True, is_mobile=True).page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, summary, select, header a, footer a")]
            .filter((e) => e.getClientRects().length && !e.closest(".unseen, .skip"))
            .filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.outerHTML)"""
    )
    assert small == []


def test_dark_is_dark_also_in_the_picture(visit: VisitAt) -> None:
    page = visit(OSTEOARTHRITIS, color_scheme="dark").page
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("data-theme", "dark")


def test_paper_is_light_and_unfolded(visit: VisitAt) -> None:
    page = visit(OSTEOARTHRITIS, color_scheme="dark").page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("section.picture").is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.evidence:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.evidence[open]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(visit: VisitAt, path: str, width: int, scheme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not there; `make tools` installs it")
    page = visit(path, width, 800, color_scheme=scheme).page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { iframes: false })")
    told = [f"{v['id']}: {n['html']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]
    assert told == []
    assert len(found["passes"]) > 15
