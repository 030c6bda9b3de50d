"""The classifier as a spaCy component: category, kind, urgency and language from one linear model."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp.features import bag_of
from nlp.linear import Floats, LinearModel, read_model
from nlp.normalise import plain, words
from nlp.sub_categories import HEAD, best_within, columns_within
from nlp.understanding import Guess

NO_REPORT = "bukan_laporan"
CLASSIFIER = "complaint_classifier"
SHIPPED_MODEL = Path(__file__).parent / "model"

_WRITTEN = (
    "message",
    "words",
    "normalised",
    "categories",
    "sub_categories",
    "kinds",
    "urgencies",
    "languages",
    "dangers",
)
for _name in _WRITTEN:
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


@cache
def model_in(folder: Path) -> LinearModel:
    """The model in `folder`, read once a process. Raises nlp.linear.ModelError."""
    return read_model(folder)


class Classifier:
    """Writes `doc._.message` (where nobody has), `.words` and `.normalised`; guesses, best first, to `.categories`, `.kinds`,
    `.urgencies`, `.languages`, `.dangers` (kinds of emergency, "" for none); and the best of each category's sub-categories
    to `.sub_categories`. A message without words reads as no report about anything."""

    def __init__(self, model: LinearModel, categories: Mapping[str, Iterable[str]]) -> None:
        self._model = model
        self._categories = tuple(categories)
        self._columns = columns_within(model.heads[HEAD].labels if HEAD in model.heads else (), categories)
        self._asked = tuple(head for head in model.heads if head != HEAD)

    def __call__(self, doc: Doc) -> Doc:
        if doc._.message is None:
            doc._.message = doc.text
        doc._.words = words(doc._.message)
        doc._.normalised = plain(doc._.words)
        scores = self._model.scores(bag_of(doc._.normalised))
        guesses = {head: self._model.guesses(head, scores) for head in self._asked}
        doc._.categories = for_city(guesses["category"] if doc._.normalised else (), self._categories)
        doc._.sub_categories = self._subs(scores) if doc._.normalised else {}
        doc._.kinds = guesses["kind"] if doc._.normalised else _certainly(NO_REPORT, guesses["kind"])
        doc._.urgencies = guesses["urgency"]
        doc._.languages = guesses["language"]
        doc._.dangers = guesses["emergency"] if doc._.normalised else _certainly("", guesses["emergency"])
        return doc

    def _subs(self, scores: Floats) -> dict[str, Guess]:
        return best_within(self._model.chances(HEAD, scores), self._columns) if self._columns else {}


def _certainly(label: str, guesses: tuple[Guess, ...]) -> tuple[Guess, ...]:
    others = tuple(Guess(guess.id, 0.0) for guess in guesses if guess.id != label)
    return (Guess(label, 1.0), *others)


def for_city(guesses: Iterable[Guess], categories: tuple[str, ...]) -> tuple[Guess, ...]:
    """The guesses over exactly the city's categories, best first, summing to 1; a category the model never saw gets 0."""
    found = {guess.id: guess.confidence for guess in guesses}
    total = sum(found.get(category, 0.0) for category in categories)
    if not total:
        return tuple(Guess(category, 1 / len(categories)) for category in categories)
    shares = [Guess(category, found.get(category, 0.0) / total) for category in categories]
    return tuple(sorted(shares, key=lambda guess: -guess.confidence))


@Language.factory(CLASSIFIER, default_config={"model": str(SHIPPED_MODEL), "categories": {}})
def make_classifier(nlp: Language, name: str, model: str, categories: dict[str, list[str]]) -> Classifier:
    return Classifier(model_in(Path(model)), categories)
