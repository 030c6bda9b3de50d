"""What was gathered under an older release can still be read."""

import json
from dataclasses import asdict

from bot.dialogue.knowledge import Clause
from bot.services.gathering import _heard
from tests.makers import heard


def test_several_problems_are_read_under_their_old_name_too() -> None:
    told = heard("pju", several=(Clause("lampu mati", heard("pju")), Clause("sampah numpuk", heard("sampah"))))
    raw = json.loads(json.dumps(asdict(told)))
    assert _heard(raw) == told
    raw["two"] = raw.pop("several")
    for each in raw["two"]:
        each["heard"]["two"] = each["heard"].pop("several")
    assert _heard(raw) == told
