"""GraphiQL in a real Chromium: it asks and shows an answer, and loads nothing from another machine."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from api.questions import questions
from tests.conftest import Service

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("loaded")]


def test_the_first_query_is_answered_offline(service: Service, browser: Browser) -> None:
    page = browser.new_context().new_page()
    elsewhere: list[str] = []
    messages: list[str] = []
    page.on(
        "request", lambda r: elsewhere.append(r.url) if not r.url.startswith((service.url, "data:")) else None
    )
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(f"{service.url}/graphql")
    page.click("button.graphiql-execute-button")
    page.wait_for_selector(".result-window :text('statement')", timeout=30_000)
    assert "IL6" in page.inner_text(".result-window")
    assert elsewhere == []
    assert messages == []
    page.context.close()


def test_a_question_is_chosen_and_answered(service: Service, browser: Browser) -> None:
    question = next(one for one in questions() if one.variables)
    page = browser.new_context().new_page()
    page.goto(f"{service.url}/graphql")
    assert page.locator("#questions option").count() == len(questions()) + 1
    page.select_option("#questions select", label=question.title)
    page.wait_for_url(f"{service.url}{question.graphql_address}")
    given = parse_qs(urlsplit(page.url).query)
    assert (given["query"], json.loads(given["variables"][0])) == ([question.graphql], question.variables)
    page.click("button.graphiql-execute-button")
    page.wait_for_selector(".result-window :text('microvesicle')", timeout=30_000)
    assert page.locator("#questions select").input_value() == question.graphql_address
    page.context.close()
