"""Which photos of citizens everybody may see: those of which a person approved a masked copy, while the report hides nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.dialogue import effects
from bot.dialogue.steps.masking import cells_in
from bot.services import masking
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from bot.services.secrecy import is_hidden
from bot.staff.commands import ADMINISTRATOR
from cities.city import City
from storage import Tx, audit, media, public_photos, reports
from storage.tables import Evidence, PublicPhoto, Report


def act(tx: Tx, office: Office, officer: Officer | None, effect: effects.PhotoEffect, now: datetime) -> None:
    """Approve or withdraw a public copy. Raises NotAllowed, and Refusal for what cannot be public."""
    if officer is None or ADMINISTRATOR not in officer.roles:
        raise NotAllowed("foto")
    report = reports.by_number(tx, effect.number)
    evidence = media.by_id(tx, effect.evidence)
    if report is None or evidence.report_id != report.id or not _is_problem(evidence):
        raise Refusal("photo_unknown", nomor=effect.number)
    match effect:
        case effects.ApprovePhoto(number, id_, cells, copy_id):
            if is_hidden(report, office.city):
                raise Refusal("photo_never_public", nomor=number)
            if copy_id and not _may_stand_for(media.by_id(tx, copy_id)):
                raise Refusal("photo_unknown", nomor=number)
            public_photos.approve(tx, id_, cells=cells, copy_id=copy_id or None, by=officer.contact_id, now=now)
        case effects.WithdrawPhoto(_, id_):
            public_photos.withdraw(tx, id_, now)
    what = "withdraw_photo" if isinstance(effect, effects.WithdrawPhoto) else "approve_photo"
    audit.note(tx, contact_id=officer.contact_id, act=what, report_id=report.id, detail=str(evidence.id), now=now)


def tokens(tx: Tx, report: Report, city: City) -> tuple[str, ...]:
    """Under which names the public page shows photos of a report; none of one that hides anything."""
    if is_hidden(report, city) or report.id is None:
        return ()
    return tuple(shown.token for shown in public_photos.of_report(tx, report.id))


def shown_under(tx: Tx, city: City, token: str) -> Callable[[Path], bytes] | None:
    """What makes the picture of that name, given the media folder; None when nothing of that name is public now."""
    shown = public_photos.by_token(tx, token)
    if shown is None:
        return None
    evidence = media.by_id(tx, shown.evidence_id)
    report = reports.by_id(tx, evidence.report_id) if evidence.report_id else None
    if report is None or is_hidden(report, city) or not _is_problem(evidence):
        return None
    return _picture(tx, shown, evidence)


def preview(tx: Tx, evidence_id: int, cells: str) -> Callable[[Path], bytes] | None:
    """What makes the picture as it would be public, or with its numbered cells where ``cells`` is "grid"."""
    evidence = media.by_id(tx, evidence_id)
    if evidence.state != "stored":
        return None
    return partial(_with_grid, evidence.path) if cells == "grid" else partial(_masked, evidence.path, cells)


def _picture(tx: Tx, shown: PublicPhoto, evidence: Evidence) -> Callable[[Path], bytes] | None:
    if shown.copy_evidence_id is None:
        return partial(_masked, evidence.path, shown.cells)
    copy = media.by_id(tx, shown.copy_evidence_id)
    return partial(_masked, copy.path, "") if copy.state == "stored" else None


def _masked(path: str, cells: str, folder: Path) -> bytes:
    return masking.masked(masking.read(folder, path), cells_in(cells))


def _with_grid(path: str, folder: Path) -> bytes:
    return masking.with_grid(masking.read(folder, path))


def _is_problem(evidence: Evidence) -> bool:
    return (evidence.purpose, evidence.kind, evidence.state) == ("problem", "photo", "stored")


def _may_stand_for(copy: Evidence) -> bool:
    """Whether a file that staff sent can be shown instead of a photo."""
    return copy.kind == "photo" and copy.report_id is None and copy.state != "failed" and copy.purpose != "problem"
