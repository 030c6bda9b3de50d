"""What a reporter takes back of a report that was sent."""

from dataclasses import replace

import pytest

from bot.services import report_facts, withdrawing
from bot.services.refusals import Refusal
from bot.services.reports import UnknownReport
from storage import conversations
from storage.lifecycle import IllegalMove
from tests.services.town import LAMP, Talk, Town


def withdraw(town: Town, who: Talk, number: str) -> None:
    def act(tx: object) -> None:
        conversation = conversations.load(tx, who.conversation_id).conversation
        withdrawing.withdraw(tx, town.office, conversation, number, town.now)

    town.run(act)


def show_name(town: Town, who: Talk, number: str, privacy: str) -> None:
    def act(tx: object) -> None:
        conversation = conversations.load(tx, who.conversation_id).conversation
        withdrawing.show_name_as(tx, conversation, number, privacy, town.now)

    town.run(act)


def may(town: Town, number: str) -> bool:
    return town.run(lambda tx: report_facts.own(tx, town.office, town.report(number)).may_withdraw)


def test_a_withdrawn_report_is_closed_and_its_owner_hears_of_it(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    assert may(town, number)
    withdraw(town, asep, number)
    assert town.statuses(number)[-1] == "dibatalkan"
    assert town.history(number)[-1].actor == "pelapor"
    assert number in owner.said("withdrawn:")[-1].reply.text
    assert not may(town, number)


@pytest.mark.parametrize("changes", [{"priority": "tinggi"}, {"category": "perilaku_aparatur"}])
def test_danger_to_others_and_conduct_of_officials_are_not_ended_by_one_wish(
    town: Town, changes: dict[str, str]
) -> None:
    asep = town.citizen()
    number = asep.files(replace(LAMP, **changes))
    assert not may(town, number)
    with pytest.raises(IllegalMove):
        withdraw(town, asep, number)
    assert town.statuses(number) == ["diterima"]


def test_what_others_joined_goes_on(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.citizen("budi").joins(number)
    assert not may(town, number)


def test_nobody_withdraws_somebody_elses_report(town: Town) -> None:
    number = town.citizen().files()
    with pytest.raises(UnknownReport):
        withdraw(town, town.citizen("budi"), number)


def test_a_name_is_shown_and_hidden_and_then_all_is_secret(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    for privacy in ("tampil", "anonim", "rahasia"):
        show_name(town, asep, number, privacy)
        assert town.report(number).privacy == privacy
    with pytest.raises(Refusal):
        show_name(town, asep, number, "tampil")
    assert town.report(number).privacy == "rahasia"


def test_what_became_secret_is_no_longer_kept_in_the_clear(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    show_name(town, asep, number, "rahasia")
    assert LAMP.description not in (town.report(number).description or "")


def test_who_withdraws_a_report_with_their_name_is_named_no_more(town: Town) -> None:
    asep = town.citizen()
    number = asep.files(replace(LAMP, privacy="tampil", privacy_chosen=True))
    withdraw(town, asep, number)
    assert town.report(number).privacy == "anonim"


def test_a_secret_report_stays_secret_when_it_is_withdrawn(town: Town) -> None:
    asep = town.citizen()
    number = asep.files(replace(LAMP, privacy="rahasia", privacy_chosen=True))
    withdraw(town, asep, number)
    assert town.report(number).privacy == "rahasia"
