"""Better without me: told without any word of death."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.despair import better_gone
from nlp.normalise import words


def gone(message: str) -> str:
    """The words that say so, normalised; "" for none."""
    texts = [word.text for word in words(message)]
    span = better_gone(texts)
    return " ".join(texts[span[0] : span[1] + 1]) if span else ""


@pytest.mark.parametrize(
    "message",
    [
        "mungkin semua orang lebih tenang kalau saya ga ada",
        "mending gue gak ada aja deh",
        "leuwih hade kuring teu aya",
        "langkung sae upami abdi teu aya di dunya",
        "lebih baik aku tidak lahir",
        "mereka pasti lebih bahagia tanpa aku",
        "my kids will be better without me",
    ],
)
def test_somebody_would_rather_not_be(message: str) -> None:
    assert gone(message)


@pytest.mark.parametrize(
    "message",
    [
        "lebih baik saya tidak ada urusan sama calo",
        "baiknya gimana, saya tidak ada KTP",
        "mending bapak yang datang, saya tidak di rumah",
        "saya tidak ada uang untuk bayar, mending dicicil",
        "alus kieu mah, abdi teu aya keluhan",
        "lampu ini mending tidak ada saja",
        "tanpa saya sadari air sudah masuk",
    ],
)
def test_what_is_lacking_or_better_otherwise_is_no_despair(message: str) -> None:
    assert not gone(message)


@given(st.lists(st.sampled_from(["lebih", "baik", "saya", "tidak", "ada", "tanpa", ",", "lagi", "rumah"]), max_size=9))
def test_what_is_found_lies_in_the_message_and_begins_with_what_is_better(texts: list[str]) -> None:
    span = better_gone(texts)
    if span:
        assert 0 <= span[0] < span[1] < len(texts)
        assert texts[span[0]] == "baik"
