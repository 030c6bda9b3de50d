"""Our own copy of every file: without what cameras hide in it, whatever the file is."""

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational
from sqlmodel import select

from bot.channels.base import FetchedFile, FetchFailed
from bot.jobs import fetching, schedule
from storage import Tx
from storage.tables import Evidence
from tests.jobs.program import Program

SECRET_OWNER = "Asep Sunandar 0812"


def jpeg(
    size: tuple[int, int] = (640, 480),
    *,
    gps: dict[int, object] | None = None,
    orientation: int = 0,
    form: str = "JPEG",
    exif: bytes | None = None,
) -> bytes:
    """A picture as a phone would write it."""
    image = Image.new("RGB", size, (90, 80, 70))
    image.putpixel((0, 0), (255, 0, 0))
    hidden = image.getexif()
    if gps is not None:
        hidden[ExifTags.Base.Artist] = SECRET_OWNER
        hidden.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    if orientation:
        hidden[ExifTags.Base.Orientation] = orientation
    written = io.BytesIO()
    image.save(written, form, exif=exif if exif is not None else hidden)
    return written.getvalue()


HERE = {
    int(ExifTags.GPS.GPSLatitudeRef): "S",
    int(ExifTags.GPS.GPSLatitude): (6.0, 53.0, 24.0),
    int(ExifTags.GPS.GPSLongitudeRef): "E",
    int(ExifTags.GPS.GPSLongitude): (107.0, 36.0, 36.0),
}


async def sent(program: Program, file: FetchedFile | Exception, number: int = 1) -> Evidence:
    """Somebody sends a photo, and everything that follows has been done; its row."""
    program.platform.files["file-1"] = file
    await program.receive({"id": number, "who": "asep", "photo": "file-1"})
    await program.work.rest()
    return await evidence(program)


async def evidence(program: Program) -> Evidence:
    def look(tx: Tx) -> Evidence:
        return tx.session.exec(select(Evidence)).one()

    return await program.db.read(look)


async def test_a_photo_is_kept_without_hidden_data_and_its_position_stands_apart(program: Program) -> None:
    row = await sent(program, FetchedFile(jpeg(gps=HERE), "image/jpeg"))
    assert row.state == "stored"
    assert (row.lat, row.lon) == (pytest.approx(-6.89), pytest.approx(107.61))
    kept = (program.tools.media_folder / row.path).read_bytes()
    assert SECRET_OWNER.encode() not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.size == (640, 480)


async def test_a_photo_lying_on_its_side_is_set_upright(program: Program) -> None:
    row = await sent(program, FetchedFile(jpeg(orientation=6)))
    with Image.open(program.tools.media_folder / row.path) as image:
        assert image.size == (480, 640)


async def test_a_huge_photo_is_kept_smaller(program: Program) -> None:
    row = await sent(program, FetchedFile(jpeg((5000, 1000))))
    with Image.open(program.tools.media_folder / row.path) as image:
        assert image.size == (2560, 512)
    assert row.media_type == "image/jpeg"


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "TIFF"])
async def test_a_photo_of_any_kind_becomes_a_jpeg(program: Program, form: str) -> None:
    row = await sent(program, FetchedFile(jpeg(form=form)))
    assert (row.state, row.path[-4:]) == ("stored", ".jpg")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>not a picture</html>", b"\xff\xd8\xff" + b"\0" * 300, jpeg()[:200], b"II*\0" + b"\xff" * 64],
    ids=["empty", "html", "torn", "cut short", "nonsense"],
)
async def test_what_is_no_picture_is_given_up_and_its_sender_is_told(program: Program, content: bytes) -> None:
    await program.says(1, "/bantuan")
    before = len(program.platform.sent)
    row = await sent(program, FetchedFile(content), 2)
    assert row.state == "failed"
    assert "cannot be opened as a picture" in row.reason
    assert len(program.platform.sent) == before + 1  # what became of it, in the place of the answer that still waited


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0" + b"nonsense" * 8,
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04",
    ],
)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
async def test_hidden_data_in_disorder_do_not_cost_the_picture(program: Program, exif: bytes) -> None:
    row = await sent(program, FetchedFile(jpeg(exif=exif)))
    assert row.state == "stored"
    assert row.lat is None


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {int(ExifTags.GPS.GPSLatitude): (6.0, 53.0, 24.0)},
        {**HERE, int(ExifTags.GPS.GPSLatitude): (0.0, 0.0)},
        {**HERE, int(ExifTags.GPS.GPSLatitude): (IFDRational(0, 0), 0.0, 0.0)},
        {**HERE, int(ExifTags.GPS.GPSLongitude): (999.0, 0.0, 0.0)},
        {**HERE, int(ExifTags.GPS.GPSLatitude): (0.0, 0.0, 0.0), int(ExifTags.GPS.GPSLongitude): (0.0, 0.0, 0.0)},
    ],
    ids=["none", "half", "two parts", "no number", "off the earth", "null island"],
)
async def test_a_position_that_is_none_is_not_kept(program: Program, gps: dict[int, object]) -> None:
    row = await sent(program, FetchedFile(jpeg(gps=gps)))
    assert row.state == "stored"
    assert (row.lat, row.lon) == (None, None)


