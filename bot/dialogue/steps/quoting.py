"""How much of a long letter is shown again: what it is about, without the formulas of a letter. All of it is kept."""

import re

from bot.dialogue.words import plain

QUOTE = 300  # characters of the citizen's own words that are shown
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|(?<=,)\s*\n")
OPENINGS = (
    "assalam", "kepada", "yth", "yang terhormat", "nu dihormat", "dengan hormat", "salam", "selamat pagi", "selamat siang", "selamat sore",
    "selamat malam", "sampurasun", "wilujeng", "perkenalkan", "sebelumnya", "mohon maaf", "punten", "bismillah", "dear", "good morning",
    "puji syukur", "semoga bapak", "mugia",
)  # fmt: skip
"""How sentences begin that only open a letter."""
CLOSINGS = (
    "demikian", "atas perhatian", "atas bantuan", "atas kerja sama", "atas kerjasama", "terima kasih", "terimakasih", "hatur nuhun",
    "sakitu",
    "wassalam", "hormat saya", "hormat kami", "salam hormat", "besar harapan", "thank", "regards", "sekian",
)  # fmt: skip
"""How sentences begin that only close one."""


def quoted(text: str) -> str:
    """The words whole where they are short, else the heart of them; shorter than ``text`` then."""
    if len(text) <= QUOTE:
        return text
    heart = " ".join(_without_formulas([part.strip() for part in SENTENCE.split(text) if part.strip()])) or text
    return heart if len(heart) <= QUOTE else heart[:QUOTE].rsplit(" ", 1)[0] + "…"


def _without_formulas(sentences: list[str]) -> list[str]:
    while sentences and plain(sentences[0]).startswith(OPENINGS):
        sentences = sentences[1:]
    for place, sentence in enumerate(sentences):
        if place and plain(sentence).startswith(CLOSINGS):
            return sentences[:place]
    return sentences
