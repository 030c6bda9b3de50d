"""Every error of the Cloud API has a consequence and a sentence; what nobody told us of goes by its HTTP status."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import (
    Delivered,
    NeedsOperator,
    OtherForm,
    Refused,
    TemplateUnusable,
    TryLater,
    Unreachable,
    WindowShut,
)
from bot.channels.whatsapp_errors import DECISIONS, CloudApiError, failure, needs_operator, rules


def outcome(code: int | None, status: int | None = 400) -> object:
    return failure(CloudApiError(status, code, "what Meta says"))


def test_the_table_covers_the_documented_codes_and_each_has_a_decision_and_two_sentences() -> None:
    assert len(rules()) >= 109
    for code, rule in rules().items():
        assert rule.do in DECISIONS, code
        assert all(len(rule.sentences[language]) > 10 for language in ("id", "en")), code
        assert (rule.after > 0) == (rule.do in {"later", "page"}), code
        assert rule.counts or rule.do in {"later", "page"}, code
    assert set(Counter(rule.do for rule in rules().values())) == DECISIONS


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (130429, TryLater),
        (80007, TryLater),
        (131056, TryLater),
        (131000, TryLater),
        (131016, TryLater),
        (131026, Unreachable),
        (131047, WindowShut),
        (131049, Refused),
        (131050, Refused),
        (130472, Refused),
        (131008, OtherForm),
        (131009, OtherForm),
        (131051, OtherForm),
        (131053, OtherForm),
        (132000, TemplateUnusable),
        (132001, TemplateUnusable),
        (132015, TemplateUnusable),
        (132016, TemplateUnusable),
        (131063, TemplateUnusable),
        (0, NeedsOperator),
        (190, NeedsOperator),
        (368, NeedsOperator),
        (131031, NeedsOperator),
        (131042, NeedsOperator),
        (131048, NeedsOperator),
        (133010, NeedsOperator),
    ],
)
def test_what_a_code_means_for_the_message(code: int, expected: type) -> None:
    assert isinstance(outcome(code), expected)


def test_one_person_is_written_to_as_often_as_meta_allows_and_waiting_costs_no_patience() -> None:
    assert outcome(131056) == TryLater(6, rules()[131056].reason, counts=False)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (None, TryLater),
        (400, Refused),
        (401, NeedsOperator),
        (403, NeedsOperator),
        (404, NeedsOperator),
        (408, TryLater),
        (429, TryLater),
        (500, TryLater),
        (503, TryLater),
    ],
)
def test_a_code_that_is_in_no_document_goes_by_the_http_status(status: int | None, expected: type) -> None:
    assert isinstance(outcome(987654321, status), expected)
    assert isinstance(outcome(None, status), expected)


def test_a_token_that_is_not_accepted_is_told_as_that_whatever_the_code() -> None:
    rule = needs_operator(CloudApiError(401, 999, "no"))
    assert rule
    assert "KENTONGAN_WHATSAPP_ACCESS_TOKEN" in rule.sentences["id"]
    assert needs_operator(CloudApiError(400, 131047, "no")) is None


@given(st.none() | st.integers() | st.sampled_from(sorted(rules())), st.none() | st.integers(100, 599))
def test_any_error_has_an_outcome_with_a_reason_and_none_is_taken_for_success(
    code: int | None, status: int | None
) -> None:
    found = outcome(code, status)
    assert not isinstance(found, Delivered)
    assert found.reason  # type: ignore[attr-defined]
