"""Which language a message is in: the classifier's guess (character and word n-grams), checked against words that only one language has."""

from collections.abc import Iterable

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from nlp.lexicon import word_table
from nlp.understanding import Guess, Language

if not Doc.has_extension("language"):
    Doc.set_extension("language", default="id")

LANGUAGE_TELLER = "language_teller"
_SURE = 0.8
_LOMA = 4
"""Words that only Sundanese has, from which a message with Indonesian words among them is everyday Sundanese."""
_LANGUAGES: dict[str, Language] = {"id": "id", "su": "su", "mix": "mix", "en": "en"}


def language_of(tokens: Iterable[str], guesses: tuple[Guess, ...]) -> Language:
    """The language of normalised `tokens`, given the classifier's guesses (best first). No words at all is Indonesian."""
    markers = word_table("markers")
    seen = [markers[token] for token in tokens if token in markers]
    if not seen and not guesses:
        return "id"
    best = guesses[0]
    counts = {language: seen.count(language) for language in ("id", "su", "en")}
    if best.confidence < _SURE and seen:
        return _by_words(counts, _LANGUAGES[best.id])
    if best.id == "mix" and counts["su"] >= max(_LOMA, 2 * counts["id"]):
        return "su"
    return _LANGUAGES[best.id]


def _by_words(counts: dict[str, int], otherwise: Language) -> Language:
    known = sum(counts.values())
    if counts["en"] * 2 > known or (otherwise == "en" and counts["en"] and not counts["su"]):
        return "en"  # "thanks" and "please" are normalised to Indonesian words
    if counts["su"] and counts["id"]:
        return "mix" if otherwise in ("mix", "en") else otherwise
    if counts["su"]:
        return "su" if otherwise != "mix" else "mix"
    return "id" if otherwise == "en" else otherwise


class LanguageTeller:
    """Writes `doc._.language`; comes after the classifier."""

    def __call__(self, doc: Doc) -> Doc:
        tokens = doc._.normalised.split()
        doc._.language = language_of(tokens, doc._.languages if tokens else ())
        return doc


@Pipeline.factory(LANGUAGE_TELLER)
def make_language_teller(nlp: Pipeline, name: str) -> LanguageTeller:
    return LanguageTeller()
