"""What a lower contest may send up, in the order of its list, and what became of what it sent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.models import Award, AwardList
from awards.selectors import list_that_stands, public_list
from competition.models import ALIVE, Contest, Entry, Forwarding, NumberAbove, Quota
from competition.services.forwarded import (
    Room,
    Ties,
    Where,
    counts_for,
    forwarded,
    most_from_one,
    quotas_used,
    room_in,
    sent_from,
    with_consent,
)
from competition.states import EntryState

LAST = 1_000_000


@dataclass(frozen=True)
class Line:
    """An entry of the lower contest. `why_not`: "consent" where none is recorded; `is_proposed`: within the quotas by
    its rank; `there`: it has gone up already."""

    entry: Entry
    prize: str
    code: str
    place: int | None
    why_not: str
    is_proposed: bool
    there: Forwarding | None
    may_take_back: bool = False

    @property
    def may_go(self) -> bool:
        return self.there is None and not self.why_not


def went_up(contest: Contest, higher: Contest | None) -> Q:
    """Sent to that contest, with a delegation, or known by a number there; without a name, to any."""
    sent = Forwarding.objects.filter(sent=OuterRef("pk"), entry__state__in=ALIVE)
    taken = Entry.objects.filter(contest__delegation__sender=contest)
    given = NumberAbove.objects.filter(entry=OuterRef("pk"))
    if higher:
        sent, taken, given = sent.filter(contest=higher), taken.filter(contest=higher), given.filter(higher=higher)
    return Q(Exists(sent)) | Q(number__in=taken.values("number")) | Q(Exists(given))


def in_list_order(contest: Contest) -> list[tuple[Entry, Award | None]]:
    """Whatever passed the check, with its prize: in the order of the list where there is one, else as it came."""
    if award_list := list_that_stands(contest):
        return ranked(award_list)
    return [(one, None) for one in countable(contest).order_by("order")]


def countable(contest: Contest) -> QuerySet[Entry]:
    return contest.entries.countable().select_related("contest", "track", "division", "subject", "school__district")


def ranked(award_list: AwardList) -> list[tuple[Entry, Award | None]]:
    """By prize, then by place: first prizes of every track before the second ones; without a prize by place alone."""
    contest = award_list.contest
    awards = {one.entry_id: one for one in award_list.awards.all()}
    ranks = dict(award_list.run.standings.values_list("entry", "rank")) if award_list.run else {}

    def order(entry: Entry) -> tuple[int, int, int, int]:
        award = awards.get(entry.pk)
        place = award.place if award and award.place is not None else ranks.get(entry.pk)
        return (award.order if award else LAST, place or LAST, entry.track.order, entry.order)

    return [(one, awards.get(one.pk)) for one in sorted(countable(contest), key=order)]


def lines_for(sender: Contest, higher: Contest, ties: Ties) -> list[Line]:
    """All that passed the check, in order; the first that fit into the quotas are proposed."""
    award_list = list_that_stands(sender)
    if award_list is None:
        return []
    rows = ranked(award_list)
    agreed = with_consent(sender, [entry for entry, _ in rows])
    there = {one.sent_id: one for one in forwarded(sender).filter(contest=higher)}
    room, keys = room_in(higher, sender), keys_of(higher)
    return [line(entry, award, agreed, there, room, keys, ties) for entry, award in rows]


Keys = dict[tuple[str, str], int]


def keys_of(higher: Contest) -> Keys:
    found = {("tracks", one.code): one.pk for one in higher.tracks.all()}
    return found | {("divisions", one.code): one.pk for one in higher.divisions.all()}


def line(
    entry: Entry, award: Award | None, agreed: set[int], there: dict[int, Forwarding], room: Room, keys: Keys,
    ties: Ties,
) -> Line:  # fmt: skip
    sent = there.get(entry.pk)
    why_not = "" if entry.pk in agreed or sent else "consent"
    return Line(
        entry=entry,
        prize=award.label if award else "",
        code=award.code if award else "",
        place=award.place if award else None,
        why_not=why_not,
        is_proposed=not sent and not why_not and fits(entry, room, keys, ties),
        there=sent,
        may_take_back=sent is not None and sent.entry.state in TAKEN_BACK_FROM,
    )


TAKEN_BACK_FROM = (EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.NOT_RECOMMENDED)


def fits(entry: Entry, room: Room, keys: Keys, ties: Ties) -> bool:
    district, school, track, division = where_there(entry, keys, ties)
    return track is not None and room.take((district, school), track, division)


def where_there(entry: Entry, keys: Keys, ties: Ties) -> Where:
    """Whose place an entry takes in the higher contest."""
    track = keys.get(("tracks", ties["tracks"].get(entry.track.code, "")))
    code = ties["divisions"].get(entry.division.code, "") if entry.division else ""
    school = entry.school
    return (*((school.district_id, school.pk) if school else (None, None)), track, keys.get(("divisions", code)))


@dataclass(frozen=True)
class Places:
    """Of a cap or quota: whose it is ("" for the cap for one sender), how many it has, how many are taken there and how
    many more are ticked."""

    whose: str
    most: int
    there: int
    ticked: int

    @property
    def is_over(self) -> bool:
        return self.there + self.ticked > self.most


def places_of(sender: Contest, higher: Contest, ticked: Iterable[Entry], ties: Ties) -> list[Places]:
    """The cap, then each quota that ticked entries count for; those that are over first."""
    keys, ticked = keys_of(higher), list(ticked)
    wheres = Counter(where_there(one, keys, ties) for one in ticked)
    found = [
        Places(quota_words(quota), quota.most, used, number)
        for quota, used in quotas_used(higher)
        if (number := sum(wheres[where] for where in wheres if counts_for(quota, where)))
    ]
    found.sort(key=lambda one: not one.is_over)
    most = most_from_one(higher)
    cap = [] if most is None else [Places("", most, sent_from(sender, higher).count(), len(ticked))]
    return cap + found


def quota_words(quota: Quota) -> str:
    parts = (quota.district, quota.school, quota.track, quota.division)
    return " · ".join(one.label if hasattr(one, "label") else str(one) for one in parts if one)


@dataclass(frozen=True)
class Result:
    """What an entry that went up has won there, as the public reads it; None without a prize or before that."""

    forwarding: Forwarding
    award: Award | None


@dataclass(frozen=True)
class Above:
    """A higher contest with what came of our entries. `is_public`: its list is published."""

    contest: Contest
    results: list[Result]
    is_public: bool

    @property
    def won(self) -> list[Award]:
        """In the order of the prizes."""
        return sorted((one.award for one in self.results if one.award), key=lambda one: one.order)

    @property
    def prizes_zh(self) -> str:
        counted = Counter(one.label_zh for one in self.won)
        return "、".join(f"{label}{number}项" for label, number in counted.items())


def results_above(sender: Contest) -> list[Above]:
    """Of each contest that entries went up to; from its newest published list."""
    by_contest: dict[Contest, list[Forwarding]] = {}
    for one in forwarded(sender):
        by_contest.setdefault(one.contest, []).append(one)
    return [above(contest, rows) for contest, rows in by_contest.items()]


def above(contest: Contest, rows: Iterable[Forwarding]) -> Above:
    rows = list(rows)
    award_list = public_list(contest)
    found: Any = award_list.awards.filter(entry__in=[one.entry_id for one in rows]) if award_list else ()
    awards = {one.entry_id: one for one in found}
    return Above(contest, [Result(one, awards.get(one.entry_id)) for one in rows], award_list is not None)


def forwarded_sentence(sender: Contest) -> str:
    """For the report: what went up, and what came back."""
    said = []
    for one in results_above(sender):
        text = f"推荐{len(one.results)}件作品参加{one.contest.label_zh}"
        if one.is_public:
            text += f"，{len(one.won)}件作品获奖{f'，其中{one.prizes_zh}' if one.won else ''}"
        said.append(f"{text}。")
    return "".join(said)


def forwarded_figures(sender: Contest) -> dict[str, Any]:
    """For a script; nothing where nothing went up."""
    found = [
        {
            "contest": one.contest.label_zh,
            "entries": len(one.results),
            "prizes": dict(Counter(award.code for award in one.won)) if one.is_public else None,
        }
        for one in results_above(sender)
    ]
    return {"forwarded": found} if found else {}
