"""One turn is one transaction: all of it is kept, or nothing."""

import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.dialogue import effects
from bot.dialogue.events import (
    ActRefused,
    ChoicePicked,
    CommandGiven,
    LocationShared,
    MediaReady,
    MediaShared,
    SilenceFell,
    TextSent,
)
from bot.dialogue.knowledge import Danger
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft, Session
from bot.services import acting, turns
from bot.services.told import Told
from storage import LostRace, Tx, audit, conversations, inbox, media, outbox, people
from storage import reports as kept
from storage.tables import Evidence, OutboxMessage
from tests.services.town import CISITU, LAMP, Talk, Town, heard

# ---------------------------------------------------------------- a whole turn


def test_one_sentence_and_a_tap_become_a_report(either_town: Town) -> None:
    asep, admin = either_town.citizen(), either_town.administrator()
    read_back = asep.writes("lampu jalan mati di jl cisitu lama")
    assert [choice.value for choice in read_back.choices] == ["send", "change", "cancel"]
    assert asep.numbers() == []
    told = asep.taps("send")
    (number,) = asep.numbers()
    assert number in told.text
    assert either_town.report(number).description == "lampu jalan mati di jl cisitu lama"
    assert admin.said("new:")


def test_an_event_that_was_played_cannot_be_played_again(either_town: Town) -> None:
    asep = either_town.citizen()
    event_id = asep.arrives()
    event = either_town.db.read_sync(lambda tx: inbox.pending(tx, asep.conversation_id)[0])
    assert event.id == event_id
    play = (turns.play, either_town.office, event, [Told(TextSent("lampu jalan mati"), heard())], either_town.now)
    either_town.run(*play)
    before = (asep.news(), asep.session())
    with pytest.raises(LostRace):
        either_town.run(*play)
    assert (asep.news(), asep.session()) == before


