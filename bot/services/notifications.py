"""News to citizens: what a change means for those concerned, owed to their chats in the same transaction.

The texts are the city's (statuses.yaml, notices); each message has a key that names its cause, so that it is owed once.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.dialogue.replies import Choice, Reply
from bot.dialogue.steps.feedback import rating_choices
from bot.dialogue.steps.read_back import summary
from bot.dialogue.texts import Speech, speech_for
from bot.services import group_card_news, neighbour_news, reaching, referral_news, staff_news
from bot.services.guards import DAYS_TO_REOPEN
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.promises import FIRST_RESPONSE, TOLD_BY
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG
from storage import Tx, deadlines, media, outbox, people, reports
from storage.moves import UNDONE
from storage.tables import Report, StatusChange

DAYS_TO_OBJECT = 5  # working days; statuses.yaml, {hari} of diarsipkan
MOST_PROOFS = 3  # pictures sent with the news
ASKED = "perlu_dilengkapi"
RATED_WITH = "status.ditutup"
"""The news that ask how satisfied somebody is."""
UNANSWERED = "rujukan_tidak_dijawab"  # statuses.yaml, the variant of ditutup
SPLIT = "dibagi"
"""Why a report is with several agencies."""
SPLIT_OFF = "dipisah"
"""Why a report that was joined to another stands by itself again; statuses.yaml, a variant of terverifikasi."""
NEVER_UNDONE = frozenset({"dialihkan_darurat", "dibuka_kembali"})
"""A step to one of these is never taken back."""
MOVED = "moved:"
"""With this begins the key of news that a due time moved; the number of the due time follows."""
SILENT_STATUSES = frozenset({"diterima", "dialihkan_darurat", "digabung"})
"""Said in the talk itself when the report is filed, with its number."""


def tell_reporters(tx: Tx, office: Office, report: Report, change: StatusChange, *, but_not: int | None = None) -> None:
    """Let the reporter and everybody who supports the report know of a change of status.

    Where the city says that a status may be silent when the next one follows soon, the news waits that long. ``but_not`` is the
    contact who brought it about and has read it in the talk already.
    """
    joined = change.to_status == "digabung" and bool(change.from_status)
    by_staff = joined or (change.to_status == "dialihkan_darurat" and change.actor == ADMINISTRATOR)
    if change.to_status in SILENT_STATUSES and not by_staff:
        return
    if report.is_part and change.to_status == "menunggu_konfirmasi" and _all_over(tx, office, report):
        return  # the whole is said to be done, with what each agency did
    silent = _silence(office, change)
    wait = max(silent, office.hold if can_be_undone(office, change) else timedelta())
    for each in reports.concerned(tx, report):
        group_card_news.renew(tx, office, each, change.at)
        if each.contact_id == but_not or group_card_news.is_in_group(tx, each):
            continue
        body = _status_news(tx, office, report, each, change)
        key = _news_key(change, each)
        outbox.owe(
            tx,
            conversation_id=reaching.talk_of(tx, each),
            body=body.to_json(),
            key=key,
            now=change.at,
            due_at=change.at + wait,
            report_id=each.id,
        )
        neighbour_news.tell_followers(tx, office, each, report, change, key, change.at + wait)


def _all_over(tx: Tx, office: Office, part: Report) -> bool:
    """Whether no agency has anything left to do for the whole."""
    siblings = reports.parts_of(tx, part.parent_id or 0)
    return not any(office.city.statuses[each.status].open_for_office for each in siblings)


def drop_waiting_news(tx: Tx, office: Office, report: Report, changes: Iterable[StatusChange], now: datetime) -> None:
    """News of an earlier status that may be silent, and still waits, is not sent when the next one follows."""
    for change in changes:
        if not _silence(office, change):
            continue
        for each in reports.concerned(tx, report):
            outbox.withdraw(tx, _news_key(change, each), "followed by the next status", now)
            neighbour_news.drop_waiting(tx, each, _news_key(change, each), now)


def let_out(tx: Tx, office: Office, report: Report, changes: Iterable[StatusChange], now: datetime) -> None:
    """What follows a step ends the time in which it could be taken back: its news go out now, before those of what follows."""
    for change in changes:
        if change.at + office.hold > now:
            for each in reports.concerned(tx, report):
                outbox.bring_forward(tx, _news_key(change, each), now)


def _silence(office: Office, change: StatusChange) -> timedelta:
    """How long news may wait for the next step, and be dropped for it; what puts right what was told before never is."""
    minutes = 0 if change.reason == SPLIT_OFF else office.city.statuses[change.to_status].silent_minutes
    return timedelta(minutes=minutes)


def unsay(tx: Tx, report: Report, change: StatusChange, now: datetime) -> bool:
    """Do not send the news of a step that still wait; whether nobody had got them."""
    keys = [_news_key(change, each) for each in reports.concerned(tx, report)]
    unsaid = [outbox.withdraw(tx, key, "the step was taken back", now) for key in keys]
    return all(unsaid)


def drop_moved_promises(tx: Tx, report: Report, now: datetime) -> None:
    """News of a due time that moved are not sent once it runs no longer: the step that ended it tells what is promised now."""
    waiting = [key for each in reports.concerned(tx, report) for key in outbox.waiting(tx, each.id, MOVED)]
    over = {each.id for each in deadlines.of_report(tx, report.id) if each.ended_at} if waiting else set()
    for key in waiting:
        if int(key.split(":")[1]) in over:
            outbox.withdraw(tx, key, "the due time ended", now)


def can_be_undone(office: Office, change: StatusChange) -> bool:
    """Whether who made this step may still take it back: a step of staff to which the city's table has a way back.

    Never an emergency, whose news cannot wait; nor a report split off, since the one it was joined to is not remembered.
    """
    by_staff = change.actor in (ADMINISTRATOR, NARAHUBUNG) and change.contact_id is not None
    never = change.to_status in NEVER_UNDONE or change.from_status == "digabung" or change.reason == UNDONE
    return by_staff and not never and office.lifecycle.may_go_back(change.to_status, change.from_status)


def take_back(tx: Tx, office: Office, report: Report, change: StatusChange, now: datetime) -> None:
    """News of a step that was taken back: not sent where it still waits; who got it gets one correction."""
    for each in reports.concerned(tx, report):
        if outbox.withdraw(tx, _news_key(change, each), "the step was taken back", now):
            continue
        if not outbox.exists(tx, _news_key(change, each)):
            continue
        speech = _speech(tx, office, each)
        wrong, right = speech.status(change.to_status), speech.status(report.status)
        text = speech.say("news_taken_back", nomor=each.number, keliru=wrong, status=right)
        _owe_about(tx, each, Reply(text), f"{_news_key(change, each)}:undone", now)
    if change.to_status == "didisposisikan" and change.agency:
        staff_news.tell_owner(tx, office, report, "staff_news_undone", f"undone:{change.id}", now, had_by=change.agency)


def remind_reporter(tx: Tx, office: Office, report: Report, due_at: datetime, now: datetime) -> None:
    """Ask once more whether it is solved, or for what is missing."""
    if report.status != "menunggu_konfirmasi":
        asked = reports.history(tx, report.id)[-1]
        known = reports.concerned(tx, report)[0]
        again = _status_news(tx, office, report, known, asked)
        _owe_about(tx, known, again, f"remind:{report.id}:{now.isoformat()}", now)
        return
    speech = _speech(tx, office, report)
    values = {"nomor": report.number, "tenggat": speech.moment(due_at)}
    text, choices = speech.say("phrase.remind_done", **values), _closing_choices(speech, report.number)
    reply = Reply(text, choices, news="phrase.remind_done", blanks=written(values))
    _owe_about(tx, report, reply, f"remind:{report.id}:{now.isoformat()}", now)


def _owners(tx: Tx, speech: Speech, report: Report, change: StatusChange) -> str:
    """Who has the report: its agency, or those of its parts."""
    shared = [each.agency for each in reports.parts_of(tx, report.id) if each.agency]
    if shared and not report.agency:
        return ", ".join(speech.agency(agency) for agency in dict.fromkeys(shared))
    return speech.agency(change.agency or report.agency)


def written(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """What fills a text, as it is kept with the news."""
    return tuple((name, str(value)) for name, value in values.items())


def _news_key(change: StatusChange, concerned: Report) -> str:
    return f"news:{change.id}:{concerned.id}"


def _status_news(tx: Tx, office: Office, report: Report, concerned: Report, change: StatusChange) -> Reply:
    speech = _speech(tx, office, concerned)
    key = f"status.{change.to_status}"
    if report.is_part and change.to_status == "menunggu_konfirmasi":
        return Reply(speech.say("news_part_done", **_values(tx, office, speech, report, concerned, change)))
    if change.reason and office.city.text(f"{key}.{change.reason}", speech.language) is not None:
        key = f"{key}.{change.reason}"
    values = _values(tx, office, speech, report, concerned, change)
    text = speech.say(key, **values)
    choices: tuple[Choice, ...] = ()
    photos: tuple[int, ...] = ()
    if change.reason == UNANSWERED:
        choices = (Choice(f"ombudsman:{concerned.number}", speech.say("choice.ombudsman")),)
    if key == RATED_WITH and reports.rating_of(tx, concerned.id, concerned.contact_id) is None:
        choices = rating_choices(concerned.number)
    if change.to_status == ASKED:
        choices = (Choice(f"answer:{concerned.number}", speech.say("choice_answer")),)
    if change.to_status == "menunggu_konfirmasi":
        choices = _closing_choices(speech, concerned.number)
        before, after = _before(tx, report), _proofs(tx, report)
        photos = (*before, *after)
        text = f"{text}\n{speech.say('news_before_after')}" if before and after else text
    blanks = {**values, "status": speech.status(change.to_status)}
    return Reply(text, choices, photos=photos, news=key, blanks=written(blanks))


def _values(
    tx: Tx, office: Office, speech: Speech, report: Report, concerned: Report, change: StatusChange
) -> dict[str, object]:
    assert report.id is not None
    due = {deadline.kind: deadline.due_at for deadline in deadlines.open_deadlines(tx, report.id)}
    next_due = due.get(TOLD_BY.get(change.to_status, FIRST_RESPONSE)) or min(due.values(), default=change.at)
    place = place_of(report)
    note = reports.note_of(tx, change).rstrip(". ")
    return {
        "nomor": concerned.number,
        "nomor_induk": reports.by_id(tx, report.parent_id).number if report.parent_id else report.number,
        "alasan": speech.say(f"reason.{change.reason}") if change.reason in office.city.archive_reasons else note,
        "kategori": speech.category(report.category),
        "lokasi": summary(place) if place else speech.say("place_unknown"),
        "opd": _owners(tx, speech, report, change),
        "tenggat": speech.moment(next_due),
        "perkiraan": speech.moment(next_due),
        "catatan": note,
        "kekurangan": speech.say(f"missing.{change.reason}")
        if f"missing.{change.reason}" in office.city.texts
        else note,
        "jadwal": speech.moment(change.scheduled_for) if change.scheduled_for else "",
        "hasil": note,
        "hari": DAYS_TO_OBJECT if change.to_status == "diarsipkan" else DAYS_TO_REOPEN,
        "sapaan": speech.address(),
        **referral_news.blanks(tx, speech, report),
    }


def _proofs(tx: Tx, report: Report) -> tuple[int, ...]:
    """The pictures of this claim: those that came after the last one was refused; of every office that has a part."""
    refused = [step.at for step in reports.history(tx, report.id) if step.to_status == "dibuka_kembali"]
    rows = [row for each in (report, *reports.parts_of(tx, report.id)) for row in media.of_report(tx, each.id)]
    pictures = [row for row in rows if row.purpose == "result" and row.kind == "photo" and row.state != "failed"]
    latest = [row.id for row in pictures if not refused or row.created_at > refused[-1]]
    return tuple(latest[-MOST_PROOFS:])


def _before(tx: Tx, report: Report) -> tuple[int, ...]:
    """The reporter's first picture of the problem, to be seen beside the result."""
    rows = [row for row in media.of_report(tx, report.id) if row.purpose == "problem" and row.kind == "photo"]
    return tuple(row.id for row in rows if row.state != "failed")[:1]


def _closing_choices(speech: Speech, number: str) -> tuple[Choice, ...]:
    return (
        Choice(f"done:{number}", speech.say("choice.done")),
        Choice(f"not_done:{number}", speech.say("choice.not_done")),
    )


def _owe_about(tx: Tx, report: Report, reply: Reply, key: str, now: datetime) -> None:
    if not group_card_news.is_in_group(tx, report):
        outbox.owe(
            tx,
            conversation_id=reaching.talk_of(tx, report),
            body=reply.to_json(),
            key=key,
            now=now,
            report_id=report.id,
        )


def _speech(tx: Tx, office: Office, report: Report) -> Speech:
    return speech_for(office.city, people.language_of(tx, report.contact_id) or report.language)
