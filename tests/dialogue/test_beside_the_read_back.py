"""What is written beside a question of a draft: added, set aside, kept for later or obeyed, and always said which."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import AddToReport, Effect, OpenReport, WantCampaigns
from bot.dialogue.events import ChoicePicked, MediaShared
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.session import Session
from bot.dialogue.steps import reading
from bot.dialogue.turn import Scene, Turn
from tests.makers import (
    CITY,
    DISTRICT,
    NUMBER,
    PASAR,
    STREET,
    asked_where,
    at_read_back,
    command,
    draft,
    heard,
    knowledge,
    play,
    report,
    session,
    shown,
    values,
)

CHATTER = heard("lainnya", kind="bukan_laporan", sure=False)
ELSEWHERE = replace(STREET, name="Jalan Riau")


def acts(turn: Turn, kind: type[Effect]) -> list[Effect]:
    return [effect for effect in turn.effects if isinstance(effect, kind)]


def test_chatter_is_not_added_and_that_is_said() -> None:
    turn = play(at_read_back(), "lagi ngopi nih mang", knowledge(heard=CHATTER))
    assert "“lagi ngopi nih mang” tidak kami tambahkan" in shown(turn).text
    assert turn.session.draft == draft()
    assert turn.session.step == "confirm"


@pytest.mark.parametrize("text", ["bego banget sih kalian semua", "dasar goblok ah", "bohong wae maneh mah"])
def test_an_insult_is_not_added_even_where_it_sounds_like_a_category(text: str) -> None:
    sounds = heard("drainase_sungai", kind="bukan_laporan", kind_confidence=0.99)
    turn = play(at_read_back(), text, knowledge(heard=sounds))
    assert turn.session.draft == draft()


def test_a_few_words_about_the_problem_are_added_even_where_they_sound_like_no_report() -> None:
    smell = heard("pencemaran", kind="bukan_laporan", kind_confidence=0.99)
    turn = play(at_read_back(), "bau banget", knowledge(heard=smell))
    assert turn.session.draft is not None
    assert turn.session.draft.description.endswith("\nbau banget")
    assert "Sudah kami tambahkan" in shown(turn).text


def test_a_bare_name_is_not_added() -> None:
    turn = play(at_read_back(), "Sutisna", knowledge(heard=CHATTER))
    assert turn.session.draft == draft()


def test_thanks_before_sending_say_that_nothing_is_sent_yet() -> None:
    turn = play(at_read_back(), "nuhun pisan")
    assert "belum dikirim" in shown(turn).text
    assert {"send", "change", "cancel"} <= set(values(turn))


def test_thanks_of_somebody_who_never_reported_promise_no_news() -> None:
    assert "kabar" not in shown(play(session(), "makasih ya")).text.lower()
    assert "kabar" in shown(play(session(), "makasih ya", knowledge(own=(report(),)))).text.lower()


def test_another_lamp_in_another_street_waits_for_later() -> None:
    before = at_read_back(place=STREET)
    turn = play(before, "lampu jalan riau juga mati total", knowledge(heard=heard(place=ELSEWHERE)))
    assert [each.place for each in turn.session.later] == [ELSEWHERE]
    assert turn.session.draft == before.draft
    assert "lampu jalan riau juga mati total" in shown(turn).text


def test_what_waits_may_be_made_one_report_after_all() -> None:
    told = heard(place=ELSEWHERE)
    turn = play(at_read_back(place=STREET), "lampu jalan riau juga mati total", knowledge(heard=told))
    one = play(turn.session, "jadikan satu")
    assert one.session.later == ()
    assert one.session.draft is not None
    assert "lampu jalan riau juga mati total" in one.session.draft.description


@pytest.mark.parametrize(
    ("place", "text", "apart"),
    [
        (ELSEWHERE, "lampu jalan riau juga mati total", True),
        (STREET, "lampu jalan cikutra masih mati", False),  # the same street
        (DISTRICT, "lampu di coblong juga mati", False),  # too wide to be sure
        (ELSEWHERE, "eh salah harusnya jalan riau", False),  # a correction
        (ELSEWHERE, "jalan riau mati", False),  # too short to tell a problem
        (None, "lampunya mati dari kemarin sore", False),
    ],
)
def test_a_problem_is_elsewhere_only_where_both_places_are_fine_and_differ(
    place: object, text: str, apart: bool
) -> None:
    told = heard(place=place)
    scene = Scene(at_read_back(place=STREET), knowledge(heard=told))
    assert reading.elsewhere(scene, text, told) is apart


def test_a_point_on_the_map_is_never_told_apart_from_words() -> None:
    pin = replace(PASAR, kind="pin")
    told = heard(place=ELSEWHERE)
    assert not reading.elsewhere(Scene(at_read_back(place=pin), knowledge(heard=told)), "lampu jalan riau mati", told)


def test_send_while_something_is_to_be_changed_sends_it_as_it_was() -> None:
    asking = play(at_read_back(), "ubah")
    assert asking.session.step == "change"
    assert acts(play(asking.session, "kirim"), OpenReport)


def test_back_from_a_place_that_was_to_be_changed_brings_the_old_one_back() -> None:
    asking = play(play(at_read_back(), "ubah").session, "lokasi")
    assert asking.session.step == "location"
    back = play(asking.session, "kembali")
    assert back.session.step == "confirm"
    assert back.session.draft is not None
    assert back.session.draft.place == PASAR


def test_a_name_is_not_typed_but_chosen() -> None:
    asking = play(play(at_read_back(), "ubah").session, "nama")
    turn = play(asking.session, "Sutisna Wijaya", knowledge(heard=CHATTER))
    assert "tidak perlu diketik" in shown(turn).text
    assert "show_name" in values(turn)


def test_no_campaign_stands_among_the_answers_of_an_open_question() -> None:
    turn = play(at_read_back(), command("langganan"))
    assert acts(turn, WantCampaigns)
    assert not [value for value in values(turn) if value.startswith("campaigns:")]
    assert "campaigns:off" in values(play(session(), command("langganan")))


@pytest.mark.parametrize("text", ["???", "?", "!?"])
def test_question_marks_alone_ask_for_help(text: str) -> None:
    assert "Yang bisa dilakukan di sini" in shown(play(session(), text)).text


def test_dots_alone_ask_for_nothing() -> None:
    assert "Yang bisa dilakukan di sini" not in shown(play(session(), "...")).text


# ---------------------------------------------------------------- what is wrong in a filed report


def correcting() -> tuple[Session, Knowledge]:
    know = knowledge(own=(report(),), number_heard=NUMBER, named=report())
    return play(session(), command("ubah", NUMBER), know).session, knowledge(own=(report(),))


def test_cancel_keeps_the_filed_report_as_it_was() -> None:
    asked, know = correcting()
    turn = play(asked, "batal", know)
    assert f"laporan {NUMBER} tetap seperti semula" in shown(turn).text
    assert not acts(turn, AddToReport)
    assert turn.session.step != "correction"


@pytest.mark.parametrize("text", ["1", "7", "x"])
def test_a_bare_number_corrects_nothing_and_the_question_stands(text: str) -> None:
    asked, know = correcting()
    turn = play(asked, text, know)
    assert not acts(turn, AddToReport)
    assert turn.session.step == "correction"


def test_words_correct_it() -> None:
    asked, know = correcting()
    assert acts(play(asked, "yang benar nomor 12", know), AddToReport)


# ---------------------------------------------------------------- the language


@pytest.mark.parametrize("number", ["1", "satu", "nomor dua", "hiji"])
def test_a_number_that_was_not_offered_neither_starts_over_nor_shows_a_name(number: str) -> None:
    turn = play(asked_where(), number)
    assert turn.session.draft is not None
    assert turn.session.draft.description == draft().description
    assert turn.session.draft.privacy == "anonim"


def test_the_name_of_a_place_changes_no_language() -> None:
    told = heard(language="id", place=STREET)
    turn = play(replace(asked_where(), language="en"), "jalan cikutra dekat masjid", knowledge(heard=told))
    assert turn.session.language == "en"


def test_a_sentence_still_changes_it() -> None:
    told = heard(language="en", place=STREET)
    assert play(session(), "the street light is broken", knowledge(heard=told)).session.language == "en"
    assert CITY.languages[0] == "id"


def test_an_old_button_of_campaigns_beside_a_draft_is_harmless() -> None:
    turn = play(at_read_back(), ChoicePicked("campaigns:off", 1))
    assert turn.session.draft == draft()


# ---------------------------------------------------------------- what is said too early, and what is clearer


def test_send_without_a_place_says_that_the_place_is_missing() -> None:
    turn = play(asked_where(category="sampah"), "kirim")
    assert shown(turn).text.startswith("Belum bisa dikirim: tempatnya belum ada.")
    assert "skip" in values(turn)
    assert not acts(turn, OpenReport)


def test_send_where_the_place_may_stay_open_reads_back_without_it() -> None:
    turn = play(replace(asked_where(category="sampah"), tries=1), "kirim")
    assert turn.session.step == "confirm"
    assert "Baik, tanpa tempat yang lebih tepat" in shown(turn).text
    assert not acts(turn, OpenReport)
    assert acts(play(turn.session, "kirim"), OpenReport)


def test_send_without_a_category_says_so() -> None:
    before = session(step="category", draft=draft(category=""))
    turn = play(before, "kirim")
    assert "belum jelas ini soal apa" in shown(turn).text
    assert turn.session.draft == before.draft


def test_skip_where_it_may_not_be_skipped_says_why_and_offers_it_then() -> None:
    turn = play(asked_where(category="sampah"), "lewati")
    assert "Tanpa tempat" in shown(turn).text
    assert "skip" in values(turn)
    assert play(turn.session, "lewati").session.step == "confirm"


def test_a_complete_complaint_comes_before_one_without_a_place() -> None:
    told = heard("sampah", place=STREET)
    turn = play(asked_where(), "sampah numpuk di jalan cikutra", knowledge(heard=told))
    assert turn.session.step == "confirm"
    assert turn.session.draft is not None
    assert (turn.session.draft.category, turn.session.draft.place) == ("sampah", STREET)
    assert [each.description for each in turn.session.later] == [draft().description]
    assert draft().description in shown(turn).text


def test_a_vague_beginning_is_part_of_the_clear_complaint() -> None:
    vague = asked_where(category=CITY.fallback_category, description="ada masalah nih", evidence=(3,))
    turn = play(vague, "sampah numpuk di jalan cikutra", knowledge(heard=heard("sampah", place=STREET)))
    assert turn.session.later == ()
    assert turn.session.draft is not None
    assert turn.session.draft.description == "ada masalah nih\nsampah numpuk di jalan cikutra"
    assert turn.session.draft.evidence == (3,)
    assert turn.session.draft.category == "sampah"


def test_clear_words_at_the_read_back_name_what_nobody_could() -> None:
    before = at_read_back(category=CITY.fallback_category)
    turn = play(before, "itu lampu jalannya yang mati", knowledge(heard=heard("pju")))
    assert turn.session.draft is not None
    assert turn.session.draft.category == "pju"
    assert turn.session.later == ()


def test_the_place_of_the_clear_words_is_the_place() -> None:
    before = session(step="category", draft=draft(category="", place=STREET))
    turn = play(before, "lampu jalan riau mati", knowledge(heard=heard("pju", place=ELSEWHERE)))
    assert turn.session.draft is not None
    assert turn.session.draft.place == ELSEWHERE


# ---------------------------------------------------------------- questions


def asking(category: str = "lainnya", **changes: object) -> Knowledge:
    return knowledge(heard=heard(category, kind="permintaan_informasi", sure=False, **changes))


@pytest.mark.parametrize("sure", [0.97, 0.4])
def test_a_question_is_never_answered_with_a_choice_of_categories(sure: float) -> None:
    turn = play(session(), "kantor kelurahan buka jam berapa ya", asking(kind_confidence=sure))
    assert turn.session.step == "confirm"
    assert turn.session.draft is not None
    assert (turn.session.draft.kind, turn.session.draft.category) == ("permintaan_informasi", "lainnya")
    assert "Ini pertanyaan." in shown(turn).text
    assert "Lokasi: -" in shown(turn).text


def test_a_question_goes_to_the_office_that_it_is_likely_about() -> None:
    likely = (("adminduk", 0.6), ("lainnya", 0.2), ("kedaruratan", 0.1))
    turn = play(session(), "ktp hilang gimana ya ngurusnya?", asking(categories=likely))
    assert turn.session.draft is not None
    assert turn.session.draft.category == "adminduk"


def test_words_that_only_may_be_a_question_are_a_complaint() -> None:
    turn = play(session(), "sampah di sini numpuk", asking("sampah", kind_confidence=0.4))
    assert turn.session.draft is not None
    assert turn.session.draft.kind == "pengaduan"


# ---------------------------------------------------------------- captions


def photo(caption: str) -> MediaShared:
    return MediaShared("photo", "file", caption, evidence=9)


def test_a_caption_that_sends_files_the_report_with_the_photo() -> None:
    (filed,) = acts(play(at_read_back(), photo("kirim")), OpenReport)
    assert isinstance(filed, OpenReport)
    assert filed.draft.evidence == (9,)
    assert filed.draft.description == draft().description


def test_a_caption_that_chooses_is_no_word_of_the_report() -> None:
    turn = play(at_read_back(), photo("batal"))
    assert turn.session.draft is None
    kept = play(at_read_back(), photo("bantuan")).session.draft
    assert kept == draft(evidence=(9,))


def test_a_caption_that_tells_is_added() -> None:
    turn = play(at_read_back(), photo("tiangnya juga miring"), knowledge(heard=heard("pju")))
    assert turn.session.draft is not None
    assert turn.session.draft.description.endswith("tiangnya juga miring")


def test_a_first_photo_with_a_command_below_is_asked_about() -> None:
    turn = play(session(), photo("batal"), knowledge(heard=CHATTER))
    assert turn.session.draft is not None
    assert (turn.session.draft.evidence, turn.session.draft.description) == ((9,), "")