def test_of_two_turns_played_at_once_one_is_kept_and_the_other_is_told_so(either_town: Town) -> None:
    town, asep = either_town, either_town.citizen()
    asep.arrives()
    asep.arrives()
    first, second = town.db.read_sync(lambda tx: inbox.pending(tx, asep.conversation_id))
    loaded, go = threading.Barrier(2, timeout=20), []

    def play(event: object) -> None:
        try:
            loaded.wait()
            town.run(turns.play, town.office, event, [Told(TextSent("lampu jalan mati"), heard())], town.now)
            go.append("kept")
        except LostRace:
            go.append("lost")

    threads = [threading.Thread(target=play, args=(event,)) for event in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(go) <= {"kept", "lost"}
    assert asep.session().turn == go.count("kept") == len(asep.news())
    assert len(town.db.read_sync(inbox.pending, asep.conversation_id)) == go.count("lost")


def test_a_session_that_another_turn_kept_first_loses_nothing_but_the_race(either_town: Town) -> None:
    town, asep = either_town, either_town.citizen()
    event_id = asep.arrives()

    def play_too_late(tx: Tx) -> None:
        event = inbox.pending(tx, asep.conversation_id)[0]
        loaded = conversations.load(tx, asep.conversation_id)
        conversations.save(tx, asep.conversation_id, Session(turn=7).to_json(), loaded.version, town.now, None, 7)
        conversations.save(tx, asep.conversation_id, Session().to_json(), loaded.version, town.now, None, 0)
        raise AssertionError(event)

    with pytest.raises(LostRace):
        town.run(play_too_late)
    assert [event.id for event in town.db.read_sync(inbox.pending, asep.conversation_id)] == [event_id]
    assert asep.session() == Session()


def test_an_event_that_tells_nothing_is_settled_without_a_word(town: Town) -> None:
    asep = town.citizen()
    asep.writes("lampu jalan mati di jl cisitu lama")
    before = asep.session()
    assert asep.hears_about() == []
    assert asep.session() == before
    assert town.db.read_sync(inbox.pending, asep.conversation_id) == []


def test_an_event_that_tells_two_things_is_two_turns(town: Town) -> None:
    asep = town.citizen()
    replies = asep.hears_about(CommandGiven("bantuan"), CommandGiven("bahasa"))
    assert [reply.turn for reply in replies] == [1, 2]


def test_what_said_nothing_leaves_the_waiting_as_it_was(town: Town) -> None:
    asep = town.citizen()
    asep.writes("tolong kebakaran", heard(danger=Danger("kebakaran"), urgency="darurat"))
    waits = town.db.read_sync(conversations.load, asep.conversation_id).conversation.wake_at
    assert waits is not None
    asep.hears_about(MediaReady(1))
    assert town.db.read_sync(conversations.load, asep.conversation_id).conversation.wake_at == waits


def test_danger_without_an_answer_is_filed_after_the_silence(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    asep.writes("tolong kebakaran", heard("kedaruratan", danger=Danger("kebakaran"), urgency="darurat"))
    assert asep.numbers() == []
    waits = town.db.read_sync(conversations.load, asep.conversation_id).conversation
    assert (waits.wake_at - town.now).total_seconds() == 120
    assert waits.wake_turn == asep.session().turn
    (told,) = asep.hears_about(SilenceFell(asep.session().turn))
    (number,) = asep.numbers()
    assert number in told.text
    assert "112" in told.text
    assert admin.news()


@pytest.mark.parametrize("answered", [True, False])
def test_staff_are_alarmed_at_once_in_the_middle_of_the_night(town: Town, answered: bool) -> None:
    asep, admin = town.citizen(), town.administrator()
    town.pass_time(hours=18)  # two in the morning in Bandung
    asep.writes("tolong kebakaran", heard("kedaruratan", danger=Danger("kebakaran"), urgency="darurat"))
    if answered:
        asep.writes("ya")
    else:
        asep.hears_about(SilenceFell(asep.session().turn))
    (number,) = asep.numbers()
    (alarm,) = (news for news in admin.news() if number in news.reply.text)
    assert alarm.due_at <= town.now


def test_silence_of_an_earlier_turn_is_nothing(town: Town) -> None:
    asep = town.citizen()
    asep.writes("tolong kebakaran", heard("kedaruratan", danger=Danger("kebakaran"), urgency="darurat"))
    assert asep.hears_about(SilenceFell(asep.session().turn - 1)) == []
    assert asep.numbers() == []


def test_the_first_words_decide_the_language_and_it_is_remembered(town: Town) -> None:
    asep = town.citizen()
    asep.writes("lampu jalan pareum", heard(language="su"))
    assert asep.session().language == "su"
    assert town.db.read_sync(people.language_of, asep.contact_id) == "su"


# ---------------------------------------------------------------- sessions that cannot be read


def test_a_session_that_cannot_be_read_keeps_the_words_and_asks_again(town: Town) -> None:
    asep = town.citizen()
    stored = {"version": 99, "draft": {"description": "lampu jalan mati di jl cisitu lama"}, "new": "things"}
    town.run(conversations.save, asep.conversation_id, json.dumps(stored), 0, town.now, None, 0)
    assert asep.hears_about(ChoicePicked("send", 4))
    assert asep.session().draft is not None
    assert asep.session().draft.description == "lampu jalan mati di jl cisitu lama"


@pytest.mark.parametrize("stored", ["{}", "null", "[]", "no json at all", '{"version": 1}'])
def test_a_session_without_anything_to_save_begins_anew(town: Town, stored: str) -> None:
    asep = town.citizen()
    town.run(conversations.save, asep.conversation_id, stored, 0, town.now, None, 0)
    asep.writes("lampu jalan mati di jl cisitu lama")
    assert asep.session().step == "confirm"


# ---------------------------------------------------------------- what may not be done


def test_a_refused_effect_leaves_nothing_of_its_turn(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    owner.hears_about(CommandGiven("selesai", f"{number} sudah diganti"))
    town.move(town.narahubung(), number, "diproses", note="lebih cepat")  # a colleague; status is another one now
    before = town.statuses(number)
    (reply,) = owner.hears_about(MediaShared("photo", "file-1"))
    assert town.statuses(number) == before
    assert owner.session().task is None
    assert town.office.city.statuses["diproses"].label["id"] in reply.text
    assert not [e for e in town.db.read_sync(evidence) if e.report_id]
    acts = [entry.act for entry in town.db.read_sync(audit.of_report, town.report(number).id)]
    assert "move:menunggu_konfirmasi" not in acts


def test_an_illegal_command_says_which_moves_are_possible(town: Town) -> None:
    number = town.citizen().files()
    admin = town.administrator()
    (reply,) = admin.hears_about(CommandGiven("disposisi", f"{number} dishub"))
    assert town.office.city.statuses["terverifikasi"].label["id"] in reply.text
    assert f"verifikasi:{number}" in [choice.value for choice in reply.choices]
    assert town.report(number).status == "diterima"


def test_a_report_is_not_handed_to_an_agency_without_a_contact_person_and_the_remedy_is_told(town: Town) -> None:
    number = town.citizen().files()
    admin = town.administrator()
    town.narahubung("dishub")
    town.move(admin, number, "terverifikasi")
    (unmanned,) = admin.hears_about(CommandGiven("disposisi", f"{number} dlh"))
    assert "belum punya narahubung" in unmanned.text
    assert "/undang narahubung dlh" in unmanned.text
    assert (town.report(number).agency, town.report(number).status) == ("", "terverifikasi")
    (manned,) = admin.hears_about(CommandGiven("disposisi", f"{number} dishub"))
    assert "belum punya narahubung" not in manned.text
    assert town.report(number).agency == "dishub"


def test_every_refusal_has_words_for_citizens_and_for_staff(town: Town) -> None:
    number = town.citizen().files()
    owner = town.resolved(number)
    with pytest.raises(acting.Refused) as refused:
        town.run(act_on, owner, effects.MoveReport(number, "diproses", "didisposisikan"))
    assert replace(refused.value.refusal, last=None) == ActRefused("moved_meanwhile", number, "menunggu_konfirmasi")
    with pytest.raises(acting.Refused) as refused:
        town.run(act_on, owner, effects.MoveReport(number, "ditutup", "menunggu_konfirmasi"))
    assert refused.value.refusal.code == "illegal_move"
    with pytest.raises(acting.Refused) as refused:
        town.run(act_on, town.narahubung("dlh"), effects.MoveReport(number, "diproses", "menunggu_konfirmasi"))
    assert refused.value.refusal == ActRefused("not_allowed", number)
    with pytest.raises(acting.Refused) as refused:
        town.run(act_on, owner, effects.CorrectReport("BDG-261124-9999-1", "pju"))
    assert refused.value.refusal == ActRefused("unknown_report", "BDG-261124-9999-1")
    with pytest.raises(acting.Refused) as refused:
        town.run(act_on, owner, effects.BecomeStaff("AAAABBBBCCCC"))
    assert refused.value.refusal == ActRefused("invitation_unknown")


def test_a_late_tap_on_old_news_does_nothing_and_says_how_it_stands(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=True)
    reply = asep.taps(f"not_done:{number}")
    assert town.report(number).status == "didisposisikan"  # closed, and reopened: the news promised thirty days
    assert number in reply.text
    late = asep.taps(f"done:{number}")
    assert town.report(number).status == "didisposisikan"
    assert town.office.city.statuses["didisposisikan"].label["id"] in late.text


def test_who_would_join_a_report_that_was_closed_meanwhile_files_their_own(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    offer = ucup.writes("lampu jalan mati di jl cisitu lama")
    assert f"support:{parent}" in [choice.value for choice in offer.choices]
    town.resolved(parent)
    asep.answers(parent, solved=True)
    read_back = ucup.taps(f"support:{parent}")
    assert ucup.numbers() == []
    assert [choice.value for choice in read_back.choices] == ["send", "change", "cancel"]
    ucup.taps("send")
    assert town.report(ucup.numbers()[0]).status == "diterima"


def test_a_supporter_may_reopen_by_their_own_number(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    child = ucup.joins(parent)
    town.resolved(parent)
    asep.answers(parent, solved=True)
    ucup.hears_about(CommandGiven("buka", child))
    assert town.report(parent).status == "didisposisikan"


def test_a_supporters_yes_is_noted_and_never_told_as_a_closing(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    child = ucup.joins(parent)
    town.resolved(parent)
    closed = town.office.city.text("status.ditutup", "id")
    assert closed is not None
    assert ucup.taps(f"done:{child}").text != closed.format(nomor=child, hari=30)
    assert town.report(parent).status == "menunggu_konfirmasi"
    assert asep.taps(f"done:{parent}").text == closed.format(nomor=parent, hari=30)


def test_an_effect_that_nobody_does_is_a_fault_of_ours(town: Town) -> None:
    with pytest.raises(TypeError, match="FindSimilar"):
        town.run(act_on, town.citizen(), effects.FindSimilar(LAMP))


# ---------------------------------------------------------------- files


def test_a_picture_gets_its_row_before_the_talk_hears_of_it(town: Town) -> None:
    asep = town.citizen()
    asep.hears_about(MediaShared("photo", "AgACAgUAAx"))
    (row,) = town.db.read_sync(evidence)
    assert asep.session().draft == Draft(evidence=(row.id,))
    assert (row.purpose, row.state, row.source) == ("problem", "awaited", "telegram:citizen")
    assert town.db.read_sync(media.platform_ref_of, row) == "AgACAgUAAx"


def test_the_picture_of_a_draft_goes_with_its_report(town: Town) -> None:
    asep = town.citizen()
    asep.hears_about(MediaShared("photo", "file"))
    asep.tells()
    (row,) = town.db.read_sync(evidence)
    assert row.report_id == town.report(asep.numbers()[0]).id


def test_a_picture_sent_by_staff_is_a_result(town: Town) -> None:
    owner = town.assigned(town.citizen().files())
    owner.hears_about(MediaShared("photo", "file"))
    assert town.db.read_sync(evidence)[0].purpose == "result"


# ---------------------------------------------------------------- similar reports


def test_a_similar_report_is_offered_within_the_same_turn_and_joined_with_one_tap(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    parent = asep.files()
    offer = ucup.writes("pju mati cisitu")
    assert parent in offer.text
    joined = ucup.taps(f"support:{parent}")
    (child,) = ucup.numbers()
    assert child in joined.text
    assert parent in joined.text
    assert town.report(child).status == "digabung"


def test_who_says_it_is_different_files_a_report_of_their_own(town: Town) -> None:
    town.citizen("asep").files()
    ucup = town.citizen("ucup")
    ucup.writes("pju mati cisitu")
    read_back = ucup.taps("different")
    assert [choice.value for choice in read_back.choices] == ["send", "change", "cancel"]
    ucup.taps("send")
    assert town.report(ucup.numbers()[0]).status == "diterima"


def test_a_pin_is_the_place_of_the_report(town: Town) -> None:
    asep = town.citizen()
    asep.writes("lampu jalan mati", heard(place=None))
    asep.hears_about(LocationShared(-6.88, 107.61), located=replace(CISITU, kind="pin", name="Jl. Sangkuriang"))
    asep.taps("send")
    assert town.report(asep.numbers()[0]).place_name == "Jl. Sangkuriang"


# ---------------------------------------------------------------- what cannot be played at all


def test_an_event_that_cannot_be_played_is_parked_and_the_person_is_told(town: Town) -> None:
    asep = town.citizen()
    asep.writes("lampu jalan mati di jl cisitu lama")
    offered = asep.session().offered
    asep.arrives()
    event = town.db.read_sync(lambda tx: inbox.pending(tx, asep.conversation_id)[0])
    town.run(turns.apologise, town.office, event, "ValueError: nobody thought of it", town.now)
    sorry = asep.news()[-1].reply
    assert "112" in sorry.text
    assert sorry.choices == offered  # the question before it can still be answered
    parked = town.db.read_sync(inbox.kept, asep.conversation_id)[-1]
    assert (parked.state, parked.reason) == ("parked", "ValueError: nobody thought of it")
    assert asep.taps("send")
    assert asep.numbers()


# ---------------------------------------------------------------- small parts


def act_on(tx: Tx, talk: Talk, effect: effects.Effect) -> None:
    from bot.services.rights import officer

    conversation = conversations.load(tx, talk.conversation_id).conversation
    someone = officer(tx, talk.contact_id, talk.town.now)
    stage = acting.Stage(talk.town.office, conversation, talk.contact_id, someone, 1, talk.town.now)
    acting.act(tx, stage, Session(offered=(Choice("a", "b"),)), (effect,))


def evidence(tx: Tx) -> list[Evidence]:
    return list(tx.session.exec(select(Evidence)))


def test_rating_and_words_about_it_are_kept(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    asep.taps(f"done:{number}")
    asep.taps(f"rate:{number}:2")
    asep.writes("lama sekali")
    rating = town.db.read_sync(kept.rating_of, town.report(number).id, asep.contact_id)
    assert rating is not None
    assert (rating.stars, rating.word) == (2, "lama sekali")


def test_an_identity_number_is_not_kept_in_what_was_received_either(either_town: Town) -> None:
    town, asep = either_town, either_town.citizen()
    text = "lampu jalan mati, nik 3273 0123 0185 0001"
    event_id = asep.arrives(json.dumps({"message": {"text": text}}))
    event = next(each for each in town.db.read_sync(inbox.pending, asep.conversation_id) if each.id == event_id)
    town.run(turns.play, town.office, event, [Told(TextSent(text), heard())], town.now)

    def received(tx: Tx) -> str:
        return inbox.payload_of(tx, next(each for each in inbox.kept(tx, asep.conversation_id) if each.id == event_id))

    assert json.loads(town.db.read_sync(received)) == {"message": {"text": "lampu jalan mati, nik [nomor dihapus]"}}
    asep.taps("send")
    (number,) = asep.numbers()
    assert town.report(number).description == "lampu jalan mati, nik [nomor dihapus]"


def test_a_question_that_the_next_message_overtakes_is_never_sent(either_town: Town) -> None:
    town, asep = either_town, either_town.citizen()
    asep.writes("jalan rusak", heard("jalan_rusak", place=None))
    (question,) = asep.news()
    assert question.due_at - town.now == timedelta(seconds=1.5)
    town.pass_time(seconds=1)
    asep.writes("di jl cisitu lama", heard("jalan_rusak"))
    assert [each.state for each in asep.news()] == ["withdrawn", "due"]
    assert asep.news()[-1].due_at == town.now


def test_a_question_that_was_sent_stays_and_so_does_news(either_town: Town) -> None:
    town, asep = either_town, either_town.citizen()
    number = asep.files()
    asep.writes("jalan rusak", heard("jalan_rusak", place=None))
    question = asep.news()[-1]

    def send(tx: Tx) -> None:
        message = next(each for each in tx.session.exec(select(OutboxMessage)) if each.key == question.key)
        assert message.id is not None
        outbox.claim(tx, message.id, town.now)

    town.pass_time(seconds=2)
    town.run(send)
    town.run(outbox.owe, conversation_id=asep.conversation_id, body=question.reply.to_json(), key=f"news:{number}",
             now=town.now, due_at=town.now + timedelta(minutes=1))  # fmt: skip
    asep.writes("di jl cisitu lama", heard("jalan_rusak"))
    assert not [each for each in asep.news() if each.state == "withdrawn"]


def test_the_places_of_earlier_reports_are_offered(either_town: Town) -> None:
    asep = either_town.citizen()
    asep.tells()
    question = asep.writes("sampah menumpuk bau sekali di sana", heard("sampah", place=None))
    assert [choice.label for choice in question.choices] == ["Jl. Cisitu Lama"]
    assert either_town.citizen("budi").writes("sampah menumpuk bau sekali", heard("sampah", place=None)).choices == ()


def test_an_answer_that_was_held_is_not_taken_back_by_the_message_that_releases_it(town: Town) -> None:
    asep = town.citizen()
    asep.writes("halo")
    held = asep.news()[0].key
    town.run(lambda tx: tx.change(OutboxMessage, OutboxMessage.key == held, state="held"))
    town.pass_time(days=2)
    asep.writes("halo")
    assert {each.key: each.state for each in asep.news()}[held] == "due"
