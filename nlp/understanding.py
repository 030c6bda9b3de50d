"""What a message means, as values: nothing here reads text or knows a model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Language = Literal["id", "su", "mix", "en"]
Urgency = Literal["darurat", "tinggi", "sedang", "rendah"]
Authority = Literal["kota", "provinsi", "nasional", "tol"]
AuthorityBasis = Literal["sourced", "likely", "unknown"]


@dataclass(frozen=True, slots=True)
class Guess:
    """One reading and how often such a reading is right: `confidence` is calibrated, from 0 to 1."""

    id: str
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "confidence": round(self.confidence, 4)}


@dataclass(frozen=True, slots=True)
class Emergency:
    """Help is needed now. `kind` is a sub-category of kedaruratan, `cue` the citizen's words that said so;
    `about_self` is true when the writer is the one who may be hurt by their own hand (`kind` "jiwa")."""

    kind: str
    cue: str
    about_self: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "cue": self.cue, "about_self": self.about_self}


@dataclass(frozen=True, slots=True)
class Place:
    """Where: what is not known is None. `lat` and `lon` are WGS84 degrees; `authority` says who owns the road there and
    `authority_basis` whether that is sourced, likely or unknown."""

    name: str
    kind: str
    kelurahan: str | None = None
    kecamatan: str | None = None
    kota_kab: str | None = None
    lat: float | None = None
    lon: float | None = None
    authority: Authority | None = None
    authority_basis: AuthorityBasis = "unknown"
    confidence: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "kelurahan": self.kelurahan,
            "kecamatan": self.kecamatan,
            "kota_kab": self.kota_kab,
            "lat": self.lat,
            "lon": self.lon,
            "authority": self.authority,
            "authority_basis": self.authority_basis,
            "confidence": round(self.confidence, 4),
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as the citizen wrote it: `text` is exactly `message[start:end]`; candidates are best first."""

    text: str
    start: int
    end: int
    candidates: tuple[Place, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "candidates": [place.to_dict() for place in self.candidates],
        }


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything that one message said. `categories` holds every category of the city, best first, and sums to 1;
    `category` is its head. `sub_categories` holds, by category, the sub-category that the words say surely enough, should that
    category be the right one. `place` is None when the words leave it open; `told_where` is where in the writer's own words, with the
    house number, RT and RW, alley and landmark that no gazetteer has. `leans` is the language that an answer is expected in."""

    text: str
    language: Language
    kind: Guess
    category: Guess
    categories: tuple[Guess, ...]
    urgency: Urgency
    emergency: Emergency | None = None
    places: tuple[Mention, ...] = ()
    place: Place | None = None
    sub_categories: Mapping[str, Guess] = field(default_factory=dict)
    told_where: str = ""
    leans: Language = "id"

    @property
    def sub_category(self) -> Guess | None:
        """The sub-category within the likeliest category; None where the words leave it open."""
        return self.sub_categories.get(self.category.id)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object that `python -m nlp understand` prints for this message."""
        return {
            "text": self.text,
            "language": self.language,
            "kind": self.kind.to_dict(),
            "category": self.category.to_dict(),
            "sub_category": self.sub_category.to_dict() if self.sub_category else None,
            "categories": [guess.to_dict() for guess in self.categories],
            "urgency": self.urgency,
            "emergency": self.emergency.to_dict() if self.emergency else None,
            "places": [mention.to_dict() for mention in self.places],
            "place": self.place.to_dict() if self.place else None,
            "told_where": self.told_where,
        }
