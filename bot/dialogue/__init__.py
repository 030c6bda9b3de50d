"""What we say: the talk itself, as pure functions of values.

Lives here: what can happen (`events`), what we show (`replies`), what we want done (`effects`), what we remember (`session`), the
facts given to one turn (`knowledge`) and `engine.advance`, which joins them; the questions are in `steps`.
May import: `cities`. Never a database, an SDK, a clock, the event loop, logging, `nlp` or `storage`.
Start reading at `engine.py`.
"""
