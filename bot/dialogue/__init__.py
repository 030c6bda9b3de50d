"""What we say: the talk itself, as pure functions of values.

Lives here: what can happen (`events`), what we show (`replies`), what we want done (`effects`), what we remember (`session`), the
facts given to one turn (`knowledge`) and `engine.advance`, which joins them; the questions are in `steps`, our sentences in `texts`,
what people's own words mean in `words` and its neighbours, and messages that are read together in `batches`.
May import: `cities`. Never a database, an SDK, a clock, the event loop, logging, `nlp` or `storage`.
Start reading at `engine.py`.
"""
