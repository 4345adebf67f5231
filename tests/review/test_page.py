"""The page of review in a real Chromium: keyboard, forms, undo, filters, what it keeps, who can read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.connection import Database
from loaders.review.fields import edits_row
from loaders.review.files import ReviewFolder
from tests.conftest import Service
from tests.explorer.conftest import Visit
from tests.explorer.test_browser import AXE
from tests.review.conftest import ME
from tests.review.test_http import claims
from tests.second import ARTICLE, GROWN, HELD_BACK, HELPED, IL6

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def visit(reviewing: Service, browser: Browser) -> Iterator[Visit]:
    """The page, with an ORCID kept in the browser; nothing is asked elsewhere, and no script fails."""
    expect.set_options(timeout=30_000)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    kept = f"localStorage.getItem('mscev-orcid') ?? localStorage.setItem('mscev-orcid', '{ME}')"
    context.add_init_script(kept)
    one = Visit(context.new_page())
    one.page.on("request", lambda r: one.elsewhere.append(r.url))
    one.page.on("pageerror", lambda error: one.messages.append(str(error)))
    one.page.goto(f"{reviewing.url}/review")
    expect(one.page.locator("#which")).to_have_text("1 of 4")
    yield one
    context.close()
    expect.set_options(timeout=5_000)
    assert [url for url in one.elsewhere if not url.startswith((reviewing.url, "data:"))] == []
    assert one.messages == []


def counts(page: Page, text: str) -> None:
    expect(page.locator("#counts")).to_have_text(text)


def test_sentence_and_proposal_stand_side_by_side(visit: Visit) -> None:
    page = visit.page
    expect(page.locator("#sentence blockquote")).to_have_text("MSC-EVs may hold apoptosis back.")
    expect(page.locator("mark.end")).to_have_text(["MSC-EVs", "apoptosis"])
    expect(page.locator("#proposal .triple")).to_contain_text("decreases")
    expect(page.locator("#proposal .facts")).to_contain_text("verb-trigger")
    left, right = (page.locator(f"#{id_}").bounding_box() for id_ in ("sentence", "proposal"))
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]


def test_the_whole_way_by_keyboard(visit: Visit, database: Database, folder: ReviewFolder) -> None:
    page = visit.page
    page.keyboard.press("a")
    counts(page, "3 to be decided, 1 accepted, 0 edited, 0 rejected")
    expect(page.locator("#proposal .statement")).to_have_text(GROWN.statement)

    page.keyboard.press("e")
    expect(page.locator("#subject")).to_be_focused()
    page.select_option("#predicate", "INCREASES")
    page.fill("#statement", "MSC-EVs raise angiogenesis.")
    page.keyboard.press("Control+Enter")
    counts(page, "2 to be decided, 1 accepted, 1 edited, 0 rejected")

    page.keyboard.press("r")
    expect(page.locator("#why")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reject")).to_be_visible()
    page.keyboard.type("juearka")  # letters are text here, no commands
    page.keyboard.press("Control+Enter")
    counts(page, "1 to be decided, 1 accepted, 1 edited, 1 rejected")

    decided = folder.decisions(ARTICLE)
    assert {one.claim: one.verdict.value for one in decided}.items() >= {
        HELD_BACK.id: "accepted",
        GROWN.id: "edited",
    }.items()
    assert [one.reason for one in decided if one.verdict == "rejected"] == ["juearka"]
    stored = claims(database).values()
    assert [c["statement"] for c in stored if c["predicate"] == "INCREASES" and "reviewer" in c] == [
        "MSC-EVs raise angiogenesis."
    ]

    for left in (
        "2 to be decided, 1 accepted, 1 edited",
        "3 to be decided, 1 accepted, 0 edited",
        "4 to be decided",
    ):
        page.keyboard.press("u")
        expect(page.locator("#counts")).to_contain_text(left)
    assert folder.decisions(ARTICLE) == ()


def test_next_previous_and_help(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("j")
    expect(page.locator("#which")).to_have_text("2 of 4")
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(page.locator("#told")).to_have_text("This is the first one.")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("a")  # nothing is decided behind the dialog
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    counts(page, "4 to be decided, 0 accepted, 0 edited, 0 rejected")


def test_names_are_looked_up_and_the_schema_is_told(visit: Visit, folder: ReviewFolder) -> None:
    page = visit.page
    page.keyboard.press("e")
    page.fill("#object", "osteoarthritis")
    expect(page.locator("#object-told")).to_contain_text("osteoarthritis (disease)")
    page.select_option("#predicate", "SECRETES")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text(
        "subject of SECRETES cannot be 'mscev:msc-ev (EvPreparation)'"
    )
    expect(page.locator("#edit")).to_be_visible()
    page.fill("#object", "nothing of the kind")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("names no entity")
    # what is looked up as one types ends later, and takes nothing back
    expect(page.locator("#object-told")).to_contain_text("names no entity")
    expect(page.get_by_role("alert")).to_contain_text("names no entity")
    page.keyboard.press("Escape")
    expect(page.locator("#edit")).to_be_hidden()
    assert folder.decisions(ARTICLE) == ()
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_have_text("Nothing is changed; accept it, or go back with Esc.")


def test_setting_and_mechanism_are_edited(visit: Visit, folder: ReviewFolder) -> None:
    page = visit.page
    page.keyboard.press("e")
    parts = page.locator("#setting li")
    before = parts.count()
    for part, words in (("disease", "osteoarthritis"), ("mechanisms", "interleukin-6"), ("dose", "twice")):
        page.get_by_role("button", name="Add a part").click()
        parts.last.get_by_label("Part").select_option(part)
        parts.last.get_by_label("Entity or text").fill(words)
    expect(parts.nth(before)).to_contain_text("osteoarthritis (disease)")
    page.get_by_role("button", name="Add a part").click()
    parts.last.get_by_role("button", name="Remove").click()
    expect(parts).to_have_count(before + 3)
    page.keyboard.press("Control+Enter")
    counts(page, "3 to be decided, 0 accepted, 1 edited, 0 rejected")
    (decision,) = folder.decisions(ARTICLE)
    edits = edits_row(decision.edits)
    assert decision.proposal is not None
    assert set(edits) == {"context", "mechanisms"}
    assert edits["context"]["disease"] == "MONDO:0005178"
    assert edits["context"]["dose"] == "twice"
    assert edits["mechanisms"] == [*decision.proposal.mechanisms, IL6]
    page.get_by_label("Show").select_option("decided")
    expect(page.locator("#proposal")).to_contain_text("disease osteoarthritis; dose twice")


def test_the_orcid_is_asked_once_and_checked(visit: Visit, folder: ReviewFolder) -> None:
    page = visit.page
    page.evaluate("localStorage.setItem('mscev-orcid', '')")
    page.reload()
    expect(page.locator("#which")).to_have_text("1 of 4")
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("Give your ORCID iD first")
    expect(page.locator("#orcid")).to_be_focused()
    page.fill("#orcid", "0000-0002-1825-0098")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("no ORCID iD")
    page.fill("#orcid", f"https://orcid.org/{ME}")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("kept in this browser")
    page.reload()
    expect(page.locator("#orcid")).to_have_value(f"https://orcid.org/{ME}")
    expect(page.locator("#which")).to_have_text("1 of 4")
    page.keyboard.press("a")
    expect(page.locator("#counts")).to_contain_text("1 accepted")
    assert [one.reviewer for one in folder.decisions(ARTICLE)] == [f"orcid:{ME}"]


def test_filters_and_what_is_decided(visit: Visit) -> None:
    page = visit.page
    filters = page.locator("#filters")
    filters.get_by_label("Rule").select_option("passive-trigger")
    expect(page.locator("#which")).to_have_text("1 of 1")
    expect(page.locator("#proposal .statement")).to_have_text(GROWN.statement)
    filters.get_by_label("Rule").select_option("")
    filters.get_by_label("Score from").fill("0.65")
    filters.get_by_label("Score from").press("Enter")
    expect(page.locator("#which")).to_have_text("1 of 2")
    filters.get_by_label("Score from").fill("")
    filters.get_by_label("Predicate").select_option(HELPED.predicate)
    expect(page.locator("#proposal .statement")).to_have_text(HELPED.statement)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#told")).to_have_text(f"Accepted: {HELPED.statement}")
    filters.get_by_label("Show").select_option("decided")
    expect(page.locator("#proposal .decisions")).to_contain_text(f"accepted by {ME}")


def test_a_stale_page_says_what_to_do(visit: Visit, folder: ReviewFolder) -> None:
    page = visit.page
    page.evaluate(
        """() => { const sent = window.fetch; window.fetch = (address, given = {}) =>
            sent(address, {...given, headers: {...given.headers, "x-csrf-token": "old"}}); }"""
    )
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("reload /review")
    assert folder.decisions(ARTICLE) == ()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_everybody_can_use_it(visit: Visit, scheme: str, width: int) -> None:
    page = visit.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(AXE.read_text("utf-8"))
    for key in ("", "e", "Escape", "r", "Escape", "?"):
        if key:
            page.keyboard.press(key)
        found = page.evaluate(
            "axe.run().then(r => r.violations.map(v => [v.id, ...v.nodes.map(n => n.html)]))"
        )
        assert found == [], key
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, key
