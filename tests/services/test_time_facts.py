"""A hurried thumb reads how much working time is left, not a date to be subtracted."""

from datetime import timedelta

from bot.dialogue.events import CommandGiven
from bot.services import time_facts
from storage import Tx
from tests.services.test_clocks import step
from tests.services.test_reminding import tick
from tests.services.town import Talk, Town


def time_of(town: Town, number: str) -> tuple[float, float] | None:
    """Hours left and hours over."""

    def look(tx: Tx) -> tuple[float, float] | None:
        found = time_facts.of_report(tx, town.office, town.report(number), town.now)
        return found and (found.left / timedelta(hours=1), found.over / timedelta(hours=1))

    return town.db.read_sync(look)


def shows(talk: Talk, name: str, argument: str = "") -> str:
    (reply,) = talk.hears_about(CommandGiven(name, argument))
    return reply.text


def test_what_is_left_and_how_long_it_is_over(town: Town) -> None:
    number = town.citizen().files()
    town.assigned(number)
    assert time_of(town, number) == (7.5, 0)
    town.pass_time(hours=5)  # over the break
    assert time_of(town, number) == (3.5, 0)
    town.pass_time(hours=20)
    tick(town)
    assert time_of(town, number) == (7.5, 1)  # as many hours again, and one over
    step(town, number, "perlu_dilengkapi", "narahubung")
    assert time_of(town, number) is None


def test_an_agency_that_never_closes_counts_hours_of_the_clock(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number, "diskar_pb")
    assert "sisa 7 jam" in shows(owner, "antrean")
    assert "jam kerja" not in shows(owner, "antrean")


def test_the_queue_the_day_and_the_card_say_it_in_words(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    town.pass_time(hours=6, minutes=30)
    for name in ("antrean", "tugas"):
        assert "sisa 2 jam kerja" in shows(owner, name)
    assert "(sisa 2 jam kerja)" in shows(owner, "lihat", number)
    town.pass_time(days=1)
    tick(town)
    assert "LEWAT 5 jam kerja" in shows(owner, "antrean", "lewat")
    assert "LEWAT 5 jam kerja" in shows(owner, "tugas")
