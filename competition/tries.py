"""Wrong tries are counted, so that guessing is slow: of an account from one address, and from anywhere."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from competition.models import WrongTries

TRIES = 10  # from one address
TRIES_ANYWHERE = 30  # a six-digit PIN falls in about ten years to who goes on guessing after this
WAIT_MINUTES = 10
WAIT = timedelta(minutes=WAIT_MINUTES)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Tries:
    """Of one account, as it is called at this door, from one address."""

    name: str
    address: str
    anywhere: int | None = TRIES_ANYWHERE  # None for a door of the public: nobody shuts it for all others

    @property
    def limits(self) -> dict[str, int]:
        limits = {digest_of(self.name, self.address): TRIES}
        return limits if self.anywhere is None else {**limits, digest_of(self.name, "anywhere"): self.anywhere}

    def is_over(self) -> bool:
        """The wait begins anew with each wrong try, so that guessing on does not pay."""
        rows = WrongTries.objects.filter(digest__in=self.limits, last_at__gt=timezone.now() - WAIT)
        return any(row.count >= self.limits[row.digest] for row in rows)

    @transaction.atomic
    def count(self) -> None:
        now = timezone.now()
        WrongTries.objects.filter(last_at__lt=now - KEPT).delete()
        for digest in self.limits:
            WrongTries.objects.get_or_create(digest=digest, defaults={"last_at": now})
            WrongTries.objects.filter(digest=digest).update(count=F("count") + 1, last_at=now)

    def forget(self) -> None:
        WrongTries.objects.filter(digest__in=self.limits).delete()


def digest_of(name: str, address: str) -> str:
    return hashlib.sha256(f"{name.strip().casefold()}\n{address}".encode("utf-8", "replace")).hexdigest()


def address_of(request: HttpRequest | None) -> str:
    """Behind our own proxy its last word on where the request came from counts; nobody else's does."""
    if request is None:
        return ""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
