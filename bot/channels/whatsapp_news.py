"""Reading what WhatsApp tells about itself: statuses of messages, templates, the account, changed ids. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from bot.channels.base import Raw, Undecodable
from bot.channels.news import AccountNews, CampaignsChosen, IdsChanged, ParcelNews, PlatformNews, TemplateNews
from bot.channels.rendering import legible
from bot.channels.whatsapp_errors import CloudApiError, failure

STATES: Final = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read", "failed": "failed"}
CHARGED_WHEN: Final = frozenset({"delivered", "read"})  # Meta charges what was delivered
TEMPLATE_STATUSES: Final = {"REINSTATED": "APPROVED", "UNPAUSED": "APPROVED"}  # events that are no statuses themselves
TROUBLE: Final = frozenset(
    {
        "ACCOUNT_DELETED",
        "ACCOUNT_OFFBOARDED",
        "ACCOUNT_RESTRICTION",
        "ACCOUNT_VIOLATION",
        "DISABLED_UPDATE",
        "PARTNER_REMOVED",
    }
)
NEW_PHONES: Final = ("wa_id", "new_wa_id")
OLD_PHONES: Final = ("customer", "old_wa_id", "previous_wa_id")
NEW_USER_IDS: Final = ("user_id", "new_user_id")
OLD_USER_IDS: Final = ("old_user_id", "previous_user_id")


def news_of(raw: Raw) -> tuple[PlatformNews, ...]:
    """What an event tells; empty for a message of a person, and for changes that need nothing of us. Raises Undecodable."""
    if "status" in raw:
        return _of_status(raw["status"])
    change = raw.get("change")
    if isinstance(change, Mapping) and isinstance(change.get("value"), Mapping):
        return _of_change(str(change.get("field")), change["value"])
    message = raw.get("message")
    if isinstance(message, Mapping) and message.get("type") == "system":
        return _of_system(message)
    return ()


def _of_status(status: Any) -> tuple[PlatformNews, ...]:
    if not isinstance(status, Mapping):
        raise Undecodable("the status is not an object")
    id_, state = status.get("id"), STATES.get(str(status.get("status")))
    if not isinstance(id_, str) or not id_ or state is None:
        return ()
    seconds = str(status.get("timestamp", 0))
    at = datetime.fromtimestamp(int(seconds) if re.fullmatch(r"\d{1,10}", seconds, re.ASCII) else 0, UTC)
    failed = failure(_error_of(status)) if state == "failed" else None
    return (ParcelNews(legible(id_), state, at, failed, _billed(status) if state in CHARGED_WHEN else ""),)


def _error_of(status: Mapping[str, Any]) -> CloudApiError:
    errors = status.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], Mapping) else {}
    more = first.get("error_data")
    details = more.get("details") if isinstance(more, Mapping) else None
    code = first.get("code")
    words = legible(str(details or first.get("message") or first.get("title") or "WhatsApp gives no reason"))
    return CloudApiError(400, code if isinstance(code, int) else None, words)


def _billed(status: Mapping[str, Any]) -> str:
    pricing = status.get("pricing")
    if not isinstance(pricing, Mapping) or pricing.get("billable") is not True:
        return ""
    return legible(str(pricing.get("category") or "unknown"))[:40]


def _of_change(field: str, value: Mapping[str, Any]) -> tuple[PlatformNews, ...]:
    match field:
        case "message_template_status_update":
            status = _word(value, "event")
            known = {
                "status": TEMPLATE_STATUSES.get(status, status),
                "category": _word(value, "message_template_category").lower(),
                "reason": _reason(value),
            }
            return _of_template(value, known)
        case "message_template_quality_update":
            return _of_template(value, {"quality": _word(value, "new_quality_score")})
        case "template_category_update":
            return _of_template(value, {"category": _word(value, "new_category").lower()})
        case "user_preferences":
            return _of_preferences(value.get("user_preferences"))
        case "account_update" if (event := _word(value, "event")) in TROUBLE:
            return (AccountNews(event),)
    return ()


def _of_preferences(choices: Any) -> tuple[PlatformNews, ...]:
    """Who wants marketing, and who no longer does."""
    told = [each for each in choices if isinstance(each, Mapping)] if isinstance(choices, list) else []
    return tuple(
        CampaignsChosen(ids, each["value"] == "resume")
        for each in told
        if each.get("category") == "marketing_messages"
        and each.get("value") in ("stop", "resume")
        and (ids := _ids(each, ("user_id", "wa_id")))
    )


def _of_template(value: Mapping[str, Any], known: Mapping[str, str]) -> tuple[PlatformNews, ...]:
    name, locale = value.get("message_template_name"), value.get("message_template_language")
    told = {key: words for key, words in known.items() if words or key == "reason"}
    if not isinstance(name, str) or not isinstance(locale, str) or not name or not locale:
        raise Undecodable("the template has no name or no language")
    return (TemplateNews(legible(name), legible(locale), told),)


def _reason(value: Mapping[str, Any]) -> str:
    """Why a template was rejected or paused, in the platform's words; "" when it says NONE."""
    for name, entry in (("rejection_info", "reason"), ("other_info", "description")):
        more = value.get(name)
        if isinstance(more, Mapping) and isinstance(more.get(entry), str):
            return legible(more[entry])[:500]
    reason = _word(value, "reason")
    return "" if reason == "NONE" else reason


def _word(value: Mapping[str, Any], name: str) -> str:
    word = value.get(name)
    return legible(word)[:100] if isinstance(word, str) else ""


def _of_system(message: Mapping[str, Any]) -> tuple[PlatformNews, ...]:
    """Which ids a person had, and has from now on. That the keys of an account changed is nothing to us."""
    system = message.get("system")
    if not isinstance(system, Mapping) or "changed" not in str(system.get("type")):
        return ()
    if system.get("type") == "customer_identity_changed":
        return ()
    phones = _Change((*_ids(message, ("from",)), *_ids(system, OLD_PHONES)), _ids(system, NEW_PHONES))
    users = _Change((*_ids(message, ("from_user_id",)), *_ids(system, OLD_USER_IDS)), _ids(system, NEW_USER_IDS))
    known, new = (*users.old, *phones.old), (*phones.new, *users.new)
    given_up = tuple(one for change in (phones, users) if change.new for one in change.old if one not in new)
    return (IdsChanged(known, given_up, new),) if known and new else ()


class _Change(NamedTuple):
    """The ids of one sort before and after; the platform may tell that one sort changed and say nothing of the other."""

    old: tuple[str, ...]
    new: tuple[str, ...]


def _ids(values: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(legible(values[name]) for name in names if isinstance(values.get(name), str) and values[name])
