"""Stand-ins for the platforms.

Lives here: a Bot API server that checks every request against the published contract (`bot_api`, `bot_methods`,
`contract`), the people who use it (`people`), a Cloud API for WhatsApp (`cloud_api`), and `serving`, which runs them on
loopback. May import: nothing of ours. Start reading at `bot_api.py`.
"""
