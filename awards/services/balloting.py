"""Rounds of the committee's ballot: opened for those who have no place yet, voted on paper or on phones, closed once.

What a secret round keeps is who took part, and sums. See docs/adr/0010-secret-ballots.md.
"""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from awards.access import why_not_open_round, why_not_run_round, why_not_vote
from awards.core.ballot import least_votes
from awards.core.voting import Fault, Paper, choice_faults, most_names, next_nominees, paper_faults
from awards.models import Ballot, BallotCount, Meeting, Vote, Voter
from awards.services.eligibility import tried
from awards.services.mayor import KindResult, kind_result, members_of, rules_of
from awards.services.meetings import refuse_while_open
from awards.states import ROUND_MOVES, Choice, RoundState, RoundWay, Runoff
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, Track, User
from competition.services.locks import locked_contest
from competition.states import EntryState
from judging.models import StandingRun
from judging.services.standings import stale_standings


@dataclass(frozen=True)
class Outlook:
    """What a round of this kind would be: who stands, and how many a ballot may name."""

    kind: KindResult
    nominees: tuple[str, ...]
    cap: int


def latest_run(contest: Contest) -> StandingRun | None:
    """The standings that decide between equal votes: those of the list that stands, else the newest."""
    standing = contest.award_lists.standing().first()
    run: StandingRun | None = contest.standing_runs.order_by("-pk").first()
    return (standing.run if standing else None) or run


def outlook(contest: Contest, track: Track) -> Outlook | None:
    """None without standings, or where the award's terms do not know this kind."""
    run = latest_run(contest)
    if run is None or not hasattr(track, "terms"):
        return None
    standings = {one.entry.number: one for one in run.standings.select_related("entry")}
    kind = kind_result(contest, track, standings)
    entries = Entry.objects.countable().filter(contest=contest, track=track)
    ranks = {one.number: rank for one in entries if (row := standings.get(one.number)) and (rank := row.rank)}
    left = [number for number in ranks if number not in kind.winners]
    places = track.terms.places - len(kind.winners)
    rule = contest.settings.get("ballot_runoff", Runoff.ALL)
    last = kind.ballots[-1] if kind.ballots else None
    nominees = next_nominees(left, ranks, last, kind.held, places, rule)
    return Outlook(kind, tuple(nominees), most_names(places, len(nominees)))


@transaction.atomic
def open_round(*, meeting: Meeting, track: Track, way: str, is_drawn: bool, by: User, at: datetime) -> Ballot:
    """Over those who have no place yet, for all who are there now: the roll, the nominees and the cap are fixed.

    is_drawn   nominees stand on the ballot in an order that is drawn, not in that of the experts
    raises     Refused "meeting-over", "round-is-open", "no-standing", "nobody-left", "quorum-missing"
    """
    contest = locked_contest(meeting.contest_id)
    if denial := why_not_open_round(by, contest, at=at):
        raise Refused(denial)
    refuse_while_open(meeting)
    found = outlook(contest, track)
    if found is None:
        raise Refused(Denial("no-standing", {"contest": contest}))
    refuse_stale(contest, track)
    if not found.nominees:
        raise Refused(Denial("nobody-left", {"track": track.label}))
    attendees = list(meeting.attendees.select_related("member"))
    refuse_few(contest, track, len(attendees))
    number = contest.ballots.count() + 1
    ballot = Ballot.objects.create(
        contest=contest, round=number, key=contest.mint.key("ballot", number), meeting=meeting, track=track,
        state=RoundState.OPEN, way=RoundWay(way), is_secret=not contest.settings.get("ballot_open"), cap=found.cap,
        present=len(attendees), opened_at=at, opened_by=by,
    )  # fmt: skip
    recused = Counter(nominee for one in attendees for nominee in one.recused)
    BallotCount.objects.bulk_create(
        BallotCount(ballot=ballot, entry=entry, position=position, recused=recused[entry.number])
        for position, entry in enumerate(in_order(ballot, found.nominees, is_drawn=is_drawn), 1)
    )
    Voter.objects.bulk_create(
        Voter(ballot=ballot, member=one.member, recused=[name for name in one.recused if name in found.nominees])
        for one in attendees
    )
    body = {
        "round": number, "track": track.code, "way": ballot.way, "is_secret": ballot.is_secret, "cap": ballot.cap,
        "present": ballot.present, "nominees": [one.entry.number for one in ballot.counts.select_related("entry")],
    }  # fmt: skip
    events.record(contest, "ballot.opened", ballot, by=by, at=at, body=body)
    return ballot


def refuse_stale(contest: Contest, track: Track) -> None:
    """Nobody is left off a ballot, or put on one, by what was known when the list was proposed last.

    raises   Refused "nominees-changed": who may stand, or how the experts rank them, is not what the list goes by
    """
    nominees = [one for one in tried(contest) if one.nomination.entry.track_id == track.pk]
    entered = [(one.nomination.entry, one.is_in) for one in nominees]
    moved = [
        entry for entry, is_in in entered if entry.state == (EntryState.NOT_PASSED if is_in else EntryState.PASSED)
    ]
    run = latest_run(contest)
    ranked = set(run.standings.filter(rank__isnull=False).values_list("entry", flat=True)) if run else set()
    standing = Entry.objects.countable().filter(contest=contest, track=track)
    unranked = [entry for entry in standing if entry.pk not in ranked]
    stale = set(stale_standings(run)) & {entry.number for entry in standing} if run else set()
    if changed := sorted({*(one.number for one in [*moved, *unranked]), *stale}):
        raise Refused(Denial("nominees-changed", {"entries": "、".join(changed[:5])}))


