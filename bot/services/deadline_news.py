"""What reporters are told about due times that were not kept."""

from datetime import datetime

from bot.dialogue.replies import Reply
from bot.dialogue.texts import speech_for
from bot.services import group_card_news, notifications, reaching
from bot.services.office import Office
from bot.services.quiet import not_quiet
from bot.services.reminding import EMERGENCY
from storage import Tx, outbox, people
from storage import reports as kept
from storage.tables import Deadline, Report

NEWS = "notice.tenggat_lewat"
UNPROMISED = frozenset({"dialihkan_darurat"})
"""Statuses in which the reporter was promised no time (statuses.yaml): they were told to call the emergency number."""


def tell_reporters_of_slip(
    tx: Tx, office: Office, report: Report, missed: Deadline, following: Deadline, now: datetime
) -> None:
    """The reporter and all who support the report hear, once for each slip, that it is late and until when it is promised now."""
    if report.status in UNPROMISED:
        return
    for each in kept.concerned(tx, report):
        if group_card_news.is_in_group(tx, each):
            continue
        speech = speech_for(office.city, people.language_of(tx, each.contact_id) or each.language)
        values = {
            "nomor": each.number,
            "opd": speech.agency(report.agency),
            "tenggat": speech.moment(following.due_at),
        }
        reply = Reply(speech.say(NEWS, **values), news=NEWS, blanks=notifications.written(values))
        outbox.owe(
            tx,
            conversation_id=reaching.talk_of(tx, each),
            body=reply.to_json(),
            key=f"slip:{missed.id}:{each.id}",
            now=now,
            due_at=now if report.priority == EMERGENCY else not_quiet(office, now),
            report_id=each.id,
        )
