"""A file that goes to thousands is uploaded once; a film plays in the chat."""

import pytest

from bot.channels.base import Delivered, Photo, Rendered, TryLater
from bot.channels.uploads import MOST, Uploads
from bot.dialogue.replies import Choice
from tests.channels.conftest import Meeting

JPEG = Photo(b"\xff\xd8\xff" + b"picture" * 40, "image/jpeg", "a.jpg")
OTHER = Photo(b"\xff\xd8\xff" + b"another" * 40, "image/jpeg", "b.jpg")
FILM = Photo(b"\x00\x00\x00\x18ftypmp42" + b"film" * 40, "video/mp4", "film.mp4")
PDF = Photo(b"%PDF-1.7" + b"letter" * 40, "application/pdf", "letter.pdf")


@pytest.mark.parametrize(
    ("photo", "method", "part"),
    [(JPEG, "sendPhoto", "photo"), (FILM, "sendVideo", "video"), (PDF, "sendDocument", "document")],
)
async def test_the_second_time_a_file_goes_by_the_platforms_name(
    meeting: Meeting, photo: Photo, method: str, part: str
) -> None:
    for chat in (4711, 4712, 4713):
        meeting.api.bots[meeting.token].chats[chat] = []
        sent = await meeting.bot.deliver(str(chat), Rendered("Film", ((Choice("x", "Berhenti"),),), photos=(photo,)))
        assert isinstance(sent, Delivered)
    first, *later = meeting.api.called(method)
    assert first.files
    assert all(not call.files and call.parameters[part] for call in later)


async def test_an_album_is_uploaded_once_too(meeting: Meeting) -> None:
    for chat in (4711, 4712):
        meeting.api.bots[meeting.token].chats[chat] = []
        await meeting.bot.deliver(str(chat), Rendered("Tiga cara", photos=(JPEG, OTHER)))
    first, second = meeting.api.called("sendMediaGroup")
    assert len(first.files) == 2
    assert not second.files


async def test_a_name_that_the_platform_forgot_is_not_used_again(meeting: Meeting) -> None:
    meeting.api.bots[meeting.token].chats[4711] = []
    await meeting.bot.deliver("4711", Rendered("Film", photos=(JPEG,)))
    meeting.api.fail_next(meeting.token, 400, "Bad Request: wrong file identifier", method="sendPhoto")
    outcome = await meeting.bot.deliver("4711", Rendered("Film", photos=(JPEG,)))
    assert isinstance(outcome, TryLater)
    assert isinstance(await meeting.bot.deliver("4711", Rendered("Film", photos=(JPEG,))), Delivered)
    assert meeting.api.called("sendPhoto")[-1].files


def test_names_end_with_their_time_and_the_oldest_goes_first() -> None:
    uploads = Uploads(lifetime=10)
    uploads.keep(JPEG, "one", 0.0)
    assert (uploads.name_of(JPEG, 9.9), uploads.name_of(JPEG, 10.0), uploads.name_of(OTHER, 0.0)) == ("one", "", "")
    for number in range(MOST):
        uploads.keep(Photo(str(number).encode(), "image/jpeg", "x"), "name", 1.0)
    assert uploads.name_of(JPEG, 1.0) == ""
    assert uploads.forget()
    assert not uploads.forget()


def test_the_same_bytes_as_another_kind_of_file_are_another_file() -> None:
    uploads = Uploads()
    uploads.keep(JPEG, "one", 0.0)
    assert uploads.name_of(Photo(JPEG.content, "image/png", JPEG.name), 0.0) == ""
