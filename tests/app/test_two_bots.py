"""A report's whole way through both bots, with everything that a network and a platform do to it."""

import asyncio
from pathlib import Path

import httpx
import pytest
from sqlmodel import col, select

from bot.app import Kentongan
from storage import Tx, audit, outbox
from storage import reports as kept
from storage.tables import Evidence, InboxEvent, OutboxMessage, Report
from tests.app.running import PATIENCE, Cast, number_in, report, running, settings_for
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN

pytestmark = pytest.mark.usefixtures("shared_reader")


def all_reports(tx: Tx) -> list[Report]:
    return list(tx.session.exec(select(Report)))


def states(tx: Tx) -> tuple[set[str], set[str]]:
    """Of all events, and of all messages."""
    return set(tx.session.exec(select(InboxEvent.state))), set(tx.session.exec(select(OutboxMessage.state)))


async def everything_is_settled(kentongan: Kentongan) -> None:
    """Until nothing is owed to anybody."""
    for _ in range(600):
        if not await kentongan.db.read(outbox.next_due_at):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("something is still owed")


async def tell_the_story(folder: Path, api: BotApi, api_url: str, *, webhook: bool, **settings: object) -> None:
    cast = Cast(api)
    async with running(settings_for(folder, api_url, webhook=webhook, **settings)) as kentongan:
        await cast.join(kentongan)
        number = await cast.file()
        await cast.assign(number)
        await cast.resolve(number)
        await cast.confirm(number)
        await kentongan.work.rest()
        filed = await report(kentongan, number)
        assert (filed.status, filed.agency, filed.kecamatan) == ("ditutup", "dishub", "Coblong")
        assert len(await kentongan.db.read(all_reports)) == 1
        heard, told = await kentongan.db.read(states)
        assert "parked" not in heard
        assert told <= {"sent", "withdrawn"}
        acts = [entry.act for entry in await kentongan.db.read(audit.of_report, filed.id)]
        moves = ["move:terverifikasi", "move:didisposisikan", "move:diproses", "move:menunggu_konfirmasi"]
        assert acts == ["pelapor:diterima", "reporter_added", *moves, "pelapor:ditutup"]
    cast.nothing_was_said_twice()
    for token in (CITIZEN_TOKEN, STAFF_TOKEN):
        assert api.waiting(token) == 0
        assert all(api.bots[token].taps.values()), "a button goes on spinning"


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_report_is_filed_assigned_resolved_and_confirmed(
    tmp_path: Path, api: BotApi, api_url: str, webhook: bool
) -> None:
    await tell_the_story(tmp_path, api, api_url, webhook=webhook)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_it_makes_no_difference_when_every_update_comes_twice_and_in_bursts(
    tmp_path: Path, api: BotApi, api_url: str, webhook: bool
) -> None:
    api.duplicate, api.burst = True, True
    await tell_the_story(tmp_path, api, api_url, webhook=webhook)


@pytest.mark.postgres
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_it_is_the_same_on_postgresql(
    tmp_path: Path, api: BotApi, api_url: str, postgres_server: object, webhook: bool
) -> None:
    from tests.databases import empty

    empty(postgres_server)  # type: ignore[arg-type]
    api.duplicate, api.burst = True, True
    url = postgres_server.render_as_string(hide_password=False)  # type: ignore[attr-defined]
    await tell_the_story(tmp_path, api, api_url, webhook=webhook, database_url=url)


async def test_trouble_with_the_network_costs_time_and_nothing_else(tmp_path: Path, api: BotApi, api_url: str) -> None:
    cast = Cast(api)
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        await cast.join(kentongan)
        for token in (CITIZEN_TOKEN, STAFF_TOKEN):
            api.fail_next(token, 500, method="getUpdates")
            api.fail_next(token, 429, method="getUpdates", retry_after=1)
            api.drop_next(token, method="getUpdates")
        api.fail_next(CITIZEN_TOKEN, 429, retry_after=1)
        api.fail_next(CITIZEN_TOKEN, 500)
        api.fail_next(STAFF_TOKEN, 502)
        api.fail_next(STAFF_TOKEN, 500, method="getFile")
        api.fail_next(CITIZEN_TOKEN, 500, method="sendPhoto")
        number = await cast.file()
        await cast.assign(number)
        await cast.resolve(number)
        await cast.confirm(number)
        assert (await report(kentongan, number)).status == "ditutup"
    cast.nothing_was_said_twice()


