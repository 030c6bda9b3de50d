"""Which language a message is in: the classifier's guess (character and word n-grams), checked against words that only one language has."""

from collections.abc import Iterable

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from nlp.lexicon import word_table
from nlp.understanding import Guess, Language

if not Doc.has_extension("language"):
    Doc.set_extension("language", default="id")
    Doc.set_extension("leans", default="id")

LANGUAGE_TELLER = "language_teller"
_SURE = 0.8
_LOMA = 4
"""Words that only Sundanese has, from which a message with Indonesian words among them is everyday Sundanese."""
_EVERYBODYS = frozenset(
    "ari atuh euy gede handap hatur imah isuk ka kamari kang ku leutik loba luhur mah mangga mugi nuhun peuting pisan punten sok teh"
    " teteh ti tukang walungan wengi".split()
)
"""Sundanese words that everybody in the city says, whatever else they speak; others are names, or mean something else elsewhere."""
_MANY = 2
"""So many more of these alone than of Indonesian words make no mixture of a message any more."""
_THINGS = frozenset(
    "air banjir di hari hujan jalan kasih lagi lampu malam mati minggu pagi pak pohon rumah rusak sampah sekolah selokan terima"
    " warga".split()
)
"""Indonesian words of which Sundanese speakers make no other when they write to an office."""
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


def leaning(tokens: Iterable[str], language: Language) -> Language:
    """The language that an answer is expected in: Sundanese where what holds a message together is, though its things are not.

    Whoever mixes both alike is left as they are ("mix").
    """
    if language not in ("id", "mix"):
        return language
    markers, told = word_table("markers"), set(tokens)
    sundanese = {token for token in told if markers.get(token) == "su"}
    indonesian = {token for token in told - _THINGS if markers.get(token) == "id"}
    own = sundanese - _EVERYBODYS
    if language == "id":
        return "su" if own and not indonesian else "id"
    return "su" if len(sundanese) > len(indonesian) + (0 if own else _MANY) else "mix"


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
    """Writes `doc._.language` and `doc._.leans`; comes after the classifier."""

    def __call__(self, doc: Doc) -> Doc:
        tokens = doc._.normalised.split()
        doc._.language = language_of(tokens, doc._.languages if tokens else ())
        doc._.leans = leaning(tokens, doc._.language)
        return doc


@Pipeline.factory(LANGUAGE_TELLER)
def make_language_teller(nlp: Pipeline, name: str) -> LanguageTeller:
    return LanguageTeller()
