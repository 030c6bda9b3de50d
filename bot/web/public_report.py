"""What anybody may know of a report who has its number: where it stands and how it got there. Nothing personal, ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.secrecy import is_hidden
from cities.city import City
from storage.tables import Report, StatusChange


@dataclass(frozen=True, slots=True)
class Step:
    """A status, since when, and the message id of a remark ("" for none)."""

    status: str
    label: str
    at: datetime
    remark: str


@dataclass(frozen=True, slots=True)
class PublicReport:
    """One report for the public page. `category` and `place` are "" where they are nobody's business."""

    number: str
    open: bool
    steps: tuple[Step, ...]  # oldest first
    category: str
    place: str
    parent: str  # where the report stands that this one was joined to; "" without one
    photos: tuple[str, ...] = ()  # names of copies that a person approved

    @property
    def now(self) -> Step:
        """Where it stands."""
        return self.steps[-1]


def public_report(
    report: Report, history: Sequence[StatusChange], parent: Report | None, city: City, language: str
) -> PublicReport:
    """The public side of a report. `history` is oldest first and not empty, as every report begins with a status."""
    hidden = is_hidden(report, city)
    category = city.categories.get(report.category)
    return PublicReport(
        number=report.number,
        open=city.statuses[report.status].open,
        steps=tuple(_step(change, city, language) for change in history),
        category="" if hidden or category is None else category.label[language],
        place="" if hidden else place_of(report),
        parent="" if parent is None or is_hidden(parent, city) else city.statuses[parent.status].label[language],
    )


def place_of(report: Report) -> str:
    """Kelurahan and kecamatan, no finer: a house or a school would name people."""
    named = (("Kel.", report.kelurahan), ("Kec.", report.kecamatan))
    return ", ".join(f"{kind} {name}" for kind, name in named if name)


def _step(change: StatusChange, city: City, language: str) -> Step:
    return Step(change.to_status, city.statuses[change.to_status].label[language], change.at, _remark(change, city))


def _remark(change: StatusChange, city: City) -> str:
    """Say it when a report was ended by silence, or without the reporter's yes: neither is a success."""
    former = city.statuses.get(change.from_status)
    if former and former.timeout and (former.timeout.to, former.timeout.reason) == (change.to_status, change.reason):
        return "track.by_silence"
    ended = not city.statuses[change.to_status].open
    if ended and change.reason and f"status.{change.to_status}.{change.reason}" in city.texts:
        return "track.without_yes"
    return ""
