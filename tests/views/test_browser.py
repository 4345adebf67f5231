from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.views.conftest import Show, Shown, Visit
from tests.views.samples import PAYLOADS, STYLE, hostile, random_graph, small
from views import Style, Subgraph, render

pytestmark = pytest.mark.tools

INK = """() => {
    const canvas = document.querySelector("#graph canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]) ink += 1;
    return ink / (data.length / 4);
}"""
NODES = "mscevView.network.body.nodeIndices.length"
EDGES = "mscevView.network.body.edgeIndices.length"


def middle_of_edge(shown: Shown, identifier: str) -> tuple[float, float]:
    """Where on the screen the middle of a relation stands, as the page itself draws it."""
    x, y = shown.value(
        f"""(() => {{
            const facts = JSON.parse(document.getElementById("facts").textContent);
            const place = facts.edges.findIndex((row) => facts.text[row[0]] === {json.dumps(identifier)});
            const edge = mscevView.network.body.edges[place];
            const at = mscevView.network.canvasToDOM(edge.edgeType.getPoint(0.3));
            const box = document.getElementById("graph").getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }})()"""
    )
    return x, y


def place_of_node(shown: Shown, name: str) -> tuple[float, float]:
    x, y = shown.value(
        f"""(() => {{
            const facts = JSON.parse(document.getElementById("facts").textContent);
            const place = facts.nodes.findIndex((row) => facts.text[row[1]] === {json.dumps(name)});
            const at = mscevView.network.canvasToDOM(mscevView.network.getPosition(place));
            const box = document.getElementById("graph").getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }})()"""
    )
    return x, y


@pytest.mark.parametrize(("nodes", "edges"), [(12, 16), (60, 300), (300, 600)])
def test_all_is_drawn_without_a_request_or_a_complaint(show: Show, nodes: int, edges: int) -> None:
    shown = show(random_graph(nodes, edges, claims=True), STYLE)
    assert (shown.value(NODES), shown.value(EDGES)) == (nodes, edges)
    assert shown.value(INK) > 0.01


def test_an_empty_graph_says_so(show: Show) -> None:
    shown = show(Subgraph((), ()), Style())
    assert shown.text("#message") == "Nothing to draw: the query gave no entities."


def test_a_large_graph_is_drawn_whole(show: Show) -> None:
    shown = show(random_graph(2000, 6000), STYLE)
    assert (shown.value(NODES), shown.value(EDGES)) == (2000, 6000)


def test_three_fresh_visits_show_the_same_picture(show: Show) -> None:
    pictures = {show(random_graph(60, 90), STYLE).page.screenshot() for _ in range(3)}
    assert len(pictures) == 1


def test_the_page_neither_scrolls_nor_hides_its_frame(show: Show) -> None:
    shown = show(small(), STYLE)
    assert shown.value("document.documentElement.scrollHeight <= innerHeight")
    assert shown.value("document.documentElement.scrollWidth <= innerWidth")
    for selector in ("h1", "#legend li:last-child", "#source"):
        box = shown.page.locator(selector).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1280
        assert box["y"] + box["height"] <= 720
    tops = shown.value("[...document.querySelectorAll('#legend li')].map(l => l.getBoundingClientRect().top)")
    graph = shown.page.locator("#graph").bounding_box()
    assert graph is not None
    assert graph["y"] + graph["height"] <= min(tops) + 0.5


def test_type_is_at_least_12_points_on_the_slide(show: Show) -> None:
    shown = show(random_graph(100, 150), STYLE)
    sizes = shown.value(
        "['h1', '#legend', '#notes', '#source'].map("
        "s => parseFloat(getComputedStyle(document.querySelector(s)).fontSize))"
    )
    assert min(sizes) >= 15.99


