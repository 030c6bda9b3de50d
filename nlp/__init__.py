"""What a message means: language, kind, category, urgency, emergency and places, from one sentence, on a CPU, in milliseconds.

May import `cities`, spaCy, numpy, rapidfuzz and shapely; never `bot` or `storage`; never scikit-learn outside `nlp.training`,
which is not imported at run time. Start reading at reader.py (the pipeline), then understanding.py (what comes out),
normalise.py, features.py and linear.py (how).

`load_reader` and `Reader` are loaded when first asked for, so that the values of understanding.py cost no spaCy import.
"""

from typing import TYPE_CHECKING, Any

from nlp.understanding import Emergency, Guess, Mention, Place, Understanding

if TYPE_CHECKING:
    from nlp.reader import Reader, load_reader

__all__ = ["Emergency", "Guess", "Mention", "Place", "Reader", "Understanding", "load_reader"]


def __getattr__(name: str) -> Any:
    if name in ("Reader", "load_reader"):
        from nlp import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
