"""The public page shows approved copies and nothing else."""

from bot.web.public_photos import BURST, PATH
from storage import Tx, media, numbers, public_photos
from storage.tables import Report
from tests.services.test_masking import chequered
from tests.storage.makers import new_report
from tests.web.small_door import NOON, SmallDoor, browser


def _photo(tx: Tx, report: Report, name: str) -> int:
    row = media.await_file(
        tx, conversation_id=report.conversation_id, purpose="problem", kind="photo", source="telegram:citizen",
        platform_ref=name, now=NOON,
    )  # fmt: skip
    media.stored(tx, row.id, path=name, media_type="image/jpeg", size_bytes=1, sha256=name)
    media.attach(tx, [row.id], report.id)
    return row.id


def test_an_approved_copy_is_on_the_page_and_the_other_photo_is_not(door: SmallDoor) -> None:
    door.media_folder.mkdir(parents=True, exist_ok=True)
    (door.media_folder / "one.jpg").write_bytes(chequered(600, 400))

    def make(tx: Tx) -> tuple[str, str]:
        report = new_report(tx, number=numbers.draw_number(tx, "BDG", NOON.date()))
        first, _ = _photo(tx, report, "one.jpg"), _photo(tx, report, "two.jpg")
        shown = public_photos.approve(tx, first, cells="1,2", copy_id=None, by=report.contact_id, now=NOON)
        return report.number, shown.token

    number, token = door.db.run_sync(make)
    client = browser(door)
    page = client.get(f"/lacak/{number}").text
    assert page.count("/foto-publik/") == 1
    picture = client.get(PATH + token)
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.content[:2] == b"\xff\xd8"
    door.db.run_sync(lambda tx: tx.change(Report, privacy="rahasia"))
    assert "/foto-publik/" not in client.get(f"/lacak/{number}").text
    assert client.get(PATH + token).status_code == 404


def test_a_name_that_nobody_gave_shows_nothing_and_asking_much_becomes_slow(door: SmallDoor) -> None:
    client = browser(door)
    codes = [client.get(f"{PATH}x{n}").status_code for n in range(BURST + 1)]
    assert codes[0] == 404
    assert codes[-1] == 429
