"""What staff can ask for: one table of commands.

Lives here: each command's name, arguments, who may use it and the message id of its help. Rights are checked again in the services.
May import: `cities`, `bot.settings`. Start reading at `commands.py`.
"""
