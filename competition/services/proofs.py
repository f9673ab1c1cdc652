"""Names as certificates will print them, read and confirmed by each school."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from competition import events
from competition.access import Entrance, why_not_confirm_names
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import ALIVE, Contest, Entry, NameProof, School, User


def proof_entries(contest: Contest, school: School) -> list[Entry]:
    """The entries whose names a school has to read."""
    entries = contest.entries.filter(school=school, state__in=ALIVE).select_related("track", "division")
    return list(entries.prefetch_related("authors__person", "tutors__person").order_by("track__order", "order"))


def names_digest(entries: Iterable[Entry]) -> str:
    """Changes with every name, title and order."""
    return digest(
        [
            [
                one.number,
                one.title,
                one.group_name,
                [str(a) for a in one.authors.all()],
                [str(t) for t in one.tutors.all()],
            ]
            for one in entries
        ]
    )


@transaction.atomic
def confirm_names(*, contest: Contest, school: School, seen: str, by: User, at: datetime) -> NameProof:
    """What was read is what stands: `seen` is the digest of the page that was read.

    raises   Refused "names-changed" where a name changed meanwhile
    """
    if denial := why_not_confirm_names(by, Entrance(contest, school), at=at):
        raise Refused(denial)
    now = names_digest(proof_entries(contest, school))
    if seen != now:
        raise Refused(Denial("names-changed", {"school": school}))
    proof = NameProof.objects.create(contest=contest, school=school, at=at, by=by, digest=now)
    events.record(contest, "names.confirmed", school, by=by, at=at, body={"content": contest.mint.commitment(now)})
    return proof


def standing_proof(contest: Contest, school: School, entries: list[Entry]) -> NameProof | None:
    """The confirmation, if the names still are what was confirmed."""
    last = contest.name_proofs.filter(school=school).order_by("-pk").first()
    return last if last and last.digest == names_digest(entries) else None
