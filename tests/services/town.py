"""An office with people who write to it: the real services and engine on a real database, with time in the test's hand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import col, select

from bot.dialogue.events import ChoicePicked, Event, TextSent
from bot.dialogue.knowledge import Heard, PlaceFound
from bot.dialogue.replies import Reply
from bot.dialogue.session import Draft, Session
from bot.services import filing, reports, rights, staffing, turns
from bot.services.intake import Arrived, take_in
from bot.services.office import Office
from bot.services.told import Told
from storage import Database, Tx, conversations, inbox, media, numbers, people
from storage import reports as kept
from storage.tables import OutboxMessage, Report

P = ParamSpec("P")
T = TypeVar("T")

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""A Tuesday, eight in the morning in Bandung."""
CISITU = PlaceFound(
    "Jl. Cisitu Lama", "street", "Dago", "Coblong", "Kota Bandung", -6.8830, 107.6120, "kota", "likely", 0.9
)
LAMP = Draft(description="lampu jalan mati", category="pju", category_confidence=0.9, priority="sedang", place=CISITU)


def heard(category: str = "pju", *, place: PlaceFound | None = CISITU, **more: Any) -> Heard:
    """Words that were understood as a complaint of this category."""
    usual: dict[str, Any] = {"language": "id", "kind": "pengaduan", "kind_confidence": 0.9, "urgency": "sedang"}
    return Heard(**{**usual, "categories": ((category, 0.9),), "category_sure": True, "place": place, **more})


@dataclass(frozen=True, slots=True)
class News:
    """A message that is owed to a chat, or was."""

    key: str
    state: str
    due_at: datetime
    reply: Reply


