"""Forward to file, through the services: gathered as rows, read once, filed once, whatever is replayed or late."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.dialogue import effects
from bot.dialogue.events import (
    BatchReady,
    ChoicePicked,
    CommandGiven,
    Event,
    Forwarded,
    LocationShared,
    MediaShared,
    Origin,
    TextSent,
    UnreadableSent,
)
from bot.dialogue.knowledge import Danger, Heard, PlaceFound
from bot.dialogue.replies import Reply
from bot.services import acting, erasing, groups, turns
from bot.services.gathering import PAUSE, let_batches_be_read
from bot.services.told import Told
from storage import LostRace, Tx, batches, consents, conversations, inbox
from storage import reports as kept
from storage.tables import Consent, InboxEvent, KimMember
from tests.services.test_groups import found, joined
from tests.services.town import CISITU, LAMP, Talk, Town, heard

CIHAPIT = PlaceFound("Pasar Cihapit", "landmark", "Cihapit", "Bandung Wetan", "Kota Bandung", -6.9078, 107.6213)
SAMPAH = heard("sampah", place=CIHAPIT)
CHATTER = heard("lainnya", kind="bukan_laporan", kind_confidence=0.98, place=None)
WHATSAPP = Origin("forwarded")


@pytest.fixture
def euis(town: Town) -> Talk:
    found(town)
    return joined(town)


def forwards(
    talk: Talk, event: Event | str, understood: Heard | None = None, *, origin: Origin = WHATSAPP,
    located: PlaceFound | None = None,
) -> list[Reply]:  # fmt: skip
    """Forward one message; what is said in return."""
    content = TextSent(event) if isinstance(event, str) else event
    return played(talk, Forwarded(content, origin), understood, located)  # type: ignore[arg-type]


def played(talk: Talk, event: Event, understood: Heard | None = None, located: PlaceFound | None = None) -> list[Reply]:
    before = len(talk.news())
    told = Told(event, understood, located)
    event_id = talk.arrives()
    play(talk, event_id, told)
    return [each.reply for each in talk.news()[before:]]


def play(talk: Talk, event_id: int, told: Told) -> None:
    town = talk.town

    def act(tx: Tx) -> None:
        row = tx.session.get_one(InboxEvent, event_id)
        turns.play(tx, town.office, row, (told,), town.now)

    town.run(act)


def listed(talk: Talk) -> Reply:
    """Let the pause pass and the batch be read; the list."""
    town = talk.town
    town.now += PAUSE
    town.run(let_batches_be_read, town.now)
    (reply,) = read(talk)
    return reply


def read(talk: Talk) -> list[Reply]:
    """Play what our own clock told this talk."""
    before = len(talk.news())
    for row in talk.town.db.read_sync(inbox.pending, talk.conversation_id):
        assert row.id is not None
        play(talk, row.id, Told(BatchReady(1)))
    return [each.reply for each in talk.news()[before:]]


def two_problems(talk: Talk) -> Reply:
    forwards(talk, "lampu jalan mati di cisitu", heard())
    forwards(talk, "sampah menumpuk di pasar cihapit", SAMPAH)
    return listed(talk)


def writes(talk: Talk, text: str, understood: Heard | None = None) -> Reply:
    (reply,) = talk.hears_about(TextSent(text), heard=understood or CHATTER)
    return reply


# ---------------------------------------------------------------- gathering


def test_the_first_message_is_answered_and_the_others_wait_for_the_list(town: Town, euis: Talk) -> None:
    assert len(forwards(euis, "lampu jalan mati di cisitu", heard())) == 1
    assert forwards(euis, "siap", CHATTER) == []
    reply = listed(euis)
    assert "1. " in reply.text
    assert [choice.value for choice in reply.choices] == ["batch:neighbour", "batch:mine", "batch:cancel"]


def test_each_message_puts_the_reading_off_by_the_whole_pause(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu mati di cisitu", heard())
    town.now += PAUSE * 0.9
    forwards(euis, "sampah di cihapit", SAMPAH)
    town.now += PAUSE * 0.9
    assert town.run(let_batches_be_read, town.now) == 0
    town.now += PAUSE * 0.2
    assert town.run(let_batches_be_read, town.now) == 1


def test_what_was_gathered_is_sealed_and_survives_whatever_dies_before_it_is_read(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu jalan mati di cisitu", heard())
    stored = town.db.read_sync(lambda tx: batches.messages(tx, batches.open_batch(tx, euis.conversation_id).id or 0))  # type: ignore[union-attr]
    assert "cisitu" not in stored[0].event_sealed + stored[0].heard_sealed
    later = Town(town.db, town.office)
    later.now = town.now + PAUSE
    assert later.run(let_batches_be_read, later.now) == 1


def test_a_message_that_is_played_twice_is_kept_once(town: Town, euis: Talk) -> None:
    told = Told(Forwarded(TextSent("lampu mati di cisitu"), WHATSAPP), heard())
    event_id = euis.arrives()
    play(euis, event_id, told)
    with pytest.raises(LostRace):
        play(euis, event_id, told)
    assert "Dari 1 pesan" in listed(euis).text


def test_a_batch_is_read_once_however_often_the_clock_ticks(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu mati di cisitu", heard())
    town.now += PAUSE
    assert [town.run(let_batches_be_read, town.now) for _ in range(3)] == [1, 0, 0]
    assert len(read(euis)) == 1


def test_sudah_ends_the_waiting(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu mati di cisitu", heard())
    assert euis.hears_about(TextSent("sudah"), heard=CHATTER) == []
    assert len(read(euis)) == 1


def test_who_is_in_no_group_gets_the_same_list_without_neighbours_to_report_for(town: Town) -> None:
    asep = town.citizen("asep")
    reply = two_problems(asep)
    assert [choice.value for choice in reply.choices] == ["batch:send", "batch:cancel"]
    assert "TETANGGA" not in reply.text
    assert "UU 27/2022" in reply.text
    asep.taps("batch:send")
    assert len(asep.numbers()) == 2
    assert {town.history(number)[0].actor for number in asep.numbers()} == {"pelapor"}
    assert {town.report(number).kim_member_id for number in asep.numbers()} == {None}


def ended_term(town: Town, talk: Talk) -> None:
    town.pass_time(days=365 * 6)


def left(town: Town, talk: Talk) -> None:
    town.run(lambda tx: tx.change(KimMember, KimMember.contact_id == talk.contact_id, until=town.now))


def fell_asleep(town: Town, talk: Talk) -> None:
    town.run(lambda tx: tx.change(KimMember, KimMember.contact_id == talk.contact_id, asleep_at=town.now))


@pytest.mark.parametrize("ends", [ended_term, left, fell_asleep])
@pytest.mark.parametrize("way", ["batch:neighbour", "tetangga", "tetangga 1", "kontak 1 0812345678"])
def test_whose_rights_ended_while_the_list_waited_reports_for_nobody_else(
    town: Town, euis: Talk, ends: Callable[[Town, Talk], None], way: str
) -> None:
    two_problems(euis)
    ends(town, euis)
    reply = euis.taps(way) if way.startswith("batch:") else writes(euis, way)
    assert "hanya bisa lewat anggota KIM" in reply.text
    assert not euis.numbers()
    writes(euis, "kirim")
    assert {town.history(number)[0].actor for number in euis.numbers()} == {"pelapor"}
    assert not town.run(lambda tx: list(tx.session.exec(select(Consent))))


@pytest.mark.parametrize(
    "effect",
    [
        lambda number: effects.NoteContact(number, "0812345678", "CODE23456789"),
        lambda number: effects.FileBatch((effects.FiledLine(LAMP, (), "BDG-261124-0999-0", neighbour=True),), (), over=True, language="id"),
    ],
)  # fmt: skip
def test_consent_of_others_is_noted_for_nobody_who_is_in_no_group(town: Town, effect: Callable[[str], object]) -> None:
    asep = town.citizen("asep")
    number = asep.files()

    def do(tx: Tx) -> None:
        conversation = conversations.load(tx, asep.conversation_id).conversation
        stage = acting.Stage(town.office, conversation, asep.contact_id, None, 1, town.now)
        acting.act(tx, stage, asep.session(), (effect(number),))  # type: ignore[arg-type]

    with pytest.raises(acting.Refused):
        town.run(do)
    assert asep.numbers() == [number]
    assert not town.run(lambda tx: list(tx.session.exec(select(Consent))))


def test_pictures_change_places_and_keep_their_messages(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu jalan mati di cisitu", heard())
    forwards(euis, MediaShared("photo", "a", content="1"))
    forwards(euis, "sampah menumpuk di pasar cihapit", SAMPAH)
    forwards(euis, MediaShared("photo", "b", content="2"))
    listed(euis)
    before = euis.session().batch
    writes(euis, "fotonya ketuker")
    after = euis.session().batch
    assert before is not None
    assert after is not None
    assert [line.draft.evidence for line in after.lines] == [line.draft.evidence for line in reversed(before.lines)]
    assert [line.draft.category for line in after.lines] == [line.draft.category for line in before.lines]
    assert [len(line.items) for line in after.lines] == [2, 2]
    euis.taps("batch:mine")
    assert len(euis.numbers()) == 2


@pytest.mark.parametrize(
    ("word", "privacy"), [("rahasia", "rahasia"), ("tampilkan nama saya", "tampil"), ("anonim", "anonim")]
)
def test_how_the_name_is_shown_is_said_once_for_the_list(town: Town, euis: Talk, word: str, privacy: str) -> None:
    two_problems(euis)
    writes(euis, word)
    euis.taps("batch:mine")
    assert {town.report(number).privacy for number in euis.numbers()} == {privacy}


def test_a_neighbours_report_never_shows_the_members_name(town: Town, euis: Talk) -> None:
    two_problems(euis)
    writes(euis, "tampil")
    euis.taps("batch:neighbour")
    assert {town.report(number).privacy for number in euis.numbers()} == {"anonim"}


def test_a_member_who_writes_themselves_gets_the_usual_talk(town: Town, euis: Talk) -> None:
    assert "Mohon dicek" in writes(euis, "lampu jalan mati di cisitu", heard()).text


def test_a_forwarded_command_is_only_words(town: Town, euis: Talk) -> None:
    forwards(euis, "/batal", CHATTER)
    assert "tidak ada yang tampak sebagai laporan" in listed(euis).text


@pytest.mark.parametrize("event", [UnreadableSent("sticker"), MediaShared("voice", "v"), LocationShared(-6.9, 107.6)])
def test_whatever_is_forwarded_is_kept(town: Town, euis: Talk, event: Event) -> None:
    forwards(euis, "lampu jalan mati di cisitu", heard())
    forwards(euis, event, located=replace(CISITU, kind="pin"))
    assert "Dari 2 pesan" in listed(euis).text


def test_what_may_be_danger_is_answered_at_once_with_the_number_to_call(town: Town, euis: Talk) -> None:
    (reply,) = forwards(euis, "kebakaran di cisitu", heard("kedaruratan", danger=Danger("kebakaran")))
    assert "112" in reply.text
    assert "DARURAT" in listed(euis).text


def test_a_family_card_number_in_a_forwarded_message_is_not_kept(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu mati di cisitu nik 3273012345678901", heard())
    reply = listed(euis)
    assert "3273012345678901" not in reply.text
    assert "[nomor dihapus]" in reply.text


# ---------------------------------------------------------------- filing


def test_one_tap_files_every_report_of_the_list_with_its_number(town: Town, euis: Talk) -> None:
    two_problems(euis)
    reply = euis.taps("batch:neighbour")
    numbers = euis.numbers()
    assert len(numbers) == 2
    assert all(number in reply.text for number in numbers)
    assert {town.report(number).category for number in numbers} == {"pju", "sampah"}


def test_a_tap_that_comes_twice_files_nothing_twice(town: Town, euis: Talk) -> None:
    reply = two_problems(euis)
    for _ in range(2):
        euis.hears_about(ChoicePicked("batch:neighbour", reply.turn))
    assert len(euis.numbers()) == 2


def test_a_turn_that_dies_before_its_commit_files_nothing_and_can_be_played_again(town: Town, euis: Talk) -> None:
    reply = two_problems(euis)
    event_id = euis.arrives()
    told = Told(ChoicePicked("batch:mine", reply.turn))

    def dies(tx: Tx) -> None:
        turns.play(tx, town.office, tx.session.get_one(InboxEvent, event_id), (told,), town.now)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        town.run(dies)
    assert euis.numbers() == []
    play(euis, event_id, told)
    assert len(euis.numbers()) == 2


def test_a_neighbours_report_is_told_by_kim_with_consent_and_ones_own_is_not(town: Town, euis: Talk) -> None:
    two_problems(euis)
    writes(euis, "saya 2")
    euis.taps("batch:neighbour")
    second, first = euis.numbers()
    own, theirs = sorted((first, second), key=lambda number: town.report(number).category == "pju")

    def consent(number: str) -> list[str]:
        return [each.how for each in town.db.read_sync(consents.of_report, town.report(number).id or 0)]

    assert ([step.actor for step in town.history(theirs)], consent(theirs)) == (["kim"], ["told"])
    assert ([step.actor for step in town.history(own)], consent(own)) == (["pelapor"], [])
    assert town.report(own).kim_member_id == town.report(theirs).kim_member_id is not None
    assert town.report(theirs).privacy == "anonim"


def test_plain_kirim_asks_whose_they_are_and_then_files(town: Town, euis: Talk) -> None:
    two_problems(euis)
    assert "tetangga" in writes(euis, "kirim").text
    assert euis.numbers() == []
    writes(euis, "tetangga")
    assert len(euis.numbers()) == 2


def test_what_is_incomplete_is_asked_in_one_message_and_filed_with_the_answer(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu jalan mati di cisitu", heard())
    forwards(euis, "sampah menumpuk bau", heard("sampah", place=None))
    assert "untuk nomor 2" in listed(euis).text
    reply = euis.taps("batch:neighbour")
    assert len(euis.numbers()) == 1
    assert "belum lengkap" in reply.text
    writes(euis, "1 pasar cihapit", heard("sampah", place=CIHAPIT))
    assert len(euis.numbers()) == 2
    assert town.report(euis.numbers()[0]).place_name == "Pasar Cihapit"


def test_what_nobody_can_complete_is_filed_for_an_administrator_to_ask(town: Town, euis: Talk) -> None:
    forwards(euis, "sampah menumpuk bau", heard("sampah", place=None))
    listed(euis)
    euis.taps("batch:neighbour")
    writes(euis, "lewati")
    assert town.report(euis.numbers()[0]).needs_check


def test_batal_drops_the_batch_and_files_nothing(town: Town, euis: Talk) -> None:
    two_problems(euis)
    euis.hears_about(CommandGiven("batal"))
    assert euis.numbers() == []
    assert town.db.read_sync(batches.open_batch, euis.conversation_id) is None


def test_a_problem_that_an_open_report_tells_already_is_joined_unless_it_is_another(town: Town, euis: Talk) -> None:
    alike = replace(town.office, alike=lambda one, other: 0.9)
    town.office = alike
    other = town.citizen("asep").files(replace(LAMP, description="lampu jalan mati di cisitu"))
    forwards(euis, "lampu jalan mati di cisitu", heard())
    assert other in listed(euis).text
    assert other not in writes(euis, "beda 1").text
    euis.taps("batch:neighbour")
    assert town.report(euis.numbers()[0]).status == "diterima"


def test_what_is_joined_supports_the_open_report_under_a_number_of_its_own(town: Town, euis: Talk) -> None:
    town.office = replace(town.office, alike=lambda one, other: 0.9)
    other = town.citizen("asep").files(replace(LAMP, description="lampu jalan mati di cisitu"))
    forwards(euis, "lampu jalan mati di cisitu", heard())
    listed(euis)
    reply = euis.taps("batch:neighbour")
    (number,) = euis.numbers()
    assert number in reply.text
    assert town.report(number).status == "digabung"
    assert town.report(number).parent_id == town.report(other).id


def test_a_problem_of_ones_own_open_report_is_added_to_it(town: Town, euis: Talk) -> None:
    town.office = replace(town.office, alike=lambda one, other: 0.9)
    own = euis.files(replace(LAMP, description="lampu jalan mati di cisitu"))
    forwards(euis, "lampu jalan mati di cisitu euy", heard())
    assert own in listed(euis).text
    euis.taps("batch:neighbour")
    assert euis.numbers() == [own]


def test_a_report_that_closed_while_the_list_waited_is_joined_no_more(town: Town, euis: Talk) -> None:
    town.office = replace(town.office, alike=lambda one, other: 0.9)
    asep = town.citizen("asep")
    other = asep.files(replace(LAMP, description="lampu jalan mati di cisitu"))
    forwards(euis, "lampu jalan mati di cisitu", heard())
    reply = listed(euis)
    town.resolved(other)
    asep.answers(other, solved=True)
    (again,) = euis.hears_about(ChoicePicked("batch:neighbour", reply.turn))
    assert other not in again.text.partition("Dari 1 pesan")[2]
    euis.taps("batch:neighbour")
    assert town.report(euis.numbers()[0]).status == "diterima"


# ---------------------------------------------------------------- many, and late


def test_more_than_thirty_come_in_a_second_list(town: Town, euis: Talk) -> None:
    full = [reply for n in range(34) for reply in forwards(euis, f"pesan {n}", CHATTER)]
    assert len(full) == 2, "the beginning, and that it is full"
    first = listed(euis)
    assert "30 pesan" in first.text
    euis.taps("batch:cancel")
    assert "4 pesan" in listed(euis).text


def test_a_message_that_comes_while_the_list_waits_joins_it(town: Town, euis: Talk) -> None:
    two_problems(euis)
    assert forwards(euis, "jalan rusak di cisitu", heard("jalan_rusak")) == []
    assert "Dari 3 pesan ada 3 laporan" in listed(euis).text


def test_a_message_that_comes_after_the_filing_begins_a_new_batch(town: Town, euis: Talk) -> None:
    two_problems(euis)
    euis.taps("batch:mine")
    assert len(forwards(euis, "jalan rusak di cisitu", heard("jalan_rusak"))) == 1
    assert "Dari 1 pesan ada 1 laporan" in listed(euis).text


def test_a_message_that_nobody_has_read_when_the_list_is_filed_is_not_lost(town: Town, euis: Talk) -> None:
    two_problems(euis)
    forwards(euis, "jalan rusak di cisitu", heard("jalan_rusak"))
    euis.taps("batch:mine")
    assert "Dari 1 pesan ada 1 laporan" in listed(euis).text


def test_messages_are_read_in_the_order_in_which_they_were_sent(town: Town, euis: Talk) -> None:
    events = [(euis.arrives(), "lampu mati di cisitu", heard()), (euis.arrives(), "sampah di cihapit", SAMPAH)]
    for event_id, words, understood in reversed(events):
        play(euis, event_id, Told(Forwarded(TextSent(words), WHATSAPP), understood))
    text = listed(euis).text
    assert text.index("lampu mati") < text.index("sampah di cihapit")


def test_every_report_remembers_which_messages_it_was_made_of(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu jalan mati di cisitu", heard())
    forwards(euis, MediaShared("photo", "f1"))
    forwards(euis, "siap", CHATTER)
    listed(euis)
    batch = town.db.read_sync(batches.open_batch, euis.conversation_id)
    assert batch is not None
    euis.taps("batch:neighbour")
    (number,) = euis.numbers()
    became = [row.report_id for row in town.db.read_sync(batches.messages, batch.id or 0)]
    report = town.report(number)
    assert became == [report.id, report.id, None]
    assert town.db.read_sync(kept.by_number, number) is not None


# ---------------------------------------------------------------- corrections


def test_lines_are_joined_split_removed_and_taken_in_by_number(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu jalan mati di cisitu", heard())
    forwards(euis, "sampah menumpuk di pasar cihapit", SAMPAH)
    forwards(euis, "lampu itu sudah lama", CHATTER)
    assert "a) lampu itu" in listed(euis).text
    assert "ada 1 laporan" in writes(euis, "gabung 1 2").text
    assert "ada 2 laporan" in writes(euis, "pisah 1").text
    assert "ada 3 laporan" in writes(euis, "lapor a").text
    assert "ada 2 laporan" in writes(euis, "hapus 3").text
    assert "1 sampai 2" in writes(euis, "hapus 7").text


def test_a_place_and_words_are_changed_by_line(town: Town, euis: Talk) -> None:
    two_problems(euis)
    understood = heard("pju", place=CIHAPIT)
    assert (
        "1. Penerangan jalan umum (PJU): Pasar Cihapit" in writes(euis, "ubah 1 tempat pasar cihapit", understood).text
    )
    assert "bolong" in writes(euis, "ubah 1 masalah jalan bolong", heard("jalan_rusak", place=None)).text


def test_words_that_mean_nothing_leave_the_list_standing(town: Town, euis: Talk) -> None:
    two_problems(euis)
    reply = writes(euis, "hmm entahlah")
    assert "Daftarnya masih menunggu" in reply.text
    euis.taps("batch:mine")
    assert len(euis.numbers()) == 2


def test_a_draft_that_was_begun_before_comes_after_the_batch(town: Town, euis: Talk) -> None:
    writes(euis, "jalan rusak parah", heard("jalan_rusak", place=None))
    forwards(euis, "lampu jalan mati di cisitu", heard())
    listed(euis)
    reply = euis.taps("batch:mine")
    assert "Di mana" in reply.text
    assert euis.session().draft is not None


# ---------------------------------------------------------------- what is kept


def test_once_the_batch_is_over_nothing_is_kept_of_what_neighbours_wrote_but_the_reports(
    town: Town, euis: Talk
) -> None:
    two_problems(euis)
    batch = town.db.read_sync(batches.open_batch, euis.conversation_id)
    assert batch is not None
    euis.taps("batch:mine")
    rows = town.db.read_sync(batches.messages, batch.id or 0)
    assert [(row.event_sealed, row.heard_sealed) for row in rows] == [("", ""), ("", "")]
    assert town.report(euis.numbers()[0]).description


def test_who_wants_to_be_forgotten_leaves_nothing_of_what_they_passed_on(town: Town, euis: Talk) -> None:
    two_problems(euis)
    euis.taps("batch:neighbour")
    number = euis.numbers()[0]
    writes(euis, "kontak 1 0812 0000 1111")
    forwards(euis, "lampu mati di cisitu", heard())
    told = town.db.read_sync(lambda tx: [consents.person_of(tx, each) for each in all_consents(tx)])
    assert "0812 0000 1111" in told

    def erase(tx: Tx) -> None:
        erasing.erase(
            tx, town.office, conversations.load(tx, euis.conversation_id).conversation, follow=False, now=town.now
        )

    town.run(erase)
    assert town.db.read_sync(lambda tx: {consents.person_of(tx, each) for each in all_consents(tx)}) == {""}
    assert town.db.read_sync(batches.open_batch, euis.conversation_id) is None
    assert town.db.read_sync(groups.membership, euis.contact_id, town.office.today(town.now)) is None
    assert town.report(number).status == "diterima"


def all_consents(tx: Tx) -> list[Consent]:
    return list(tx.session.exec(select(Consent)))


NOWHERE = heard("pju", place=None)
VAGUE = heard("lainnya", place=None, category_sure=False)


@pytest.mark.parametrize("words", ["fotonya ketuker, itu foto lain", "udah nyala lagi", "yang itu bukan begitu"])
def test_words_that_name_no_place_never_take_the_place_of_a_line(town: Town, euis: Talk, words: str) -> None:
    two_problems(euis)
    reply = writes(euis, f"1 {words}", NOWHERE)
    assert "belum diubah" in reply.text
    assert "HAPUS 1" in reply.text
    before = writes(euis, "daftar").text
    assert words not in before
    assert "ada 2 laporan" in before


def test_a_bare_number_after_words_that_were_not_understood_files_nothing(town: Town, euis: Talk) -> None:
    two_problems(euis)
    assert "tidak ada yang diubah atau dikirim" in writes(euis, "nomor 1 sama 2 gimana ya").text
    assert "ada 2 laporan" in euis.taps("batch:list").text
    assert "1 sampai 2" in writes(euis, "hapus 9").text
    assert "belum kami mengerti" in writes(euis, "2").text
    assert euis.numbers() == []


def test_the_buttons_of_the_list_stay_good_until_it_changes(town: Town, euis: Talk) -> None:
    two_problems(euis)
    writes(euis, "hmm entahlah")
    writes(euis, "hapus 9")
    euis.taps("batch:neighbour")
    assert len(euis.numbers()) == 2


def test_only_the_lines_that_are_named_stay_and_the_others_can_be_brought_back(town: Town, euis: Talk) -> None:
    two_problems(euis)
    assert "ada 1 laporan" in writes(euis, "kirim yang 2 saja").text
    assert "ada 2 laporan" in writes(euis, "eh balikin lagi").text
    assert "ada 1 laporan" in writes(euis, "jangan kirim nomor 1").text


def test_what_lacks_a_place_is_asked_again_when_the_words_have_no_sign_of_one(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu jalan mati sekali", NOWHERE)
    listed(euis)
    assert "belum diubah" in writes(euis, "1 begitulah pokoknya", VAGUE).text
    assert "belakang pos ronda" in writes(euis, "1 belakang pos ronda", VAGUE).text


def test_after_the_rest_is_filed_words_without_a_place_file_nothing_more(town: Town, euis: Talk) -> None:
    forwards(euis, "lampu jalan mati di cisitu", heard())
    forwards(euis, "sampah bau", heard("sampah", place=None))
    listed(euis)
    euis.taps("batch:mine")
    assert len(euis.numbers()) == 1
    assert "untuk nomor 1" in writes(euis, "1 begitulah pokoknya", VAGUE).text
    assert len(euis.numbers()) == 1
    assert "belum lengkap" in writes(euis, "daftar").text
    writes(euis, "1 depan warung bu ati", VAGUE)
    assert len(euis.numbers()) == 2
