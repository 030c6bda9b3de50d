"""The words of a question."""

from bot.dialogue.words import FILLERS, spelt

ASKING = frozenset(
    "apa apakah apaan gimana bagaimana kumaha naha kenapa mengapa berapa sabaraha kapan iraha siapa saha dimana mana naon nanya"
    " tanya bertanya naros how what who when where why which".split()
)
OPENING_A_QUESTION = frozenset("bisa boleh tiasa is are can do does may could should".split())
CLOSING_A_QUESTION = frozenset("tidak henteu kan".split())


def asks(text: str) -> bool:
    """Whether the words are put as a question."""
    said = [word for word in spelt(text).split() if word not in FILLERS]
    opens = not ASKING.isdisjoint(said) or not OPENING_A_QUESTION.isdisjoint(said[:1])
    return "?" in text or opens or (len(said) > 1 and said[-1] in CLOSING_A_QUESTION)
