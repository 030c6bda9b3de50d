"""Where people write from: addresses and the chats in which they talk with us."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.aliases import attach, known_address
from storage.contacts import keep_name
from storage.tables import Address, Contact, Conversation
from storage.transaction import Tx


def find_or_create_address(
    tx: Tx, channel: str, bot: str, external_id: str, *, name: str = "", now: datetime, aliases: Sequence[str] = ()
) -> Address:
    """The address, with a new contact when it is heard for the first time. A `name` becomes the contact's.

    `aliases` are other ids by which the platform names the same person.
    """
    known = known_address(tx, channel, bot, external_id, aliases)
    address = known or _new_address(tx, channel, bot, external_id, now)
    if aliases:
        attach(tx, address, aliases, now)
    if name:
        keep_name(tx, address.contact_id, name)
    return address


def find_or_create_conversation(
    tx: Tx, address: Address, chat_id: str, now: datetime, *, in_group: bool = False
) -> Conversation:
    """The talk of this address in this chat; a group is not a person, so one person may have several."""
    chat_hash = tx.vault.fingerprint(chat_id)
    same_chat = select(Conversation).where(Conversation.address_id == address.id, Conversation.chat_hash == chat_hash)
    found = tx.session.exec(same_chat).first()
    if found is not None:
        return found
    created = tx.add_once(
        Conversation,
        address_id=address.id,
        chat_hash=chat_hash,
        chat_sealed=tx.vault.seal(chat_id),
        in_group=in_group,
        created_at=now,
    )
    return created or tx.session.exec(same_chat).one()


def private_talk(tx: Tx, channel: str, bot: str, external_id: str) -> int | None:
    """The talk with the person of this id (or alias) alone, the one heard last; None while there is none. Creates nothing."""
    address = known_address(tx, channel, bot, external_id, ())
    if address is None:
        return None
    talks = select(Conversation.id).where(Conversation.address_id == address.id, col(Conversation.in_group).is_(False))
    return tx.session.exec(talks.order_by(col(Conversation.last_heard_at).desc().nulls_last())).first()


def external_id_of(tx: Tx, address: Address) -> str:
    """The platform's id of this person."""
    return tx.vault.open(address.external_sealed)


def chat_of(tx: Tx, conversation: Conversation) -> str:
    """The platform's id of this chat."""
    return tx.vault.open(conversation.chat_sealed)


def move_chat(tx: Tx, conversation_id: int, chat_id: str) -> None:
    """The platform gave this chat another id: what we owe goes there, and what is written there is this conversation."""
    conversation = tx.session.get_one(Conversation, conversation_id)
    moved = tx.vault.fingerprint(chat_id)
    there = select(Conversation.id).where(
        Conversation.address_id == conversation.address_id, Conversation.chat_hash == moved
    )
    values = {"chat_sealed": tx.vault.seal(chat_id)}
    if tx.session.exec(there).first() is None:  # else they wrote there first, and that talk keeps the name
        values["chat_hash"] = moved
    tx.change(Conversation, col(Conversation.id) == conversation_id, **values)


def move_chats(tx: Tx, channel: str, bot: str, old: str, new: str) -> int:
    """The same for everybody's talk in a group; how many there were."""
    of_bot = select(Address.id).where(Address.channel == channel, Address.bot == bot)
    moved = tx.session.exec(
        select(Conversation.id).where(
            Conversation.chat_hash == tx.vault.fingerprint(old), col(Conversation.address_id).in_(of_bot)
        )
    ).all()
    for conversation_id in moved:
        move_chat(tx, conversation_id, new)
    return len(moved)


def conversation_by_id(tx: Tx, conversation_id: int) -> Conversation:
    """The talk with this id, which must exist."""
    return tx.session.get_one(Conversation, conversation_id)


def address_by_id(tx: Tx, address_id: int) -> Address:
    """The address of that id."""
    return tx.session.get_one(Address, address_id)


def address_of(tx: Tx, conversation: Conversation) -> Address:
    """Whose talk this is."""
    return tx.session.get_one(Address, conversation.address_id)


def mark_unreachable(tx: Tx, address_id: int, reason: str, now: datetime) -> None:
    """Nothing can be sent there any more, for a reason that a person can read. The first time counts."""
    tx.change(
        Address,
        col(Address.id) == address_id,
        col(Address.unreachable_since).is_(None),
        unreachable_since=now,
        unreachable_reason=reason,
    )


def mark_reachable(tx: Tx, address_id: int) -> None:
    """They wrote again."""
    tx.change(
        Address,
        col(Address.id) == address_id,
        col(Address.unreachable_since).is_not(None),
        unreachable_since=None,
        unreachable_reason="",
    )


def heard_from(tx: Tx, address_id: int, wrote_at: datetime) -> None:
    """They wrote at `wrote_at`, by the platform's clock; the newest counts, in whichever order messages arrive."""
    tx.change(
        Address,
        col(Address.id) == address_id,
        or_(col(Address.wrote_at).is_(None), col(Address.wrote_at) < wrote_at),
        wrote_at=wrote_at,
    )


def shut_window(tx: Tx, address_id: int, wrote_at: datetime | None) -> None:
    """The platform takes no more free words from us after what they wrote then, whatever we reckon."""
    tx.change(Address, col(Address.id) == address_id, shut_after=wrote_at)


def nudge(tx: Tx, address_id: int, now: datetime) -> None:
    """We have asked them to write."""
    tx.change(Address, col(Address.id) == address_id, nudged_at=now)


def nudged(address: Address) -> bool:
    """Whether we asked them to write since they last did."""
    return address.nudged_at is not None and (address.wrote_at is None or address.nudged_at > address.wrote_at)


def _address(tx: Tx, channel: str, bot: str, external_id: str) -> SelectOfScalar[Address]:
    return select(Address).where(
        Address.channel == channel,
        Address.bot == bot,
        Address.external_hash == tx.vault.fingerprint(external_id),
    )


def _new_address(tx: Tx, channel: str, bot: str, external_id: str, now: datetime) -> Address:
    contact = tx.add(Contact(created_at=now))
    created = tx.add_once(
        Address,
        contact_id=contact.id,
        channel=channel,
        bot=bot,
        external_hash=tx.vault.fingerprint(external_id),
        external_sealed=tx.vault.seal(external_id),
        created_at=now,
    )
    if created is not None:
        return created
    # Another transaction met the same person first: theirs stays, and ours leaves no empty contact behind.
    tx.session.delete(contact)
    tx.session.flush()
    return tx.session.exec(_address(tx, channel, bot, external_id)).one()
