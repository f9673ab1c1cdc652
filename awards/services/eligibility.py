"""Who is eligible for the Mayor's Award: its rules tried on what each nominee has won, and the office's own word."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from awards.access import why_not_admit
from awards.core.eligibility import Asked, Condition, Verdict, Won, lacks_of, verdict, years_before
from awards.models import Achievement, Alternative, AwardList, AwardTerms, Nomination
from awards.selectors import nominees_of
from awards.states import AchievementRole, ListState
from competition import events
from competition.core.grades import stage_of
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Author, Contest, Entry, Person, User
from competition.services.locks import locked_contest
from competition.states import LEVEL_ORDER, ContestKind, EntryState, Level
from judging.services.rounds import take_part_late

ABOUT_NOMINEE = 0  # stands for no alternative: alternatives are counted from 1


@dataclass(frozen=True)
class Tried:
    """A nominee before the award's rules. `won`: in the order in which the verdict counts it."""

    nomination: Nomination
    won: list[Achievement]
    found: Verdict

    @property
    def is_in(self) -> bool:
        """Whether the nominee counts: by the office's word where it said one, else by the rules."""
        one = self.nomination
        return one.is_admitted and (one.said_at is not None or bool(self.found.is_eligible))

    @cached_property
    def reason(self) -> list[Any]:
        """["met", alternative, contest, prize], or ["missing" | "undecided", [alternative, [what …], contest, prize] …]
        with the nearest achievement: codes, shown as sentences. Alternative 0 is about the nominee."""
        found = self.found
        if found.is_eligible and found.met:
            return ["met", *self.named(*found.met)]
        lines: list[list[Any]] = [[ABOUT_NOMINEE, list(found.lacks), "", ""]] if found.lacks else []
        if found.met:
            order, contest, prize = self.named(*found.met)
            lines.append([order, [], contest, prize])
        for one in found.failures:
            _order, contest, prize = self.named(one.order, one.index)
            lines.append([one.order, list(one.parts), contest, prize])
        return ["undecided" if found.is_eligible is None else "missing", *lines]

    def named(self, order: int, index: int | None) -> tuple[int, str, str]:
        if not order or index is None:
            return order, "", ""
        return order, self.won[index].contest_name, self.won[index].prize_name


def tried(
    contest: Contest,
    *,
    alternatives: Sequence[Alternative] | None = None,
    terms: Iterable[AwardTerms] | None = None,
    nominations: Iterable[Nomination] | None = None,
) -> list[Tried]:
    """Every nominee before the rules; reads only, in as many queries for one nominee as for a hundred.

    alternatives, terms   other rules than those that stand, to see what they would do
    """
    rules = contest.alternatives.all() if alternatives is None else alternatives
    day = applied_on(contest)
    conditions = [(one.track_id, condition_of(one, day)) for one in rules]
    rows = AwardTerms.objects.filter(track__contest=contest) if terms is None else terms
    asked = {one.track_id: Asked(tuple(one.stages), one.born_since) for one in rows}
    whom = nominees_of(contest) if nominations is None else nominations
    nominees = nominees_in_full(whom)
    won, births = achievements_of(nominees, contest), births_of(nominees)
    found = []
    for one in nominees:
        track = one.entry.track_id
        mine = [condition for of, condition in conditions if of in (None, track)]
        born_on = born_of(one) or births.get(one.person_id or 0)
        lacks = lacks_of(asked.get(track, Asked()), stage=stage_of_nominee(one), born_on=born_on)
        found.append(Tried(one, won[one.pk], verdict_of(mine, won[one.pk], lacks)))
    return found


def nominees_in_full(nominations: Any) -> list[Nomination]:
    found = nominations.select_related("entry__track", "entry__school__district", "person", "school", "said_by")
    return list(found.prefetch_related("entry__authors", "entry__tutors").order_by("entry__order", "pk"))


def verdict_of(mine: Sequence[Condition], won: Sequence[Achievement], lacks: tuple[str, ...]) -> Verdict:
    """Without a condition for its kind a nominee is eligible as nominated."""
    if not mine:
        return Verdict((ABOUT_NOMINEE, 0), lacks=lacks)
    return verdict(mine, [won_of(one) for one in won], lacks)


def applied_on(contest: Contest) -> date:
    """The day that windows of years are counted back from: applications close; else the day its papers speak from."""
    return (contest.closes_at or contest.as_of).astimezone(contest.tz).date()


