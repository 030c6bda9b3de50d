"""Kentongan's bot: the talk, its channels, what happens to reports, and the pages.

Rooms, each importing only those after it: the commands (`__main__`, the modules that end in `command` or `commands`, and what each
does: `running`, `talking`, `inviting`, `exchanging`, `templating`, `billing`, `posters`), `app` (joins everything), `opening` (the
database and the channels that the settings name), `jobs` and `web`, `channels`, `services`, `staff` and `dialogue`, `settings`.
May import `nlp`, `storage` and `cities`; they never import this. Start reading at `dialogue/engine.py`.
"""
