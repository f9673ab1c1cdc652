"""What goes up from one contest to another, found without changing anything."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from competition.access import why_not_take_forwards
from competition.core.same_names import same_names
from competition.models import ALIVE, Contest, Entry, Forwarding, Pledge, Quota, Submission
from competition.services.quotas import sent_up
from competition.states import ContestState

FORWARDING = "forwarding"  # the pledge by which guardians agree that the entry is passed on
PARTS = ("tracks", "divisions", "subjects")
Ties = dict[str, dict[str, str]]


def open_to(sender: Contest, *, at: datetime) -> list[Contest]:
    """The higher contests that take entries from this one now."""
    asked = Contest.objects.filter(state=ContestState.ENTRY, settings__forwards__accepts=True).select_related("series")
    return [one for one in asked if why_not_take_forwards(sender, one, at=at) is None]


def sent_from(sender: Contest, higher: Contest) -> QuerySet[Forwarding]:
    """Those that are there now; what was withdrawn there is not."""
    return Forwarding.objects.filter(sent__contest=sender, contest=higher, entry__state__in=ALIVE)


def most_from_one(higher: Contest) -> int | None:
    """How many entries one lower contest may send; None: as many as the quotas of their units let through."""
    most: int | None = higher.settings.get("forwards", {}).get("most")
    return most


def named_parts(contest: Contest) -> dict[str, dict[str, str]]:
    """Of each kind of part: code -> name."""
    return {
        "tracks": {one.code: one.label_zh for one in contest.tracks.all()},
        "divisions": {one.code: one.label_zh for one in contest.divisions.all()},
        "subjects": {one.word: one.label_zh for one in contest.subjects.all()},
    }


def ties_between(sender: Contest, higher: Contest) -> Ties:
    """Our codes -> theirs: as the office has said, else where the names are the same. "" says: without one."""
    ours, theirs = named_parts(sender), named_parts(higher)
    said = sender.settings.get("forward_ties", {}).get(higher.key, {})
    found = {}
    for part in PARTS:
        own = {code: to for code, to in said.get(part, {}).items() if code in ours[part] and to in ("", *theirs[part])}
        found[part] = same_names(ours[part], theirs[part]) | own
        if not theirs[part]:  # nobody asks for it there
            found[part] = dict.fromkeys(ours[part], "")
    return found


def untied(entries: Sequence[Entry], ties: Ties) -> list[str]:
    """Names of tracks, divisions and subjects of these entries of which nobody knows what they are there."""
    found = {}
    for entry in entries:
        if not ties["tracks"].get(entry.track.code):
            found[f"t{entry.track_id}"] = entry.track.label
        if entry.division and entry.division.code not in ties["divisions"]:
            found[f"d{entry.division_id}"] = entry.division.label
        if entry.subject and entry.subject.word not in ties["subjects"]:
            found[f"s{entry.subject_id}"] = entry.subject.label
    return list(found.values())


def consent_of(contest: Contest) -> Pledge | None:
    """The pledge of this contest that says: the guardians agree that the entry is passed on."""
    return contest.pledges.filter(code=contest.settings.get("forward_consent") or FORWARDING).first()


def with_consent(contest: Contest, entries: Collection[Entry]) -> set[int]:
    """Entries of which it was given, as they were handed in last. A list that was imported says nothing of consent."""
    pledge = consent_of(contest)
    if pledge is None:
        return set()
    rows = Submission.objects.filter(entry__in=[one.pk for one in entries]).order_by("entry", "version")
    last = dict(rows.values_list("entry", "content__pledges"))
    return {entry for entry, pledges in last.items() if pledge.code in (pledges or ())}


@dataclass
class Room:
    """Places that are left at the higher contest while entries are proposed one after another."""

    total: int | None
    left: dict[tuple[int | None, int | None, int | None, int | None], int]

    def take(self, places: tuple[int | None, int | None], track: int | None, division: int | None) -> bool:
        """Whether one more fits; then it is counted.

        places   district and school of the entry
        """
        district, school = places
        asked = [
            (unit, at, of_track, of_division)
            for unit, at in ((district, None), (None, school))
            for of_track in (None, track)
            for of_division in (None, division)
        ]
        keys = [key for key in dict.fromkeys(asked) if key in self.left]
        if self.total == 0 or any(self.left[key] <= 0 for key in keys):
            return False
        for key in keys:
            self.left[key] -= 1
        if self.total is not None:
            self.total -= 1
        return True


Where = tuple[int | None, int | None, int | None, int | None]  # district, school, track, division


def counts_for(quota: Quota, where: Where) -> bool:
    """Whether an entry from there takes one of its places."""
    asked = (quota.district_id, quota.school_id, quota.track_id, quota.division_id)
    return all(one is None or one == other for one, other in zip(asked, where, strict=True))


def quotas_used(higher: Contest) -> list[tuple[Quota, int]]:
    """Each with how many of its places are taken."""
    rows: Any = sent_up(higher.entries.all()).order_by()
    taken = Counter(rows.values_list("school__district", "school", "track", "division"))
    quotas = higher.quotas.select_related("district", "school", "track", "division")
    return [(one, sum(taken[where] for where in taken if counts_for(one, where))) for one in quotas]


def room_in(higher: Contest, sender: Contest) -> Room:
    """What the cap for one sender and the quotas of units and schools leave."""
    left = {
        (one.district_id, one.school_id, one.track_id, one.division_id): max(one.most - used, 0)
        for one, used in quotas_used(higher)
    }
    most = most_from_one(higher)
    return Room(None if most is None else max(most - sent_from(sender, higher).count(), 0), left)


def higher_of(sender: Contest) -> QuerySet[Contest]:
    """The contests that entries of this one went up to."""
    return Contest.objects.filter(received__sent__contest=sender).distinct()


def forwarded(sender: Contest) -> QuerySet[Forwarding]:
    """All of them, with what a line names; what was taken back is left out."""
    rows = Forwarding.objects.filter(Q(sent__contest=sender), ~Q(entry__state="withdrawn"))
    return rows.select_related("sent__track", "entry__track", "entry__contest", "contest")
