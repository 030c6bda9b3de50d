"""What happens by itself: playing what arrived, delivering what is owed, fetching files, and the ticks of the clock.

The truth is in rows; a job is only a wake-up for a key such as "conversation:12", harmless when it runs twice.
Lives here: the port and its one-process engine (`work`), one module a kind of key, and `schedule`, which only ticks.
May import: `bot.channels` and below. Start reading at `work.py`.
"""
