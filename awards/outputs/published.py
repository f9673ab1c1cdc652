"""What others need to check certificates without us: our public keys, and a signed list of what was issued and of what
no longer counts. No name and no number stands in it; a certificate is found by who holds its code alone."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet

from awards.core.attending import hours_text
from awards.core.signed_code import honour_digest, list_message, revocation_id, set_code
from awards.models import Certificate, Participant, SigningKey, Training
from awards.services.certificates import number_of_pattern
from awards.services.signed_codes import attendance_words, honour_words
from awards.services.signing import signer_with
from awards.states import CertificateState, KeyState, ListState, ParticipantState
from competition.core.canon import canonical
from competition.models import Contest

KINDS_OF_WORK = ("award", "special")


def published_keys() -> dict[str, Any]:
    """All that ever signed; of a key that was withdrawn a checker must know that."""
    return {"format": "laurel-keys", "site": settings.PUBLIC_URL, "keys": list(map(said, SigningKey.objects.all()))}


def said(key: SigningKey) -> dict[str, str]:
    return {"id": key.key_id, "public": key.public, "state": key.state, "since": f"{key.made_at.astimezone(UTC):%F}"}


def published_list(*, at: datetime) -> dict[str, str] | None:
    """The list as text, with the key that signed this text to the letter; None before anything was signed.

    raises   Refused "signing-key-lost"
    """
    current = SigningKey.objects.filter(state=KeyState.CURRENT).first()
    if current is None:
        return None
    text = canonical(list_said(at)).decode()
    signature = signer_with(current).private.sign(list_message(text))
    return {"format": "laurel-signed-list", "list": text, "key": current.key_id, "signature": signature.hex()}


def list_said(at: datetime) -> dict[str, Any]:
    gone = [[revocation_id(token), state] for token, state in [*gone_certificates(), *gone_attendance()]]
    return {
        "format": "laurel-certificates",
        "version": 1,
        "site": settings.PUBLIC_URL,
        "made_at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "keys": published_keys()["keys"],
        "issued": [*contests_said(), *trainings_said()],
        "gone": sorted(gone),
    }


def contests_said() -> list[dict[str, Any]]:
    honours = honours_by_contest()
    found = Contest.objects.filter(pk__in=honours).annotate(last=Max("certificates__serial")).order_by("pk")
    return [said_of(one, number_of_pattern(one, "{serial}"), one.last, honours[one.pk]) for one in found]


def said_of(one: Contest | Training, number: str, last: int, honours: set[tuple[str, str]]) -> dict[str, Any]:
    return {
        "of": set_code(one.key),
        "zh": one.label_zh,
        "en": one.label_en or one.label_zh,
        "number": number,
        "last": last,
        "honours": [{"code": honour_digest(zh), "zh": zh, "en": en} for zh, en in sorted(honours)],
    }


def honours_by_contest() -> dict[int, set[tuple[str, str]]]:
    """Of each contest with signed certificates the honours on them, each in Chinese and English."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    signed = Certificate.objects.exclude(code="").order_by()
    for work in KINDS_OF_WORK:
        parts = [f"{work}__entry__track", f"{work}__entry__division", work]
        add_labels(found, signed.filter(**{f"{work}__isnull": False}), parts)
    add_labels(found, signed.filter(recognition__isnull=False), ["recognition__rule"])
    return found


def add_labels(found: dict[int, set[tuple[str, str]]], rows: QuerySet[Certificate], parts: list[str]) -> None:
    names = [f"{part}__{label}" for part in parts for label in ("label_zh", "label_en")]
    for contest, *labels in rows.values_list("contest", *names).distinct():
        zh = [label or "" for label in labels[::2]]
        en = [english or chinese for chinese, english in zip(zh, labels[1::2], strict=True)]
        found[contest].add((honour_words(*zh), honour_words(*en)))


def trainings_said() -> list[dict[str, Any]]:
    hours: dict[int, set[tuple[str, str]]] = defaultdict(set)
    issued = Participant.objects.exclude(token="").order_by()
    for pk, is_assessed, half_hours in issued.values_list("training", "training__is_assessed", "half_hours").distinct():
        said_hours = hours_text(half_hours)
        title = "Certificate of completion" if is_assessed else "Certificate of attendance"
        hours[pk].add((attendance_words(is_assessed, said_hours), f"{title} · {said_hours} hours"))
    found = Training.objects.filter(pk__in=hours).annotate(last=Max("participants__serial")).order_by("pk")
    return [said_of(one, one.number_of(1).removesuffix("0001") + "{serial}", one.last, hours[one.pk]) for one in found]


def gone_certificates() -> list[tuple[str, str]]:
    """Revoked; replaced where another counts for the same; open while the list behind it is being amended."""
    rows = Certificate.objects.exclude(token="").exclude(
        state=CertificateState.VALID, list__state__in=(ListState.LOCKED, ListState.PUBLISHED)
    )
    newer = Certificate.objects.filter(
        contest=OuterRef("contest"), purpose=OuterRef("purpose"), state=CertificateState.VALID
    ).exclude(pk=OuterRef("pk"))
    return [
        (token, "open" if state == CertificateState.VALID else "replaced" if has_newer else "revoked")
        for token, state, has_newer in rows.annotate(newer=Exists(newer)).values_list("token", "state", "newer")
    ]


def gone_attendance() -> list[tuple[str, str]]:
    rows = Participant.objects.filter(state__in=(ParticipantState.REVOKED, ParticipantState.REISSUED))
    words = {ParticipantState.REVOKED: "revoked", ParticipantState.REISSUED: "replaced"}
    return [(token, words[ParticipantState(state)]) for token, state in rows.values_list("token", "state")]