def achievements_of(nominees: Collection[Nomination], award: Contest) -> dict[int, list[Achievement]]:
    """By nomination, in a stable order."""
    people, schools = won_by(
        [n.person_id for n in nominees if n.person_id], [n.school_id for n in nominees if n.school_id], award
    )
    return {n.pk: people.get(n.person_id, []) if n.person_id else schools.get(n.school_id or 0, []) for n in nominees}


def counting_for(award: Contest) -> Q:
    """What our own contests gave; and what the office of a county or above has read in or looked at: that of a school's
    contest is no witness, unless for a school's own award."""
    lowest = min(LEVEL_ORDER.index(Level(award.series.level)), LEVEL_ORDER.index(Level.COUNTY))
    levels = LEVEL_ORDER[lowest:]
    return Q(entry__isnull=False, result_list=None, claim=None) | Q(source__series__level__in=levels)


def won_by(
    people: Collection[int], schools: Collection[int], award: Contest
) -> tuple[dict[int, list[Achievement]], dict[int, list[Achievement]]]:
    """By person and by school, in a stable order. A school has won what the authors of its entries have won with them,
    and what its pupils have by published lists and confirmed documents."""
    of_people: dict[int, list[Achievement]] = defaultdict(list)
    of_schools: dict[int, list[Achievement]] = defaultdict(list)
    rows = Achievement.objects.filter(counting_for(award)).order_by("won_on", "contest_name", "pk")
    for one in rows.filter(person__in=people) if people else ():
        of_people[one.person_id].append(one)
    if schools:
        shown = Q(result_list__isnull=False) | Q(claim__isnull=False)
        theirs = Q(entry__school__in=schools) | Q(shown, entry=None, person__school__in=schools)
        for one in rows.filter(theirs, role=AchievementRole.AUTHOR).select_related("entry", "person"):
            school = one.entry.school_id if one.entry else one.person.school_id
            of_schools[school or 0].append(one)
    return of_people, of_schools


def births_of(nominees: Collection[Nomination]) -> dict[int, date]:
    """Birth dates that any entry of the person says."""
    known = Author.objects.filter(person__in=[n.person_id for n in nominees if n.person_id], born_on__isnull=False)
    return dict(known.order_by("pk").values_list("person_id", "born_on"))


def born_of(one: Nomination) -> date | None:
    return next((a.born_on for a in one.entry.authors.all() if a.person_id == one.person_id and a.born_on), None)


def stage_of_nominee(one: Nomination) -> str:
    """As the nomination says it; a school of two stages has none."""
    grades = [a.grade for a in one.entry.authors.all() if a.person_id == one.person_id]
    stages = [t.stage for t in one.entry.tutors.all() if t.person_id == one.person_id]
    return next((found for found in (*map(stage_of, grades), *stages) if found), "")


def condition_of(one: Alternative, day: date) -> Condition:
    """day   on which applications close"""
    since, until = one.since, one.until
    if one.years:
        first = years_before(day, one.years)
        since, until = max(since or first, first), min(until or day, day)
    return Condition(
        order=one.order,
        level=one.level,
        contests=tuple(one.names),
        prize_order=one.prize_order,
        role=one.role,
        first_author_only=one.first_author_only,
        tracks_excluded=tuple(one.tracks_excluded),
        tracks_included=tuple(one.tracks_included),
        since=since,
        until=until,
        kind=one.kind,
    )


def won_of(one: Achievement) -> Won:
    return Won(
        contest=one.contest_name,
        level=one.level,
        prize_order=one.prize_order,
        role=one.role,
        track=one.track_name,
        author_order=one.author_order,
        won_on=one.won_on,
        kind=one.kind,
        is_checked=one.is_checked,
    )


@transaction.atomic
def check_eligibility(*, contest: Contest, by: User | None, at: datetime) -> int:
    """Try the award's rules on what each nominee has won; how many are eligible.

    Who is not eligible does not pass the check, so nothing later can count them; who has become so, passes again. A
    nominee whom the office itself did not admit stays out; one whom it admitted with a reason stays in.
    """
    locked_contest(contest.pk)
    nominees = tried(contest)
    changed: list[Nomination] = []
    moved: dict[str, list[int]] = {EntryState.PASSED: [], EntryState.NOT_PASSED: []}
    for one in nominees:
        nomination, is_eligible = one.nomination, one.found.is_eligible
        if (nomination.is_eligible, nomination.reason) != (is_eligible, one.reason):
            nomination.is_eligible, nomination.reason = is_eligible, one.reason
            changed.append(nomination)
        due = EntryState.PASSED if one.is_in else EntryState.NOT_PASSED
        has_word = nomination.is_admitted or nomination.said_at is not None
        if has_word and nomination.entry.state in moved and nomination.entry.state != due:
            moved[due].append(nomination.entry_id)
    Nomination.objects.bulk_update(changed, ["is_eligible", "reason"])
    for state, entries in moved.items():
        Entry.objects.filter(pk__in=entries).update(state=state)
    for entry in Entry.objects.filter(pk__in=moved[EntryState.PASSED]).select_related("contest", "track"):
        take_part_late(entry, by=by, at=at)
    eligible = Entry.objects.countable().filter(contest=contest).count()
    if changed or any(moved.values()):
        body = {"nominees": len(nominees), "eligible": eligible}
        events.record(contest, "eligibility.checked", contest, by=by, at=at, body=body)
    return eligible


