"""Which open reports may be the problem that somebody is telling: by place, time, category and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dialogue.session import Draft
from bot.services.office import Office
from bot.services.places import place_of
from cities.categories import Category
from storage import Tx, people
from storage import reports as kept
from storage.tables import Report

MOST_SIMILAR = 3
MOST_COMPARED = 12  # reports of a category whose words are read: each costs a millisecond inside the transaction
CATEGORIES = 2  # guesses of the reader; the right one is nearly always among them
MISREAD = 0.3
"""Words so much alike make a report of another category worth offering. Different problems at one place, told in a few
words, mostly lie below 0.2; one problem in two people's words between 0.16 and 0.7."""
SAME_AFTER_ALL = 0.2
"""The same for a report of this category whose sub-category is another: "tiang miring" and "lampu mati"."""
SURELY, SURELY_MISREAD = 0.3, 0.5
"""Words so much alike make a report of this category, or of another, the same problem without a question."""
WORDS, NEARNESS, RECENCY, CATEGORY = 0.5, 0.25, 0.1, 0.15
"""What tells most comes first: everything compared is near and recent already, so words tell the most."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An open report beside the draft: everything from 0 (as different as is still compared) to 1 (the same)."""

    report: Report
    words: float
    nearness: float
    recency: float
    same_category: bool

    @property
    def score(self) -> float:
        kin = CATEGORY if self.same_category else 0.0
        return WORDS * self.words + NEARNESS * self.nearness + RECENCY * self.recency + kin


def beside(tx: Tx, office: Office, report: Report, now: datetime) -> list[Report]:
    """Other people's open reports that may be the problem of a filed one, most alike first; none beside a hidden one."""
    if report.privacy == kept.SECRET or office.city.categories[report.category].is_confidential(report.sub_category):
        return []
    draft = Draft(
        description=kept.description_of(tx, report), kind=report.kind, category=report.category,
        category_options=(report.category,), sub_category=report.sub_category, priority=report.priority,
        place=place_of(report),
    )  # fmt: skip
    found = most_alike(tx, office, report.contact_id, draft, now)
    return [each for each in found if each.id not in (report.id, report.parent_id)]


def most_alike(tx: Tx, office: Office, contact_id: int, draft: Draft, now: datetime) -> list[Report]:
    """Other people's open reports that may be the draft's problem, most alike first.

    Each is within the radius and the days of its own category and of the draft's. Secret, supervisory and confidential
    ones are never among them.
    """
    mine = people.same_person(tx, contact_id)
    compared = [
        beside
        for category in _categories(office, draft)
        for beside in _compared(tx, office, draft, category, now, len(mine))
        if beside.report.contact_id not in mine and _worth_offering(beside, draft)
    ]
    compared.sort(key=lambda each: (-each.score, each.report.id or 0))
    return [each.report for each in compared[:MOST_SIMILAR]]


def of_batch(
    tx: Tx, office: Office, contact_id: int, drafts: Sequence[Draft], now: datetime
) -> tuple[tuple[int, str, bool], ...]:
    """For each draft that an open report surely tells already: (its place from 0, that report's number, whether it is one's own).

    Surer than what is merely offered, since a batch joins by itself what nobody takes apart. One's own comes first.
    """
    mine = people.same_person(tx, contact_id)
    found = []
    for n, draft in enumerate(drafts):
        if not _may_be_compared(office, draft):
            continue
        beside = [
            each
            for category in _categories(office, draft)
            for each in _compared(tx, office, draft, category, now, 0)
            if each.words >= (SURELY if each.same_category else SURELY_MISREAD) and _worth_offering(each, draft)
        ]
        best = max(beside, key=lambda each: (each.report.contact_id in mine, each.score), default=None)
        if best is not None:
            found.append((n, best.report.number, best.report.contact_id in mine))
    return tuple(found)


def _may_be_compared(office: Office, draft: Draft) -> bool:
    category = office.city.categories.get(draft.category)
    secret = draft.privacy == "rahasia" or (category is not None and category.is_confidential(draft.sub_category))
    return category is not None and category.dedup is not None and not secret and not draft.danger


def _categories(office: Office, draft: Draft) -> Iterator[Category]:
    """The draft's category, and what else the reader might have read it as."""
    ids = dict.fromkeys((draft.category, *draft.category_options[:CATEGORIES]))
    for category in (office.city.categories[id_] for id_ in ids if id_ in office.city.categories):
        if category.dedup and not category.confidential_default and not category.supervisory:
            yield category


def _compared(
    tx: Tx, office: Office, draft: Draft, category: Category, now: datetime, extra: int
) -> Iterator[Compared]:
    own, place = office.city.categories[draft.category].dedup, draft.place
    if own is None or category.dedup is None or place is None or place.lat is None or place.lon is None:
        return
    radius = min(own.radius_m, category.dedup.radius_m)
    days = min(own.window_days, category.dedup.window_days)
    statuses = office.open_statuses - {"digabung"}
    near = kept.nearby(
        tx, category.id, place.lat, place.lon, radius, now - timedelta(days=days), statuses, MOST_COMPARED + extra
    )
    for report in near:
        assert report.lat is not None
        assert report.lon is not None
        if category.is_supervisory(report.sub_category):
            continue
        yield Compared(
            report,
            office.alike(draft.description, kept.description_of(tx, report)),
            1 - kept.distance_m(place.lat, place.lon, report.lat, report.lon) / radius,
            1 - (now - report.created_at) / timedelta(days=days),
            category.id == draft.category,
        )


def _worth_offering(beside: Compared, draft: Draft) -> bool:
    if not beside.same_category:
        return beside.words >= MISREAD
    told = draft.sub_category and beside.report.sub_category
    return not told or draft.sub_category == beside.report.sub_category or beside.words >= SAME_AFTER_ALL
