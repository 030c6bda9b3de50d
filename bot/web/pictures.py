"""Whether an upload really is a picture. What it is called and what it claims to be do not count."""

import io
import warnings

import puremagic
from PIL import Image, UnidentifiedImageError

from bot.channels.webchat import SUFFIXES

LARGEST = 10 * 1024 * 1024  # bytes, as the page promises
PIXELS = 50_000_000  # a phone's largest; unpacked, more would take hundreds of MB
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
GLANCE = (64, 64)  # JPEGs are unpacked at an eighth of their size for it


class NotAPicture(Exception):
    """It cannot be shown as a picture."""


def picture_type(content: bytes) -> str:
    """The media type of a picture, found in its content: JPEG, PNG or WebP. Takes a while: not for the event loop.

    Raises NotAPicture for everything else, and for what is cut short or would unpack to something monstrous.
    """
    try:
        begins_like = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        raise NotAPicture("It begins like no known kind of file.") from None
    if begins_like not in SUFFIXES:
        raise NotAPicture(f"It begins like {begins_like}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is below Pillow's
            with Image.open(io.BytesIO(content), formats=tuple(FORMATS)) as picture:
                media_type, size = FORMATS[picture.format or ""], picture.size
                picture.verify()
            if size[0] * size[1] > PIXELS:
                raise NotAPicture(f"It has {size[0]} x {size[1]} pixels.")
            with Image.open(io.BytesIO(content), formats=tuple(FORMATS)) as picture:
                picture.thumbnail(GLANCE)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, KeyError) as fault:
        raise NotAPicture("It cannot be unpacked.") from fault
    return media_type
