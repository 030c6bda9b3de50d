"""Who is who, under one roof: addresses and chats, persons, and what staff may do."""

from storage.addresses import (
    address_of,
    chat_of,
    external_id_of,
    find_or_create_address,
    find_or_create_conversation,
    mark_reachable,
    mark_unreachable,
)
from storage.contacts import (
    contact_by_id,
    conversations_of,
    keep_name,
    language_of,
    link,
    name_of,
    same_person,
    set_language,
)
from storage.staffing import (
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    end_role,
    grant_role,
    invite,
    redeem,
    staff_for,
    staff_roles,
)

__all__ = [
    "InvitationExpired",
    "InvitationUnknown",
    "InvitationUsed",
    "address_of",
    "chat_of",
    "contact_by_id",
    "conversations_of",
    "end_role",
    "external_id_of",
    "find_or_create_address",
    "find_or_create_conversation",
    "grant_role",
    "invite",
    "keep_name",
    "language_of",
    "link",
    "mark_reachable",
    "mark_unreachable",
    "name_of",
    "redeem",
    "same_person",
    "set_language",
    "staff_for",
    "staff_roles",
]
