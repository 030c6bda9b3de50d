"""What a platform calls the files that it has of us already, so that a film for thousands is uploaded once. In memory only."""

import hashlib
from collections import OrderedDict

from bot.channels.base import Photo

MOST = 256  # files remembered


class Uploads:
    """The names of files at one platform, by their content; ``lifetime`` in seconds, None for as long as we run."""

    def __init__(self, lifetime: float | None = None) -> None:
        self._lifetime = lifetime
        self._names: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def name_of(self, photo: Photo, now: float) -> str:
        """The platform's name of this file; "" where it must be uploaded. ``now`` in seconds of any clock."""
        name, since = self._names.get(_key(photo), ("", 0.0))
        return name if name and (self._lifetime is None or now - since < self._lifetime) else ""

    def keep(self, photo: Photo, name: str, now: float) -> None:
        """The platform has this file under that name."""
        if name:
            self._names[_key(photo)] = (name, now)
            self._names.move_to_end(_key(photo))
        while len(self._names) > MOST:
            self._names.popitem(last=False)

    def forget(self) -> bool:
        """The platform does not know a name that it gave: all may be stale. Whether there was any."""
        had = bool(self._names)
        self._names.clear()
        return had


def _key(photo: Photo) -> str:
    return f"{photo.media_type} {hashlib.sha256(photo.content).hexdigest()}"
