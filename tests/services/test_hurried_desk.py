"""A hurried administrator: typing errors, wrong numbers, wrong states; what is refused says what is possible, nothing happens unsaid."""

import pytest

from bot.dialogue.events import CommandGiven, TextSent
from bot.dialogue.replies import Reply
from tests.services.test_scheduling import WIDE
from tests.services.town import LAMP, Talk, Town, heard


def gives(who: Talk, command: str, argument: str = "") -> Reply:
    (reply,) = who.hears_about(CommandGiven(command, argument))
    return reply


def values(reply: Reply) -> set[str]:
    return {choice.value for choice in reply.choices}


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize(
    ("typed", "meant"), [("verfikasi", "verifikasi"), ("disposis", "disposisi"), ("lengkap", "lengkapi")]
)
def test_a_mistyped_command_about_a_report_is_one_tap_away(town: Town, typed: str, meant: str) -> None:
    admin, number = town.administrator(), town.citizen().files()
    reply = gives(admin, typed, number)
    assert f"/{meant} {number}" in reply.text
    assert f"{meant}:{number}" in values(reply)
    assert town.report(number).status == "diterima"


def test_a_mistyped_command_without_a_report_is_named_and_nonsense_is_not_guessed_at(town: Town) -> None:
    admin = town.administrator()
    assert "/antrean" in gives(admin, "antrian").text
    assert "Maksudnya" not in gives(admin, "xyzzy").text
    owner = town.narahubung()
    assert "/verifikasi" not in gives(owner, "verfikasi").text, "what they may not do is not proposed"


def test_a_report_that_lies_with_nobody_cannot_be_returned_and_is_not_verified_by_that(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    reply = gives(admin, "kembalikan", f"{number} salah kirim")
    assert "belum bisa" in reply.text
    assert f"verifikasi:{number}" in values(reply)
    assert town.statuses(number) == ["diterima"]


@pytest.mark.parametrize(("language", "typed"), [("su", "basa sunda"), ("en", "bahasa inggris")])
def test_staff_choose_their_language_by_command_by_tap_or_in_words(town: Town, language: str, typed: str) -> None:
    admin = town.administrator()
    offered = gives(admin, "bahasa")
    assert values(offered) == {f"bahasa:{each}" for each in town.office.city.languages}
    said = admin.taps(f"bahasa:{language}").text
    assert said != offered.text
    assert admin.session().language == language
    gives(admin, "bahasa", "id")
    assert admin.writes(typed).text == said


# ---------------------------------------------------------------- questions


def asked_whether_right(town: Town) -> tuple[Talk, str]:
    admin, number = town.administrator(), town.citizen().files()
    gives(admin, "verifikasi", number)
    return admin, number


@pytest.mark.parametrize("said", ["ya", "iya bener", "Muhun, leres", "yes"])
def test_yes_in_words_verifies(town: Town, said: str) -> None:
    admin, number = asked_whether_right(town)
    admin.writes(said)
    assert town.report(number).status == "terverifikasi"


@pytest.mark.parametrize("said", ["batal", "Batal", "cancel", "teu janten"])
@pytest.mark.parametrize("before", ["", "sampahh"])
def test_cancel_in_words_ends_any_question(town: Town, said: str, before: str) -> None:
    admin, number = asked_whether_right(town)
    if before:
        assert before in admin.writes(before).text
    assert "tidak ada yang diubah" in admin.writes(said).text
    assert admin.session().task is None
    assert town.report(number).category == "pju"


def test_a_question_names_the_report_that_it_is_about(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    assert number in gives(admin, "teruskan", number).text
    town.move(admin, number, "terverifikasi")
    assert number in gives(admin, "disposisi").text, "the one that was looked at last"


# ---------------------------------------------------------------- refusals


def test_a_parent_that_cannot_be_one_is_asked_for_again(town: Town) -> None:
    admin, number, parent = town.administrator(), town.citizen().files(), town.citizen("ucup").files()
    for wrong in (f"{number} {number}", f"{number} BDG-9"):
        assert "digabung ke laporan mana" in gives(admin, "gabung", wrong).text
        assert admin.session().task is not None
    admin.hears_about(TextSent(parent), heard=heard())
    assert town.report(number).status == "digabung"
    assert town.report(number).parent_id == town.report(parent).id


def test_a_day_that_has_passed_is_asked_for_again(town: Town) -> None:
    number = town.citizen().files(WIDE)
    owner = town.assigned(number, "dsdabm")
    town.move(owner, number, "diproses", note="berangkat")
    assert "sudah lewat" in gives(owner, "jadwalkan", f"{number} 3/11 alat rusak").text
    owner.writes("3/12 alat rusak")
    assert town.report(number).status == "dijadwalkan"


def test_what_may_not_be_put_off_says_so_and_offers_only_what_is_possible(town: Town) -> None:
    number = town.citizen().files(LAMP)
    owner = town.assigned(number)
    reply = gives(owner, "jadwalkan", f"{number} besok menunggu alat")
    assert "punya perintah sendiri" not in reply.text
    assert f"proses:{number}" in values(reply)
    assert f"jadwalkan:{number}" not in values(reply)


@pytest.mark.parametrize(
    ("command", "argument"),
    [("pisah", ""), ("tutup", " bosan"), ("buka", " coba"), ("kabar", " besok"), ("proses", " siap")],
)
def test_every_refused_act_offers_the_legal_next_steps_or_the_report(town: Town, command: str, argument: str) -> None:
    admin, number = town.administrator(), town.citizen().files()
    reply = gives(admin, command, f"{number}{argument}")
    assert values(reply) & {f"verifikasi:{number}", f"see:{number}"}
    assert town.report(number).status == "diterima"


def test_an_outside_agency_gets_no_disposition_and_the_way_to_it_is_shown(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    town.narahubung("dishub")
    town.move(admin, number, "terverifikasi")
    reply = gives(admin, "disposisi", f"{number} pln")
    assert "PLN di luar Pemkot" in reply.text
    assert f"teruskan:{number}" in values(reply)
    gives(admin, "disposisi", number)
    assert "PLN di luar Pemkot" in admin.writes("pln").text
    assert town.report(number).status == "terverifikasi"
    both = gives(admin, "disposisi", f"{number} dishub, pln")
    assert "diteruskan ke Dishub" in both.text
    assert "PLN di luar Pemkot dan tidak ikut dibagi" in both.text
    assert town.report(number).agency == "dishub"


# ---------------------------------------------------------------- days


def test_a_date_that_does_not_exist_is_called_so(town: Town) -> None:
    admin = town.administrator()
    assert "tidak ada di kalender" in gives(admin, "libur", "31/2").text
    assert "tidak ada di kalender" not in gives(admin, "libur", "entah").text


def test_days_are_written_as_people_write_them_and_named_in_their_language(town: Town) -> None:
    admin = town.administrator()
    assert "17/8/2027" in gives(admin, "libur", "17/8/2027 upacara").text
    assert "Hari Raya Natal" in gives(admin, "libur").text
