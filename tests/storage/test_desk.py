"""Lists for the back office, and what happened between two moments."""

from storage import Database, Tx, deadlines, desk, reports, tally
from tests.storage.makers import NOW, later, new_report, new_talk

ALL = desk.Scope(None)


def numbers(tx: Tx, words: str, scope: desk.Scope = ALL) -> int:
    rows, total = desk.found(tx, scope, words, offset=0, limit=10)
    assert len(rows) == total
    return total


def test_every_word_must_stand_somewhere_and_signs_mean_nothing_special(database: Database) -> None:
    def look(tx: Tx) -> list[int]:
        new_report(tx, description="Lampu jalan MATI", place_name="Jalan Dago")
        return [numbers(tx, words) for words in ("lampu dago", "lampu cisitu", "%", "_", "", "mati")]

    assert database.run_sync(look) == [1, 0, 0, 0, 0, 1]


def test_secret_words_are_found_too_but_only_within_the_scope(database: Database) -> None:
    def look(tx: Tx) -> list[int]:
        new_report(tx, privacy="rahasia", description="pungli di loket")
        hidden = desk.Scope(None, without=("pju",))
        return [numbers(tx, "pungli"), numbers(tx, "pungli", hidden), numbers(tx, "pungli", desk.Scope(("dishub",)))]

    assert database.run_sync(look) == [1, 0, 0]


def test_late_is_what_has_come_or_was_put_off_and_is_not_done_yet(database: Database) -> None:
    def look(tx: Tx) -> list[int]:
        report = new_report(tx)
        late = desk.Wanted(("diterima",), late_at=later(hours=5))

        def how_many(wanted: desk.Wanted = late) -> int:
            return desk.listed(tx, ALL, wanted, offset=0, limit=5)[1]

        deadlines.set_deadline(tx, report.id, "verification", NOW, later(hours=4))
        counts = [how_many(), how_many(desk.Wanted(("diterima",), late_at=later(hours=3)))]
        deadlines.set_deadline(tx, report.id, "verification", later(hours=4), later(hours=9), slips=1)
        counts.append(how_many())
        deadlines.end(tx, report.id, "verification", deadlines.MET, later(hours=6))
        return [*counts, how_many()]

    assert database.run_sync(look) == [1, 0, 1, 0]


def test_a_report_counts_once_for_each_thing_and_only_a_yes_is_confirmed(database: Database) -> None:
    def look(tx: Tx) -> dict[str, int]:
        for actor in ("pelapor", "sistem"):
            report = new_report(tx, new_talk(tx, actor))
            for hours, to in enumerate(("menunggu_konfirmasi", "dibuka_kembali", "menunggu_konfirmasi", "ditutup"), 1):
                reports.record_change(tx, report, to, actor=actor, contact_id=None, at=later(hours=hours))
        counted = tally.tally(tx, ALL, NOW, later(days=1))
        return {what: sum(each.values()) for what, each in counted.items()}

    assert database.run_sync(look) == {"received": 2, "solved": 2, "confirmed": 1}
