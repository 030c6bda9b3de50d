"""What happens: plain functions that take a transaction and never commit; whoever called opened it.

`intake` stores what arrived, `hearing` reads it, `turns` plays one event of a talk: `facts` gathers what it may know, `acting` does what
it wants done. `filing`, `reports`, `referrals` and `staffing` are such acts; `notifications` and `staff_news` tell citizens and staff of
them. `due_times` does what time asks for, `working_time` and `routing` count and propose.
May import: `storage`, `nlp`, `cities`, `bot.dialogue`, `bot.staff`, `bot.settings`. Never channels, jobs, web or app.
Start reading at `turns.py`.
"""