async def test_who_blocked_the_bot_is_left_alone_and_comes_back_with_the_next_word(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    cast = Cast(api)
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        await cast.join(kentongan)
        number = await cast.file()
        cast.citizen.block()
        await cast.assign(number)
        knocked = len(api.called("sendMessage", CITIZEN_TOKEN))
        await cast.resolve(number)
        await everything_is_settled(kentongan)  # the last news waits for its picture
        assert len(api.called("sendMessage", CITIZEN_TOKEN)) - knocked <= 1
        cast.citizen.unblock()
        cast.citizen.write(f"/status {number}")
        asked = await cast.citizen.reads(number, within=PATIENCE)
        assert {"Sudah", "Belum"} <= set(asked.buttons)


async def test_a_bad_update_is_parked_and_the_rest_go_on(tmp_path: Path, api: BotApi, api_url: str) -> None:
    citizen = Person(api, CITIZEN_TOKEN, id=7)
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        citizen.start()
        await citizen.reads(within=PATIENCE)
        api.bring(
            CITIZEN_TOKEN, "message", {"from": {"id": 7}, "chat": {"id": 7}, "message_id": "no number", "date": "x"}
        )
        api.bring(CITIZEN_TOKEN, "message", {"nonsense": True})
        citizen.write("/bantuan")
        await citizen.reads("STATUS", within=PATIENCE)
        rows = await kentongan.db.read(
            lambda tx: list(tx.session.exec(select(InboxEvent).order_by(col(InboxEvent.id))))
        )
        assert len(rows) == 4
        assert [row.state for row in rows if row.state == "handled"] == ["handled"] * 2
        assert all(row.reason for row in rows if row.state != "handled")
    assert api.waiting(CITIZEN_TOKEN) == 0


async def test_a_stranger_at_the_staff_bot_gets_a_polite_refusal_and_the_way_to_the_citizens_bot(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    stranger = Person(api, STAFF_TOKEN, id=13)
    async with running(settings_for(tmp_path, api_url)):
        for text in ("/antrean", "/start", "/start AAAABBBBCCCC", "halo"):
            stranger.write(text)
            await stranger.reads(within=PATIENCE)
    assert "https://t.me/KentonganTestBot" in stranger.messages[0].text


async def test_the_talk_goes_on_after_a_restart_and_what_waited_is_answered(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    citizen = Person(api, CITIZEN_TOKEN, id=7)
    async with running(settings_for(tmp_path, api_url)):
        citizen.write("lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari")
        await citizen.reads("Kec. Coblong", within=PATIENCE)
    citizen.tap("Kirim")
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        number = number_in((await citizen.reads("BDG-", within=PATIENCE)).text)
        assert (await report(kentongan, number)).kelurahan == "Dago"


async def test_what_was_being_sent_when_the_process_died_is_sent_and_nothing_else_twice(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    citizen = Person(api, CITIZEN_TOKEN, id=7)
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        citizen.start()
        await citizen.reads(within=PATIENCE)

        await kentongan.work.rest()

        def as_if_interrupted(tx: Tx) -> None:
            tx.change(OutboxMessage, state="sending")

        await kentongan.db.run(as_if_interrupted)
    citizen.write("/bantuan")
    async with running(settings_for(tmp_path, api_url)):
        await citizen.has_read(3, within=PATIENCE)
        assert [message.text for message in citizen.messages].count(citizen.messages[0].text) == 2
        citizen.write("/bahasa")
        await citizen.has_read(4, within=PATIENCE)


async def test_evidence_is_our_own_copy_and_belongs_to_the_report(tmp_path: Path, api: BotApi, api_url: str) -> None:
    cast = Cast(api)
    settings = settings_for(tmp_path, api_url)
    async with running(settings) as kentongan:
        number = await cast.file()
        filed = await report(kentongan, number)

        def stored(tx: Tx) -> list[Evidence]:
            return [row for row in tx.session.exec(select(Evidence)) if row.state == "stored"]

        for _ in range(600):
            if rows := await kentongan.db.read(stored):
                break
            await asyncio.sleep(0.1)
        (row,) = rows
        assert row.report_id == filed.id
        assert (settings.data_dir / "media" / row.path).read_bytes().startswith(b"\xff\xd8\xff")


async def test_nobody_but_its_reporter_can_answer_for_a_report(tmp_path: Path, api: BotApi, api_url: str) -> None:
    cast, other = Cast(api), Person(api, CITIZEN_TOKEN, id=13, name="Ucup")
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        await cast.join(kentongan)
        number = await cast.file()
        await cast.assign(number)
        await cast.resolve(number)
        other.start()
        await other.reads(within=PATIENCE)
        other.tap_payload(f"0:done:{number}", other.messages[0])
        await other.reads(within=PATIENCE)
        assert (await report(kentongan, number)).status == "menunggu_konfirmasi"
        assert len(await kentongan.db.read(lambda tx: kept.history(tx, 1))) == 5


async def test_a_webhook_without_the_secret_is_refused_and_keeps_nothing(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    update = {"update_id": 1, "message": {"text": "halo"}}
    header = "X-Telegram-Bot-Api-Secret-Token"
    settings = settings_for(tmp_path, api_url, webhook=True)
    async with running(settings) as kentongan, httpx.AsyncClient(base_url=settings.local_url) as anybody:
        secrets = {bot: api.bots[token].webhook["secret_token"] for bot, token in TOKENS.items()}
        for bot, other in (("citizen", "staff"), ("staff", "citizen")):
            hook = f"/webhooks/telegram/{bot}"
            for headers in ({}, {header: "a guess"}, {header: secrets[other]}):
                assert (await anybody.post(hook, json=update, headers=headers)).status_code == 401
        assert await kentongan.db.read(_events) == 0
        answer = await anybody.post("/webhooks/telegram/citizen", json=update, headers={header: secrets["citizen"]})
        assert answer.status_code == 200
        assert await kentongan.db.read(_events) == 1


TOKENS = {"citizen": CITIZEN_TOKEN, "staff": STAFF_TOKEN}


def _events(tx: Tx) -> int:
    return len(list(tx.session.exec(select(InboxEvent))))
