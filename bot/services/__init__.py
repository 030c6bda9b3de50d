"""What happens: plain functions that take a transaction and never commit; whoever called opened it.

`intake` stores what arrived, `turns` plays one event of a talk (facts in, effects out), `filing`, `reports`, `staffing`
and `notifications` do what turns want done, `due_times` what time asks for, `working_time` and `routing` count and propose.
May import: `storage`, `nlp`, `cities`, `bot.dialogue`, `bot.staff`, `bot.settings`. Never channels, jobs, web or app.
Start reading at `turns.py`.
"""
