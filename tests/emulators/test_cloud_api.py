"""The jobs of the program and the real channel against the stand-in for WhatsApp, which holds them to Meta's rules by its clock."""

import itertools
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import func, select

from bot.app import arrival
from bot.channels.whatsapp import WhatsAppCitizen
from bot.channels.whatsapp_errors import rules
from bot.channels.whatsapp_templates import push
from bot.channels.whatsapp_webhook import events_of
from bot.dialogue.replies import Choice, Reply
from bot.jobs.receiving import receive
from storage import Tx, outbox
from storage.tables import Conversation, OutboxMessage
from tests.emulators.cloud_api import ACCESS_TOKEN, ACCOUNT_ID, NUMBER_ID, CloudApi
from tests.emulators.phones import Phone, webhook
from tests.emulators.serving import serving
from tests.jobs.conftest import program  # noqa: F401 - the fixture
from tests.jobs.program import Program

COUNT = itertools.count()
NEWS = (("nomor", "BDG-261124-0042-4"), ("opd", "Dishub"), ("tenggat", "Kamis"), ("status", "Dijadwalkan"))


@pytest.fixture(scope="module")
def loopback() -> Iterator[tuple[CloudApi, str]]:
    api = CloudApi()
    with serving(api.app()) as url:
        yield api, url


@dataclass(slots=True)
class Town:
    """The program, the platform, and one person between them."""

    program: Program
    api: CloudApi
    channel: WhatsAppCitizen
    phone: Phone

    async def hear(self, *bodies: bytes, times: int = 1) -> None:
        """Meta calls our webhook."""
        for body in bodies * times:
            for raw in events_of(body):
                await receive(self.program.tools, arrival(self.channel, raw))
        await self.rest()

    async def rest(self) -> None:
        await self.program.work.rest()

    async def owes(self, text: str, *, news: str = "status.dijadwalkan", **more: Any) -> None:
        """There is news for the person."""
        body = Reply(text, (Choice("see", "Lihat"),), news=news, blanks=NEWS, **more).to_json()
        await self.program.db.run(_owe, body, f"news {next(COUNT)}", self.program.time)
        await self.rest()

    async def passes(self, **span: float) -> None:
        """Time goes by, with the ticks."""
        self.program.pass_time(**span)
        for conversation in await self.program.db.read(outbox.conversations_due, self.program.time):
            self.program.work.wake(f"delivery:{conversation}")
        await self.rest()

    async def states(self) -> dict[str, tuple[str, str]]:
        """How every piece of news stands, by its words."""
        return {owed.text: (owed.state, owed.reason) for owed in await self.program.owed() if "news" in owed.key}


def _owe(tx: Tx, body: str, key: str, now: Any) -> None:
    outbox.owe(tx, conversation_id=1, body=body, key=key, now=now)


@pytest.fixture
async def town(program: Program, loopback: tuple[CloudApi, str]) -> AsyncIterator[Town]:  # noqa: F811
    api, url = loopback
    api.forget()
    api.clock = lambda: program.time.timestamp()  # noqa: PLW0108 - the time moves on
    channel = WhatsAppCitizen(ACCESS_TOKEN, NUMBER_ID, url)
    program.tools.channels = {**program.tools.channels, channel.source: channel}
    await push(channel._graph, ACCOUNT_ID, program.tools.office.city.templates)
    town = Town(program, api, channel, Phone(api))
    yield town
    await town.rest()
    await channel.close()
    assert not api.violations


async def approved(town: Town) -> None:
    town.api.approve()
    for (name, locale), kept in town.api.templates.items():
        told = {"message_template_name": name, "message_template_language": locale, "reason": "NONE"}
        category = kept["category"]
        await town.hear(
            webhook("message_template_status_update", event="APPROVED", message_template_category=category, **told)
        )


