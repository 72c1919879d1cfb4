"""Encrypted columns: AES-GCM bound to its place, and a keyed hash to search by.

The keys derive from OLS_DATA_KEY, which lives outside the database. A ciphertext copied
to another table, row or column does not open there (the place is authenticated).
"""

import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE_BYTES = 12


@cache
def _key(purpose: str) -> bytes:
    """Return a 32-byte key derived for one purpose, so that no key does two jobs."""
    return hmac.digest(settings.DATA_KEY.encode(), b"ols:" + purpose.encode(), "sha256")


def encrypt(value: str, *, place: str) -> bytes:
    """Return nonce + ciphertext of the text; `place` is `table.column:uuid`."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_key("field")).encrypt(nonce, value.encode(), place.encode())


def decrypt(blob: bytes, *, place: str) -> str:
    """Return the text again.

    :raises cryptography.exceptions.InvalidTag: other key, other place or changed bytes
    """
    blob = bytes(blob)
    plain = AESGCM(_key("field")).decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], place.encode())
    return plain.decode()


def blind_index(value: str, *, purpose: str) -> bytes:
    """Return the 32-byte keyed hash under which an encrypted value is found again."""
    return hmac.digest(_key("index:" + purpose), value.encode(), "sha256")
