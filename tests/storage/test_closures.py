"""Closures stand until they are taken back, and their history is kept."""

from datetime import date

from sqlmodel import select

from storage import Database, Tx, closures
from storage.tables import Closure
from tests.storage.makers import NOW, later

DAY, NEXT = date(2026, 12, 30), date(2026, 12, 31)


def test_a_day_is_closed_once_for_an_agency_and_once_for_all(database: Database) -> None:
    def look(tx: Tx) -> list[bool]:
        return [closures.close(tx, DAY, agency, "", None, NOW) is not None for agency in ("", "dishub", "", "dishub")]

    assert database.run_sync(look) == [True, True, False, False]
    assert database.read_sync(closures.closed_days) == {(DAY, ""), (DAY, "dishub")}


def test_what_is_taken_back_does_not_stand_but_is_remembered(database: Database) -> None:
    database.run_sync(closures.close, DAY, "", "cuti bersama", None, NOW)
    database.run_sync(closures.close, NEXT, "", "", None, NOW)
    assert database.run_sync(closures.reopen, DAY, "", None, later(hours=1))
    assert not database.run_sync(closures.reopen, DAY, "", None, later(hours=1))
    assert [each.day for each in database.read_sync(closures.standing)] == [NEXT]
    assert database.read_sync(closures.standing, date(2027, 1, 1)) == []
    assert database.run_sync(closures.close, DAY, "", "lagi", None, later(hours=2)) is not None
    reasons = database.read_sync(lambda tx: list(tx.session.exec(select(Closure.reason).order_by(Closure.id))))
    assert reasons == ["cuti bersama", "", "lagi"]
