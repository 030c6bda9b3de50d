"""On WhatsApp citizens and staff write to one number: a leading "/" of somebody who is staff is for the back office."""

import pytest

from bot.channels.rendering import render
from bot.channels.whatsapp_parcels import CAPABILITIES
from bot.dialogue.events import ChoicePicked, CommandGiven, Event, MediaShared, TextSent
from bot.dialogue.replies import Reply
from bot.services import staffing
from bot.services.two_desks import FIRST_TURN
from storage import people
from tests.services.town import Talk, Town, heard


def on_whatsapp(town: Town, role: str = "narahubung", agency: str = "dishub") -> Talk:
    """Somebody who became staff by a code that they sent to the citizens' number."""
    person = town.citizen(f"wa {role} {agency}", channel="whatsapp")
    code = town.run(staffing.invite, town.office.city, role, agency, town.now)
    assert "Selamat bergabung" in says(person, CommandGiven("start", code)).text
    return person


def says(talk: Talk, event: Event) -> Reply:
    (reply,) = talk.hears_about(event, heard=heard())
    return reply


@pytest.fixture
def number(town: Town) -> str:
    made = town.citizen().files()
    town.assigned(made)
    return made


def test_a_narahubung_works_on_a_report_by_commands(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    assert number in says(owner, CommandGiven("antrean")).text
    assert "lampu jalan mati" in says(owner, CommandGiven("lihat", number)).text
    says(owner, CommandGiven("proses", f"{number} tim berangkat"))
    assert town.report(number).status == "diproses"
    assert town.history(number)[-1].contact_id == owner.contact_id


def test_words_and_a_photo_answer_what_the_back_office_asked(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    says(owner, CommandGiven("proses", number))
    says(owner, TextSent("tim berangkat"))
    says(owner, CommandGiven("selesai", f"{number} lampu diganti"))
    says(owner, MediaShared("photo", "bukti"))
    assert town.statuses(number)[-2:] == ["diproses", "menunggu_konfirmasi"]


def test_buttons_work_by_tap_and_by_number(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    card = says(owner, CommandGiven("lihat", number))
    at = [choice.value for choice in card.choices].index(f"proses:{number}")
    asked = says(owner, TextSent(str(at + 1)))
    assert [choice.value for choice in asked.choices] == ["stop"]
    says(owner, ChoicePicked("stop", asked.turn))
    says(owner, ChoicePicked(f"proses:{number}", card.turn))
    says(owner, TextSent("berangkat"))
    assert town.report(number).status == "diproses"


def test_news_can_be_tapped_whenever_they_came(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    assert "lampu jalan mati" in says(owner, ChoicePicked(f"see:{number}", 0)).text


def test_everything_shown_fits_whatsapp(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    for command in ("antrean", "tugas", "bantuan", f"lihat {number}", f"proses {number}"):
        name, _, argument = command.partition(" ")
        shown = render(says(owner, CommandGiven(name, argument)), CAPABILITIES)
        labels = [choice.label for row in shown.buttons for choice in row]
        assert len(shown.text) <= CAPABILITIES.text
        assert all(len(label) <= CAPABILITIES.button_label for label in labels)
        assert len(labels) <= CAPABILITIES.buttons


def test_what_staff_say_otherwise_they_say_as_a_citizen(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    says(owner, CommandGiven("lihat", number))
    assert "laporan serupa" in says(owner, TextSent("lampu jalan mati di jl cisitu lama")).text
    assert says(owner, CommandGiven("antrean")).turn > FIRST_TURN
    says(owner, TextSent("beda"))
    says(owner, TextSent("kirim"))
    assert len(owner.numbers()) == 1


def test_the_two_talks_do_not_disturb_each_other(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    says(owner, TextSent("lampu jalan mati di jl cisitu lama"))
    draft = owner.session().draft
    assert draft is not None
    says(owner, CommandGiven("proses", number))
    assert owner.session().draft == draft
    says(owner, CommandGiven("batal"))
    assert owner.session().draft == draft
    assert town.report(number).status == "didisposisikan"


def test_a_command_that_only_citizens_have_stays_theirs(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    says(owner, TextSent("lampu jalan mati di jl cisitu lama"))
    says(owner, CommandGiven("bahasa"))
    assert owner.session().at_desk is False
    says(owner, CommandGiven("batal"))
    assert owner.session().draft is None


def test_the_language_is_that_of_the_talk_which_spoke_last(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    says(owner, CommandGiven("lihat", number))
    assert "Basa Sunda" in says(owner, CommandGiven("bahasa", "su")).text
    assert owner.session().at_desk is True


def test_a_citizen_with_a_slash_stays_a_citizen(town: Town, number: str) -> None:
    citizen = town.citizen("ucup", channel="whatsapp")
    assert "lampu jalan mati" not in says(citizen, CommandGiven("lihat", number)).text
    says(citizen, CommandGiven("proses", f"{number} x"))
    says(citizen, ChoicePicked(f"proses:{number}", 0))
    assert town.report(number).status == "didisposisikan"
    assert citizen.session().desk == ""


def test_whose_role_has_ended_is_a_citizen_again(town: Town, number: str) -> None:
    owner = on_whatsapp(town)
    says(owner, CommandGiven("lihat", number))
    (role,) = town.run(people.staff_roles, owner.contact_id, town.now)
    town.run(people.end_role, role.id, town.now)
    town.pass_time(seconds=1)
    assert "lampu jalan mati" not in says(owner, CommandGiven("lihat", number)).text


def test_a_code_that_is_none_is_a_citizens_start(town: Town) -> None:
    citizen = town.citizen("ucup", channel="whatsapp")
    says(citizen, CommandGiven("start", "ABCD-EFGH"))
    assert town.run(people.staff_roles, citizen.contact_id, town.now) == []


def test_a_link_of_a_poster_is_a_citizens_also_for_staff(town: Town) -> None:
    owner = on_whatsapp(town)
    says(owner, CommandGiven("start", "di_kel-3273091001"))
    assert owner.session().at_desk is False


def test_a_code_that_comes_too_late_is_told_so(town: Town) -> None:
    citizen = town.citizen("ucup", channel="whatsapp")
    code = town.run(staffing.invite, town.office.city, "narahubung", "dishub", town.now)
    town.pass_time(days=60)
    assert "kedaluwarsa" in says(citizen, CommandGiven("start", code)).text
    assert town.run(people.staff_roles, citizen.contact_id, town.now) == []


def test_on_telegram_the_citizens_bot_knows_no_staff(town: Town, number: str) -> None:
    owner = town.citizen("wa narahubung dishub")
    code = town.run(staffing.invite, town.office.city, "narahubung", "dishub", town.now)
    town.run(staffing.join, code, owner.contact_id, town.now)
    assert "lampu jalan mati" not in says(owner, CommandGiven("lihat", number)).text


def test_news_for_staff_name_a_template_for_when_the_window_is_shut(town: Town) -> None:
    owner = on_whatsapp(town)
    number = town.citizen("ucup").files()
    admin = town.administrator()
    town.move(admin, number, "terverifikasi")
    town.move(admin, number, "didisposisikan", agency="dishub")
    (told,) = [news.reply for news in owner.news() if number in news.reply.text]
    fitting = [each.name for each in town.office.city.templates if each.announces(told.news) > 1]
    assert told.news == "staff.staff_news_assigned"
    assert fitting == ["kabar_petugas"]
    assert dict(told.blanks) == {"nomor": number}
