"""Persons: their name and language, and which records are one and the same person."""

from sqlmodel import col, select

from storage.tables import Address, Contact, Conversation
from storage.transaction import Tx


def name_of(tx: Tx, contact: Contact) -> str:
    """What this person is called; "" when we never heard it."""
    return tx.vault.open(contact.name_sealed)


def contact_by_id(tx: Tx, contact_id: int) -> Contact:
    """The contact of an address or a report, as it was recorded there."""
    return tx.session.get_one(Contact, contact_id)


def language_of(tx: Tx, contact_id: int) -> str:
    """The language this person reads; "" until we know it."""
    return contact_by_id(tx, contact_id).language


def set_language(tx: Tx, contact_id: int, language: str) -> None:
    """From now on we write to this person in `language`."""
    tx.change(Contact, col(Contact.id) == contact_id, language=language)


def same_person(tx: Tx, contact_id: int) -> list[int]:
    """The ids of all contacts that were linked into one person, this one among them."""
    root = _root(tx, contact_id)
    found, newest = [root], [root]
    while newest:
        newest = list(tx.session.exec(select(Contact.id).where(col(Contact.merged_into).in_(newest))))
        found += newest
    return found


def surely_same(tx: Tx, contact_id: int) -> list[int]:
    """Of all contacts of a person those that a platform told us to be one, this one among them.

    What was linked by a code is left out: whoever typed that code may be somebody else.
    """
    found, newest = [root := _sure_root(tx, contact_id).id], [root]
    while newest:
        sure = (col(Contact.merged_into).in_(newest), col(Contact.linked_at).is_(None))
        newest = list(tx.session.exec(select(Contact.id).where(*sure)))
        found += newest
    return found


def link(tx: Tx, contact_id: int, into: int) -> None:
    """These two turned out to be one person. Nothing that was recorded under either is rewritten.

    Whom either was linked to by a code stays linked by that code, and only by it.
    """
    ours, theirs = _sure_root(tx, contact_id), _sure_root(tx, into)
    if ours.id == theirs.id:
        return
    if ours.id in _upwards(tx, theirs.id):
        tx.change(Contact, col(Contact.id) == theirs.id, merged_into=ours.id, linked_at=None)
        return
    above, linked_at = ours.merged_into, ours.linked_at
    tx.change(Contact, col(Contact.id) == ours.id, merged_into=theirs.id, linked_at=None)
    if above is not None and (others := _root(tx, above)) != (root := _root(tx, theirs.id)):
        tx.change(Contact, col(Contact.id) == others, merged_into=root, linked_at=linked_at)


def conversations_of(tx: Tx, contact_id: int) -> list[Conversation]:
    """All talks of a person on all channels, the one heard last first; what they say in groups is none."""
    return list(
        tx.session.exec(
            select(Conversation)
            .join(Address, col(Address.id) == Conversation.address_id)
            .where(col(Address.contact_id).in_(same_person(tx, contact_id)), col(Conversation.in_group).is_(False))
            .order_by(col(Conversation.last_heard_at).desc().nulls_last(), col(Conversation.id).desc())
        )
    )


def keep_name(tx: Tx, contact_id: int, name: str) -> None:
    """From now on this person is called `name`; nobody who was erased, and has told us nothing since, is called anything."""
    contact = contact_by_id(tx, contact_id)
    if contact.erased_at is None and name_of(tx, contact) != name:
        tx.change(Contact, col(Contact.id) == contact_id, name_sealed=tx.vault.seal(name))


def _root(tx: Tx, contact_id: int) -> int:
    return _upwards(tx, contact_id)[-1]


def _upwards(tx: Tx, contact_id: int) -> list[int]:
    """This contact, the one it was linked to, and so on."""
    found = [contact_id]
    while (above := contact_by_id(tx, found[-1]).merged_into) is not None:
        found.append(above)
    return found


def _sure_root(tx: Tx, contact_id: int) -> Contact:
    """The last contact upwards that is reached without a code."""
    contact = contact_by_id(tx, contact_id)
    while contact.merged_into is not None and contact.linked_at is None:
        contact = contact_by_id(tx, contact.merged_into)
    return contact
