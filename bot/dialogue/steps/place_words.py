"""The citizen's own words about where: what one message says is added to what an earlier one said, with a comma between."""

from bot.dialogue.words import plain

COMMA = ", "


def joined(said: str, words: str) -> str:
    """What was said, and these words behind it, unless the one holds the other already."""
    if plain(words) in plain(said):
        return said
    return words if plain(said) in plain(words) else f"{said}{COMMA}{words}"


def holds(said: str, words: str) -> bool:
    """Whether these words are one of the things said, whole."""
    return bool(words) and f"{COMMA}{words}{COMMA}" in f"{COMMA}{said}{COMMA}"


def replaced(said: str, old: str, new: str) -> str:
    """What was said, with other words (or none) for some that it holds."""
    whole = f"{COMMA}{said}{COMMA}".replace(f"{COMMA}{old}{COMMA}", f"{COMMA}{new}{COMMA}" if new else COMMA, 1)
    return whole.removeprefix(COMMA).removesuffix(COMMA)