async def test_a_file_that_does_not_come_at_once_is_tried_again_later(program: Program) -> None:
    row = await sent(program, FetchFailed("the network", final=False))
    assert (row.state, row.reason, row.attempts) == ("awaited", "the network", 1)
    program.platform.files["file-1"] = FetchedFile(jpeg())
    program.work.wake(f"media:{row.id}")
    program.pass_time(minutes=1)
    await schedule.wake_all(program.tools)
    await program.work.rest()
    assert (await evidence(program)).state == "stored"


async def test_a_platform_that_is_away_for_days_costs_no_file_that_it_still_has(program: Program) -> None:
    await sent(program, FetchFailed("the network", final=False))
    for _ in range(6):
        program.pass_time(days=1)
        await schedule.wake_all(program.tools)
        await program.work.rest()
    program.platform.files["file-1"] = FetchedFile(jpeg())
    program.pass_time(hours=1)
    await schedule.wake_all(program.tools)
    await program.work.rest()
    assert (await evidence(program)).state == "stored"


async def test_a_file_that_the_platform_no_longer_has_is_given_up_and_its_sender_is_told(program: Program) -> None:
    await program.says(1, "/bantuan")
    row = await sent(program, FetchFailed("the network", final=False), 2)
    before = len(program.platform.sent)
    for _ in range(7):
        program.pass_time(days=1)
        await schedule.wake_all(program.tools)
        await program.work.rest()
    row = await evidence(program)
    assert (row.state, row.reason) == ("failed", "the network")
    assert len(program.platform.sent) == before + 2  # the answer to the photo, and much later what became of it


async def test_what_is_final_is_not_tried_again(program: Program) -> None:
    row = await sent(program, FetchFailed("file is too big", final=True))
    assert (row.state, row.reason, row.attempts) == ("failed", "file is too big", 0)


async def test_fetching_twice_keeps_and_tells_once(program: Program) -> None:
    row = await sent(program, FetchedFile(jpeg()))
    events = len(await program.kept())
    for _ in range(3):
        program.work.wake(f"media:{row.id}")
        await program.work.rest()
    assert len(await program.kept()) == events


def test_the_same_file_is_kept_once_under_its_fingerprint(tmp_path: Path) -> None:
    copy = fetching.prepared(FetchedFile(jpeg()), "photo")
    first, second = fetching.keep(tmp_path, copy), fetching.keep(tmp_path, copy)
    assert first == second
    assert [path.is_file() for path in tmp_path.rglob("*.*")] == [True]


@pytest.mark.parametrize(
    ("file", "media_type", "suffix"),
    [
        (FetchedFile(b"%PDF-1.7", "application/pdf", "surat.pdf"), "application/pdf", ".pdf"),
        (FetchedFile(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "application/pdf"), "application/pdf", ".pdf"),
        (FetchedFile(b"\0\1\2", "", "../../etc/passwd"), "application/octet-stream", ".bin"),
        (FetchedFile(b"\0\1\2", "", "a.verylongsuffixindeed"), "application/octet-stream", ".verylon"),
    ],
)
def test_a_document_is_kept_as_it_is_under_a_name_of_our_own(
    tmp_path: Path, file: FetchedFile, media_type: str, suffix: str
) -> None:
    copy = fetching.prepared(file, "document")
    assert (copy.content, copy.media_type, copy.suffix) == (file.content, media_type, suffix)
    kept = (tmp_path / fetching.keep(tmp_path, copy)).resolve()
    assert kept.is_relative_to(tmp_path)
    assert kept.read_bytes() == file.content


@pytest.mark.parametrize("name", ["a./b", "x.\0y", "x.p/../..", "x. ", "x.é€"])
def test_a_wild_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    copy = fetching.prepared(FetchedFile(b"\0\1\2", "", name), "document")
    assert (tmp_path / fetching.keep(tmp_path, copy)).resolve().is_relative_to(tmp_path)
