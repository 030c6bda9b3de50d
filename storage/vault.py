"""Sealing of personal fields, and the fingerprints by which a sealed value can be found."""

import base64
import binascii
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12  # what AES-GCM is specified for (NIST SP 800-38D)
SCHEME = "1"  # AES-256-GCM, keys by HKDF-SHA256; a later scheme takes another digit


class SealBroken(Exception):
    """A sealed value was changed, cut short, or sealed with another secret."""


class Vault:
    """Seals and opens text with keys derived from one secret.

    A seal reads ``<scheme><key id>:<base64>``: the key id tells a value of another secret from a damaged one. The key
    for fingerprints is a different one, so that fingerprints help nobody to open seals. Safe to use from many threads.
    """

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("The vault needs a secret that is not empty.")
        self._cipher = AESGCM(_derived(secret, "seal", 32))
        self._fingerprint_key = _derived(secret, "fingerprint", 32)
        self._key_id = SCHEME + _derived(secret, "key id", 3).hex()

    def seal(self, text: str) -> str:
        """Ciphertext of ``text``; different each time. An empty text stays empty."""
        if not text:
            return ""
        nonce = os.urandom(NONCE_BYTES)
        # A platform may hand us half a surrogate pair; it is kept as it came.
        sealed = self._cipher.encrypt(nonce, text.encode("utf-8", "surrogatepass"), self._key_id.encode())
        return f"{self._key_id}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str) -> str:
        """The text that was sealed. Raises SealBroken when it is not exactly what this secret sealed."""
        if not sealed:
            return ""
        key_id, colon, body = sealed.partition(":")
        if not colon:
            raise SealBroken("This is not a sealed value.")
        if key_id != self._key_id:
            raise SealBroken(f"Sealed with key {key_id}, but the secret in use has key {self._key_id}.")
        try:
            raw = base64.b64decode(body, validate=True)
            text = self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], key_id.encode())
        except (InvalidTag, ValueError, binascii.Error) as fault:
            raise SealBroken("A sealed value was changed or cut short.") from fault
        return text.decode("utf-8", "surrogatepass")

    def fingerprint(self, text: str) -> str:
        """A keyed hash (HMAC-SHA256, 64 hex digits): equal for equal texts, useless without the secret."""
        return hmac.new(self._fingerprint_key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _derived(secret: str, purpose: str, length: int) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=length, salt=None, info=f"kentongan {purpose}".encode())
    return derivation.derive(secret.encode())