def refuse_fallen_winners(contest: Contest) -> None:
    """An award that rests on this contest is fixed; whoever stands in it still has what it asks for.

    raises   Refused "award-loses-ground"
    """
    refuse_standing(AwardList.objects.filter(contest__belongs_to=contest), contest)


def refuse_fallen(people: Collection[int], schools: Collection[int | None] = ()) -> None:
    """The same for whoever of these people, or of these schools and theirs, stands in any fixed award; asked after
    their achievements were changed.

    raises   Refused "award-loses-results"
    """
    theirs = Person.objects.filter(pk__in=people, school__isnull=False).values("school")
    named = Q(awards__entry__nomination__person__in=people) | Q(awards__entry__nomination__school__in=theirs)
    named |= Q(awards__entry__nomination__school__in=[one for one in schools if one])
    refuse_standing(AwardList.objects.filter(named).distinct(), None)


def refuse_standing(lists: QuerySet[AwardList], contest: Contest | None) -> None:
    fixed = lists.filter(contest__kind=ContestKind.AWARD, state__in=(ListState.LOCKED, ListState.PUBLISHED))
    for award_list in fixed.select_related("contest"):
        nominations = Nomination.objects.filter(entry__in=award_list.awards.values("entry"))
        for one in tried(award_list.contest, nominations=nominations):
            if not one.is_in:
                facts = {"entry": one.nomination.entry.number, "award": award_list.contest}
                if contest is None:
                    raise Refused(Denial("award-loses-results", facts))
                raise Refused(Denial("award-loses-ground", facts | {"contest": contest}))


def has_votes(contest: Contest) -> bool:
    """A round was opened, be it void now: whoever changes rules or lets somebody in may know for whom."""
    return contest.ballots.exists()


@transaction.atomic
def say_of_nominee(
    *, nomination: Nomination, word: bool | None, why: str, by: User, at: datetime, minutes: str = ""
) -> Nomination:
    """The office lets a nominee in or keeps one out whatever the rules say; None: as the rules say again.

    why, minutes   why; and under which minutes, once members have voted
    raises   Refused "word-without-reason", "word-without-minutes", and why the award takes no such word
    """
    contest = locked_contest(nomination.entry.contest_id)
    nomination = Nomination.objects.select_related("entry__contest").get(pk=nomination.pk)
    if denial := why_not_admit(by, nomination, at=at):
        raise Refused(denial)
    if not why.strip():
        raise Refused(Denial("word-without-reason"))
    if not minutes.strip() and has_votes(contest):
        raise Refused(Denial("word-without-minutes", {"contest": contest}))
    nomination.is_admitted = word is not False
    nomination.why, nomination.minutes = (why.strip(), minutes.strip()) if word is not None else ("", "")
    nomination.said_at, nomination.said_by = (at, by) if word is not None else (None, None)
    nomination.save(update_fields=["is_admitted", "why", "minutes", "said_at", "said_by"])
    body = {"entry": nomination.entry.number, "why": contest.mint.commitment(why.strip(), minutes.strip())}
    action = {True: "nominee.admitted", False: "nominee.kept-out", None: "nominee.by-rules"}[word]
    events.record(contest, action, nomination.entry, by=by, at=at, body=body)
    follow_word(nomination, by=by, at=at)
    return nomination


def follow_word(nomination: Nomination, *, by: User, at: datetime) -> None:
    """The entry stands as the word says, once it stands at all: one that is not checked yet waits for its check."""
    [one] = tried(nomination.entry.contest, nominations=Nomination.objects.filter(pk=nomination.pk))
    due = EntryState.PASSED if one.is_in else EntryState.NOT_PASSED
    if nomination.entry.state in (EntryState.PASSED, EntryState.NOT_PASSED) and nomination.entry.state != due:
        move(nomination.entry, due, by=by, at=at)
        if due == EntryState.PASSED:
            take_part_late(nomination.entry, by=by, at=at)
