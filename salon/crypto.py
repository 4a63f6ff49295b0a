"""Sealing and opening health answers: AES-GCM under a ring of keys, bound to the row they belong to."""

import hashlib
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

_VERSION = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """The sealed value is not this row's, was altered, or its key is not in the ring."""


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"salon key id" + key).digest()[:_KEY_ID_BYTES]


class KeyRing:
    """Keys of 32 bytes, newest first: the first seals, all open."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = {_key_id(key): AESGCM(key) for key in keys}
        if not self._keys:
            raise ValueError("a key ring needs a key")
        self.newest = next(iter(self._keys))

    def seal(self, plain: bytes, place: str) -> bytes:
        """Return version, key id, nonce and ciphertext; place is bound as associated data."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + self.newest + nonce + self._keys[self.newest].encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return the plain bytes. Raises CannotOpen when key, bytes or place do not fit."""
        start = len(_VERSION)
        key = self._keys.get(sealed[start : start + _KEY_ID_BYTES])
        if sealed[:start] != _VERSION or key is None:
            raise CannotOpen
        nonce_at = start + _KEY_ID_BYTES
        body_at = nonce_at + _NONCE_BYTES
        try:
            return key.decrypt(sealed[nonce_at:body_at], sealed[body_at:], place.encode())
        except InvalidTag as error:
            raise CannotOpen from error


def place(salon_id: int, table: str, row: object, field: str) -> str:
    """Return the identity a sealed value is bound to; `row` is a natural key known before the insert."""
    return f"{salon_id}/{table}/{row}/{field}"


def key_ring() -> KeyRing:
    """Return the present app's ring."""
    ring: KeyRing = current_app.extensions["key_ring"]
    return ring
