"""The signed code of a certificate: what its QR symbol carries after the address, and how it is laid out.

Everything is base32 (RFC 4648) of fixed length, so that a symbol is alphanumeric, all symbols of a printing have one
size and the signature is made over the characters themselves: what reads the same is the same.

    token 26 · form 1 · key 4 · kind 1 · of 8 · date 3 · serial 4 · honour 8 · names 16 · signature 103

The first 26 characters alone are the older, unsigned code. Why it is so: docs/adr/0011-signed-certificates.md; the
same written a second time: verify/laurel_check.py.
"""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
VALUE = {char: value for value, char in enumerate(ALPHABET)}
TOKEN, STATEMENT, SIGNATURE = 26, 71, 103
LENGTH = STATEMENT + SIGNATURE
FORM = "A"
FIRST_DAY = date(2000, 1, 1)
HEAD = b"Laurel certificate\n"  # signed with it, so that nothing else signed with this key passes for a certificate
KINDS = {"author": "A", "tutor": "T", "recognition": "R", "award": "M", "attendance": "P"}
LEFT_OUT = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"))
_PLAIN = re.compile("[\u3400-\u4dbf\u4e00-\u9fffa-z0-9]*")  # what is so already: most names
FIELDS = {"token": 26, "form": 1, "key": 4, "kind": 1, "of": 8, "date": 3, "serial": 4, "honour": 8, "names": 16}


class Statement(NamedTuple):
    """What is signed. `of`: the contest or training; `honour`, `names`: digests of what is printed."""

    token: str
    key: str
    kind: str
    of: str
    dated: date
    serial: int
    honour: str
    names: str

    @property
    def text(self) -> str:
        days = number((self.dated - FIRST_DAY).days, 3)
        words = (self.token, FORM, self.key, self.kind, self.of, days, number(self.serial, 4), self.honour, self.names)
        return "".join(words).upper()


def number(value: int, length: int) -> str:
    """raises   ValueError where it does not fit"""
    if not 0 <= value < 32**length:
        raise ValueError(f"{value} does not fit into {length} characters.")
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))


def in_capitals(data: bytes, length: int) -> str:
    return base64.b32encode(data[: length * 5 // 8 + 1]).decode()[:length]


def set_code(key: str) -> str:
    """Of a contest or a training, from its random key."""
    return key[:8].upper()


def key_code(public: bytes) -> str:
    return in_capitals(hashlib.sha256(public).digest(), 4)


def plain(words: str) -> str:
    """As a person compares: without spaces, marks and punctuation, in one width and case."""
    if _PLAIN.fullmatch(words):
        return words
    kept = (char for char in unicodedata.normalize("NFKC", words) if unicodedata.category(char) not in LEFT_OUT)
    return "".join(kept).lower()


def honour_digest(words: str) -> str:
    return in_capitals(hashlib.sha256(f"honour\n{plain(words)}".encode()).digest(), 8)


def names_digest(token: str, names: Iterable[str]) -> str:
    """Salted with the token: only who holds the paper's code can try a name."""
    return in_capitals(hashlib.sha256(f"names\n{token.upper()}\n{plain(''.join(names))}".encode()).digest(), 16)


def revocation_id(token: str) -> str:
    """Names a certificate in the published list to those alone who hold its code."""
    return in_capitals(hashlib.sha256(f"revoked\n{token.upper()}".encode()).digest(), 26)


def key_of(text: str) -> str:
    """Which key a statement says that it is signed with."""
    return text[TOKEN + 1 : TOKEN + 5]


def message(text: str) -> bytes:
    return HEAD + text.encode()


def list_message(text: str) -> bytes:
    """Of the published list: another head, so that neither can stand for the other."""
    return b"Laurel list\n" + text.encode()


def with_signature(text: str, signature: bytes) -> str:
    return text + in_capitals(signature, SIGNATURE)


def taken_apart(code: str) -> tuple[str, bytes] | None:
    """The signed text and the signature; None where it is no whole code. Each signature has one spelling."""
    code = code.upper()
    if len(code) != LENGTH or not set(code) <= VALUE.keys() or code[TOKEN] != FORM:
        return None
    signature = base64.b32decode(code[STATEMENT:] + "=")
    return (code[:STATEMENT], signature) if in_capitals(signature, SIGNATURE) == code[STATEMENT:] else None
