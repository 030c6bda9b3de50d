"""What a referral means for those concerned: the reporter reads every answer, administrators ask, management hears of silence."""

from collections.abc import Iterable
from datetime import datetime

from bot.dialogue.replies import Choice, Reply
from bot.dialogue.steps.read_back import clipped
from bot.dialogue.texts import Speech, speech_for
from bot.services import group_card_news, reaching
from bot.services.office import Office
from bot.services.promises import CHASE
from bot.staff.commands import ADMINISTRATOR, PIMPINAN
from storage import Tx, deadlines, outbox, people, referrals
from storage import reports as kept
from storage.tables import Conversation, Referral, ReferralAnswer, Report


def receiver_of(speech: Speech, hop: Referral) -> str:
    """What the receiver is called."""
    return hop.receiver or speech.agency(hop.agency)


def blanks(tx: Tx, speech: Speech, report: Report) -> dict[str, object]:
    """What the texts about a report's newest referral are filled with; nothing for a report that was never referred."""
    hops = referrals.of_report(tx, report)
    if not hops:
        return {}
    hop = hops[-1]
    values: dict[str, object] = {
        "instansi": receiver_of(speech, hop),
        "tanggal": speech.day(hop.since),
        "ref_eksternal": hop.reference or speech.say("referral_no_reference"),
        "interval": speech.say("referral_interval"),
    }
    return values if report.agency else {**values, "opd": receiver_of(speech, hop)}


def tell_reporters(tx: Tx, office: Office, report: Report, hop: Referral, said: ReferralAnswer, now: datetime) -> None:
    """The reporter and all who support the report read what the outside agency answered."""
    due = [each.due_at for each in deadlines.open_deadlines(tx, hop.report_id) if each.kind == CHASE]
    for each in kept.concerned(tx, report):
        if group_card_news.is_in_group(tx, each):
            continue
        speech = speech_for(office.city, people.language_of(tx, each.contact_id) or each.language)
        text = speech.say(
            "notice.kabar_rujukan",
            nomor=each.number,
            instansi=receiver_of(speech, hop),
            catatan=referrals.text_of(tx, said).rstrip(". "),
            tanggal=speech.day(due[0] if due else now),
        )
        photos = (said.evidence_id,) if said.evidence_id else ()
        outbox.owe(
            tx,
            conversation_id=reaching.talk_of(tx, each),
            body=Reply(text, photos=photos).to_json(),
            key=f"referral_answer:{said.id}:{each.id}",
            now=now,
            report_id=each.id,
        )


def tell_administrators(
    tx: Tx, office: Office, report: Report, hop: Referral, text: str, key: str, now: datetime, words: str = ""
) -> None:
    """Every administrator hears that the receiver must be asked, or has answered."""
    _tell(tx, office, report, hop, people.staff_for(tx, ADMINISTRATOR, None, now), text, key, now, words)


def tell_management(tx: Tx, office: Office, report: Report, hop: Referral, now: datetime) -> None:
    """Three chases in a row were not answered: management hears of it."""
    key = f"silent:{hop.id}:{now.isoformat()}"
    _tell(tx, office, report, hop, people.staff_for(tx, PIMPINAN, None, now), "staff_news_silent", key, now)


def _tell(
    tx: Tx,
    office: Office,
    report: Report,
    hop: Referral,
    chats: Iterable[tuple[object, Conversation]],
    text: str,
    key: str,
    now: datetime,
    words: str = "",
) -> None:
    for _, conversation in chats:
        address = people.address_of(tx, conversation)
        speech = speech_for(office.city, people.language_of(tx, address.contact_id))
        said = speech.say(
            text,
            nomor=report.number,
            instansi=receiver_of(speech, hop),
            kategori=speech.category(report.category),
            ref_eksternal=hop.reference or speech.say("referral_no_reference"),
            kali=hop.chases,
            catatan=clipped(words, 300),
        )
        outbox.owe(
            tx,
            conversation_id=conversation.id,
            body=Reply(
                said,
                (Choice(f"see:{report.number}", report.number),),
                news=f"staff.{text}",
                blanks=(("nomor", report.number),),
            ).to_json(),
            key=f"staff:{key}:{conversation.id}",
            now=now,
            report_id=report.id,
        )
