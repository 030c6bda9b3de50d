"""One message as words that can be looked up in the index."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from cities.places import PlaceRow
from nlp.places.cues import BRANCHES, DESIGNATORS, LOCATIVE
from nlp.places.index import Match, NameIndex, is_everyday
from nlp.places.spelling import Token, key, tokens

Wanted = Callable[[PlaceRow], bool]
Named = tuple[list[Match], int]
"""The places that the words may mean, and the number of the word after them."""
MISSPELT_WORDS = 3


class Line:
    """The words of a message, asked by number. `after` is always the number of the word behind the last one meant."""

    def __init__(self, message: str, index: NameIndex) -> None:
        self.words: tuple[Token, ...] = tokens(message)
        self.named_until = -1
        """The number of the word after the last place found: "jl. sersan surip, ledeng" goes on with another."""
        self._index = index
        self._keys: dict[tuple[int, int], str] = {}
        self._named: dict[int, Sequence[Named]] = {}

    def __len__(self) -> int:
        return len(self.words)

    def text(self, at: int) -> str:
        """The plain word, "" beyond the end."""
        return self.words[at].text if at < len(self.words) else ""

    def joins(self, at: int) -> bool:
        """Whether the word belongs to the same phrase as the one before it."""
        return at < len(self.words) and self.words[at].joins

    def skip(self, at: int, skipped: Iterable[str]) -> int:
        """The first word from `at` on that is not one of `skipped`."""
        while self.text(at) in skipped:
            at += 1
        return at

    def cued(self, at: int) -> bool:
        """Whether one of the two words before, or a place just named, says that a place comes."""
        return at == self.named_until or any(word.text in LOCATIVE for word in self.words[max(0, at - 2) : at])

    def said_to_be(self, at: int, cues: Iterable[str]) -> bool:
        """Whether the word right before is one of `cues`."""
        return at > 0 and self.text(at - 1) in cues

    def capital(self, at: int) -> bool:
        return at < len(self.words) and self.words[at].capital and not self._shouted

    def everyday(self, begin: int, after: int) -> bool:
        """Whether all these words are everyday words."""
        return all(is_everyday(word.text) for word in self.words[begin:after])

    def branches(self, after: int) -> bool:
        """Whether a word such as "atas" or "barat" follows, which makes another name of the one before it."""
        return self.joins(after) and self.text(after) in BRANCHES

    def longest(self, begin: int, wanted: Wanted) -> Named | None:
        """The wanted places that the most words from `begin` on name exactly."""
        found: Named | None = None
        for matches, after in self._named_from(begin):
            if meant := [match for match in matches if wanted(match.row)]:
                found = meant, after
        return found

    def misspelt(self, begin: int, wanted: Wanted, letters: int) -> Named | None:
        """As `longest`, with slips of the finger in a name of at least so many letters; never for everyday words."""
        if not self.text(begin) or is_everyday(self.text(begin)):
            return None
        for after in range(self._phrase_end(begin, MISSPELT_WORDS), begin, -1):
            last = self.text(after - 1)
            if last in LOCATIVE | DESIGNATORS or (is_everyday(last) and last not in BRANCHES):
                continue
            name = self._key(begin, after)
            matches = (
                [match for match in self._index.misspelt(name) if wanted(match.row)] if len(name) >= letters else []
            )
            if matches:
                return matches, after
        return None

    def named(self, begin: int, wanted: Wanted, letters: int) -> Named | None:
        """The places named exactly; where a strange word is left over, a longer name with a slip is preferred."""
        exact = self.longest(begin, wanted)
        return self.misspelt(begin, wanted, letters) if exact is None else self.or_longer(exact, begin, wanted, letters)

    def or_longer(self, exact: Named, begin: int, wanted: Wanted, letters: int) -> Named:
        """What is named exactly, or a longer name with a slip when a strange word is left over behind it."""
        after = exact[1]
        if not self.joins(after) or is_everyday(self.text(after)):
            return exact
        near = self.misspelt(begin, wanted, letters)
        return near if near and near[1] > after else exact

    def _named_from(self, begin: int) -> Sequence[Named]:
        """All places that the words from `begin` on name exactly, shortest names first; looked up once a word."""
        if begin not in self._named:
            named: list[Named] = []
            for after in range(begin + 1, self._phrase_end(begin, self._index.longest) + 1):
                name = self._key(begin, after)
                if matches := self._index.exact(name):
                    named.append((list(matches), after))
                if not self._index.goes_on(name):
                    break
            self._named[begin] = named
        return self._named[begin]

    def _phrase_end(self, begin: int, most: int) -> int:
        end = min(begin + 1, len(self.words))
        while end < len(self.words) and end - begin < most and self.words[end].joins:
            end += 1
        return end

    def _key(self, begin: int, after: int) -> str:
        if (begin, after) not in self._keys:
            self._keys[begin, after] = key(word.text for word in self.words[begin:after])
        return self._keys[begin, after]

    @cached_property
    def _shouted(self) -> bool:
        """A message all in capitals says nothing by them."""
        return sum(word.loud for word in self.words) > len(self.words) / 2
