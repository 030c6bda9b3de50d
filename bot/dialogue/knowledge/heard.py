"""What words and points mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place as understood from words or a pin."""

    name: str
    kind: str  # street, landmark, kelurahan, kecamatan, pin, ...
    kelurahan: str = ""
    kecamatan: str = ""
    kota_kab: str = ""
    lat: float | None = None
    lon: float | None = None
    authority: str = ""  # of the road: kota, provinsi, nasional, tol; "" unknown
    authority_basis: str = "unknown"  # sourced, likely, unknown
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Danger:
    """Words that speak of an emergency."""

    kind: str  # a sub-category of the city's emergency category
    about_self: bool = False  # for a person who may hurt themselves


@dataclass(frozen=True, slots=True)
class Heard:
    """What the words of this event mean."""

    language: str  # id, su, mix, en
    kind: str
    kind_confidence: float
    categories: tuple[tuple[str, float], ...]  # all, best first
    category_sure: bool  # the best may be taken as read
    urgency: str
    danger: Danger | None = None
    place: PlaceFound | None = None
    place_options: tuple[PlaceFound, ...] = ()
    place_words: str = ""
    sub_categories: tuple[tuple[str, str], ...] = ()  # what each category's sub-category is, where the words say it
    several: tuple["Clause", ...] = ()  # the problems of a message that surely tells more than one; else empty
    spoken: tuple["Clause", ...] = ()  # words of it that answer about one line of a list each


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message that tells a problem of its own."""

    words: str  # the writer's own
    heard: Heard
