"""What was erased is in no byte of the file any more, and files of evidence go once nobody else needs them."""

from datetime import timedelta
from pathlib import Path

from storage import Database, Tx, Vault, erasing, media, reports
from storage.migrating import migrate
from storage.tables import Evidence, Report
from tests.storage.makers import NOW, new_report

WORDS = "lampu mati di depan rumah kuring gang mawar nomer tilu welas"


def _filed(tx: Tx) -> int:
    others = [new_report(tx, description=f"laporan lain nomor {n}").id for n in range(20)]
    assert all(others)
    return new_report(tx, description=f"{WORDS} " * 500, place_words="gang mawar").id  # too long for one page


def _forget(tx: Tx, report_id: int) -> None:
    report = reports.by_id(tx, report_id)
    erasing.forget_words(tx, report, [report.contact_id], lambda words: words)
    erasing.give_away(tx, report, [report.contact_id], erasing.nobody(tx, NOW))


def test_no_byte_of_the_file_holds_what_was_erased(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/k.db"
    migrate(url)
    db = Database(url, Vault("a secret"))
    report_id = db.run_sync(_filed)
    db.close()
    assert b"gang mawar" in _bytes(tmp_path)
    db = Database(url, Vault("a secret"))
    db.run_sync(_forget, report_id)
    db.close()
    assert b"gang mawar" not in _bytes(tmp_path)
    assert b"laporan lain nomor 7" in _bytes(tmp_path)


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("k.db*")))


def test_what_the_office_wrote_stays_without_the_name(database: Database) -> None:
    def act(tx: Tx) -> tuple[str, str]:
        report = new_report(tx, description=WORDS)
        change = reports.record_change(
            tx, report, "terverifikasi", actor="administrator", contact_id=None, note="sudah kami telepon Asep", at=NOW
        )
        erasing.forget_words(tx, report, [report.contact_id], lambda words: words.replace("Asep", "…"))
        return reports.description_of(tx, report), reports.note_of(tx, change)

    assert database.run_sync(act) == ("", "sudah kami telepon …")


def test_only_reports_closed_long_enough_are_due(database: Database) -> None:
    def act(tx: Tx) -> list[list[int]]:
        wished = new_report(tx, status="ditutup", erase_when_closed=True)
        new_report(tx, status="ditutup")
        new_report(tx, status="diproses", erase_when_closed=True)
        day = timedelta(days=1)
        found = [erasing.due_reports(tx, NOW - wait, ["ditutup"]) for wait in (day, timedelta(0))]
        return [[report.id - wished.id for report in each] for each in found]

    assert database.run_sync(act) == [[], [0]]


def test_a_file_is_removed_with_the_upload_it_came_from(database: Database) -> None:
    def act(tx: Tx) -> list[tuple[int, tuple[str, ...]]]:
        report: Report = new_report(tx)
        row: Evidence = media.await_file(
            tx, conversation_id=report.conversation_id, purpose="problem", kind="photo", source="webchat:citizen",
            platform_ref="uploads/ab/ab.jpg", now=NOW,
        )  # fmt: skip
        media.stored(tx, row.id, path="kept/cd/cd.jpg", media_type="image/jpeg", size_bytes=1, sha256="cd")
        media.attach(tx, [row.id], report.id)
        erasing.forget_words(tx, report, [report.contact_id], lambda words: words)
        found = erasing.files_to_remove(tx)
        erasing.file_removed(tx, row.id)
        assert erasing.files_to_remove(tx) == []
        return found

    ((_, paths),) = database.run_sync(act)
    assert paths == ("kept/cd/cd.jpg", "uploads/ab/ab.jpg")