class Town:
    """Everybody concerned. `now` stands still until `pass_time`."""

    def __init__(self, db: Database, office: Office) -> None:
        self.db = db
        self.office = office
        self.now = NOW
        self._updates = 1000

    def run(self, fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One transaction."""
        return self.db.run_sync(fn, *args, **kwargs)

    def pass_time(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    # ------------------------------------------------------------ people

    def citizen(self, name: str = "asep", *, channel: str = "telegram", shown_name: str = "") -> "Talk":
        return self._talk(channel, "citizen", name, shown_name)

    def stranger_at_staff_bot(self, name: str = "orang") -> "Talk":
        return self._talk("telegram", "staff", name, "")

    def officer(self, role: str, agency: str = "", *, name: str = "") -> "Talk":
        """Somebody who joined with a code."""
        talk = self._talk("telegram", "staff", name or f"{role} {agency}".strip(), "")
        code = self.run(staffing.invite, self.office.city, role, agency, self.now)
        self.run(staffing.join, code, talk.contact_id, self.now)
        return talk

    def administrator(self) -> "Talk":
        return self.officer("administrator")

    def narahubung(self, agency: str = "dishub") -> "Talk":
        return self.officer("narahubung", agency)

    def _talk(self, channel: str, bot: str, name: str, shown_name: str) -> "Talk":
        def meet(tx: Tx) -> tuple[int, int]:
            address = people.find_or_create_address(tx, channel, bot, name, name=shown_name, now=self.now)
            conversation = people.find_or_create_conversation(tx, address, name, self.now)
            assert conversation.id is not None
            return conversation.id, address.contact_id

        return Talk(self, channel, bot, name, *self.run(meet))

    # ------------------------------------------------------------ reports

    def report(self, number: str) -> Report:
        def look(tx: Tx) -> Report:
            found = kept.by_number(tx, number)
            assert found is not None, number
            return found

        return self.db.read_sync(look)

    def move(self, officer: "Talk", number: str, to: str, **more: Any) -> None:
        """Staff move a report on from where it stands; what they say is done they show by a photo, unless told otherwise."""
        if to == "menunggu_konfirmasi" and "evidence" not in more:
            more["evidence"] = (self.photo_of(officer),)
        if to == "didisposisikan" and more.pop("manned", True):
            self._man(more.get("agency", ""))
        seen = more.pop("seen", None) or self.report(number).status

        def act(tx: Tx) -> None:
            someone = rights.officer(tx, officer.contact_id, self.now)
            reports.move(tx, self.office, someone, number, to, seen=seen, now=self.now, **more)

        self.run(act)

    def assigned(self, number: str, agency: str = "dishub") -> "Talk":
        """Let a report be verified and handed to an agency; its contact person, who has joined before."""
        admin, owner = self.administrator(), self.narahubung(agency)
        self.move(admin, number, "terverifikasi")
        self.move(admin, number, "didisposisikan", agency=agency)
        return owner

    def resolved(self, number: str, agency: str = "dishub") -> "Talk":
        """Let a report go all the way to "is it solved?"."""
        owner = self.assigned(number, agency)
        self.move(owner, number, "diproses", note="tim berangkat")
        self.move(owner, number, "menunggu_konfirmasi", note="lampu diganti")
        return owner

    def _man(self, agency: str) -> None:
        """Let the agency have a contact person, unless it has one."""
        if not self.run(people.staff_for, "narahubung", agency, self.now) and agency in self.office.city.agencies:
            self.officer("narahubung", agency, name=f"somebody of {agency}")

    def photo_of(self, owner: "Talk", kind: str = "photo") -> int:
        """A picture of a result that this member of staff sent; its id."""
        row = self.run(
            media.await_file, conversation_id=owner.conversation_id, purpose="result", kind=kind,
            source="telegram:staff", platform_ref="a file", now=self.now,
        )  # fmt: skip
        return row.id

    def statuses(self, number: str) -> list[str]:
        """Every step of a report."""
        return [change.to_status for change in self.history(number)]

    def history(self, number: str) -> list[Any]:
        report = self.report(number)
        return self.db.read_sync(kept.history, report.id)


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody in a chat with one of our bots."""

    town: Town
    channel: str
    bot: str
    name: str
    conversation_id: int
    contact_id: int
    chat: str = ""  # of a group; "" for a chat of one's own

    def in_group(self, chat: str = "-100") -> "Talk":
        """The same person in a group."""
        town = self.town

        def meet(tx: Tx) -> int:
            address = people.find_or_create_address(tx, self.channel, self.bot, self.name, now=town.now)
            found = people.find_or_create_conversation(tx, address, chat, town.now, in_group=True)
            assert found.id is not None
            return found.id

        return replace(self, conversation_id=town.run(meet), chat=chat)

    # ------------------------------------------------------------ by the services

    def files(self, draft: Draft = LAMP, *, emergency: bool = False) -> str:
        """File a draft; its number."""
        town = self.town

        def act(tx: Tx) -> str:
            number = numbers.next_number(tx, town.office.city.number_prefix, town.office.today(town.now))
            conversation = conversations.load(tx, self.conversation_id).conversation
            return filing.file(
                tx, town.office, conversation, draft, number, "id", emergency=emergency, now=town.now
            ).number

        return town.run(act)

    def joins(self, parent: str, draft: Draft = LAMP) -> str:
        """Support an open report; the number of one's own."""
        town = self.town

        def act(tx: Tx) -> str:
            number = numbers.next_number(tx, town.office.city.number_prefix, town.office.today(town.now))
            conversation = conversations.load(tx, self.conversation_id).conversation
            return filing.join(tx, town.office, conversation, draft, number, "id", parent, town.now).number

        return town.run(act)

    def answers(self, number: str, *, solved: bool) -> None:
        """Yes or no to "is it solved?"."""
        town = self.town

        def act(tx: Tx) -> None:
            conversation = conversations.load(tx, self.conversation_id).conversation
            reports.answer_closing(tx, town.office, conversation, number, solved=solved, now=town.now)

        town.run(act)

    # ------------------------------------------------------------ by the talk

    def arrives(self, payload: str = "{}") -> int:
        """Keep an event of this person in the inbox; its id."""
        town = self.town
        town._updates += 1
        arrived = Arrived(
            source=f"{self.channel}:{self.bot}",
            channel=self.channel,
            bot=self.bot,
            payload=payload,
            unique_key=str(town._updates),
            order_key=town._updates,
            external_id=self.name,
            chat_id=self.chat or self.name,
            in_group=bool(self.chat),
        )
        assert town.run(take_in, town.office.city, arrived, town.now)
        return town.run(lambda tx: inbox.pending(tx, self.conversation_id)[-1].id)

    def hears_about(self, *events: Event, heard: Heard | None = None, located: PlaceFound | None = None) -> list[Reply]:
        """Play one arrived event that tells these things; what is said in return."""
        town = self.town
        before = len(self.news())
        event_id = self.arrives()
        told = [Told(event, heard if isinstance(event, TextSent) else None, located) for event in events]

        def act(tx: Tx) -> None:
            event = next(each for each in inbox.pending(tx, self.conversation_id) if each.id == event_id)
            turns.play(tx, town.office, event, told, town.now)

        town.run(act)
        return [each.reply for each in self.news()[before:]]

    def writes(self, text: str, understood: Heard | None = None) -> Reply:
        """Write something; the one bubble in return."""
        (reply,) = self.hears_about(TextSent(text), heard=understood or heard())
        return reply

    def taps(self, value: str) -> Reply:
        """Tap a choice of the last question, or of any news."""
        turn = next((n.reply.turn for n in reversed(self.news()) if value in [c.value for c in n.reply.choices]), 0)
        (reply,) = self.hears_about(ChoicePicked(value, turn))
        return reply

    def tells(self, text: str = "lampu jalan mati di jl cisitu lama", understood: Heard | None = None) -> str:
        """Report something from the first word to the number, as one's own."""
        self.writes(text, understood)
        self.taps("send")
        return self.numbers()[0]

    # ------------------------------------------------------------ looking

    def news(self) -> list[News]:
        """Everything owed to this chat so far, the oldest first."""

        def look(tx: Tx) -> list[News]:
            rows = tx.session.exec(
                select(OutboxMessage)
                .where(OutboxMessage.conversation_id == self.conversation_id)
                .order_by(col(OutboxMessage.id))
            )
            return [
                News(row.key, row.state, row.due_at, Reply.from_json(tx.vault.open(row.body_sealed))) for row in rows
            ]

        return self.town.db.read_sync(look)

    def said(self, part: str = "") -> list[News]:
        """The news that are not withdrawn and whose key contains this."""
        return [each for each in self.news() if each.state != "withdrawn" and part in each.key]

    def session(self) -> Session:
        stored = self.town.db.read_sync(conversations.load, self.conversation_id).session_json
        return Session.from_json(stored) if stored else Session()

    def numbers(self) -> list[str]:
        """Numbers of one's own reports, the newest first."""
        return [report.number for report in self.town.db.read_sync(kept.of_contact, self.contact_id)]
