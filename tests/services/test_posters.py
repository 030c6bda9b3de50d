"""Codes of places, and what an opened one leads to."""

from bot.dialogue.deep_links import KINDS, DeepLink, written
from bot.dialogue.events import CommandGiven, TextSent
from bot.services import posters, staffing
from cities.city import City
from storage import people
from tests.services.town import Town, heard


def test_every_place_of_the_city_has_a_code_of_its_own_that_can_be_printed(city: City) -> None:
    found = posters.places_by_code(str(city.folder))
    assert len(found) > 1000
    for code, each in found.items():
        assert KINDS["di"].takes.fullmatch(code)
        assert len(written(DeepLink(place=code, rw="003", rt="012"))) <= 64
        assert posters.code_of(each.row.id) == code


def test_an_rw_is_a_place_within_its_kelurahan(city: City) -> None:
    found = posters.opened(city, CommandGiven("start", "di_kel-3273091001__rw_03__rt_2"))
    assert found is not None
    assert found.place is not None
    assert (found.place.name, found.place.kelurahan, found.place.lat) == ("RT 02/RW 03", "Cihapit", None)


def test_what_the_city_does_not_have_is_not_known(city: City) -> None:
    for payload in ("di_kel-9999999999", "soal_ufo", "besok", "staf_ABCDEFGH2345"):
        found = posters.opened(city, CommandGiven("start", payload))
        assert found is not None
        assert not found.known


def test_other_events_open_nothing(city: City) -> None:
    assert posters.opened(city, TextSent("halo")) is None
    assert posters.opened(city, CommandGiven("start")) is None


def test_a_report_keeps_the_campaign_that_led_to_it(town: Town) -> None:
    asep = town.citizen()
    asep.hears_about(CommandGiven("start", "di_kel-3273091001__rw_03__siaran_hujan26"))
    number = asep.tells("lampu mati", heard(place=None))
    assert town.report(number).campaign == "hujan26"
    assert town.report(number).place_name == "RW 03"


def test_a_code_of_a_report_tells_where_it_stands(town: Town) -> None:
    asep = town.citizen()
    number = asep.tells()
    (reply,) = asep.hears_about(CommandGiven("start", f"lacak_{number}"))
    assert number in reply.text


def test_a_signed_link_lets_staff_in_and_a_forged_one_does_not(town: Town) -> None:
    code = town.run(staffing.invite, town.office.city, "administrator", "", town.now)
    payload = town.run(lambda tx: written(DeepLink(staff_code=code), tx.vault.fingerprint))
    thief, staff = town.stranger_at_staff_bot("maling"), town.stranger_at_staff_bot("budi")
    thief.hears_about(CommandGiven("start", payload[:-1] + "g"))
    assert thief.session().task is None
    staff.hears_about(CommandGiven("start", payload))
    assert [role.role for role in town.db.read_sync(people.staff_roles, staff.contact_id, town.now)] == [
        "administrator"
    ]
    assert town.db.read_sync(people.staff_roles, thief.contact_id, town.now) == []
