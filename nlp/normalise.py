"""From what people type to words that can be compared: case, accents, repeated letters, doubled words, slang, abbreviations."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp.lexicon import word_table

CLAUSE_MARKS = frozenset(".,;:!?\n")

_PIECE = re.compile(r"https?://\S+|www\.\S+|[^\W_]+(?:-[^\W_]+)*|[.,;:!?\n]")
_RUN = re.compile(r"([a-z])\1{2,}")
_DOUBLED = re.compile(r"^([a-z]{2,})2(nya|na|an|in|kan|ku)?$")
_NOT_PLAIN = re.compile(r"[^a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One normalised word, or one clause mark, and where in the message it was written (`message[start:end]`)."""

    text: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        return self.text in CLAUSE_MARKS


def words(message: str) -> tuple[Word, ...]:
    """The message as normalised words and clause marks, in order. Links are dropped; "gpp" gives three words of one span."""
    return tuple(_words(message))


def normalise(message: str) -> str:
    """The normalised words with single spaces, "?" and "!" kept. Idempotent: normalising twice changes nothing more."""
    return plain(words(message))


def plain(message_words: tuple[Word, ...]) -> str:
    """What `normalise` gives, from words already read."""
    return " ".join(word.text for word in message_words if not word.is_mark or word.text in "?!")


def _words(message: str) -> Iterator[Word]:
    for piece in _PIECE.finditer(message):
        text = piece.group()
        if text in CLAUSE_MARKS:
            yield Word(text, piece.start(), piece.end())
        elif "://" not in text and not text.startswith("www."):
            for word in _plain_words(text):
                yield Word(word, piece.start(), piece.end())


@lru_cache(maxsize=20_000)
def _plain_words(piece: str) -> tuple[str, ...]:
    return tuple(_split(piece))


def _split(piece: str) -> Iterator[str]:
    for part in _NOT_PLAIN.split(_without_accents(piece)):
        syllables = [syllable for syllable in part.split("-") if syllable]
        if len(set(syllables)) == 1:
            syllables = syllables[:1]
        for syllable in syllables:
            yield from _formal(syllable).split(" ")


def _without_accents(piece: str) -> str:
    if piece.isascii():
        return piece.lower()
    decomposed = unicodedata.normalize("NFKD", piece).lower()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _formal(word: str) -> str:
    word = _RUN.sub(r"\1", word)
    doubled = _DOUBLED.match(word)
    if doubled:
        word = doubled.group(1) + (doubled.group(2) or "")
    return word_table("informal").get(word, word)
