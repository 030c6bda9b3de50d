"""How the tests ask for places, and places of their own to ask for."""

from collections.abc import Iterable

from cities.places import PlaceRow
from nlp.places import PlaceFinder
from nlp.understanding import Mention, Place


def place(finder: PlaceFinder, text: str) -> Place | None:
    """The one place of a text."""
    return finder.resolve(finder.find(text), text)


def where(finder: PlaceFinder, text: str) -> tuple[str | None, str | None]:
    """Kelurahan and kecamatan of a text; both None where nothing is said."""
    found = place(finder, text)
    return (found.kelurahan, found.kecamatan) if found else (None, None)


def texts(mentions: Iterable[Mention]) -> list[str]:
    return [mention.text for mention in mentions]


def row(name: str, kind: str, **known: object) -> PlaceRow:
    """A place of which only what matters is known."""
    values: dict[str, object] = {
        "id": f"{kind}-{name}",
        "name": name,
        "kind": kind,
        "kelurahan": name if kind == "kelurahan" else None,
        "kecamatan": name if kind == "kecamatan" else None,
        "kota_kab": "Kota Contoh",
        "lat": None,
        "lon": None,
        "precision_m": None,
        "aliases": (),
        "authority": None,
        "authority_basis": None,
        "crosses": (),
        "streets": (),
    }
    return PlaceRow(**(values | known))  # type: ignore[arg-type]
