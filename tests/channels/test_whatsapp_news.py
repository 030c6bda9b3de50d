"""What WhatsApp tells about itself is read from its own payloads; whatever else comes is no news."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Raw, Refused, Undecodable, Unreachable
from bot.channels.news import AccountNews, CampaignsChosen, IdsChanged, ParcelNews, TemplateNews
from bot.channels.whatsapp_events import envelope
from bot.channels.whatsapp_news import news_of
from bot.channels.whatsapp_webhook import events_of
from tests.emulators.cloud_api import NUMBER_ID

WEBHOOKS = Path(__file__).parents[1] / "webhooks"


def events(name: str) -> list[Raw]:
    found = events_of((WEBHOOKS / f"whatsapp_{name}.json").read_bytes())
    assert not any(isinstance(event, bytes) for event in found)
    return [event for event in found if not isinstance(event, bytes)]


def status(**more: Any) -> Raw:
    return {"status": {"id": "wamid.1", "timestamp": "1795500001", "status": "delivered", **more}}


def change(field: str, **value: Any) -> Raw:
    return {"change": {"field": field, "value": value}}


def only(raw: Raw) -> Any:
    (news,) = news_of(raw)
    return news


def test_statuses_tell_how_far_a_message_came() -> None:
    states = [only(event).state for event in events("statuses")]
    assert states == ["delivered", "sent", "failed"]
    assert all(envelope(event, NUMBER_ID).news for event in events("statuses"))


def test_a_voice_note_that_was_played_was_read() -> None:
    assert only(status(status="played")).state == "read"


def test_statuses_of_another_number_of_the_account_are_not_ours() -> None:
    assert envelope(events("statuses")[0], "1").news == ()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"code": 131026}, Unreachable),
        ({"code": 131049}, Refused),
        ({"code": 4711, "title": "?"}, Refused),
        ({}, Refused),
    ],
)
def test_a_failure_says_what_it_means(error: dict[str, Any], expected: type) -> None:
    assert isinstance(only(status(status="failed", errors=[error])).failure, expected)
    assert only(status(status="failed")).failure.reason


def test_what_is_charged_is_told_when_it_was_delivered() -> None:
    pricing = {"billable": True, "category": "utility"}
    assert only(status(pricing=pricing)).billed == "utility"
    assert only(status(status="sent", pricing=pricing)).billed == ""
    assert only(status(pricing={**pricing, "billable": False})).billed == ""


def test_templates_tell_how_they_stand() -> None:
    name = {"message_template_name": "kabar_laporan", "message_template_language": "id"}
    approved = change(
        "message_template_status_update", event="APPROVED", reason="NONE", message_template_category="UTILITY", **name
    )
    assert only(approved) == TemplateNews(
        "kabar_laporan", "id", {"status": "APPROVED", "category": "utility", "reason": ""}
    )
    rejected = change(
        "message_template_status_update", event="REJECTED", rejection_info={"reason": "too short"}, **name
    )
    assert only(rejected).known == {"status": "REJECTED", "reason": "too short"}
    back = change("message_template_status_update", event="REINSTATED", **name)
    assert only(back).known["status"] == "APPROVED"
    quality = change("message_template_quality_update", new_quality_score="YELLOW", **name)
    assert only(quality).known == {"quality": "YELLOW"}
    moved = change("template_category_update", new_category="MARKETING", **name)
    assert only(moved).known == {"category": "marketing"}


def test_a_template_without_a_name_cannot_be_read() -> None:
    with pytest.raises(Undecodable):
        news_of(change("message_template_status_update", event="APPROVED"))


def test_trouble_of_the_account_is_told_and_what_partners_do_is_not() -> None:
    assert only(change("account_update", event="ACCOUNT_RESTRICTION")) == AccountNews("ACCOUNT_RESTRICTION")
    assert news_of(change("account_update", event="PARTNER_ADDED")) == ()
    assert news_of(change("of_tomorrow", event="x")) == ()


def test_a_changed_number_tells_the_old_and_the_new_ids() -> None:
    (event,) = events("number_change")
    assert isinstance(only(event), IdsChanged)
    system = {"type": "user_changed_user_id", "user_id": "ID.2", "wa_id": "62812"}
    message = {"type": "system", "from": "62811", "from_user_id": "ID.1", "system": system}
    assert only({"message": message}) == IdsChanged(("ID.1", "62811"), ("62811", "ID.1"), ("62812", "ID.2"))
    number_alone = {**message, "system": {"type": "user_changed_number", "wa_id": "62812"}}
    assert only({"message": number_alone}) == IdsChanged(("ID.1", "62811"), ("62811",), ("62812",))
    keys = {**message, "system": {"type": "customer_identity_changed", "wa_id": "62811"}}
    assert news_of({"message": keys}) == ()


def test_who_wants_no_marketing_is_told_by_all_ids_that_we_may_know() -> None:
    choice = {"wa_id": "62811", "user_id": "ID.1", "category": "marketing_messages", "value": "stop"}
    other = {**choice, "category": "something_else"}
    assert news_of(change("user_preferences", user_preferences=[choice, other, {**choice, "value": "resume"}])) == (
        CampaignsChosen(("ID.1", "62811"), False),
        CampaignsChosen(("ID.1", "62811"), True),
    )
    assert news_of(change("user_preferences", user_preferences="x")) == ()


def test_a_message_of_a_person_is_no_news() -> None:
    assert news_of(events("text")[0]) == ()


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["failed", "read", "system"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from("id status type field value event errors code pricing timestamp system".split()), inner
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["message", "status", "change"]), jsons, max_size=1))
def test_any_event_is_read_or_undecodable(raw: dict[str, Any]) -> None:
    try:
        news = news_of(raw)
    except Undecodable:
        return
    assert all(
        isinstance(each, ParcelNews | TemplateNews | AccountNews | IdsChanged | CampaignsChosen) for each in news
    )
    json.dumps(raw)
