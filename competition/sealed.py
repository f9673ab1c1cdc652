"""Values that stand in the database as ciphertext alone, under keys that are derived from the installation's secret."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

LABEL = b"laurel late answers "


class Unreadable(Exception):
    """It was sealed under a secret that this installation has no more, or is damaged."""


def seal(data: bytes, *, of: str) -> str:
    """of   the key of what it belongs to: each has a key of its own"""
    return box(of).encrypt(data).decode("ascii")


def unseal(token: str, *, of: str) -> bytes:
    """raises   Unreadable"""
    try:
        return box(of).decrypt(token.encode("ascii", "replace"))
    except InvalidToken:
        raise Unreadable from None


def box(of: str) -> MultiFernet:
    """Seals under the secret of today, and reads what was sealed under those before it."""
    return made((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), of)


@lru_cache(maxsize=64)
def made(secrets: tuple[str, ...], of: str) -> MultiFernet:
    return MultiFernet([Fernet(derived(secret, of)) for secret in secrets])


def derived(secret: str, of: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=LABEL + of.encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(key)
