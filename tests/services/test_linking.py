"""Two chats of one person become one by a code; nobody comes by another's reports; one word undoes it."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.events import ChoicePicked, CommandGiven
from bot.services import campaigns, linking, rights, staffing
from storage import people
from storage.linking import LinkCodeUnusable, make, part, redeem
from tests.services.town import Talk, Town, heard

CODE = re.compile(r"[A-Z]{4}-\d{4}")


def _code(talk: Talk) -> str:
    """What `hubungkan` gives in this chat."""
    found = CODE.search(talk.writes("hubungkan").text)
    assert found
    return found[0]


def linked(town: Town, *, name: str = "asep") -> tuple[Talk, Talk]:
    """Somebody's Telegram and WhatsApp, linked."""
    phone, other = town.citizen(name), town.citizen(f"{name} wa", channel="whatsapp")
    other.writes(f"hubungkan {_code(phone)}")
    other.taps(other.news()[-1].reply.choices[0].value)
    return phone, other


def test_after_a_code_and_a_yes_both_chats_see_both_reports(town: Town) -> None:
    telegram, whatsapp = town.citizen("asep"), town.citizen("asep wa", channel="whatsapp")
    mine, theirs = telegram.tells(), whatsapp.tells("pohon tumbang", heard("pohon_taman"))
    reply = whatsapp.writes(f"HUBUNGKAN {_code(telegram).lower().replace('-', ' ')}")
    assert "Telegram" in reply.text
    assert mine not in whatsapp.writes("laporan saya").text
    reply = whatsapp.writes(f"hubungkan {_code(telegram)}")
    whatsapp.taps(reply.choices[0].value)
    for talk in (telegram, whatsapp):
        shown = talk.writes("laporan saya").text
        assert mine in shown
        assert theirs in shown
    assert "PUTUSKAN" in telegram.said("link:")[-1].reply.text


def test_no_does_not_link_and_an_old_yes_does_not_either(town: Town) -> None:
    telegram, whatsapp = town.citizen("asep"), town.citizen("asep wa", channel="whatsapp")
    asked = whatsapp.writes(f"hubungkan {_code(telegram)}")
    whatsapp.writes("bukan")
    whatsapp.hears_about(ChoicePicked(asked.choices[0].value, asked.turn))
    assert town.db.read_sync(people.same_person, whatsapp.contact_id) == [whatsapp.contact_id]


def test_a_code_works_once_and_for_ten_minutes_and_only_the_newest(town: Town) -> None:
    victim, one, two = town.citizen("ibu"), town.citizen("satu"), town.citizen("dua")
    old = _code(victim)
    code = _code(victim)
    assert "10 menit" in one.writes(f"hubungkan {old}").text
    one.writes(f"hubungkan {code}")
    two.writes(f"hubungkan {code}")
    one.writes("ya")
    assert "sudah dipakai" in two.writes("ya").text
    late = _code(victim)
    town.pass_time(minutes=10)
    assert "10 menit" in two.writes(f"hubungkan {late}").text


def test_the_chat_that_made_a_code_cannot_use_it(town: Town) -> None:
    asep = town.citizen()
    assert "chat Anda yang lain" in asep.writes(f"hubungkan {_code(asep)}").text


def test_after_a_few_wrong_codes_even_the_right_one_is_not_listened_to(town: Town) -> None:
    thief, victim = town.citizen("maling"), town.citizen("ibu")
    for number in range(linking.MOST_TRIES):
        assert "salah" in thief.writes(f"hubungkan ABCD-{number:04d}").text
    assert "Terlalu banyak" in thief.writes(f"hubungkan {_code(victim)}").text
    town.pass_time(hours=1, minutes=1)
    assert "Telegram" in thief.writes(f"hubungkan {_code(victim)}").text


def test_nobody_is_flooded_with_codes(town: Town) -> None:
    asep = town.citizen()
    for _ in range(linking.MOST_CODES):
        _code(asep)
    assert "Sejam" in asep.writes("hubungkan").text or "sejam" in asep.writes("hubungkan").text


def test_unlinking_from_either_side_parts_them_and_tells_the_other(town: Town) -> None:
    telegram, whatsapp = linked(town)
    number = telegram.tells()
    assert number in whatsapp.writes("laporan saya").text
    whatsapp.writes("putuskan")
    assert number not in whatsapp.writes("laporan saya").text
    assert number in telegram.writes("laporan saya").text
    assert "tidak lagi terhubung" in telegram.said("unlink:")[-1].reply.text
    assert "tidak terhubung" in whatsapp.writes("putuskan").text


def test_who_parts_leaves_the_others_together(town: Town) -> None:
    telegram, whatsapp = linked(town)
    web = town.citizen("asep web", channel="webchat")
    web.writes(f"hubungkan {_code(whatsapp)}")
    web.writes("ya")
    telegram.writes("putuskan")
    together = town.db.read_sync(people.same_person, web.contact_id)
    assert sorted(together) == sorted([web.contact_id, whatsapp.contact_id])
    assert town.db.read_sync(people.same_person, telegram.contact_id) == [telegram.contact_id]


def test_words_of_a_complaint_are_no_wish_to_link(town: Town) -> None:
    asep = town.citizen()
    asep.writes("hubungkan kabel lampu jalan yang putus")
    assert asep.session().draft is not None


