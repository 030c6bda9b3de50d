"""One spaCy pipeline that reads a message, and the `Reader` in front of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from spacy.lang.id import Indonesian, IndonesianDefaults
from spacy.language import Language
from spacy.tokens import Doc

from cities.city import City
from cities.loading import load_city
from cities.places import load_gazetteer
from nlp.categories import CLASSIFIER, NO_REPORT, SHIPPED_MODEL, model_in
from nlp.danger_signs import READ_AS_DANGER, SURELY_ABOUT
from nlp.emergency import EmergencyFinder
from nlp.language import LANGUAGE_TELLER
from nlp.places import PlaceFinder
from nlp.places.told import told_where
from nlp.similarity import similarity
from nlp.sub_categories import NONE
from nlp.understanding import Guess, Place, Understanding

for _name in ("emergency", "urgency", "mentions", "place"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class Reader:
    """Reads messages of one city. Safe to share between threads once made; `load_reader` makes it."""

    def __init__(self, pipeline: Language, places: PlaceFinder, model: Path) -> None:
        self._pipeline = pipeline
        self._places = places
        self._model = model_in(model)

    @property
    def confirm_at(self) -> float:
        """The category confidence from which it is taken as read."""
        return float(self._model.meta["confirm_at"])

    @property
    def offer_at(self) -> float:
        """The category confidence from which up to three are offered; below it the bot asks."""
        return float(self._model.meta["offer_at"])

    def understand(self, text: str) -> Understanding:
        """What `text` means; any text at all, even none, has an answer."""
        doc = Doc(self._pipeline.vocab)  # no tokens: nothing reads them, and splitting would cost a quarter of the time
        doc._.message = text
        seen = self._pipeline(doc)._
        return Understanding(
            text=text,
            language=seen.language,
            kind=seen.kinds[0],
            category=seen.categories[0],
            categories=seen.categories,
            urgency=seen.urgency,
            emergency=seen.emergency,
            places=seen.mentions,
            place=seen.place,
            sub_categories=self._sure_subs(seen.sub_categories),
            told_where=told_where(text, seen.mentions),
            leans=seen.leans,
        )

    def _sure_subs(self, best: Mapping[str, Guess]) -> Mapping[str, Guess]:
        enough = float(self._model.meta.get("sub_at", 1.0))
        return {category: sub for category, sub in best.items() if sub.id != NONE and sub.confidence >= enough}

    def locate(self, lat: float, lon: float) -> Place:
        """Where a pin (WGS84 degrees) is: by polygon, with the nearest street; its name is "" where nowhere is known."""
        return self._places.locate(lat, lon)

    def parts(self, place: Place) -> tuple[Place, ...]:
        """A street or neighbourhood once for each kelurahan that it is in, longest part first; nothing for any other place."""
        return self._places.parts(place)

    def across(self, place: Place) -> tuple[Place, ...]:
        """The same street in each neighbour of the city that it goes on to; nothing for what ends within."""
        return self._places.beyond(place)

    def beside(self, lat: float, lon: float) -> tuple[Place, ...]:
        """What a pin within metres of a border may also be, nearest first; nothing for a pin well inside an area."""
        return self._places.beside(lat, lon)

    def similarity(self, a: str, b: str) -> float:
        """How alike two complaint texts are, from 0 to 1."""
        return similarity(a, b, self._model.idf)


class PlainDefaults(IndonesianDefaults):
    """Without spaCy's 15,963 Indonesian tokenizer exceptions, which cost seconds and 60 MB to load and are of no use here."""

    tokenizer_exceptions: dict[str, Any] = {}  # noqa: RUF012  spaCy declares it so


class PlainIndonesian(Indonesian):  # type: ignore[no-untyped-call]  # spaCy leaves __init_subclass__ untyped
    """spaCy's blank Indonesian, quick to load."""

    Defaults = PlainDefaults


class EmergencyComponent:
    """Writes `doc._.emergency` and `doc._.urgency`; comes after the classifier."""

    def __init__(self, finder: EmergencyFinder, emergency: str, no_matter: frozenset[str]) -> None:
        self._finder = finder
        self._emergency = emergency
        self._no_matter = no_matter

    def __call__(self, doc: Doc) -> Doc:
        likeliest = doc._.categories[0]
        doc._.emergency = self._finder.find(
            doc._.message,
            doc._.words,
            doc._.dangers,
            _confidence(doc._.kinds, "pengaduan"),
            _confidence(doc._.kinds, NO_REPORT),
            about_a_matter=likeliest.id not in self._no_matter and likeliest.confidence >= SURELY_ABOUT,
            read_as_danger=likeliest.id == self._emergency and likeliest.confidence >= READ_AS_DANGER,
        )
        calm = next(guess.id for guess in doc._.urgencies if guess.id != "darurat")
        doc._.urgency = "darurat" if doc._.emergency else calm
        return doc


class PlaceComponent:
    """Writes `doc._.mentions` and `doc._.place`."""

    def __init__(self, finder: PlaceFinder) -> None:
        self._finder = finder

    def __call__(self, doc: Doc) -> Doc:
        doc._.mentions = self._finder.find(doc._.message)
        doc._.place = self._finder.resolve(doc._.mentions, doc._.message)
        return doc


@Language.factory("emergency_finder", default_config={"city": ""})
def make_emergency_component(nlp: Language, name: str, city: str) -> EmergencyComponent:
    known = load_city(city)
    rules = known.emergency
    return EmergencyComponent(
        EmergencyFinder(rules), rules.category, frozenset({rules.category, known.fallback_category})
    )


@Language.factory("place_finder", default_config={"city": ""})
def make_place_component(nlp: Language, name: str, city: str) -> PlaceComponent:
    return PlaceComponent(_places_of(city))


def load_reader(city: City, model: Path | None = None) -> Reader:
    """The reader of `city` with the model in `model` (the shipped one unless given). Raises nlp.linear.ModelError."""
    folder, found = str(city.folder), model or SHIPPED_MODEL
    pipeline = PlainIndonesian()
    pipeline.add_pipe(CLASSIFIER, config={"model": str(found), "categories": _offered(city)})
    pipeline.add_pipe(LANGUAGE_TELLER)
    pipeline.add_pipe("emergency_finder", config={"city": folder})
    pipeline.add_pipe("place_finder", config={"city": folder})
    reader = Reader(pipeline, _places_of(folder), found)
    # what is built at first use (polygons, word tables) is built now, so that no citizen waits for it
    reader.understand("jalan")
    return reader


def _offered(city: City) -> dict[str, list[str]]:
    """The categories that are in use, each with its sub-categories."""
    return {category.id: list(category.subs) for category in city.categories.values() if not category.retired}


@cache
def _places_of(city: str) -> PlaceFinder:
    return PlaceFinder(load_gazetteer(load_city(city)))


def _confidence(guesses: tuple[Guess, ...], label: str) -> float:
    return next((guess.confidence for guess in guesses if guess.id == label), 0.0)
