"""What people open in a browser, and where platforms knock.

Lives here: the web chat (`chat`), the public page of one report (`tracking`), the office's pages (`dashboard`), webhooks, and
what they share: refusing strangers (`guard`, `limits`), words (`words`, `texts/`), templates and static files.
May import: `bot.channels` and below, `storage`, `cities`. Never `bot.jobs` or `bot.app`: the running program comes in as a `Door`.
Start reading at `door.py`, then `pages.py`.
"""