def test_a_click_on_a_relation_tells_who_says_so(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.mouse.click(*middle_of_edge(shown, "r02"))
    shown.until("!document.getElementById('detail').hidden")
    told = shown.text("#detail")
    for words in (
        "AT-MSC-EV decreases tumor necrosis factor",
        "Statement number 2.",
        "decreased: the object goes down",
        "target cell",
        "chondrocyte",
        "“Osteoarthritis”, paragraph 42, sentence 3",
        "A quoted sentence.",
        "Exosomes of fat in worn joints",
        "10.1000/xyz(123)",
        "cells not vesicles: the paper is about cells, the sentence about vesicles",
        "a trial of cells",
        "preclinical: cells, tissue or animals",
    ):
        assert words in told
    links = shown.value("[...document.querySelectorAll('#detail a')].map(a => [a.href, a.rel, a.target])")
    assert ["https://doi.org/10.1000/xyz(123)", "noopener noreferrer", "_blank"] in links
    assert all(link[0].startswith("https://") for link in links)


def test_a_negated_relation_is_told_as_such(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.mouse.click(*middle_of_edge(shown, "r15"))
    shown.until("!document.getElementById('detail').hidden")
    assert "(said not to hold)" in shown.text("#detail h2")
    assert "The source says that this does not hold." in shown.text("#detail")


def test_a_click_on_an_entity_tells_what_it_is_and_leads_on(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.mouse.click(*place_of_node(shown, "interleukin 6"))
    shown.until("!document.getElementById('detail').hidden")
    assert "synonym of interleukin 6" in shown.text("#detail")
    assert shown.value("document.querySelector('#detail a').textContent") == "HGNC:6018"
    shown.page.click("#detail button:has-text('AT-MSC-EV decreases interleukin 6')")
    assert "Statement number 1." in shown.text("#detail")


def test_a_click_on_a_label_is_a_click_on_its_entity(show: Show) -> None:
    shown = show(small(), STYLE)
    x, y = place_of_node(shown, "chondrocyte")
    shown.page.mouse.click(x, y + 32)
    assert shown.until("document.querySelector('#detail h2')?.textContent") == "chondrocyte"


def test_the_search_finds_names_synonyms_and_ids(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.keyboard.press("/")
    for wanted, count in (
        ("INTERLEUKIN", 2),
        ("synonym of joint", 1),
        ("hgnc:", 3),
        ("nowhere", 0),
        ("", 12),
    ):
        shown.page.fill("#search", wanted)
        assert shown.value("document.querySelectorAll('#results button').length") == count
    shown.page.fill("#search", "nf-κb")
    shown.page.keyboard.press("Enter")
    assert shown.text("#detail h2") == "NF-κB signalling"


def test_the_filters_hide_kinds_and_relations(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.click("#open")
    shown.page.click("#filters summary")
    shown.page.click("#kinds label:has-text('cytokine')")
    assert "9 of 12 entities and 10 of 16 relations shown" in shown.text("#status")
    shown.page.click("#predicates label:has-text('carries')")
    assert "9 of 12 entities and 9 of 16 relations shown" in shown.text("#status")
    assert shown.value("mscevView.sets.nodes.get({ filter: n => n.hidden }).length") == 3
    assert shown.value("mscevView.sets.edges.get({ filter: e => e.hidden }).length") == 7
    shown.page.click("#all")
    assert "12 of 12 entities and 16 of 16 relations shown" in shown.text("#status")


def test_the_tables_hold_everything(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.click("#open")
    shown.page.click("#data summary")
    shown.until("document.querySelectorAll('#tables tbody tr').length === 28")
    assert "Statement number 7." in shown.text("#tables")


def test_the_keyboard_is_enough(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.keyboard.press("Tab")
    assert shown.value("document.activeElement.getAttribute('role')") == "application"
    assert "a graph of 12 entities, 16 relations" in shown.value(
        "document.activeElement.getAttribute('aria-label')"
    )
    shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("Enter")
    first = shown.text("#detail h2")
    assert shown.value("document.activeElement.id") == "detail"
    shown.page.keyboard.press("Escape")
    assert shown.value("document.getElementById('detail').hidden")
    shown.page.keyboard.press("Escape")
    assert shown.value("document.getElementById('panel').hidden")
    assert shown.value("document.activeElement.id") == "open"
    assert first
    shown.page.keyboard.press("Enter")
    assert shown.value("document.activeElement.id") == "search"
    shown.page.keyboard.press("ArrowDown")
    shown.page.keyboard.press("ArrowDown")
    shown.page.keyboard.press("Enter")
    names = shown.value(
        "[...document.querySelectorAll('#results button')].map(b => b.firstChild.textContent)"
    )
    assert shown.text("#detail h2") == names[1]


def test_arrows_walk_to_neighbours(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.page.keyboard.press("/")
    shown.page.fill("#search", "chondrocyte")
    shown.page.keyboard.press("Enter")
    shown.page.focus("#graph .vis-network")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        shown.page.keyboard.press(key)
    assert shown.text("#detail h2") in {"cell proliferation", "chondrocyte", "miR-140-5p"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes_have_their_ground(show: Show, theme: str) -> None:
    shown = show(small(), replace(STYLE, theme=theme))
    ground = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 22, 28)"}[theme]
    assert shown.value("getComputedStyle(document.body).backgroundColor") == ground
    assert shown.value(INK) > 0.01


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_the_data_is_executed(show: Show, payload: str) -> None:
    shown = show(*hostile(payload))
    elements = "document.querySelectorAll('body *').length"
    assert shown.value(EDGES) == 2
    shown.page.click("#open")
    shown.page.click("#data summary")
    shown.page.click("#filters summary")
    shown.page.fill("#search", payload.replace("\x00", ""))
    for i in (0, 1):
        shown.page.fill("#search", "")
        shown.page.locator("#results button").nth(i).click()
        shown.page.locator("#detail button").first.click()
    for x in range(200, 800, 60):
        shown.page.mouse.move(x, 360)
    shown.page.wait_for_timeout(150)
    assert shown.value("window.hit") is None
    assert (
        shown.value("document.querySelectorAll('img, iframe, object, embed, body style, b, i').length") == 0
    )
    assert shown.value("[...document.querySelectorAll('a')].every(a => /^https?:/.test(a.href))")
    assert shown.value(elements) > 50


def test_pages_of_all_sizes_show_the_whole_slide(show: Show) -> None:
    for width, height in ((1920, 1080), (640, 360), (420, 800), (1280, 500)):
        shown = show(small(), STYLE, width, height)
        box = shown.page.locator("#stage").bounding_box()
        assert box is not None
        assert abs(box["width"] / box["height"] - 16 / 9) < 0.01
        assert box["width"] <= width + 0.5
        assert box["height"] <= height + 0.5
        shown.page.click("#open")
        shown.until("document.getElementById('panel').getBoundingClientRect().height > 100")


def test_it_prints_on_one_page_without_its_buttons(show: Show) -> None:
    shown = show(small(), STYLE)
    paper = shown.page.pdf(prefer_css_page_size=True, print_background=True)
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") == 1
    shown.page.emulate_media(media="print")
    assert not shown.page.locator("#open").is_visible()


def test_it_runs_in_a_sandboxed_frame(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "view.html").write_bytes(render(small(), STYLE, "html"))
    outer = tmp_path / "outer.html"
    outer.write_text('<iframe sandbox="allow-scripts" src="view.html" width="1280" height="720"></iframe>')
    context = browser.new_context()
    messages: list[str] = []
    page = context.new_page()
    page.on("console", lambda m: messages.append(m.text))
    page.goto(outer.as_uri())
    shown = Shown(page)
    frame = page.frames[1]
    for _ in range(400):
        if frame.evaluate("document.documentElement.dataset.drawn"):
            break
        page.wait_for_timeout(25)
    assert frame.evaluate(NODES) == 12
    assert shown.requests == messages == []
    context.close()


def test_rows_in_another_order_are_the_same_pixels(show: Show) -> None:
    graph = small()
    turned = Subgraph(graph.nodes[::-1], graph.edges[::-1])
    one, other = (show(g, STYLE).page.screenshot() for g in (graph, turned))
    assert one == other


def test_parallel_relations_are_seen_apart(show: Show) -> None:
    shown = show(small(), STYLE)
    middles = sorted(middle_of_edge(shown, name) for name in ("r07", "r08"))
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) > 8 for a, b in pairwise(middles))


def test_the_policy_is_in_force(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.value("""(() => {
        const script = document.createElement("script");
        script.textContent = "window.hit = 1";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hit = 1'>");
    })()""")
    shown.page.wait_for_timeout(200)
    assert shown.value("window.hit") is None
    assert sum("Content Security Policy" in message for message in shown.messages) >= 2
    shown.messages.clear()
    shown.requests.clear()


DECK = """<!DOCTYPE html><meta charset="utf-8"><title>deck</title><body tabindex="-1">
<iframe sandbox="allow-scripts" src="view.html" width="1280" height="680"></iframe>
<script>
    window.heard = [];
    window.pressed = [];
    addEventListener("message", (event) => heard.push(event.data));
    addEventListener("keydown", (event) => pressed.push(event.key));
</script>"""


@pytest.fixture
def deck(visit: Visit, tmp_path: Path) -> Shown:
    """A page that frames a view as a deck does, and keeps what it hears."""
    (tmp_path / "view.html").write_bytes(render(small(), STYLE, "html"))
    (tmp_path / "deck.html").write_text(DECK)
    shown = visit((tmp_path / "deck.html").as_uri())
    shown.until("document.querySelector('iframe') && window.frames.length === 1")
    frame = shown.page.frames[1]
    for _ in range(400):
        if frame.evaluate("document.documentElement.dataset.drawn"):
            break
        shown.page.wait_for_timeout(25)
    shown.requests.clear()  # the frame's own file
    return shown


def heard(shown: Shown, count: int = 0) -> list[str]:
    """What the deck was told: waits for `count` messages, and a little for more than that."""
    shown.until(f"window.heard.length >= {count}")
    shown.page.wait_for_timeout(250)
    messages = [json.loads(message) for message in shown.value("window.heard.splice(0)")]
    assert all(set(message) == {"method"} for message in messages)
    return [message["method"] for message in messages]


def test_the_keys_of_a_deck_work_after_a_click_in_the_graph(deck: Shown) -> None:
    deck.page.mouse.click(60, 160)  # free ground
    for key in ("ArrowRight", "ArrowLeft", "PageDown", "PageUp", "Space", "Shift+Space"):
        deck.page.keyboard.press(key)
    assert heard(deck, 6) == ["next", "prev", "next", "prev", "next", "prev"]
    assert deck.value("window.pressed") == []


def test_arrows_walk_the_graph_while_an_entity_is_chosen(deck: Shown) -> None:
    frame = deck.page.frames[1]
    deck.page.mouse.click(60, 160)
    deck.page.keyboard.press("ArrowDown")
    for _ in range(400):
        if "neighbour" in frame.evaluate("document.getElementById('status').textContent"):
            break
        frame.wait_for_timeout(25)
    else:
        pytest.fail("no neighbour was told")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        deck.page.keyboard.press(key)
    assert heard(deck) == []
    deck.page.keyboard.press("PageDown")
    assert heard(deck, 1) == ["next"]
    deck.page.keyboard.press("Escape")
    deck.page.keyboard.press("ArrowRight")
    assert heard(deck, 1) == ["next"]


def test_keys_typed_into_the_panel_stay_there(deck: Shown) -> None:
    deck.page.mouse.click(60, 160)
    deck.page.keyboard.press("/")
    for key in ("a", "Space", "ArrowLeft", "PageDown"):
        deck.page.keyboard.press(key)
    assert heard(deck) == []
    assert deck.page.frames[1].evaluate("document.getElementById('search').value") == "a "


def test_escape_gives_the_keys_back_to_the_deck(deck: Shown) -> None:
    deck.page.mouse.click(60, 160)
    deck.page.keyboard.press("/")
    deck.page.keyboard.press("Escape")
    deck.page.keyboard.press("ArrowRight")
    assert heard(deck, 1) == ["next"]
    deck.page.keyboard.press("Escape")
    deck.until("document.activeElement === document.body")
    deck.page.keyboard.press("ArrowLeft")
    assert deck.until("window.pressed.length && window.pressed") == ["ArrowLeft"]
    assert heard(deck) == []


def test_a_page_of_its_own_passes_nothing_on(show: Show) -> None:
    shown = show(small(), STYLE)
    shown.value("void (window.heard = [], addEventListener('message', (event) => heard.push(event.data)))")
    for key in ("ArrowRight", "PageDown", "Space", "Escape"):
        shown.page.keyboard.press(key)
    shown.page.wait_for_timeout(50)
    assert shown.value("window.heard") == []


AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation(show: Show, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not there; `make tools` installs it")
    shown = show(replace(small(), truncated=True), replace(STYLE, theme=theme))
    shown.value(AXE.read_text("utf-8") + "; undefined")
    assert violations(shown) == []
    shown.page.click("#open")
    shown.page.click("#filters summary")
    shown.page.click("#data summary")
    assert violations(shown) == []
    shown.page.locator("#results button").nth(2).click()
    assert violations(shown) == []
    shown.page.locator("#detail button").first.click()
    assert violations(shown) == []


def violations(shown: Shown) -> list[str]:
    found: list[str] = shown.value(
        "axe.run().then(r => r.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`))"
    )
    return found
