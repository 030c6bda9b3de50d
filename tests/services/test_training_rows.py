"""What people confirmed becomes training rows, without anybody in them."""

import json
from dataclasses import replace
from pathlib import Path

from bot.services import reports, rights
from bot.services.training_rows import training_rows
from nlp.training.rows import read_rows
from storage import Tx
from tests.services.town import LAMP, Talk, Town


def rows(town: Town) -> list[dict[str, object]]:
    return [json.loads(line) for line in town.db.read_sync(lambda tx: list(training_rows(tx, town.office.city)))]


def verified(town: Town, admin: Talk, **changes: object) -> str:
    number = town.citizen(f"warga {changes}").files(replace(LAMP, **changes))
    town.move(admin, number, "terverifikasi")
    return number


def test_a_report_is_a_row_once_a_person_has_confirmed_its_category(town: Town) -> None:
    admin = town.administrator()
    town.citizen("unread").files()
    assert rows(town) == []
    verified(town, admin, place_words="depan warung, jl cisitu", description="lampu mati depan warung")
    (row,) = rows(town)
    assert row == {
        "text": "lampu mati depan warung", "category": "pju", "kind": "pengaduan", "urgency": "sedang",
        "places": ["depan warung"], "language": "id",
    }  # fmt: skip


def test_a_correction_is_the_category_of_the_row(town: Town) -> None:
    admin = town.administrator()
    number = town.citizen().files()

    def correct(tx: Tx) -> None:
        reports.correct_category(
            tx, town.office, rights.officer(tx, admin.contact_id, town.now), number, "sampah", town.now
        )

    town.run(correct)
    assert [row["category"] for row in rows(town)] == ["sampah"]


def test_numbers_and_addresses_of_people_are_blotted_out(town: Town) -> None:
    words = "hubungi 0812-3456-7890 atau asep@contoh.id atau @asep_99, NIK 3273010101900001, gang 12 nomor 7"
    verified(town, town.administrator(), description=words)
    (row,) = rows(town)
    assert row["text"] == "hubungi … atau … atau …, NIK …, gang 12 nomor 7"


def test_secret_supervisory_and_confidential_reports_stay_here(town: Town) -> None:
    admin = town.administrator()
    verified(town, admin, privacy="rahasia")
    verified(town, admin, category="perilaku_aparatur", place=None)
    verified(town, admin, category="sosial")
    assert rows(town) == []


def test_what_comes_out_is_what_the_training_takes(town: Town, tmp_path: Path) -> None:
    admin = town.administrator()
    for category in ("pju", "sampah", "lainnya"):
        verified(town, admin, category=category, place_words="Dago", description=f"{category} Dago")
    file = tmp_path / "own.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows(town)), encoding="utf-8")
    taken = read_rows([file], town.office.city)
    assert {(row.category, row.kind, row.language) for row in taken} == {
        (category, "pengaduan", "id") for category in ("pju", "sampah", "lainnya")
    }
    assert {row.places for row in taken} == {("Dago",)}
    assert {row.emergency for row in taken} == {""}
