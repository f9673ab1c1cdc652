"""Keys and tokens: random on the web, derived under a secret where a run must give the same bytes again."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

KEY_LENGTH = 26  # base32 characters: 130 bits


def random_key() -> str:
    """26 characters of base32: what an address shows instead of a running number."""
    return in_base32(secrets.token_bytes(17))


def in_base32(data: bytes) -> str:
    return base64.b32encode(data).decode().lower()[:KEY_LENGTH]


@dataclass(frozen=True)
class Mint:
    """Derives keys from a secret by HMAC-SHA256 (RFC 2104). Equal secret and words give equal keys.

    secret   at least 16 bytes
    """

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) < 16:
            raise ValueError("A secret needs at least 16 bytes.")

    def bytes(self, *words: object) -> bytes:
        """32 bytes for these words; their order and borders count."""
        message = b"".join(len(word).to_bytes(4, "big") + word for word in (str(w).encode() for w in words))
        return hmac.new(self.secret, message, hashlib.sha256).digest()

    def key(self, *words: object) -> str:
        """26 characters of base32."""
        return in_base32(self.bytes(*words))

    def commitment(self, *words: object) -> str:
        """Proves a value later without showing it now."""
        return "hmac:" + self.bytes("commitment", *words).hex()


def random_mint() -> Mint:
    return Mint(secrets.token_bytes(32))