def test_a_draft_survives_linking(town: Town) -> None:
    telegram, whatsapp = town.citizen("asep"), town.citizen("asep wa", channel="whatsapp")
    whatsapp.writes("lampu jalan mati", heard(place=None))
    draft = whatsapp.session().draft
    whatsapp.writes(f"hubungkan {_code(telegram)}")
    whatsapp.taps(whatsapp.news()[-1].reply.choices[-2].value)
    assert whatsapp.session().draft == draft


# Where news goes


def test_news_go_to_the_chat_used_last(town: Town) -> None:
    telegram, whatsapp = linked(town)
    number = telegram.tells()
    town.pass_time(minutes=5)
    whatsapp.writes("laporan saya")
    town.assigned(number)
    assert not telegram.said("news:")
    assert number in whatsapp.said("news:")[-1].reply.text


def test_news_of_who_is_not_linked_stay_in_the_chat_of_the_report(town: Town) -> None:
    telegram, whatsapp = town.citizen("asep"), town.citizen("asep wa", channel="whatsapp")
    number = telegram.tells()
    whatsapp.writes("halo")
    town.assigned(number)
    assert telegram.said("news:")
    assert not whatsapp.said("news:")


def test_the_answer_to_is_it_solved_may_come_from_either(town: Town) -> None:
    telegram, whatsapp = linked(town)
    number = telegram.tells()
    town.pass_time(minutes=5)
    whatsapp.writes("laporan saya")
    town.resolved(number)
    whatsapp.taps(f"done:{number}")
    assert town.statuses(number)[-1] == "ditutup"


# Whatever people do, the links are those that they made

ACTS = st.lists(
    st.tuples(st.sampled_from(["make", "redeem", "part"]), st.integers(0, 3), st.integers(0, 3)), max_size=25
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_who_is_one_person_is_what_was_linked_and_not_parted(town: Town, acts: list[tuple[str, int, int]]) -> None:
    town.pass_time(days=1)
    chats = [town.citizen(f"{town.now.isoformat()} {number}") for number in range(4)]
    together = {number: {number} for number in range(4)}
    codes: dict[int, str] = {}
    for act, who, whose in acts:
        match act:
            case "make":
                codes = {owner: code for owner, code in codes.items() if owner not in together[who]}
                codes[who] = f"KODE-{len(codes)}{who}{town.now.microsecond}"
                _make(town, chats[who], codes[who])
                town.pass_time(microseconds=1)
            case "redeem" if whose in codes:
                allowed = whose not in together[who]
                assert _redeems(town, chats[who], codes[whose]) is allowed
                if allowed:
                    del codes[whose]
                    joined = together[who] | together[whose]
                    together.update(dict.fromkeys(joined, joined))
            case "part":
                town.run(part, chats[who].contact_id)
                left = together[who] - {who}
                together.update(dict.fromkeys(left, left))
                together[who] = {who}
        for number, chat in enumerate(chats):
            found = town.db.read_sync(people.same_person, chat.contact_id)
            assert set(found) == {chats[other].contact_id for other in together[number]}


def _make(town: Town, chat: Talk, code: str) -> None:
    def act(tx):  # type: ignore[no-untyped-def]
        make(tx, code, chat.contact_id, chat.conversation_id, town.now, town.now + linking.VALID_FOR)

    town.run(act)


def _redeems(town: Town, chat: Talk, code: str) -> bool:
    try:
        town.run(redeem, code, chat.contact_id, town.now)
    except LinkCodeUnusable:
        return False
    return True


@pytest.mark.parametrize("wrong", ["", "x", "ABCD-12345", "' OR 1=1 --", "🙂" * 50])
def test_nonsense_is_no_code(town: Town, wrong: str) -> None:
    asep = town.citizen()
    asep.hears_about(CommandGiven("hubungkan", wrong))
    assert town.db.read_sync(people.same_person, asep.contact_id) == [asep.contact_id]


# ---------------------------------------------------------------- what a link brings along, and what not


@pytest.mark.parametrize("made_by_staff", [False, True], ids=["staff types the code", "staff made the code"])
def test_a_link_brings_no_rights_of_staff_along(town: Town, made_by_staff: bool) -> None:
    officer, other = town.citizen("petugas wa", channel="whatsapp"), town.citizen("orang lain", channel="whatsapp")
    code = town.run(staffing.invite, town.office.city, "administrator", "", town.now)
    town.run(staffing.join, code, officer.contact_id, town.now)
    maker, typing = (officer, other) if made_by_staff else (other, officer)
    typing.writes(f"hubungkan {_code(maker)}")
    typing.taps(typing.news()[-1].reply.choices[0].value)
    assert len(town.db.read_sync(people.same_person, other.contact_id)) == 2
    assert town.run(rights.officer, other.contact_id, town.now) is None
    assert town.run(rights.officer, officer.contact_id, town.now) is not None


@pytest.mark.parametrize(
    ("here", "there", "both"),
    [(False, True, "off"), (True, False, "off"), (True, None, "on"), (None, True, "on"), (None, None, "")],
)
def test_who_wanted_no_campaigns_on_one_channel_gets_none_on_the_other(
    town: Town, here: bool | None, there: bool | None, both: str
) -> None:
    phone, other = town.citizen("asep"), town.citizen("asep wa", channel="whatsapp")
    for talk, wish in ((phone, here), (other, there)):
        if wish is not None:
            town.run(campaigns.choose, talk.contact_id, wanted=wish, now=town.now)
    other.writes(f"hubungkan {_code(phone)}")
    other.taps(other.news()[-1].reply.choices[0].value)
    assert {town.run(people.contact_by_id, talk.contact_id).campaigns for talk in (phone, other)} == {both}
