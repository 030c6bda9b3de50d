"""One address under several ids of its platform: a phone number beside a business-scoped user id, and new ids for old ones.

The first id that is told with a message is the one that never changes hands; a phone number may pass to another person.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select

from storage.contacts import link
from storage.tables import Address, AddressAlias, Conversation
from storage.transaction import Tx


def by_id(tx: Tx, channel: str, bot: str, external_id: str) -> Address | None:
    """The address that has this id, as its own or as an alias."""
    return _by_own_id(tx, channel, bot, external_id) or _by_alias(tx, channel, bot, external_id)


def known_address(tx: Tx, channel: str, bot: str, external_id: str, aliases: Sequence[str]) -> Address | None:
    """Whose ids these are; None for a person not heard before.

    An address known only by one of `aliases` takes `external_id` for its own. One that has another id of its own is
    another person's, from whom the alias has passed on.
    """
    if found := by_id(tx, channel, bot, external_id):
        return found
    for alias in aliases:
        if found := _by_own_id(tx, channel, bot, alias):
            _rename(tx, found, external_id)
            return found
    return None


def known_as(tx: Tx, channel: str, bot: str, ids: Sequence[str]) -> int | None:
    """The contact whom one of these ids means; None for a stranger. Creates nothing."""
    found = next((address for one in ids if (address := by_id(tx, channel, bot, one))), None)
    return found.contact_id if found else None


def attach(tx: Tx, address: Address, aliases: Sequence[str], now: datetime) -> None:
    """From now on these ids mean this address. Another address that had one of them as its own is the same person's."""
    for alias in aliases:
        other = _by_own_id(tx, address.channel, address.bot, alias)
        if other is not None and other.id == address.id:
            continue
        if other is not None:
            link(tx, other.contact_id, address.contact_id)
            _rename(tx, other, f"former:{other.id}:{alias}")
        external_hash = tx.vault.fingerprint(alias)
        names = {"channel": address.channel, "bot": address.bot, "external_hash": external_hash}
        if tx.add_once(AddressAlias, address_id=address.id, created_at=now, **names) is None:
            tx.change(AddressAlias, *_alias_named(address.channel, address.bot, external_hash), address_id=address.id)


def know_as(
    tx: Tx, channel: str, bot: str, known: Sequence[str], old: Sequence[str], new: Sequence[str], now: datetime
) -> None:
    """Somebody `known` by one of these ids has the `new` ones, the last of them for writing to. Nothing where nobody was.

    The `old` ids mean them no longer: a phone number that was given up may become somebody else's.
    """
    address = next((found for one in known if (found := by_id(tx, channel, bot, one))), None)
    if address is None:
        return
    for one in old:
        which = _alias_named(channel, bot, tx.vault.fingerprint(one))
        tx.session.exec(delete(AddressAlias).where(*which, col(AddressAlias.address_id) == address.id))
    if address.external_hash in {tx.vault.fingerprint(one) for one in old}:
        _rename(tx, address, f"former:{address.id}:{old[0]}")
    attach(tx, address, new, now)
    for conversation in tx.session.exec(select(Conversation).where(Conversation.address_id == address.id)):
        write_to(tx, conversation, new[-1])


def write_to(tx: Tx, conversation: Conversation, chat_id: str) -> None:
    """From now on this talk reaches the person under that id."""
    chat_hash = tx.vault.fingerprint(chat_id)
    if conversation.chat_hash != chat_hash:
        tx.change(
            Conversation,
            col(Conversation.id) == conversation.id,
            chat_hash=chat_hash,
            chat_sealed=tx.vault.seal(chat_id),
        )


def only_talk(tx: Tx, address: Address) -> Conversation | None:
    """The talk of a platform on which a person has one; None before the first message."""
    query = select(Conversation).where(Conversation.address_id == address.id).order_by(col(Conversation.id))
    return tx.session.exec(query).first()


def _by_own_id(tx: Tx, channel: str, bot: str, external_id: str) -> Address | None:
    return tx.session.exec(
        select(Address).where(
            Address.channel == channel,
            Address.bot == bot,
            Address.external_hash == tx.vault.fingerprint(external_id),
        )
    ).first()


def _by_alias(tx: Tx, channel: str, bot: str, external_id: str) -> Address | None:
    named = _alias_named(channel, bot, tx.vault.fingerprint(external_id))
    return tx.session.exec(select(Address).join(AddressAlias).where(*named)).first()


def _alias_named(channel: str, bot: str, external_hash: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(AddressAlias.channel) == channel,
        col(AddressAlias.bot) == bot,
        col(AddressAlias.external_hash) == external_hash,
    )


def _rename(tx: Tx, address: Address, external_id: str) -> None:
    tx.change(
        Address,
        col(Address.id) == address.id,
        external_hash=tx.vault.fingerprint(external_id),
        external_sealed=tx.vault.seal(external_id),
    )
