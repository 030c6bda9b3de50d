"""How it looks and travels: one file a channel, and what they share.

Lives here: the `Channel` protocol and delivery outcomes (`base`), how a reply is shown with what a channel can do (`rendering`), the
getUpdates loop (`polling`), and an adapter for each platform. A vendor's SDK is imported in its own adapter only.
May import: `bot.services` and below, `cities`. Never `bot.jobs`, `bot.web`, `bot.app`.
Start reading at `base.py`.
"""