def refuse_few(contest: Contest, track: Track, present: int) -> None:
    needed = least_votes(members_of(contest), rules_of(track.terms).quorum)
    if present < max(needed, 1):
        raise Refused(Denial("quorum-missing", {"present": present, "needed": needed, "track": track.label}))


def in_order(ballot: Ballot, numbers: tuple[str, ...], *, is_drawn: bool) -> list[Entry]:
    """As given, or drawn: under the contest's secret, so that the same round is always drawn alike."""
    found = {one.number: one for one in Entry.objects.filter(contest=ballot.contest, number__in=numbers)}
    order = list(numbers)
    if is_drawn:
        random.Random(ballot.contest.mint.key("order", ballot.round)).shuffle(order)
    return [found[number] for number in order]


def locked_round(ballot: Ballot) -> Ballot:
    """Who votes and who closes wait for each other."""
    rows = Ballot.objects.select_for_update(of=("self",)).select_related("contest", "track", "meeting")
    return rows.get(pk=ballot.pk)


@transaction.atomic
def cast_ballot(*, ballot: Ballot, choices: Mapping[str, str], by: User, at: datetime) -> None:
    """One member's ballot, once. The event says who took part; of what was chosen only sums are kept.

    choices   number of the nominee -> "yes", "no", "abstain", for all but those on whom the member does not vote
    raises    Refused "voted-already", "ballot-closed", "vote-over-cap", "vote-incomplete", "vote-unknown"
    """
    ballot = locked_round(ballot)
    if denial := why_not_vote(by, ballot, at=at):
        raise Refused(denial)
    voter = ballot.roll.select_related("member").get(member__user=by)
    counts = list(ballot.counts.select_related("entry"))
    due = [one.entry.number for one in counts if one.entry.number not in voter.recused]
    if faults := choice_faults(choices, due, ballot.cap):
        raise Refused(Denial(faults[0].code, faults[0].facts))
    if not takes_turn(voter):
        raise Refused(Denial("voted-already", {"round": ballot.round}))
    for one in counts:
        if one.entry.number in due:
            add(one, choices[one.entry.number])
    if not ballot.is_secret:
        keep_named(ballot, voter, counts, choices)
    events.record(ballot.contest, "ballot.cast", ballot, by=by, at=at, body={"round": ballot.round})


def takes_turn(voter: Voter) -> bool:
    """Compare and swap: of two devices of one member, one gets it."""
    return bool(Voter.objects.filter(pk=voter.pk, has_voted=False).update(has_voted=True))


def add(count: BallotCount, choice: str) -> None:
    name = str(Choice(choice).value)
    BallotCount.objects.filter(pk=count.pk).update(**{name: F(name) + 1})


def keep_named(ballot: Ballot, voter: Voter, counts: list[BallotCount], choices: Mapping[str, str]) -> None:
    """An open ballot: who voted how, shown once the round is closed."""
    Vote.objects.bulk_create(
        Vote(
            ballot=ballot,
            member=voter.member,
            entry=one.entry,
            choice=Choice.RECUSED if one.entry.number in voter.recused else choices[one.entry.number],
        )
        for one in counts
    )


@transaction.atomic
def record_paper(*, ballot: Ballot, paper: Paper, by: User, at: datetime) -> None:
    """What scrutineers and tellers counted. It may be put right until the round is closed.

    raises   Refused "ballot-closed", "round-on-phones", or the first thing that does not add up; the denial's field
             names where
    """
    ballot = open_round_for(ballot, by=by, at=at)
    if ballot.way != RoundWay.PAPER:
        raise Refused(Denial("round-on-phones", {"round": ballot.round}))
    counts = list(ballot.counts.select_related("entry"))
    said = {one.entry.number: one.recused for one in counts}
    if {name: count.recused for name, count in paper.counts.items()} != said:
        raise Refused(Denial("vote-incomplete"))
    for fault in paper_faults(paper, ballot.present, ballot.cap):
        raise Refused(denial_of(fault))
    for one in counts:
        found = paper.counts[one.entry.number]
        one.yes, one.no, one.abstain = found.yes, found.no, found.abstain
    BallotCount.objects.bulk_update(counts, ["yes", "no", "abstain"])
    Ballot.objects.filter(pk=ballot.pk).update(
        issued=paper.issued, returned=paper.returned, valid=paper.valid, invalid=paper.invalid,
        invalid_why={name: number for name, number in paper.invalid_why.items() if number},
    )  # fmt: skip
    ballot.refresh_from_db()
    body = {"round": ballot.round, "content": digest(round_line(ballot))}
    events.record(ballot.contest, "ballot.counted", ballot, by=by, at=at, body=body)


