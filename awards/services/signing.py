"""The key that signs certificates: made with the first of them, replaced on command, its public half kept for ever."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import transaction
from django.db.models import Max

from awards.core.signed_code import key_code, key_of, message, taken_apart, with_signature
from awards.models import SigningKey
from awards.states import KeyState
from competition import events
from competition.core.tokens import Mint
from competition.errors import Denial, Refused
from competition.keys import installation_key
from competition.lifecycle import move
from competition.models import User


@dataclass(frozen=True)
class Signer:
    key_id: str
    private: Ed25519PrivateKey

    def code(self, text: str) -> str:
        """A statement with its signature. Ed25519 takes no chance: the same statement gives the same code."""
        return with_signature(text, self.private.sign(message(text)))


def private_key(salt: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(Mint(installation_key()).bytes("signing certificates", salt))


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


@transaction.atomic
def signer(*, by: User | None, at: datetime) -> Signer:
    """What signs now; the first time a key is made.

    raises   Refused "signing-key-lost" where the installation's key is not the one it was derived from
    """
    found = SigningKey.objects.filter(state=KeyState.CURRENT).first() or make_key(salt="", by=by, at=at)
    return signer_with(found)


def signer_with(found: SigningKey) -> Signer:
    private = private_key(found.salt)
    if public_bytes(private).hex() != found.public:
        raise Refused(Denial("signing-key-lost", {"key": found.key_id}))
    return Signer(found.key_id, private)


def make_key(*, salt: str, by: User | None, at: datetime) -> SigningKey:
    public = public_bytes(private_key(salt))
    order = (SigningKey.objects.aggregate(last=Max("order"))["last"] or 0) + 1
    made, is_new = SigningKey.objects.get_or_create(  # two contests may issue their first certificates at once
        public=public.hex(), defaults={"order": order, "key_id": key_code(public), "salt": salt, "made_at": at}
    )
    if is_new:
        body = {"key": made.key_id, "public": made.public}
        events.record(None, "signingkey.made", made, by=by, at=at, body=body)
    return made


@transaction.atomic
def replace_signing_key(*, is_stolen: bool, by: User | None, at: datetime) -> SigningKey:
    """A fresh key signs from now on. What the old one signed holds, unless it was stolen: then it proves nothing any
    more, and only the page on the web answers for those papers."""
    to = KeyState.WITHDRAWN if is_stolen else KeyState.RETIRED
    known = SigningKey.objects.select_for_update().exclude(state=KeyState.WITHDRAWN)
    for old in known if is_stolen else known.filter(state=KeyState.CURRENT):
        move(old, to, by=by, at=at, facts={"key": old.key_id})
    return make_key(salt=token_hex(32), by=by, at=at)


def is_genuine(code: str) -> bool:
    """Whether one of our keys signed this code, to the letter. That a key was withdrawn is another question."""
    parts = taken_apart(code)
    if parts is None:
        return False
    text, signature = parts
    known = SigningKey.objects.filter(key_id=key_of(text)).first()
    if known is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(known.public)).verify(signature, message(text))
    except InvalidSignature:
        return False
    return True
