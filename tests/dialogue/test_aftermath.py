"""What is written soon after danger was reported belongs to that report."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import AddToReport, OpenReport
from bot.dialogue.events import MediaFailed
from bot.dialogue.knowledge import Clause, Heard
from bot.dialogue.session import Session
from bot.dialogue.steps.aftermath import says_where
from tests.makers import (
    FRESH,
    PASAR,
    STREET,
    asked_where,
    danger,
    done,
    heard,
    knowledge,
    play,
    report,
    session,
    shown,
    unclear,
    values,
)


def after(**what: object) -> Session:
    """A talk in which a fire was just filed."""
    asked = play(session(), "ada kebakaran", knowledge(heard=danger("kebakaran", **what))).session
    return play(asked, "ya").session


def knowing(said: Heard, place: str = "") -> object:
    return knowledge(own=(report(number=FRESH, category="kedaruratan", place=place),), heard=said)


@pytest.mark.parametrize(
    "text",
    ["alamatnya jl mawar gang 5", "tempatna di gang mawar", "jl mawar no 12", "posisi lokasi di belakang pabrik"],
)
def test_a_place_goes_with_the_emergency_whatever_a_model_makes_of_it(text: str) -> None:
    turn = play(after(place=STREET), text, knowing(heard("jalan_rusak", place=STREET), "Jalan Mawar"))  # type: ignore[arg-type]
    assert done(turn) == (AddToReport(FRESH, text),)
    assert "TELEPON 112" in shown(turn).text
    assert turn.session.draft is None


def test_the_first_place_told_becomes_the_reports() -> None:
    turn = play(after(), "depan pasar cihapit", knowing(unclear(place=PASAR)))  # type: ignore[arg-type]
    assert done(turn) == (AddToReport(FRESH, "depan pasar cihapit", place=PASAR),)


def test_nothing_but_names_of_places_says_where() -> None:
    said = heard("jalan_rusak", place_words="cijerah")
    assert says_where("cijerah 2", said)
    assert not says_where("cijerah berlubang", said)


@pytest.mark.parametrize("text", ["tolong pak", "tulung"])
def test_a_cry_for_help_is_no_greeting(text: str) -> None:
    assert done(play(after(), text, knowing(unclear()))) == (AddToReport(FRESH, text),)  # type: ignore[arg-type]


def test_that_it_is_over_is_noted() -> None:
    turn = play(after(), "udah padam semua kok", knowing(heard("pju")))  # type: ignore[arg-type]
    assert done(turn) == (AddToReport(FRESH, "udah padam semua kok"),)
    assert "sudah berakhir" in shown(turn).text


def test_a_lamp_that_is_out_is_another_matter() -> None:
    turn = play(after(), "lampu jalan sudah padam di pasar cihapit", knowing(heard("pju", place=PASAR)))  # type: ignore[arg-type]
    assert turn.session.draft is not None


def test_who_waits_for_help_hears_that_none_is_sent() -> None:
    turn = play(after(), "damkarnya udah jalan belum", knowing(heard("kesehatan")))  # type: ignore[arg-type]
    assert "TIDAK mengirim" in shown(turn).text
    assert "112" in shown(turn).text
    assert turn.session.draft is None


def test_a_crisis_after_it_is_answered_as_one() -> None:
    turn = play(after(), "saya mau mati", knowing(danger("jiwa", about_self=True)))  # type: ignore[arg-type]
    assert turn.session.step == "care"


# ---------------------------------------------------------------- who may hurt themselves


def crisis(about_self: bool, before: Session | None = None, **what: object) -> Session:
    know = knowledge(heard=danger("jiwa", about_self=about_self, **what))
    return play(before or session(), "mau bunuh diri", know).session


def test_who_stands_by_is_told_what_to_do_for_the_other() -> None:
    know = knowledge(heard=danger("jiwa", place=PASAR))
    first = play(session(), "teman saya mau bunuh diri", know)
    assert shown(first).text.startswith("Kalau nyawanya terancam, telepon 112 sekarang")
    assert "Tempat yang kami catat: Pasar Cihapit" in shown(first).text
    more = play(first.session, "dia sudah di tepi", knowing(danger("kekerasan_ppa")))  # type: ignore[arg-type]
    assert done(more) == (AddToReport(FRESH, "dia sudah di tepi"),)
    assert "temani dia" in shown(more).text
    assert values(more) == ()


def test_where_is_hoped_for_when_a_bystander_did_not_say() -> None:
    turn = play(session(), "teman saya mau bunuh diri", knowledge(heard=danger("jiwa")))
    assert "sebutkan tempatnya atau kirim titik peta" in shown(turn).text


def test_a_bystander_who_despairs_is_answered_as_one_who_despairs() -> None:
    know = knowing(danger("jiwa", about_self=True))
    turn = play(crisis(about_self=False), "saya juga mau mati", know)  # type: ignore[arg-type]
    assert turn.session.step == "care"
    assert "Terima kasih sudah bercerita" in shown(turn).text


@pytest.mark.parametrize("about_self", [True, False])
def test_a_draft_waits_without_its_buttons_until_it_is_wanted(about_self: bool) -> None:
    before = asked_where()
    turn = crisis(about_self, before)
    assert (turn.draft, turn.later, turn.offered) == (None, (before.draft,), ())
    kept = play(turn, "aku di kamar", knowing(unclear()))  # type: ignore[arg-type]
    assert done(kept) == (AddToReport(FRESH, "aku di kamar"),)
    back = play(kept.session, "kirim", knowing(unclear()))  # type: ignore[arg-type]
    assert "continue" in values(back)
    assert back.session.draft == before.draft


def test_a_file_that_failed_is_not_asked_for_again_of_a_bystander() -> None:
    assert play(crisis(about_self=False), MediaFailed(1, "gone")).effects == ()


# ---------------------------------------------------------------- no danger now


def test_who_asks_whom_to_call_gets_the_number_and_the_draft_waits() -> None:
    turn = play(session(), "nomor ambulans berapa", knowledge(heard=heard("kesehatan")))
    assert "Nomor darurat Kota Bandung: 112" in shown(turn).text
    beside = play(asked_where(), "nomor ambulans berapa", knowledge(heard=heard("kesehatan")))
    assert beside.session.draft == asked_where().draft


def test_confirmed_numbers_are_told_too() -> None:
    know = knowledge(heard=unclear())
    numbers = (know.city.agencies["bcc_112"].contacts[0],)
    city = replace(know.city, emergency=replace(know.city.emergency, confirmed_numbers=numbers))
    turn = play(session(), "nomor ambulans berapa", replace(know, city=city))
    assert "Nomor lain yang bisa dihubungi" in shown(turn).text


def test_a_complaint_that_asks_whom_to_tell_stays_a_complaint() -> None:
    turn = play(session(), "pohon tumbang lapor ke mana", knowledge(heard=heard("pohon_taman")))
    assert turn.session.draft is not None


def test_danger_that_is_past_is_no_report() -> None:
    past = heard("kedaruratan", kind="bukan_laporan")
    turn = play(session(), "tabrakan tadi sudah beres", knowledge(heard=past))
    assert not any(isinstance(effect, OpenReport) for effect in turn.effects)
    assert (turn.session.draft, values(turn)) == (None, ())
    assert "TELEPON 112" in shown(turn).text
    told = replace(past, kind="pengaduan")
    assert play(session(), "tabrakan tadi sudah beres", knowledge(heard=told)).session.draft is not None


def test_several_problems_in_one_message_are_no_part_of_the_danger() -> None:
    hole, lamp = heard("jalan_rusak"), heard("pju")
    both = replace(unclear(), several=(Clause("jalan bolong", hole), Clause("lampu mati", lamp)))
    turn = play(after(place=STREET), "jalan bolong, lampu mati", knowing(both, "Jalan Cikutra"))  # type: ignore[arg-type]
    assert not any(isinstance(effect, AddToReport) for effect in done(turn))
    assert turn.session.draft is not None
