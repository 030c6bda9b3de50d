"""Staff in their agency's group: by the rights of who speaks, about what is theirs, and without anybody's identity."""

import pytest

from bot.dialogue.events import (
    ChoicePicked,
    CommandGiven,
    Event,
    InGroup,
    MediaShared,
    Quoted,
    TextSent,
)
from bot.dialogue.replies import Reply
from bot.services.agency_groups import heard_there
from storage import Tx, people
from storage import reports as kept
from tests.services.town import Talk, Town


def says(talk: Talk, event: Event, card: str = "") -> list[Reply]:
    """Say something in the group, in answer to one of our messages where ``card`` is its text; what is said in return."""
    quoted = Quoted("7", ours=True, text=card) if card else None
    return talk.hears_about(InGroup(event, quoted))  # type: ignore[arg-type]


def gives(talk: Talk, line: str, card: str = "") -> str:
    name, _, argument = line.partition(" ")
    (reply,) = says(talk, CommandGiven(name, argument), card)
    return reply.text


def bound(town: Town, owner: Talk) -> Talk:
    """This narahubung in a group that is their agency's."""
    said = owner.hears_about(CommandGiven("grup"))[0].text
    here = owner.in_group()
    assert "sekarang menerima laporan" in gives(here, f"grup {said.splitlines()[0].rsplit(' ', 1)[1]}")
    return here


@pytest.fixture
def assigned(town: Town) -> str:
    number = town.citizen(shown_name="Asep Sunandar").files()
    town.assigned(number)
    return number


@pytest.fixture
def group(town: Town, assigned: str) -> Talk:
    return bound(town, town.narahubung())


def test_a_group_is_bound_by_the_code_that_its_narahubung_was_given(town: Town) -> None:
    owner = town.narahubung()
    here = owner.in_group()
    assert "belum terhubung" in gives(here, "grup")
    assert "tidak berlaku" in gives(here, "grup ABCD")
    bound(town, owner)
    assert town.office.city.agencies["dishub"].short in gives(here, "grup")
    assert "tidak lagi" in gives(here, "grup lepas")
    assert "belum terhubung" in gives(here, "grup")


def test_somebody_elses_code_binds_nothing(town: Town) -> None:
    said = town.narahubung("dishub").hears_about(CommandGiven("grup"))[0].text
    code = said.splitlines()[0].rsplit(" ", 1)[1]
    other = town.narahubung("dsdabm").in_group()
    assert "tidak berlaku" in gives(other, f"grup {code}")
    assert "sekarang menerima" in gives(town.administrator().in_group("-200"), f"grup {code}")


def test_an_administrator_names_the_agency_and_a_narahubung_only_their_own(town: Town) -> None:
    assert "Untuk OPD mana?" in town.administrator().hears_about(CommandGiven("grup"))[0].text
    named = town.administrator().hears_about(CommandGiven("grup", "dishub"))[0].text
    assert "Kode grup untuk" in named
    assert "Untuk OPD mana?" in town.narahubung("dsdabm").hears_about(CommandGiven("grup", "dishub"))[0].text


def test_proses_may_be_an_answer_to_the_reports_card(town: Town, group: Talk, assigned: str) -> None:
    card = gives(group, f"lihat {assigned}")
    assert assigned in gives(group, "proses tim berangkat", card)
    assert town.report(assigned).status == "diproses"
    assert town.history(assigned)[-1].actor == "narahubung"


def test_a_number_of_its_own_counts_more_than_the_card(town: Town, group: Talk, assigned: str) -> None:
    other = town.citizen("ucup").files()
    town.move(town.administrator(), other, "terverifikasi")
    town.move(town.administrator(), other, "didisposisikan", agency="dishub")
    gives(group, f"proses {other} berangkat", gives(group, f"lihat {assigned}"))
    assert (town.report(assigned).status, town.report(other).status) == ("didisposisikan", "diproses")


def test_a_question_is_answered_by_answering_it(town: Town, group: Talk, assigned: str) -> None:
    question = gives(group, f"proses {assigned}")
    assert says(group, TextSent("tim berangkat")) == []  # not to us: privacy mode would not even bring it
    says(group, TextSent("tim berangkat"), question)
    assert town.report(assigned).status == "diproses"


def test_whoever_has_no_right_is_not_answered_there(town: Town, group: Talk, assigned: str) -> None:
    for stranger in (town.stranger_at_staff_bot(), town.narahubung("dsdabm"), town.administrator()):
        here = stranger.in_group()
        assert says(here, CommandGiven("lihat", assigned)) == []
        assert says(here, CommandGiven("proses", f"{assigned} x")) == []
        assert says(here, ChoicePicked(f"proses:{assigned}", 0)) == []
    assert town.report(assigned).status == "didisposisikan"


