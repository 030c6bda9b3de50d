"""Kentongan's bot: the talk, its channels, what happens to reports, and the pages.

Rooms, each importing only those after it: `app` (joins everything), `jobs` and `web`, `channels`, `services`, `staff` and `dialogue`,
`settings`. May import `nlp`, `storage` and `cities`; they never import this. Start reading at `dialogue/engine.py`.
"""