async def test_a_message_is_answered_once_however_often_it_comes_and_shown_as_read_and_typing(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"), times=3)
    assert len(town.phone.texts) == 1
    assert len(town.api.read) == len(town.api.typing) == 1


async def test_news_after_a_day_is_announced_by_template_and_follows_at_a_tap(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await approved(town)
    await town.passes(hours=23, minutes=59)
    await town.owes("in time")
    await town.passes(minutes=2)
    await town.owes("first")
    await town.owes("second")
    assert town.phone.texts[1:] == ["in time", "[kabar_laporan] BDG-261124-0042-4 Dijadwalkan"]
    await town.hear(town.phone.taps(), times=2)
    assert town.phone.texts[3:] == ["first", "second"]
    assert {state for state, _ in (await town.states()).values()} == {"sent"}


async def test_a_later_tap_for_which_nothing_is_held_is_answered(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await approved(town)
    await town.passes(days=2)
    await town.owes("news")
    (template,) = [sent for sent in town.phone.messages if sent["type"] == "template"]
    button = next(part for part in template["template"]["components"] if part["type"] == "button")
    tap = {"payload": button["parameters"][0]["payload"], "text": "Baca kabar"}
    await town.hear(town.phone.does("button", tap))
    assert town.phone.texts[2:] == ["news"]
    await town.passes(minutes=5)
    await town.hear(town.phone.does("button", tap))
    assert "Tidak ada kabar lain" in town.phone.texts[-1]
    assert len(town.phone.texts) == 4


async def test_a_template_that_says_it_all_is_the_only_message(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await approved(town)
    await town.passes(days=3)
    await town.owes("diteruskan ke Dishub", news="status.didisposisikan")
    assert town.phone.texts[1:] == ["[laporan_diteruskan_opd] BDG-261124-0042-4 Dishub Kamis"]
    await town.hear(town.phone.status(2, "delivered"), town.phone.writes("/bantuan"))
    assert await town.states() == {"diteruskan ke Dishub": ("delivered", "")}
    assert len(town.phone.texts) == 3


async def test_a_paused_template_is_found_out_and_another_takes_its_place(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await approved(town)
    town.api.approve("kabar_laporan", status="PAUSED")
    await town.passes(days=3)
    await town.owes("news")
    assert town.phone.texts[1:] == ["[ada_pesan]"]


async def test_a_window_that_only_meta_finds_shut_is_announced_by_template_too(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await approved(town)
    await town.passes(minutes=5)
    town.api.wrote.clear()
    await town.owes("news")
    assert town.phone.texts[1:] == ["[kabar_laporan] BDG-261124-0042-4 Dijadwalkan"]
    await town.passes(minutes=5)
    await town.hear(town.phone.taps())
    assert town.phone.texts[2:] == ["news"]


async def test_before_any_template_is_approved_the_news_waits_and_none_is_lost(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await town.passes(days=3)
    await town.owes("news")
    assert len(town.phone.texts) == 1
    assert (await town.states())["news"][0] == "held"
    await approved(town)
    await town.passes(seconds=2)
    assert town.phone.texts[1:] == ["[kabar_laporan] BDG-261124-0042-4 Dijadwalkan"]
    await town.hear(town.phone.writes("/bantuan"))
    assert town.phone.texts[2] == "news"


async def test_a_webhook_that_comes_a_day_late_is_not_taken_for_an_open_window(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    late = town.phone.writes("/status")
    await town.passes(hours=30)
    await town.hear(late)
    assert len(town.phone.texts) == 1
    await town.hear(town.phone.writes("/bantuan"))
    assert len(town.phone.texts) == 3


async def test_statuses_in_any_order_settle_and_are_billed_once(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await town.owes("news")
    pricing = {"billable": True, "pricing_model": "PMP", "category": "service"}
    await town.hear(
        *(town.phone.status(2, state, pricing=pricing) for state in ("read", "sent", "delivered", "read")), times=2
    )
    assert await town.states() == {"news": ("read", "")}


@pytest.mark.slow
async def test_after_every_documented_error_the_news_arrives_or_ends_with_a_reason(town: Town) -> None:
    for code, rule in rules().items():
        text = f"news of {code}."
        await town.hear(town.phone.writes("/bantuan"))
        town.api.fail_next(code)
        await town.owes(text)
        state, reason = (await town.states())[text]
        assert state == "sent" or reason, code
        await town.passes(hours=2)
        await town.hear(town.phone.writes("/bantuan"))
        await town.passes(hours=2)
        state, reason = (await town.states())[text]
        assert state == {"stop": "refused", "unreachable": "unreachable"}.get(rule.do, "sent"), code
        assert any(text in said for said in town.phone.texts) == (state == "sent"), code
        assert state == "sent" or reason, code


async def test_a_failure_told_afterwards_by_the_window_holds_and_does_not_lose(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await town.owes("news")
    await town.hear(town.phone.status(2, "failed", errors=[{"code": 131047, "title": "Re-engagement message"}]))
    assert (await town.states())["news"][0] == "held"
    await town.passes(minutes=1)
    await town.hear(town.phone.writes("/bantuan"))
    assert town.phone.texts.count("news") == 2


async def test_a_failure_by_the_window_that_is_told_after_the_person_wrote_again_is_mended_at_once(town: Town) -> None:
    await town.hear(town.phone.writes("/bantuan"))
    await town.owes("news")
    await town.passes(minutes=1)
    await town.hear(town.phone.writes("/bantuan"))
    await town.hear(town.phone.status(2, "failed", errors=[{"code": 131047, "title": "Re-engagement message"}]))
    assert (await town.states())["news"][0] == "sent"
    assert town.phone.texts.count("news") == 2


async def test_a_person_is_the_same_with_a_number_with_a_user_id_and_with_both(town: Town) -> None:
    api = town.api
    await town.hear(Phone(api, user_id="").writes("/bantuan"))
    await town.hear(Phone(api).writes("/bantuan"), Phone(api, number="").writes("/bantuan"))
    assert await town.program.db.read(_talks) == 1
    assert [sorted({"to", "recipient"} & set(sent)) for sent in api.sent] == [["to"], ["recipient"], ["recipient"]]


async def test_a_person_with_a_new_number_gets_the_news_there(town: Town) -> None:
    api = town.api
    await town.hear(Phone(api, user_id="").writes("/bantuan"))
    system = {"body": "changed", "type": "user_changed_number", "wa_id": "628120000009"}
    message = {"from": "628120000001", "id": "wamid.system", "timestamp": "1795500001", "type": "system"}
    await town.hear(webhook("messages", messages=[{**message, "system": system}]))
    api.wrote["628120000009"] = town.program.time.timestamp()
    await town.owes("news")
    assert api.sent[-1]["to"] == "628120000009"


def _talks(tx: Tx) -> int:
    return tx.session.exec(select(func.count()).select_from(Conversation)).one()


async def test_a_storm_of_failures_duplicates_and_disorder_loses_nothing(town: Town) -> None:
    chance = random.Random(7)
    await town.hear(town.phone.writes("/bantuan"))
    codes = [code for code, rule in rules().items() if rule.do not in {"stop", "unreachable", "template"}]
    wanted = [f"kabar {number}" for number in range(12)]
    for text in wanted:
        for _ in range(chance.randrange(3)):
            town.api.fail_next(chance.choice(codes), chance.choice([400, 429, 500]))
        await town.owes(text)
        late = [town.phone.status(len(town.api.sent), state) for state in ("read", "delivered", "sent")]
        chance.shuffle(late)
        await town.hear(*late, times=2)
        await town.passes(minutes=chance.randrange(200))
    town.api.faults.clear()
    for _ in range(3):
        await town.passes(hours=6)
        await town.hear(town.phone.writes("/bantuan"))
    said = [text.split("\n")[0] for text in town.phone.texts if text.startswith("kabar")]
    assert list(dict.fromkeys(said)) == wanted
    assert {state for state, _ in (await town.states()).values()} <= {"sent", "delivered", "read"}
    assert await town.program.db.read(_unsettled) == 0


def _unsettled(tx: Tx) -> int:
    sending = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == "sending")
    return tx.session.exec(sending).one()
