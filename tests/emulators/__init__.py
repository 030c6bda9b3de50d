"""Stand-ins for the platforms, for tests and for trying things without a token.

Lives here: a Bot API server that checks every request against the published contract (`bot_api`, on `contract`), the
people who use it (`people`), and `serving`, which runs it on loopback. May import: nothing of ours. Start reading at
`bot_api.py`.
"""
