"""One question to the reporter, and the answer that moves the report back to where it was asked."""

import pytest

from bot.dialogue.knowledge import PlaceFound
from bot.services import asking, desk_moves, rights
from bot.services.refusals import Refusal
from bot.services.reports import UnknownReport
from bot.services.rights import NotAllowed
from storage import conversations, media
from storage.lifecycle import IllegalMove
from storage.moves import StatusMoved
from tests.services.town import Talk, Town


def ask(town: Town, who: Talk, number: str, part: str = "", words: str = "", seen: str = "") -> None:
    def act(tx: object) -> None:
        asking.ask_reporter(
            tx, town.office, rights.officer(tx, who.contact_id, town.now), number,
            seen=seen or town.report(number).status, part=part, words=words, now=town.now,
        )  # fmt: skip

    town.run(act)


def answer(town: Town, who: Talk, number: str, **what: object) -> None:
    def act(tx: object) -> None:
        conversation = conversations.load(tx, who.conversation_id).conversation
        asking.complete(tx, town.office, conversation, number, now=town.now, **what)

    town.run(act)


@pytest.mark.parametrize("way", [(), ("diproses",)])
def test_an_answer_moves_the_report_back_to_where_it_was_asked(town: Town, way: tuple[str, ...]) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    for status in way:
        town.move(owner, number, status, note="berangkat")
    before = town.report(number).status
    ask(town, owner, number, words="tiang nomor berapa?")
    assert town.report(number).status == "perlu_dilengkapi"
    assert "“tiang nomor berapa?”" in asep.news()[-1].reply.text
    answer(town, asep, number, words="tiang nomor 7")
    assert town.report(number).status == before
    assert "tiang nomor 7" in owner.said("note:")[-1].reply.text
    assert town.history(number)[-1].actor == "pelapor"


def test_a_missing_part_is_asked_for_in_the_citys_words(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()
    ask(town, admin, number, part="photo")
    assert "fotonya belum ada" in asep.news()[-1].reply.text
    assert [choice.value for choice in asep.news()[-1].reply.choices] == [f"answer:{number}"]
    picture = town.photo_of(asep)
    answer(town, asep, number, evidence=(picture,))
    assert town.report(number).status == "diterima"
    assert picture in [row.id for row in town.db.read_sync(media.of_report, town.report(number).id)]


def test_a_point_on_the_map_sets_the_place_right_and_leaves_its_name_when_it_has_none(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()
    ask(town, admin, number, part="location")
    answer(town, asep, number, place=PlaceFound("", "pin", "Lebakgede", "Coblong", "Kota Bandung", -6.89, 107.61))
    report = town.report(number)
    assert (report.place_name, report.kelurahan, report.lat) == ("Jl. Cisitu Lama", "Lebakgede", -6.89)


def test_an_agency_asks_once_and_the_administrator_again(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    ask(town, owner, number, words="yang mana?")
    answer(town, asep, number, words="yang kiri")
    with pytest.raises(Refusal) as refused:
        ask(town, owner, number, words="kiri dari mana?")
    assert refused.value.code == "staff_asked_before"
    ask(town, town.administrator(), number, words="kiri dari mana?")
    assert town.report(number).status == "perlu_dilengkapi"


def test_nothing_is_asked_without_a_question_a_right_or_a_legal_move(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner, other = town.assigned(number), town.narahubung("dlh")
    with pytest.raises(Refusal):
        ask(town, owner, number, words="  ")
    with pytest.raises(NotAllowed):
        ask(town, other, number, words="?")
    with pytest.raises(NotAllowed):
        ask(town, town.officer("auditor"), number, words="?")
    with pytest.raises(StatusMoved):
        ask(town, owner, number, words="?", seen="diproses")
    town.move(owner, number, "menunggu_konfirmasi", note="beres")
    with pytest.raises(IllegalMove):
        ask(town, owner, number, words="?")


def test_what_is_added_to_a_report_that_waits_for_nothing_moves_nothing(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.assigned(number)
    answer(town, asep, number, words="sekarang dua lampu")
    assert town.report(number).status == "didisposisikan"
    with pytest.raises(UnknownReport):
        answer(town, town.citizen("ucup"), number, words="tutup saja")


def test_what_was_set_aside_is_looked_at_again_when_its_reporter_corrects_it(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()

    def archive(tx: object) -> None:
        officer = rights.officer(tx, admin.contact_id, town.now)
        desk_moves.archive(tx, town.office, officer, number, seen="diterima", reason="terlalu_umum", now=town.now)

    town.run(archive)
    answer(town, asep, number, words="lampu di depan nomor 7")
    assert town.report(number).status == "diterima"
    assert town.report(number).closed_at is None
