"""A link as a QR code that a phone can be held to."""

import io

import segno

SCALE = 8  # pixels of a module: sharp on a phone's screen and on paper


def qr_picture(link: str) -> bytes:
    """The link as a PNG with a quiet border."""
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=SCALE)
    return picture.getvalue()
