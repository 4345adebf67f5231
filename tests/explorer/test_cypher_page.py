"""The page for Cypher as HTTP gives it: what it may load, what stands in it, and the picture of an answer."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import httpx
import pytest

from api.explorer.saved import groups
from api.views import ANSWER_IDS
from schema.kinds import KINDS
from schema.predicates import PREDICATES
from schema.stored import LABELS, LINKS
from tests.conftest import Service
from tests.explorer.page import Page, get
from tests.node.run import node

ROOT = Path(__file__).parents[2]
VENDORED = ROOT / "api/static/cypher"
IL6, OSTEOARTHRITIS = "HGNC:6018", "MONDO:0005178"


@pytest.fixture
def page(service: Service) -> Page:
    return get(service, "/cypher")


def given(page: Page) -> dict[str, object]:
    value: dict[str, object] = json.loads(page.text('//script[@id="page"]'))
    return value


def test_it_loads_from_here_and_nothing_else(page: Page, service: Service) -> None:
    assert page.status == 200
    addresses = page.all("//script/@src | //link/@href | //img/@src")
    assert [address for address in addresses if not str(address).startswith(("/", "data:,"))] == []
    for address in map(str, addresses):
        if address.startswith("/"):
            assert httpx.get(service.url + address, timeout=60).status_code == 200


def test_styles_of_the_editor_need_a_word_that_is_used_once(service: Service) -> None:
    policies = [get(service, "/cypher").response.headers["content-security-policy"] for _ in range(2)]
    assert policies[0] != policies[1]
    assert "unsafe" not in policies[0]
    assert "script-src 'self';" in policies[0]
    nonce = re.search(r"style-src 'self' 'nonce-([\w-]{20,})'", policies[0])
    assert nonce
    other = get(service, "/").response.headers["content-security-policy"]
    assert "style-src 'self';" in other


def test_every_page_leads_there(service: Service) -> None:
    for path in ("/", f"/entity/{IL6}", "/entity/nobody", "/cypher"):
        assert {"/cypher", "/graphql"} <= set(map(str, get(service, path).all("//header//a/@href")))


def test_it_takes_no_parameters(service: Service) -> None:
    assert get(service, "/cypher?statement=x").status == 422


def test_completion_knows_the_whole_schema(page: Page) -> None:
    words = given(page)["words"]
    assert isinstance(words, dict)
    names = {what: [one["label"] for one in found] for what, found in words.items()}
    assert set(names["labels"]) == {label.name for label in LABELS} | {kind.name for kind in KINDS}
    assert set(names["types"]) == {link.name for link in LINKS} | {p.name for p in PREDICATES}
    assert {"claimIds", "minDiameterNm", "statement", "starts"} <= set(names["properties"])
    assert all(found == sorted(set(found)) for found in names.values())


def test_saved_questions_stand_there_with_what_they_ask(page: Page) -> None:
    for group in groups():
        assert group.heading in page.text('//*[@id="saved"]')
        for one in group.questions:
            (link,) = page.all(f'//a[@href="#question={one.name}"]')
            assert link.text == one.title
    told = given(page)["questions"]
    assert isinstance(told, list)
    assert len(told) == sum(len(group.questions) for group in groups())


@pytest.mark.usefixtures("loaded")
class TestAnswers:
    def shown(self, service: Service, *ids: str) -> httpx.Response:
        return httpx.get(f"{service.url}/views/answer.svg", params={"id": list(ids)}, timeout=60)

    def test_it_draws_what_is_named_and_nothing_else(self, service: Service) -> None:
        answer = self.shown(service, IL6, OSTEOARTHRITIS)
        assert answer.status_code == 200
        assert ">IL6<" in answer.text
        assert ">osteoarthritis<" in answer.text
        assert ">MSC-EV<" not in answer.text

    def test_a_claim_joins_what_it_relates(self, service: Service) -> None:
        query = '{ claims(filter: {object: {eq: "HGNC:6018"}}, first: 1) { nodes { id } } }'
        (claim,) = service.ask(query)["claims"]["nodes"]
        assert ">IL6<" in self.shown(service, claim["id"]).text

    def test_the_same_ids_are_the_same_picture(self, service: Service) -> None:
        one, other = (self.shown(service, *ids) for ids in ((IL6, OSTEOARTHRITIS), (OSTEOARTHRITIS, IL6)))
        assert one.content == other.content

    @pytest.mark.parametrize(
        ("ids", "problem"),
        [
            ([], "id"),
            (["x"] * (ANSWER_IDS + 1), str(ANSWER_IDS)),
            (["mscev:nobody"], "nothing that can be drawn"),
        ],
    )
    def test_none_too_many_and_unknown_ones_are_refused(
        self, service: Service, ids: list[str], problem: str
    ) -> None:
        answer = self.shown(service, *ids)
        assert answer.status_code == 400
        assert problem in answer.json()["error"]["message"]


def test_the_editor_is_the_file_whose_hash_is_told() -> None:
    digest = hashlib.sha256(VENDORED.joinpath("codemirror.min.js").read_bytes()).hexdigest()
    assert digest in ROOT.joinpath("docs/decisions/0014-editor-for-cypher.md").read_text(encoding="utf-8")


@pytest.mark.tools
def test_the_editor_is_made_from_its_parts(tmp_path: Path) -> None:
    node("bundle.mjs", "codemirror", str(tmp_path))
    for name in ("codemirror.min.js", "LICENSE.codemirror"):
        assert VENDORED.joinpath(name).read_bytes() == tmp_path.joinpath(name).read_bytes()
