"""Forwarded messages that are read together: which of them are reports, how they are shown, and how they are corrected in words.

Pure, as all of `bot.dialogue`. Start with `grouping` and `corrections`; the questions about a batch are in `bot.dialogue.steps.batch`.
"""
