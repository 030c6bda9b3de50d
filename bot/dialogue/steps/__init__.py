"""The questions: each module is one part of the talk.

`reporting` makes a report (a table of steps), `emergency` goes before everything, `tracking` tells how reports stand, `feedback` asks
whether it is solved, `small_talk` answers what is no report, `staff` is the back office by chat.
May import: what `bot.dialogue` may. Start reading at `reporting.py`.
"""
