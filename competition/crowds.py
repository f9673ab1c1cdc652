"""Doors of the public let so many through in a minute: from one address, and in whole. Counted in the database, so
that all processes of a server count together; once a door is full, a visit costs one look and no write."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from competition.core.tokens import Mint
from competition.keys import installation_key
from competition.models import DoorCount

WINDOW_S = 60
EVERYONE = "everyone"


@dataclass(frozen=True)
class Door:
    """each   from one address in a window: a whole school may stand behind one; everyone: from all together"""

    name: str
    each: int
    everyone: int

    def seconds_to_wait(self, address: str, *, at: datetime) -> int:
        """Count a visit; 0 where it is let in, else how long until the door opens again."""
        window, gone = divmod(int(at.timestamp()), WINDOW_S)
        limits = {
            self.digest(window, source_of(address)): self.each,
            self.digest(window, EVERYONE): self.everyone,
        }
        counts = dict(DoorCount.objects.filter(digest__in=limits).values_list("digest", "count"))
        is_full = any(counts.get(digest, 0) >= most for digest, most in limits.items())
        return WINDOW_S - gone if is_full or not let_in(limits, window, is_new=not counts) else 0

    def digest(self, window: int, source: str) -> str:
        return Mint(installation_key()).bytes("door", self.name, window, source).hex()


@transaction.atomic
def let_in(limits: dict[str, int], window: int, *, is_new: bool) -> bool:
    """Count one more where none of the limits is reached; two at once cannot both be the last."""
    if is_new:
        DoorCount.objects.filter(window__lt=window).delete()
    rows = [DoorCount(digest=digest, window=window) for digest in limits]
    DoorCount.objects.bulk_create(rows, ignore_conflicts=True)
    return all(
        DoorCount.objects.filter(digest=digest, count__lt=most).update(count=F("count") + 1)
        for digest, most in limits.items()
    )


def source_of(address: str) -> str:
    """Of IPv6 the first half, which is what one household or school has; whoever owns it could use all the rest."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((int(found) >> 64 << 64, 64)))
    return str(found)
