"""What people have won: our own lists by themselves, the delegation's results, and prizes from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from awards.models import Achievement, AwardList, Delegation
from awards.prizes import BY_CODE, LAST, Prize
from awards.states import AchievementKind, AchievementRole
from competition import events
from competition.models import Contest, Person, User
from competition.services.upsert import upsert

KEY = ["person_id", "source_id", "entry_id", "contest_name", "prize_name", "won_on", "role"]
FIELDS = ["kind", "is_checked", "series_name", "level", "track_name", "prize_code", "prize_order", "author_order"]


@dataclass(frozen=True)
class WonElsewhere:
    """A prize from a contest that is not kept here; or a patent or title, whose document the office has seen or not."""

    person: Person
    contest_name: str
    level: str
    prize: Prize
    role: str
    won_on: date
    track_name: str = ""
    author_order: int = 1
    kind: str = AchievementKind.PRIZE
    is_checked: bool = False


def achievements_of(award_list: AwardList) -> list[Achievement]:
    """One for every author and tutor of every award."""
    contest = award_list.contest
    awards = award_list.awards.select_related("entry__track").prefetch_related(
        "entry__authors__person", "entry__tutors__person"
    )
    found = []
    for award in awards.order_by("entry__order"):
        entry = award.entry
        people = [(one.person, AchievementRole.AUTHOR, one.order) for one in entry.authors.all()]
        people += [(one.person, AchievementRole.TUTOR, one.order) for one in entry.tutors.all()]
        for person, role, order in people:
            found.append(
                Achievement(
                    person=person,
                    entry=entry,
                    source=contest,
                    contest_name=contest.label_zh,
                    series_name=contest.series.label_zh,
                    level=contest.series.level,
                    track_name=entry.track.label_zh,
                    prize_code=award.code,
                    prize_name=award.label_zh,
                    prize_order=BY_CODE[award.code].order if award.code in BY_CODE else LAST,
                    role=role,
                    author_order=order,
                    won_on=contest.local_as_of.date(),
                )
            )
    return found


@transaction.atomic
def record_achievements(*, award_list: AwardList, by: User | None, at: datetime) -> int:
    """Make the achievements from this contest those of its list."""
    return save_achievements(award_list.contest, achievements_of(award_list), by=by, at=at)


@transaction.atomic
def forget_achievements(*, contest: Contest, by: User | None, at: datetime) -> None:
    """The contest has no list that stands: nobody has won anything there."""
    save_achievements(contest, [], by=by, at=at)


@transaction.atomic
def record_won_elsewhere(*, contest: Contest, won: Sequence[WonElsewhere], by: User | None, at: datetime) -> int:
    """Prizes from elsewhere, as this award's office was told of them."""
    rows = [
        Achievement(
            person=one.person,
            source=contest,
            contest_name=one.contest_name,
            level=one.level,
            track_name=one.track_name,
            prize_code=one.prize.code,
            prize_name=one.prize.label_zh,
            prize_order=one.prize.order,
            role=one.role,
            author_order=one.author_order,
            won_on=one.won_on,
            kind=one.kind,
            is_checked=one.is_checked,
        )
        for one in won
    ]
    return save_achievements(contest, rows, by=by, at=at)


def save_achievements(source: Contest, rows: list[Achievement], *, by: User | None, at: datetime) -> int:
    """All of this source but what was read from published lists of other contests or from documents."""
    own = Achievement.objects.filter(source=source, result_list=None, claim=None)
    saved = upsert(own, KEY, rows, FIELDS)
    if saved.drop_unwanted() or saved.has_changes:
        body = {"achievements": len(saved.rows), "dropped": len(saved.unwanted)}
        events.record(source, "achievements.recorded", source, by=by, at=at, body=body)
    return len(saved.rows)


@transaction.atomic
def save_delegation(*, sender: Contest, contest: Contest, by: User | None, at: datetime) -> Delegation:
    """Mark a higher contest's rows here as the entries that this office sent there."""
    delegation, is_new = Delegation.objects.get_or_create(
        contest=contest, defaults={"sender": sender, "key": sender.mint.key("delegation", contest.key)}
    )
    if is_new:
        events.record(sender, "delegation.recorded", delegation, by=by, at=at)
    return delegation
