"""From words and pins to places: where a message says that something is wrong.

Lives here: `PlaceFinder`, which finds mentions of places in a text, fuses them into one place or abstains, and locates
a pin. It knows language (cues, spellings), and no city: all places come from the gazetteer it is given.
May import: `cities`, `nlp.understanding`, shapely, numpy, rapidfuzz.
Start reading at `finder.py`; then `reading.py` with `streets.py` and `bare.py` (which words name a place), `fusing.py`
with `fitting.py` (one place from several mentions), `index.py` and `spelling.py` (names), `ground.py` (points,
polygons, street lines).
"""

from nlp.places.finder import PlaceFinder

__all__ = ["PlaceFinder"]
