"""The city's templates reach Meta as it wants them, once, and what it says about each is told."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from bot.channels.base import Delivered, Rendered, TemplateUnusable
from bot.channels.whatsapp import WhatsAppCitizen
from bot.channels.whatsapp_errors import CloudApiError
from bot.channels.whatsapp_graph import Graph
from bot.channels.whatsapp_templates import push, standings
from cities.templates import Filled
from tests.emulators.cloud_api import ACCESS_TOKEN, ACCOUNT_ID, NUMBER_ID, CloudApi
from tests.emulators.serving import serving
from tests.makers import CITY

TEMPLATES = CITY.templates
EACH = sum(len(template.text) for template in TEMPLATES)


@pytest.fixture(scope="module")
def loopback() -> Iterator[tuple[CloudApi, str]]:
    api = CloudApi()
    with serving(api.app()) as url:
        yield api, url


@pytest.fixture
def api(loopback: tuple[CloudApi, str]) -> Iterator[CloudApi]:
    api = loopback[0]
    for kept in (api.sent, api.faults, api.violations, api.templates):
        kept.clear()
    yield api
    assert not api.violations


@pytest.fixture
async def graph(api: CloudApi, loopback: tuple[CloudApi, str]) -> AsyncIterator[Graph]:
    graph = Graph(ACCESS_TOKEN, loopback[1])
    yield graph
    await graph.close()


async def test_every_template_is_handed_over_once_in_every_language_however_often_one_pushes(
    api: CloudApi, graph: Graph
) -> None:
    first = await push(graph, ACCOUNT_ID, TEMPLATES)
    assert [each.done for each in first] == ["created"] * EACH
    assert len(api.templates) == EACH
    assert [each.done for each in await push(graph, ACCOUNT_ID, TEMPLATES)] == [""] * EACH


async def test_utility_and_marketing_are_filed_apart(api: CloudApi, graph: Graph) -> None:
    await push(graph, ACCOUNT_ID, TEMPLATES)
    filed = {name: kept["category"] for (name, _), kept in api.templates.items()}
    assert filed["kabar_laporan"] == "UTILITY"
    assert filed["info_warga"] == "MARKETING"


async def test_one_that_was_worded_anew_goes_to_approval_again(api: CloudApi, graph: Graph) -> None:
    await push(graph, ACCOUNT_ID, TEMPLATES)
    api.approve()
    text = MappingProxyType({**TEMPLATES[0].text, "id": f"Halo. {TEMPLATES[0].text['id']}"})
    found = await push(graph, ACCOUNT_ID, (replace(TEMPLATES[0], text=text), *TEMPLATES[1:]))
    changed = [(each.name, each.locale, each.status) for each in found if each.done]
    assert changed == [(TEMPLATES[0].name, "id", "PENDING")]


async def test_one_that_meta_refuses_does_not_stop_the_others(api: CloudApi, graph: Graph) -> None:
    await standings(graph, ACCOUNT_ID, TEMPLATES)
    api.faults.clear()
    first = await push(graph, ACCOUNT_ID, TEMPLATES[:1])
    assert {each.done for each in first} == {"created"}
    api.templates.clear()
    asked = graph.ask

    async def refuse_one(method: str, path: str, **request: object) -> object:
        if isinstance(body := request.get("json"), dict) and body.get("name") == TEMPLATES[1].name:
            raise CloudApiError(400, 2388019, "too many templates")
        return await asked(method, path, **request)

    graph.ask = refuse_one  # type: ignore[assignment, method-assign]
    found = await push(graph, ACCOUNT_ID, TEMPLATES)
    refused = [each for each in found if "2388019" in each.done]
    assert {each.name for each in refused} == {TEMPLATES[1].name}
    assert len(api.templates) == EACH - len(refused)


async def test_how_each_stands_is_told_with_what_meta_does_not_have(api: CloudApi, graph: Graph) -> None:
    await push(graph, ACCOUNT_ID, TEMPLATES[1:])
    api.approve()
    api.approve("kabar_laporan", status="PAUSED")
    found = {each.name: each.status for each in await standings(graph, ACCOUNT_ID, TEMPLATES)}
    assert found[TEMPLATES[0].name] == "MISSING"
    assert found["kabar_laporan"] == "PAUSED"
    assert found["ada_pesan"] == "APPROVED"


async def test_an_account_that_is_not_ours_is_an_error(graph: Graph) -> None:
    with pytest.raises(CloudApiError):
        await push(graph, "1", TEMPLATES)


FILLED = Filled(
    "kabar_laporan", "id", (("nomor", "BDG-261124-0042-4"), ("status", "Dijadwalkan")), ("read_news",), False
)


async def test_a_filled_template_is_sent_by_name_with_what_its_buttons_mean(
    api: CloudApi, graph: Graph, loopback: tuple[CloudApi, str]
) -> None:
    await push(graph, ACCOUNT_ID, TEMPLATES)
    api.approve()
    channel = WhatsAppCitizen(ACCESS_TOKEN, NUMBER_ID, loopback[1])
    assert isinstance(await channel.deliver("628120000001", Rendered("", template=FILLED)), Delivered)
    (sent,) = api.sent
    assert sent["template"]["language"] == {"code": "id"}
    body, button = sent["template"]["components"]
    assert [one["text"] for one in body["parameters"]] == ["BDG-261124-0042-4", "Dijadwalkan"]
    assert button["parameters"] == [{"type": "payload", "payload": "0:read_news"}]
    api.approve("kabar_laporan", status="PAUSED")
    refused = await channel.deliver("628120000001", Rendered("", template=FILLED))
    assert isinstance(refused, TemplateUnusable)
    assert refused.status == "PAUSED"
    await channel.close()
