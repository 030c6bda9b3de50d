"""What an administrator sets right about a report beside its category: its kind, its place, its secrecy.

Who should get it is proposed anew from what stands there then.
"""

from datetime import datetime

from bot.dialogue.knowledge import PlaceFound
from bot.services.office import Office
from bot.services.places import columns_of
from bot.services.refusals import Refusal
from bot.services.reports import for_staff
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit
from storage import reports as kept
from storage.tables import Report

SHOWN, HIDDEN_NAME, SECRET = "tampil", "anonim", "rahasia"
HIDES = (SHOWN, HIDDEN_NAME, SECRET)
"""From the most open to the most hidden."""


def correct(
    tx: Tx,
    office: Office,
    officer: Officer | None,
    number: str,
    *,
    kind: str = "",
    privacy: str = "",
    place: PlaceFound | None = None,
    place_words: str = "",
    theirs: bool = False,
    now: datetime,
) -> None:
    """Set one of them right. With ``theirs`` the place is said in these words of the reporter's from now on.

    Raises UnknownReport, NotAllowed, and Refusal for less secrecy than the reporter chose."""
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    if ADMINISTRATOR not in officer.acts_as(report):
        raise NotAllowed(number)
    if kind:
        kept.correct(tx, report, now, kind=kind)
    if place is not None:
        # the reporter's own words stay where they are not put right by themselves: what the map makes of them is set right
        kept.correct(tx, report, now, **_whole_place(place))
    if theirs and place_words:
        kept.reword_place(tx, report, place_words, now)
    if privacy:
        _hide(tx, report, privacy, now)
    detail = kind or privacy or f"{place_words} -> {place.name if place else ''}"
    audit.note(tx, contact_id=officer.contact_id, act="correct_facts", report_id=report.id, detail=detail, now=now)


def _whole_place(place: PlaceFound) -> dict[str, object]:
    """Every column of a place, so that nothing of the wrong one is left."""
    blank = {"place_name": "", "kelurahan": "", "kecamatan": "", "kota_kab": "", "lat": None, "lon": None}
    return {**blank, "road_authority": "", "road_authority_basis": "", **columns_of(place)}


def _hide(tx: Tx, report: Report, privacy: str, now: datetime) -> None:
    if privacy not in HIDES or HIDES.index(privacy) < HIDES.index(report.privacy):
        raise Refusal("staff_secrecy_is_theirs", nomor=report.number)
    kept.correct(tx, report, now, privacy=privacy)
    if privacy == SECRET:
        kept.seal_all(tx, kept.by_id(tx, report.id))
