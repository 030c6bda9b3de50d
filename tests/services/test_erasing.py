"""Being forgotten: nothing that a person wrote can be found in the database afterwards, and the histories of reports stay."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import SQLModel, col, select

from bot.dialogue.events import CommandGiven, MediaShared, TextSent
from bot.services import erasing, own_records, reports
from bot.services.intake import Arrived, take_in
from storage import Tx, conversations, erasing_talks, media, people
from storage import erasing as storing
from storage.tables import Contact, Conversation, Evidence, InboxEvent, OutboxMessage, Report
from storage.vault import SealBroken
from tests.services.town import CISITU, LAMP, Talk, Town, heard

NAME = "Gandasasmita"
WORDS = "lampu mati depan rumah kuring di cisitu lama gang mawar"
SECRETS = (NAME, "gang mawar", "628122334455")


def everything(tx: Tx) -> Iterator[str]:
    """Every text of every table, sealed ones opened."""
    for table in SQLModel.metadata.sorted_tables:
        for row in tx.session.connection().execute(table.select()):
            for column, value in zip(table.columns.keys(), row, strict=True):
                if isinstance(value, str):
                    yield f"{table.name}.{column}: {_opened(tx, column, value)}"


def _opened(tx: Tx, column: str, value: str) -> str:
    try:
        return tx.vault.open(value) if column.endswith("_sealed") else value
    except SealBroken:  # pragma: no cover - would be a fault of the test
        return value


def traces(town: Town, *words: str) -> list[str]:
    wanted = [word.casefold() for word in words]
    return town.db.read_sync(lambda tx: [each for each in everything(tx) if any(w in each.casefold() for w in wanted)])


@pytest.fixture
def ganda(town: Town) -> Talk:
    """Somebody with a name and a number, who wrote, sent a picture and asked for a person."""
    talk = town.citizen("628122334455", channel="whatsapp", shown_name=f"Kang {NAME}")
    talk.hears_about(MediaShared("photo", "file-1"))
    talk.writes(WORDS, heard("pju", place=CISITU))
    return talk


def _reported(talk: Talk, town: Town) -> str:
    talk.taps("send")
    number = talk.numbers()[0]
    talk.writes(f"status {number}")
    return number


def test_the_words_can_be_found_before(ganda: Talk, town: Town) -> None:
    _reported(ganda, town)
    assert len(traces(town, *SECRETS)) > 3


def test_after_erasing_nothing_of_a_closed_report_can_be_found_anywhere(ganda: Talk, town: Town) -> None:
    number = _reported(ganda, town)
    admin, owner = town.administrator(), town.resolved(number)
    admin.hears_about(CommandGiven("lihat", number))
    owner.hears_about(CommandGiven("catatan", f"{number} pelapor {NAME}, 0812-2334-455"))
    ganda.answers(number, solved=True)
    ganda.hears_about(CommandGiven("petugas"))
    admin.hears_about(CommandGiven("balas", "1"))
    ganda.hears_about(TextSent(f"kuring {NAME} ti gang mawar"))
    ganda.hears_about(TextSent("selesai"))
    steps = town.statuses(number)
    assert "Hapus sekarang?" in ganda.writes("hapus data saya").text
    assert "sudah dihapus" in ganda.taps("erase:all").text
    assert town.statuses(number) == steps
    assert ganda.numbers() == []
    town.pass_time(days=2)
    town.run(erasing.finish_due, town.office, town.now)
    assert traces(town, *SECRETS) == []


def test_who_says_no_keeps_everything(ganda: Talk, town: Town) -> None:
    number = _reported(ganda, town)
    ganda.writes("hapus data saya")
    assert "tidak ada yang dihapus" in ganda.taps("keep_data").text
    assert ganda.numbers() == [number]
    assert traces(town, "gang mawar")


def test_an_open_report_keeps_its_words_without_a_name_until_it_is_closed(ganda: Talk, town: Town) -> None:
    number = _reported(ganda, town)
    town.run(people.keep_name, ganda.contact_id, f"Kang {NAME}")
    asked = ganda.writes("hapus data saya").text
    assert number in asked
    assert "sehari setelah laporannya ditutup" in asked
    assert "Statusnya tetap bisa dilihat" in ganda.taps("erase:all").text
    assert ganda.numbers() == []
    assert traces(town, NAME) == []
    left = traces(town, "gang mawar")
    assert left
    assert all(each.startswith("report.description") for each in left)
    _closed(town, number)
    assert traces(town, "gang mawar") == []


def test_who_wants_to_follow_still_gets_the_news_and_is_forgotten_after_the_closing(ganda: Talk, town: Town) -> None:
    number = _reported(ganda, town)
    ganda.writes("hapus data saya")
    assert "tetap kami kabarkan" in ganda.taps("erase:follow").text
    assert ganda.numbers() == [number]
    before = len(ganda.news())
    town.resolved(number)
    assert any(number in news.reply.text for news in ganda.news()[before:])
    ganda.answers(number, solved=True)
    town.pass_time(days=2)
    town.run(erasing.finish_due, town.office, town.now)
    assert ganda.numbers() == []
    assert traces(town, NAME, "gang mawar") == []


def _closed(town: Town, number: str) -> None:
    town.resolved(number)
    report = town.report(number)

    def close(tx: Tx) -> None:
        nobody = conversations.load(tx, report.conversation_id).conversation
        reports.answer_closing(tx, town.office, nobody, number, solved=True, now=town.now)

    town.run(close)
    town.pass_time(days=2)
    town.run(erasing.finish_due, town.office, town.now)


def test_a_yes_to_two_ways_of_erasing_is_asked_again(ganda: Talk, town: Town) -> None:
    _reported(ganda, town)
    ganda.writes("hapus data saya")
    answer = ganda.writes("ya").text
    assert "masih mau dikabari" in answer
    assert ganda.numbers()


def test_a_yes_is_enough_where_nothing_is_open(town: Town) -> None:
    citizen = town.citizen("x-99", shown_name="Iwan Setiawan")
    citizen.writes("hapus data saya")
    assert "sudah dihapus" in citizen.writes("ya").text
    assert traces(town, "Iwan") == []


def test_files_go_from_the_disk_unless_somebody_else_sent_the_same(ganda: Talk, town: Town) -> None:
    other = town.citizen("lain")
    other.hears_about(MediaShared("photo", "file-1"))

    def arrived(tx: Tx) -> None:
        for row in tx.session.exec(select(Evidence)).all():
            media.stored(tx, row.id, path="kept/ab/ab.jpg", media_type="image/jpeg", size_bytes=1, sha256="ab")

    town.run(arrived)
    ganda.writes("hapus data saya")
    ganda.taps("erase:all")
    ((mine, paths),) = town.db.read_sync(storing.files_to_remove)
    assert paths == ()
    town.run(storing.file_removed, mine)
    assert town.db.read_sync(storing.files_to_remove) == []
    other.writes("hapus data saya")
    other.taps("erase:all")
    assert [paths for _, paths in town.db.read_sync(storing.files_to_remove)] == [("kept/ab/ab.jpg",)]


def test_who_writes_again_is_not_forgotten_and_has_no_past(ganda: Talk, town: Town) -> None:
    ganda.writes("hapus data saya")
    ganda.taps("erase:all")
    town.pass_time(hours=20)
    ganda.writes("halo")
    town.pass_time(hours=5)
    town.run(erasing.finish_due, town.office, town.now)
    assert "Belum ada" in ganda.writes("laporan saya").text or ganda.numbers() == []
    assert town.db.read_sync(_external, ganda.conversation_id) == "628122334455"


def _external(tx: Tx, conversation_id: int) -> str:
    return people.external_id_of(tx, people.address_of(tx, tx.session.get_one(Conversation, conversation_id)))


def test_the_address_goes_after_a_day_of_silence(ganda: Talk, town: Town) -> None:
    ganda.writes("hapus data saya")
    ganda.taps("erase:all")
    assert not town.db.read_sync(erasing.any_due, town.office, town.now)
    town.pass_time(days=1, minutes=1)
    assert town.db.read_sync(erasing.any_due, town.office, town.now)
    assert town.run(erasing.finish_due, town.office, town.now) == 1
    assert town.db.read_sync(_external, ganda.conversation_id) == ""
    assert not town.db.read_sync(erasing.any_due, town.office, town.now)


def test_other_people_lose_nothing(ganda: Talk, town: Town) -> None:
    other = town.citizen("siti", shown_name="Siti Rahayu")
    number = other.files()
    ganda.writes("hapus data saya")
    ganda.taps("erase:all")
    assert town.report(number).contact_id == other.contact_id
    assert traces(town, "Rahayu")


def test_what_was_still_to_be_sent_is_withdrawn_and_the_confirmation_goes_out(ganda: Talk, town: Town) -> None:
    ganda.writes("hapus data saya")
    ganda.taps("erase:all")
    rows = town.db.read_sync(
        lambda tx: tx.session.exec(
            select(OutboxMessage).where(OutboxMessage.conversation_id == ganda.conversation_id)
        ).all()
    )
    assert [row.state for row in rows if row.state == "due"] == ["due"]


def test_the_wish_is_in_the_records_of_the_person(ganda: Talk, town: Town) -> None:
    ganda.writes("hapus data saya")
    ganda.taps("erase:all")
    contact = town.db.read_sync(lambda tx: tx.session.get_one(Contact, ganda.contact_id))
    assert contact.name_sealed == ""
    assert contact.erased_at == town.now


def test_staff_who_erase_what_they_told_as_citizens_keep_the_name_they_work_under(town: Town) -> None:
    citizen = town.citizen("dewi", shown_name="Dewi Lestari")
    admin = town.administrator()
    town.run(people.link, citizen.contact_id, admin.contact_id)
    town.run(people.keep_name, admin.contact_id, "Bu Dewi")
    citizen.files()
    admin.hears_about(CommandGiven("antrean"))
    citizen.writes("hapus data saya")
    citizen.taps("erase:all")
    assert traces(town, "Lestari") == []
    assert traces(town, "Bu Dewi")
    assert citizen.numbers() == []


def test_a_supporters_words_go_when_the_report_they_support_is_closed(ganda: Talk, town: Town) -> None:
    first = town.citizen("pertama")
    parent = first.files()
    ganda.writes("batal")
    ganda.joins(parent, replace(LAMP, description=WORDS))
    ganda.writes("hapus data saya")
    ganda.taps("erase:follow")
    assert traces(town, "gang mawar")
    town.resolved(parent)
    town.pass_time(days=2)
    town.run(erasing.finish_due, town.office, town.now)
    assert traces(town, "gang mawar")
    first.answers(parent, solved=True)
    town.pass_time(days=2)
    town.run(erasing.finish_due, town.office, town.now)
    assert traces(town, "gang mawar", NAME) == []


def test_a_name_that_the_platform_tells_again_is_not_kept_before_something_new_is_reported(town: Town) -> None:
    citizen = town.citizen("x-42", shown_name=NAME)
    citizen.files()
    citizen.writes("hapus data saya")
    citizen.taps("erase:follow")
    again = town.citizen("x-42", shown_name=NAME)
    assert traces(town, NAME) == []
    again.files()
    town.citizen("x-42", shown_name=NAME)
    assert traces(town, NAME)


def test_what_was_written_to_us_in_a_group_goes_too_and_the_card_there_names_nobody(town: Town) -> None:
    talk = town.citizen("asep")
    arrived = Arrived(
        source="telegram:citizen", channel="telegram", bot="citizen", payload='{"text": "rahasia grup"}',
        unique_key="g1", external_id="asep", chat_id="-100", in_group=True,
    )  # fmt: skip
    town.run(take_in, town.office.city, arrived, town.now)
    town.run(lambda tx: tx.change(InboxEvent, InboxEvent.unique_key == "g1", state="handled"))
    assert traces(town, "rahasia grup")
    talk.writes("hapus data saya")
    talk.writes("ya")
    assert not traces(town, "rahasia grup")


def test_the_mail_of_staff_is_looked_through_once_for_all_reports_that_are_due(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asep, looked = town.citizen("asep"), list[int]()
    numbers = [asep.files() for _ in range(3)]
    for number in numbers:
        town.run(lambda tx, number=number: tx.change(Report, Report.number == number, erase_when_closed=True))
        town.resolved(number)
        asep.answers(number, solved=True)
    town.pass_time(days=2)
    look = erasing_talks.blank_where
    monkeypatch.setattr(erasing_talks, "blank_where", lambda *given: (looked.append(1), look(*given))[1])
    assert town.run(erasing.finish_due, town.office, town.now) >= len(numbers)
    assert len(looked) == 1
    assert not any(
        f"outbox_message.body_sealed: {number}" in each for number in numbers for each in traces(town, number)
    )


def test_messages_that_were_erased_are_not_counted_in_the_copy_any_more(ganda: Talk, town: Town) -> None:
    _reported(ganda, town)
    town.run(_all_sent)
    before = town.db.read_sync(own_records.facts_about, ganda.contact_id, town.now)
    assert len(before["messages_sent"]) > 2
    ganda.writes("hapus data saya")
    ganda.taps("erase:all")
    ganda.writes("nuhun", heard("lainnya"))
    town.run(_all_sent)
    after = town.db.read_sync(own_records.facts_about, ganda.contact_id, town.now)
    assert len(after["messages_sent"]) < len(before["messages_sent"])
    assert all(each["words"] != "—" for each in after["messages_sent"])


def _all_sent(tx: Tx) -> None:
    """As if every message had gone out."""
    tx.change(OutboxMessage, col(OutboxMessage.state) == "due", state="sent")
