"""What a reporter takes back of a report that was sent: the report itself, and how their name is shown."""

from datetime import datetime

from bot.services import staff_news
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.reports import make_step, own
from storage import Tx, audit
from storage import reports as kept
from storage.lifecycle import IllegalMove
from storage.tables import Conversation, Report

WITHDRAWN, REPORTER = "dibatalkan", "pelapor"
SECRET, SHOWN, HIDDEN_NAME = "rahasia", "tampil", "anonim"
DANGEROUS = 2  # the most urgent levels: statuses.yaml, dibatalkan: a hazard is dealt with whoever told it


def may_withdraw(tx: Tx, office: Office, report: Report) -> bool:
    """Whether its reporter alone may end it: legal, no danger to others, no supervisory case, and nobody else's report too."""
    city = office.city
    urgent = [level.id for level in city.priorities][:DANGEROUS]
    supervisory = city.categories[report.category].is_supervisory(report.sub_category)
    legal = WITHDRAWN in office.lifecycle.moves(report.status, {REPORTER})
    return legal and not supervisory and report.priority not in urgent and not kept.children(tx, report.id)


def withdraw(tx: Tx, office: Office, conversation: Conversation, number: str, now: datetime) -> None:
    """End it at its reporter's wish, whose name is hidden from then on; those who handle it hear of it.

    Raises UnknownReport and IllegalMove.
    """
    report = own(tx, conversation, number)
    if not may_withdraw(tx, office, report):
        raise IllegalMove(report.status, WITHDRAWN, ())
    make_step(tx, office, report, WITHDRAWN, actor=REPORTER, contact_id=report.contact_id, now=now)
    if report.privacy == SHOWN:
        show_name_as(tx, conversation, number, HIDDEN_NAME, now)
    staff_news.tell_owner(tx, office, report, "staff_news_withdrawn", f"withdrawn:{report.id}", now)


def show_name_as(tx: Tx, conversation: Conversation, number: str, privacy: str, now: datetime) -> None:
    """The name is shown or hidden from now on, or all of it secret. What is secret stays so. Raises UnknownReport and Refusal."""
    report = own(tx, conversation, number)
    if report.privacy == SECRET != privacy:
        raise Refusal("secret_stays", nomor=number)
    before = report.privacy
    kept.correct(tx, report, now, privacy=privacy)
    if privacy == SECRET:
        kept.seal_all(tx, kept.by_id(tx, report.id))
    audit.note(
        tx, contact_id=report.contact_id, act="show_name", report_id=report.id, detail=f"{before} -> {privacy}", now=now
    )
