"""Sealing and fingerprints."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.vault import SealBroken, Vault

VAULT = Vault("one secret")
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # half surrogate pairs too: platforms do send them


@given(ANY_TEXT)
def test_what_is_sealed_opens_to_the_same_text(text: str) -> None:
    assert VAULT.open(VAULT.seal(text)) == text


@given(st.text(min_size=8))
def test_a_seal_does_not_show_the_text_and_is_another_each_time(text: str) -> None:
    first, second = VAULT.seal(text), VAULT.seal(text)
    assert first != second
    assert text not in first


def test_nothing_sealed_is_nothing() -> None:
    assert VAULT.seal("") == ""
    assert VAULT.open("") == ""


def test_a_seal_names_the_key_that_opens_it() -> None:
    key = VAULT.seal("Asep").partition(":")[0]
    assert key.startswith("1")
    assert key == Vault("one secret").seal("Euis").partition(":")[0]
    assert key != Vault("another secret").seal("Asep").partition(":")[0]


@given(text=st.text(min_size=1), where=st.integers(min_value=0), bit=st.integers(0, 7))
def test_any_changed_bit_breaks_the_seal(text: str, where: int, bit: int) -> None:
    key, _, body = VAULT.seal(text).partition(":")
    raw = bytearray(base64.b64decode(body))
    raw[where % len(raw)] ^= 1 << bit
    with pytest.raises(SealBroken):
        VAULT.open(f"{key}:{base64.b64encode(raw).decode()}")


@given(st.text(min_size=1), st.integers(1, 40))
def test_a_seal_cut_short_is_noticed(text: str, missing: int) -> None:
    sealed = VAULT.seal(text)
    with pytest.raises(SealBroken):
        VAULT.open(sealed[: max(1, len(sealed) - missing)])


@pytest.mark.parametrize("forged", ["Asep", "1:", ":", "1aaaaaa:@@@@", "1aaaaaa:QXNlcA=="])
def test_what_was_never_sealed_is_refused(forged: str) -> None:
    with pytest.raises(SealBroken):
        VAULT.open(forged)


def test_a_seal_of_another_secret_says_so() -> None:
    with pytest.raises(SealBroken, match="the secret in use"):
        Vault("another secret").open(VAULT.seal("Asep"))


def test_equal_texts_have_equal_fingerprints_and_others_others() -> None:
    assert VAULT.fingerprint("123") == Vault("one secret").fingerprint("123")
    assert VAULT.fingerprint("123") != VAULT.fingerprint("124")
    assert VAULT.fingerprint("123") != Vault("another secret").fingerprint("123")
    assert len(VAULT.fingerprint("")) >= 32


def test_a_vault_without_a_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        Vault("")
