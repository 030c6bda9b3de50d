"""The words of a rich message (Bot API, "RichMessage"): its blocks without their form. Pure."""

from collections.abc import Iterator, Mapping
from typing import Final

WORDS: Final = frozenset({"text", "label", "caption", "title", "blocks", "items", "cells", "rows", "summary", "credit"})
"""Fields in which words, or what holds words, can stand."""
DEEPEST: Final = 40  # blocks in blocks


def words_of(rich: object) -> str:
    """Each block on a line of its own; "" for what holds no words."""
    blocks = rich.get("blocks") if isinstance(rich, Mapping) else None
    lines = ("".join(_strings(block, DEEPEST)).strip() for block in (blocks if isinstance(blocks, list) else ()))
    return "\n".join(line for line in lines if line)


def _strings(part: object, deepest: int) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    if deepest and isinstance(part, list):
        for one in part:
            yield from _strings(one, deepest - 1)
    if deepest and isinstance(part, Mapping):
        for name, inner in part.items():
            if name in WORDS:
                yield from _strings(inner, deepest - 1)
                yield "\n" if name in {"label", "cells"} else ""
