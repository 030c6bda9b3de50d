"""From the first words to the number."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import AddToReport, JoinReport, OpenReport
from bot.dialogue.replies import Choice
from bot.dialogue.session import Session
from tests.makers import (
    CITY,
    FRESH,
    LONG_STREET,
    OTHER,
    OUTSIDE,
    PASAR,
    STREET,
    asked_where,
    at_read_back,
    done,
    draft,
    heard,
    knowledge,
    play,
    session,
    shown,
    tap,
    unclear,
    values,
)

RIAU = replace(STREET, name="Jalan Riau")
GIBBERISH = "ieu anu tea geuning"


def words(text: str, before: Session | None = None, **what: object) -> Session:
    return play(before or session(), text, knowledge(heard=heard(**what))).session  # type: ignore[arg-type]


# ---------------------------------------------------------------- the first words


def test_what_the_first_sentence_says_is_not_asked_again() -> None:
    after = words("lampu jalan mati di jalan cikutra", place=STREET)
    assert after.step == "confirm"
    assert after.draft is not None
    assert (after.draft.category, after.draft.place) == ("pju", STREET)


def test_only_what_is_missing_is_asked() -> None:
    assert words("lampu jalan mati").step == "location"
    turn = play(session(), "ada masalah di jalan cikutra", knowledge(heard=unclear(place=STREET)))
    assert turn.session.step == "category"
    assert len(shown(turn).choices) == 3
    picked = play(turn.session, "1")
    assert picked.session.step == "confirm"


def test_danger_is_never_offered_as_a_category() -> None:
    options = (("kedaruratan", 0.5), ("sampah", 0.2), ("pju", 0.2))
    turn = play(session(), "tolong ada yang aneh", knowledge(heard=heard(sure=False, categories=options)))
    assert "category:kedaruratan" not in values(turn)
    assert words("tolong ada yang aneh", category="kedaruratan").step == "category"


def test_one_word_that_says_what_is_wrong_is_enough() -> None:
    assert words("banjir", category="genangan_banjir").step == "location"


@pytest.mark.parametrize("kind", ["aspirasi", "permintaan_informasi"])
def test_another_kind_than_a_complaint_is_believed_only_when_clear(kind: str) -> None:
    clear = words("mohon ditambah lampu", kind=kind, kind_confidence=0.9, place=STREET)
    unsure = words("mohon ditambah lampu", kind=kind, kind_confidence=0.4, place=STREET)
    assert clear.draft is not None
    assert unsure.draft is not None
    assert (clear.draft.kind, unsure.draft.kind) == (kind, "pengaduan")


def test_a_question_needs_no_place() -> None:
    after = words("bagaimana cara membuat ktp", category="adminduk", kind="permintaan_informasi")
    assert after.step == "confirm"


def test_a_category_may_be_confidential_by_itself() -> None:
    after = words("petugas minta uang", category="perilaku_aparatur")
    assert after.draft is not None
    assert after.draft.privacy == "rahasia"


def test_so_is_one_that_was_picked_or_corrected() -> None:
    before = session(
        step="category", draft=draft(category=""), offered=(Choice("category:perilaku_aparatur", "Petugas"),)
    )
    secret = play(before, "1").session
    assert secret.draft is not None
    assert secret.draft.privacy == "rahasia"
    again = play(play(secret, "ubah").session, "kategori").session
    open_again = play(again, CITY.categories["pju"].label["id"]).session
    assert open_again.draft is not None
    assert open_again.draft.privacy == "anonim"


# ---------------------------------------------------------------- misunderstandings


def test_three_misunderstandings_end_in_a_report_for_a_person_to_read() -> None:
    talk = play(session(), "lapor").session
    asked = [shown(turn := play(talk, "eta")).text, shown(play(turn.session, "anu")).text]
    assert asked[0] != asked[1]
    talk = play(turn.session, "anu").session
    talk = play(talk, GIBBERISH).session
    assert talk.step == "category"
    end = play(talk, GIBBERISH)
    assert end.session.step == "confirm"
    assert end.session.draft is not None
    assert end.session.draft.needs_check
    assert end.session.draft.description.count(GIBBERISH) == 2
    filed = play(end.session, "kirim")
    assert "perlu verifikasi" in shown(filed).text


def test_an_answer_to_the_next_question_is_taken_and_is_no_misunderstanding() -> None:
    before = session(step="category", draft=draft(category="", place=None), tries=2)
    turn = play(before, "di jalan cikutra", knowledge(heard=unclear(place=STREET)))
    assert turn.session.step == "category"
    assert turn.session.tries == 2
    assert turn.session.draft is not None
    assert turn.session.draft.place == STREET


def test_the_category_may_be_said_in_other_words() -> None:
    before = session(step="category", draft=draft(category="", place=STREET))
    assert words("sampah menumpuk bau", before, category="sampah").step == "confirm"
    assert words(CITY.categories["pohon_taman"].button["id"], before, category="lainnya").step == "confirm"


# ---------------------------------------------------------------- the read-back


@pytest.mark.parametrize(("typed", "kept"), [("tampil", "tampil"), ("RAHASIA", "rahasia"), ("anonim aja", "anonim")])
def test_how_the_name_is_shown_is_changed_by_one_word(typed: str, kept: str) -> None:
    turn = play(at_read_back(), typed)
    assert turn.session.draft is not None
    assert (turn.session.draft.privacy, turn.session.draft.privacy_chosen) == (kept, True)
    assert turn.session.draft.description == draft().description
    assert turn.session.step == "confirm"


def test_an_afterthought_is_added_and_read_back() -> None:
    turn = play(at_read_back(), "sudah seminggu begini", knowledge(heard=unclear()))
    assert shown(turn).text.startswith("Sudah kami tambahkan.")
    assert turn.session.draft is not None
    assert turn.session.draft.description.endswith("\nsudah seminggu begini")


def test_the_place_is_corrected_in_one_sentence() -> None:
    turn = play(at_read_back(), "salah, harusnya di jalan cikutra", knowledge(heard=unclear(place=STREET)))
    assert turn.session.draft is not None
    assert turn.session.draft.place == STREET
    assert turn.session.step == "confirm"


def test_saying_that_something_is_wrong_opens_the_menu() -> None:
    before = at_read_back()
    assert values(play(before, "ada yang salah")) == values(play(before, "ubah"))
    assert play(before, "kategorinya salah").session.step == "category"


def test_thanks_are_no_addition() -> None:
    turn = play(at_read_back(), "terima kasih banyak")
    assert turn.session.draft == draft()


def test_a_long_story_is_quoted_in_part_and_kept_whole() -> None:
    story = "lampu mati " * 90
    turn = play(session(), story.strip(), knowledge(heard=heard(place=STREET)))
    assert turn.session.draft is not None
    assert turn.session.draft.description == story.strip()
    assert len(shown(turn).text) < 1000


# ---------------------------------------------------------------- changing


@pytest.mark.parametrize("part", ["description", "category", "location", "privacy"])
def test_one_answer_is_changed_and_the_others_stay(part: str) -> None:
    menu = play(at_read_back(place=STREET), "ubah")
    assert len(values(menu)) == 4
    asked = play(menu.session, tap(menu.session, f"edit:{part}"))
    assert asked.session.draft is not None
    assert asked.session.draft.evidence == draft().evidence
    answers = {
        "description": play(asked.session, "lampu kedip kedip", knowledge(heard=heard())),
        "category": play(asked.session, "1"),
        "location": play(asked.session, "jalan riau", knowledge(heard=unclear(place=RIAU))),
        "privacy": play(asked.session, "tampil"),
    }
    after = answers[part].session
    assert after.step == "confirm"
    assert after.draft is not None
    changed = {
        "description": after.draft.description == "lampu kedip kedip",
        "category": after.draft.category == "sampah",
        "location": after.draft.place == RIAU,
        "privacy": after.draft.privacy == "tampil",
    }
    assert [name for name, is_so in changed.items() if is_so] == [part]


def test_the_category_called_wrong_is_not_offered_again() -> None:
    menu = play(at_read_back(), "ubah").session
    assert "category:pju" not in values(play(menu, "kategori"))


def test_a_rewritten_problem_is_lost_only_when_a_new_one_is_there() -> None:
    asked = play(play(at_read_back(), "ubah").session, "masalah")
    assert asked.session.draft is not None
    assert asked.session.draft.description == draft().description
    assert play(asked.session, "halo").session.draft == asked.session.draft


# ---------------------------------------------------------------- two problems


def test_another_problem_waits_and_comes_next() -> None:
    turn = play(asked_where(), "sampah juga menumpuk banyak sekali", knowledge(heard=heard("sampah")))
    assert turn.session.step == "location"
    assert [each.category for each in turn.session.later] == ["sampah"]
    told = play(turn.session, "jalan cikutra", knowledge(heard=unclear(place=STREET)))
    filed = play(told.session, "kirim")
    assert isinstance(done(filed)[0], OpenReport)
    assert FRESH in shown(filed).text
    assert filed.session.draft is not None
    assert filed.session.draft.category == "sampah"
    assert filed.session.later == ()


def test_giving_up_the_first_leaves_the_second() -> None:
    before = at_read_back()
    both = Session(
        **{**{f: getattr(before, f) for f in ("step", "turn", "language", "draft", "offered")}, "later": (draft(),)}
    )
    turn = play(both, "batal")
    assert turn.session.draft == draft()
    assert turn.session.later == ()


@pytest.mark.parametrize("text", ["depan tempat sampah yang penuh itu", "di pasar yang banyak sampahnya ya", "sampah"])
def test_a_landmark_is_no_other_problem(text: str) -> None:
    assert play(asked_where(), text, knowledge(heard=heard("sampah"))).session.later == ()


# ---------------------------------------------------------------- the end


def test_a_photo_is_asked_for_once_after_the_number_and_never_where_it_hurts() -> None:
    assert values(play(at_read_back(), "kirim")) == ("skip",)
    assert values(play(at_read_back(evidence=(3,)), "kirim")) == ()
    assert values(play(at_read_back(category="sosial"), "kirim")) == ()


def test_without_a_photo_is_fine() -> None:
    filed = play(at_read_back(), "kirim").session
    turn = play(filed, "lewati")
    assert "tanpa foto" in shown(turn).text
    assert not turn.session.wants_photo


@pytest.mark.parametrize(
    ("category", "said", "filed"),
    [
        ("pju", "rendah", "sedang"),
        ("pju", "tinggi", "tinggi"),
        ("jalan_rusak", "rendah", "tinggi"),
        ("kedaruratan", "sedang", "tinggi"),
    ],
)
def test_the_more_urgent_of_words_and_category_counts(category: str, said: str, filed: str) -> None:
    (effect,) = done(play(at_read_back(category=category, priority=said, place=None), "kirim"))
    assert isinstance(effect, OpenReport)
    assert effect.draft.priority == filed


def test_joining_gives_a_number_of_ones_own() -> None:
    offered = (Choice(f"support:{OTHER}", "Dukung"), Choice("different", "Beda"))
    before = session(step="similar", draft=draft(similar_settled=False), offered=offered)
    turn = play(before, "sama")
    (effect,) = done(turn)
    assert isinstance(effect, JoinReport)
    assert (effect.number, effect.parent) == (FRESH, OTHER)
    apart = play(before, "beda, ini di seberangnya", knowledge(heard=unclear()))
    assert apart.session.step == "confirm"
    assert apart.session.draft is not None
    assert apart.session.draft.description.endswith("ini di seberangnya")


def test_cancelling_files_nothing() -> None:
    for happens in ("batal", "/batal", "3"):
        turn = play(at_read_back(), happens)
        assert turn.session.draft is None
        assert done(turn) == ()
    assert "Tidak ada laporan" in shown(play(session(), "batal")).text


# ---------------------------------------------------------------- what is told before filing


def test_another_authoritys_road_is_told_before_filing() -> None:
    turn = play(session(), "jalan berlubang depan samsat", knowledge(heard=heard("jalan_rusak", place=LONG_STREET)))
    assert "kewenangan" in shown(turn).text
    light = play(session(), "lampu mati depan samsat", knowledge(heard=heard("pju", place=STREET)))
    assert "kewenangan" not in shown(light).text


def test_a_place_outside_the_city_is_told_before_filing() -> None:
    turn = play(
        session(step="location", draft=draft(place=OUTSIDE)), "depan pasar panorama", knowledge(heard=unclear())
    )
    assert "Kabupaten Bandung Barat" in shown(turn).text


def test_words_after_the_number_belong_to_a_new_report() -> None:
    filed = play(at_read_back(), "kirim").session
    turn = play(filed, "sampah menumpuk", knowledge(heard=heard("sampah", place=PASAR)))
    assert turn.session.draft is not None
    assert turn.session.about == ""
    assert not any(isinstance(effect, AddToReport) for effect in done(turn))


def test_who_sends_although_others_told_the_same_sends_their_own() -> None:
    offered = (Choice("support:x", "Dukung"), Choice("different", "Beda"))
    before = session(step="similar", draft=draft(similar_settled=False), offered=offered)
    turn = play(before, "kirim", knowledge(heard=unclear()))
    assert turn.session.draft is not None
    assert turn.session.draft.similar_settled
    assert turn.session.step == "confirm"
