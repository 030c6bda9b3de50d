"""How a report number is written, wherever it stands among other words."""

import re

WRITTEN = r"[A-Za-z]{2,5}-\d{6}-\d{4,9}-\d"
"""Prefix of the city, day, running number, check digit: BDG-261124-0042-4."""
IN_WORDS = re.compile(rf"\b{WRITTEN}\b")
PIECE = re.compile(r"0\d{3,}(?:-\d)?")  # the running number, as it is shown