def denial_of(fault: Fault) -> Denial:
    denial = Denial(fault.code, fault.facts)
    return Denial(fault.code, fault.facts, fields={fault.where: denial.message})


def open_round_for(ballot: Ballot, *, by: User, at: datetime) -> Ballot:
    ballot = locked_round(ballot)
    if denial := why_not_run_round(by, ballot, at=at) or why_not_open_round(by, ballot.contest, at=at):
        raise Refused(denial)
    if ballot.state != RoundState.OPEN:
        raise Refused(Denial("ballot-closed", {"round": ballot.round}))
    return ballot


@transaction.atomic
def close_round(*, ballot: Ballot, by: User, at: datetime) -> Ballot:
    """From now on nothing of it changes: the database keeps it so.

    raises   Refused "ballot-closed", "round-not-counted" on paper, "round-empty" on phones
    """
    ballot = open_round_for(ballot, by=by, at=at)
    fields: dict[str, Any] = {"state": RoundState.CLOSED, "closed_at": at}
    if ballot.way == RoundWay.PHONE:
        voted = ballot.roll.filter(has_voted=True).count()
        if not voted:
            raise Refused(Denial("round-empty", {"round": ballot.round}))
        fields |= {"issued": ballot.present, "returned": voted, "valid": voted, "invalid": 0}
    elif ballot.returned is None:
        raise Refused(Denial("round-not-counted", {"round": ballot.round}))
    refuse_short(ballot, fields.get("returned", ballot.returned) or 0)
    moved(ballot, fields)
    body = {"round": ballot.round, "content": digest(round_line(ballot))}
    events.record(ballot.contest, "ballot.closed", ballot, by=by, at=at, body=body)
    return ballot


def refuse_short(ballot: Ballot, returned: int) -> None:
    """A quorum takes part, not only sits there: one ballot of five elects nobody."""
    track = ballot.track
    if track is None:
        return
    needed = least_votes(members_of(ballot.contest), rules_of(track.terms).quorum)
    if returned < needed:
        raise Refused(Denial("round-short", {"returned": returned, "needed": needed, "round": ballot.round}))


def moved(ballot: Ballot, fields: Mapping[str, Any]) -> None:
    """Compare and swap by the table of moves."""
    if fields["state"] not in ROUND_MOVES[ballot.state]:
        raise Refused(Denial("ballot-closed", {"round": ballot.round}))
    if not Ballot.objects.filter(pk=ballot.pk, state=ballot.state).update(**fields):
        raise Refused(Denial("changed-meanwhile", {"thing": ballot}))
    ballot.refresh_from_db()


@transaction.atomic
def void_round(*, ballot: Ballot, reason: str, by: User, at: datetime) -> None:
    """作废: it decides nothing and is kept. Only the last round: later ones rest on those before.

    raises   Refused "void-without-reason", "void-not-last", "round-void"
    """
    contest = locked_contest(ballot.contest_id)
    ballot = locked_round(ballot)
    if denial := why_not_run_round(by, ballot, at=at) or why_not_open_round(by, contest, at=at):
        raise Refused(denial)
    if ballot.state == RoundState.VOID:
        raise Refused(Denial("round-void", {"round": ballot.round}))
    if not reason.strip():
        raise Refused(Denial("void-without-reason", {"round": ballot.round}))
    later = contest.ballots.filter(round__gt=ballot.round).exclude(state=RoundState.VOID)
    if later.exists():
        raise Refused(Denial("void-not-last", {"round": ballot.round}))
    if ballot.state == RoundState.OPEN and ballot.way == RoundWay.PHONE:
        forget_choices(ballot)
    moved(ballot, {"state": RoundState.VOID, "voided_at": at, "void_reason": reason.strip()})
    body = {"round": ballot.round, "why": contest.mint.commitment(reason.strip())}
    events.record(contest, "ballot.voided", ballot, by=by, at=at, body=body)


def forget_choices(ballot: Ballot) -> None:
    """Sums of the few who had voted would tell how they voted, and nothing needs them."""
    ballot.counts.update(yes=0, no=0, abstain=0)
    ballot.votes.all().delete()


def round_line(ballot: Ballot) -> dict[str, Any]:
    """A round as the log commits to it and a bundle tells it: sums, and of no member anything."""
    return {
        "ballot": ballot.round,
        "track": ballot.track.code if ballot.track else "",
        "way": ballot.way,
        "is_secret": ballot.is_secret,
        "cap": ballot.cap,
        "present": ballot.present,
        "issued": ballot.issued,
        "returned": ballot.returned,
        "valid": ballot.valid,
        "invalid": ballot.invalid,
        "counts": [
            [one.entry.number, one.yes, one.no, one.abstain, one.recused]
            for one in ballot.counts.select_related("entry").order_by("entry__number")
        ],
    }


def round_lines(contest: Contest) -> list[dict[str, Any]]:
    """Of every round that counts."""
    rows = contest.ballots.filter(state=RoundState.CLOSED).exclude(meeting=None).select_related("track")
    return [round_line(one) for one in rows]
