"""What staff can ask for: one table of commands, and how what they write behind some of them is read.

Lives here: each command's name, arguments, who may use it and the message id of its help (`commands`); which list, span of days or
order about a group is meant (`listings`, `spans`, `group_orders`). Rights are checked again in the services.
May import: `cities`, `bot.settings`. Start reading at `commands.py`.
"""