def test_a_report_of_another_agency_is_not_shown_though_the_person_may_see_it(town: Town) -> None:
    both = town.narahubung("dishub")
    town.officer("narahubung", "dsdabm", name=both.name)
    number = town.citizen().files()
    town.move(town.administrator(), number, "terverifikasi")
    town.move(town.administrator(), number, "didisposisikan", agency="dsdabm")
    here = bound_for(town, both, "dishub")
    assert "lampu" not in gives(here, f"lihat {number}")
    assert "lampu jalan mati" in both.hears_about(CommandGiven("lihat", number))[0].text


def bound_for(town: Town, talk: Talk, agency: str) -> Talk:
    said = talk.hears_about(CommandGiven("grup", agency))[0].text
    here = talk.in_group()
    gives(here, f"grup {said.splitlines()[0].rsplit(' ', 1)[1]}")
    return here


def change(town: Town, number: str, **columns: object) -> None:
    def act(tx: Tx) -> None:
        report = kept.by_number(tx, number)
        assert report is not None
        kept.correct(tx, report, town.now, **columns)

    town.run(act)


@pytest.mark.parametrize("line", ["lihat {nomor}", "antrean", "tugas"])
def test_nobodys_identity_is_shown(town: Town, group: Talk, assigned: str, line: str) -> None:
    told = "lampu mati, saya Asep Sunandar, hubungi 0812-3456-7890 ya asep"
    change(town, assigned, privacy="tampil", description=told)
    text = gives(group, line.format(nomor=assigned))
    assert "lampu mati" in text
    assert not {"asep", "sunandar"} & set(text.lower().replace(",", " ").split())
    assert "3456" not in text
    assert "Asep Sunandar" in town.narahubung().hears_about(CommandGiven("lihat", assigned))[0].text


@pytest.mark.parametrize("columns", [{"privacy": "rahasia"}, {"category": "sosial"}])
def test_of_a_confidential_report_only_number_and_status_are_shown(
    town: Town, group: Talk, assigned: str, columns: dict[str, str]
) -> None:
    change(town, assigned, **columns)
    (reply,) = says(group, CommandGiven("lihat", assigned))
    assert assigned in reply.text
    assert "lampu" not in reply.text
    assert "Cisitu" not in reply.text
    assert (reply.photos, reply.enclosed) == ((), ())


@pytest.mark.parametrize("command", ["akses", "cari", "rekap", "statistik", "keluar"])
def test_what_is_nobodys_business_there_is_for_ones_own_chat(group: Talk, command: str) -> None:
    assert "hanya di chat pribadi" in gives(group, f"{command} x")


def test_an_invitation_is_not_redeemed_in_a_group(town: Town, group: Talk) -> None:
    assert "menurut hak orang" in gives(group, "start ABCD")


def test_a_button_under_an_answer_to_somebody_else_does_nothing_unless_it_opens_something(
    town: Town, group: Talk, assigned: str
) -> None:
    colleague = town.officer("narahubung", "dishub", name="rekan").in_group()
    gives(group, f"proses {assigned}")
    assert says(colleague, ChoicePicked("stop", 9)) == []
    (card,) = says(colleague, ChoicePicked(f"see:{assigned}", 9))
    assert assigned in card.text


def test_the_agencys_groups_hear_of_its_reports(town: Town, group: Talk) -> None:
    asep = town.citizen("dadang", shown_name="Dadang")
    number = asep.files()
    town.assigned(number)
    told = [news.reply for news in group.news() if number in news.reply.text]
    assert len(told) == 1
    assert told[0].choices[0].value == f"see:{number}"
    secret = asep.files()
    change(town, secret, privacy="rahasia")
    town.assigned(secret)
    (hidden,) = [news.reply.text for news in group.news() if secret in news.reply.text]
    assert "lampu" not in hidden


def test_news_for_a_person_never_go_to_a_group(town: Town, group: Talk, assigned: str) -> None:
    gives(group, "grup")  # the group was heard last
    private = town.run(people.staff_for, "narahubung", "dishub", town.now)
    assert [conversation.in_group for _, conversation in private] == [False]


@pytest.mark.parametrize(
    "event",
    [
        InGroup(TextSent("halo semua")),
        InGroup(TextSent("ini"), Quoted("3", author="9", text="apa")),
        InGroup(MediaShared("photo", "f")),
        InGroup(TextSent("x"), Quoted("3")),
    ],
)
def test_what_is_not_said_to_us_is_not_heard(town: Town, event: InGroup) -> None:
    assert heard_there(town.office, event) is None
