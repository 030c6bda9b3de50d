"""No citizen's photo is public before a person approved a masked copy, and none that hides something ever is."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import select

from bot.dialogue.events import ChoicePicked, CommandGiven, MediaShared, TextSent
from bot.services import enclosures, public_photos
from storage import Tx, media
from storage.tables import AuditEntry, Evidence
from tests.services.town import LAMP, Talk, Town


def with_photo(town: Town, folder: Path, **draft: object) -> tuple[str, int]:
    """A report with a stored photo; its number and the photo."""
    citizen = town.citizen()
    citizen.hears_about(MediaShared("photo", "file-1"))
    stored = town.run(_arrived, folder)
    number = citizen.files(replace(LAMP, evidence=(stored,), **draft))  # type: ignore[arg-type]
    return number, stored


def _arrived(tx: Tx, folder: Path) -> int:
    """The newest file is here."""
    row = tx.session.exec(select(Evidence).where(Evidence.state == "awaited")).all()[-1]
    name = f"{row.id}.jpg"
    Image.new("RGB", (600, 400), "red" if row.purpose == "problem" else "blue").save(folder / name)
    media.stored(tx, row.id, path=name, media_type="image/jpeg", size_bytes=1, sha256=name)
    return row.id


def shown(town: Town, number: str) -> tuple[str, ...]:
    return town.db.read_sync(public_photos.tokens, town.report(number), town.office.city)


def made(town: Town, token: str) -> Callable[[Path], bytes] | None:
    return town.db.read_sync(public_photos.shown_under, town.office.city, token)


def says(talk: Talk, command: str, argument: str = "") -> str:
    return talk.hears_about(CommandGiven(command, argument))[0].text


def test_a_photo_is_public_only_after_a_person_saw_and_approved_its_copy(town: Town, tmp_path: Path) -> None:
    number, photo = with_photo(town, tmp_path)
    admin = town.administrator()
    (asked,) = admin.hears_about(CommandGiven("foto", number))
    assert asked.photos == (photo,)
    assert asked.enclosed == (f"photo:{number}:{photo}:grid",)
    (preview,) = admin.hears_about(TextSent("1 2 8-9"))
    assert preview.enclosed == (f"photo:{number}:{photo}:1,2,8,9",)
    assert "kotak 1, 2, 8, 9" in preview.text
    assert shown(town, number) == ()
    assert "tampil di halaman lacak" in admin.taps("photo_approve").text
    (token,) = shown(town, number)
    make = made(town, token)
    assert make is not None
    (seen,) = town.db.read_sync(enclosures.gather, town.office, preview.enclosed, "id", town.now)
    assert make(tmp_path) == seen.make(tmp_path)


def test_a_copy_that_staff_masked_themselves_is_what_is_shown(town: Town, tmp_path: Path) -> None:
    number, _ = with_photo(town, tmp_path)
    admin = town.administrator()
    admin.hears_about(CommandGiven("foto", number))
    (asked,) = admin.hears_about(MediaShared("photo", "masked-1"))
    copy = town.run(_arrived, tmp_path)
    assert asked.photos == (copy,)
    admin.taps("photo_approve")
    (token,) = shown(town, number)
    make = made(town, token)
    assert make is not None
    with Image.open(io.BytesIO(make(tmp_path))) as picture:
        red, _, blue = picture.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
        assert blue > red
    assert town.db.read_sync(media.by_id, copy).purpose == "masked"


def test_a_photo_can_be_made_private_again_and_another_copy_takes_its_place(town: Town, tmp_path: Path) -> None:
    number, photo = with_photo(town, tmp_path)
    admin = town.administrator()
    for cells in ("1", "tidak ada"):
        admin.hears_about(CommandGiven("foto", number))
        admin.hears_about(TextSent(cells))
        admin.taps("photo_approve")
    (token,) = shown(town, number)
    assert "sudah tampil" in says(admin, "foto", number)
    admin.taps(f"photo_withdraw:{photo}")
    assert shown(town, number) == ()
    assert made(town, token) is None


@pytest.mark.parametrize("draft", [{"privacy": "rahasia"}, {"category": "perilaku_aparatur", "place": None}])
def test_what_is_secret_or_supervisory_is_never_public(town: Town, tmp_path: Path, draft: dict[str, object]) -> None:
    number, _ = with_photo(town, tmp_path, **draft)
    assert "tidak pernah tampil" in says(town.administrator(), "foto", number)


def test_a_report_that_becomes_secret_later_shows_nothing_any_more(town: Town, tmp_path: Path) -> None:
    number, _ = with_photo(town, tmp_path)
    admin = town.administrator()
    admin.hears_about(CommandGiven("foto", number))
    admin.hears_about(TextSent("tidak ada"))
    admin.taps("photo_approve")
    (token,) = shown(town, number)

    def hide(tx: Tx) -> None:
        report = tx.session.merge(town.report(number))
        report.privacy = "rahasia"
        tx.add(report)

    town.run(hide)
    assert shown(town, number) == ()
    assert made(town, token) is None


def test_only_administrators_approve_and_every_approval_is_in_the_audit_log(town: Town, tmp_path: Path) -> None:
    number, _ = with_photo(town, tmp_path)
    owner = town.assigned(number)
    assert "Foto" not in says(owner, "foto", number)
    admin = town.administrator()
    admin.hears_about(CommandGiven("foto", number))
    admin.hears_about(TextSent("3"))
    admin.taps("photo_approve")
    acts = town.db.read_sync(lambda tx: [(e.act, e.contact_id) for e in tx.session.exec(select(AuditEntry))])
    assert ("approve_photo", admin.contact_id) in acts


def test_an_old_button_approves_nothing(town: Town, tmp_path: Path) -> None:
    number, _ = with_photo(town, tmp_path)
    admin = town.administrator()
    admin.hears_about(CommandGiven("foto", number))
    admin.hears_about(ChoicePicked("photo_approve", admin.session().turn))
    assert shown(town, number) == ()


def test_what_is_no_cell_is_asked_again_and_no_picture_is_said(town: Town, tmp_path: Path) -> None:
    number, _ = with_photo(town, tmp_path)
    admin = town.administrator()
    admin.hears_about(CommandGiven("foto", number))
    assert "1 sampai 24" in admin.hears_about(TextSent("mukanya"))[0].text
    assert "sebagai foto" in admin.hears_about(MediaShared("document", "doc-1"))[0].text
    other = town.citizen("lain").files()
    assert "tidak punya foto" in says(admin, "foto", other)
