"""The Mayor's Award: its terms and nominees, what the committee decided, and the list that follows."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from awards.core.ballot import Count, Result, Terms, result, result_of_counts
from awards.core.listcheck import Finding, GroupFacts, HeldFacts
from awards.models import (
    Alternative,
    Award,
    AwardList,
    AwardTerms,
    Ballot,
    Member,
    Nomination,
    Vote,
)
from awards.states import AwardedBy, RoundState
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, Person, School, Track, User
from competition.services.upsert import upsert
from judging.models import Standing, StandingRun

WINNER, NOMINATED = "mayor", "nomination"


@transaction.atomic
def save_terms(*, contest: Contest, terms: Sequence[AwardTerms], by: User | None, at: datetime) -> None:
    fields = [
        "places", "nomination_places", "majority_num", "majority_den", "majority_of", "quorum_num", "quorum_den",
        "stages", "born_since", "money",
    ]  # fmt: skip
    saved = upsert(AwardTerms.objects.filter(track__contest=contest), ["track_id"], terms, fields)
    if saved.has_changes:
        events.record(contest, "terms.saved", contest, by=by, at=at, body={"kinds": len(saved.rows)})


@transaction.atomic
def save_alternatives(*, contest: Contest, alternatives: Sequence[Alternative], by: User | None, at: datetime) -> None:
    """The ways to be eligible, in order."""
    fields = [
        "track_id", "kind", "level", "contest_name", "other_names", "prize_order", "role", "first_author_only",
        "tracks_excluded", "tracks_included", "since", "until", "years",
    ]  # fmt: skip
    saved = upsert(contest.alternatives.all(), ["order"], alternatives, fields)
    if saved.drop_unwanted() or saved.has_changes:
        events.record(contest, "eligibility.saved", contest, by=by, at=at, body={"alternatives": len(saved.rows)})


@transaction.atomic
def save_nominations(
    *,
    contest: Contest,
    nominees: dict[Entry, Person | School],
    admitted: Collection[Entry],
    by: User | None,
    at: datetime,
) -> None:
    """What the office has said of a nominee itself, with its reason, stays."""
    said = dict(
        Nomination.objects.filter(entry__contest=contest, said_at__isnull=False).values_list("entry_id", "is_admitted")
    )
    saved = upsert(
        Nomination.objects.filter(entry__contest=contest),
        ["entry_id"],
        [
            Nomination(
                entry=entry,
                person=subject if isinstance(subject, Person) else None,
                school=subject if isinstance(subject, School) else None,
                is_admitted=said.get(entry.pk, entry in admitted),
            )
            for entry, subject in nominees.items()
        ],
        ["person_id", "school_id", "is_admitted"],
    )
    if saved.has_changes:
        events.record(contest, "nominations.saved", contest, by=by, at=at, body={"nominees": len(nominees)})


@dataclass(frozen=True)
class VoteDetails:
    ballot: int
    member: str
    entry: Entry
    choice: str


@transaction.atomic
def record_votes(*, contest: Contest, votes: Sequence[VoteDetails], by: User | None, at: datetime) -> None:
    """Make these the votes of all ballots. Who casts none of them any more is no member: members are counted.

    Without any votes, and where the committee never voted in the workbook, its members are those named on the web.
    raises   Refused "ballots-on-the-web" where the committee votes in Laurel
    """
    if not votes and not contest.ballots.filter(meeting=None).exists():
        return
    if contest.meetings.exists():
        raise Refused(Denial("ballots-on-the-web", {"contest": contest}))
    mint = contest.mint
    named = dict.fromkeys(vote.member for vote in votes)
    members = upsert(
        contest.members.all(),
        ["name"],
        [Member(contest=contest, name=name, key=mint.key("member", name)) for name in named],
        [],
    )
    ballots = upsert(
        contest.ballots.all(),
        ["round"],
        [Ballot(contest=contest, round=n, key=mint.key("ballot", n)) for n in sorted({v.ballot for v in votes})],
        [],
    )
    saved = upsert(
        Vote.objects.filter(ballot__contest=contest),
        ["ballot_id", "member_id", "entry_id"],
        [
            Vote(ballot=ballots.rows[v.ballot], member=members.rows[v.member], entry=v.entry, choice=v.choice)
            for v in votes
        ],
        ["choice"],
    )
    parts = (saved, members, ballots)
    dropped = sum(part.drop_unwanted() for part in parts)
    if dropped or any(part.has_changes for part in parts):
        body = {"ballots": len(ballots.rows), "members": len(members.rows), "votes": len(votes)}
        events.record(contest, "votes.recorded", contest, by=by, at=at, body=body)


@dataclass(frozen=True)
class KindResult:
    """One kind of winner: what each ballot gave, the winners in order, who is tied at the last place.

    rounds   the number of each ballot in the award
    """

    track: Track
    terms: AwardTerms
    ballots: tuple[Result, ...]
    winners: tuple[str, ...]
    held: tuple[str, ...]
    nominated: tuple[str, ...]
    rounds: tuple[int, ...]


def kind_results(contest: Contest, run: StandingRun) -> list[KindResult]:
    """Reads only; the list check asks again."""
    standings = {one.entry.number: one for one in run.standings.select_related("entry")}
    return [
        kind_result(contest, track, standings)
        for track in contest.tracks.select_related("terms")
        if hasattr(track, "terms")
    ]


def kind_result(contest: Contest, track: Track, standings: dict[str, Standing]) -> KindResult:
    """Ballot after ballot, each over those who are not yet elected, until the places are filled."""
    terms = track.terms
    entries = Entry.objects.countable().filter(contest=contest, track=track)
    ranks = {e.number: rank for e in entries if (one := standings.get(e.number)) and (rank := one.rank)}
    rules, members = rules_of(terms), members_of(contest)
    winners: list[str] = []
    held: tuple[str, ...] = ()
    results, rounds = [], []
    for ballot in contest.ballots.filter(state=RoundState.CLOSED):
        left = [number for number in ranks if number not in winners]
        outcome = outcome_of(ballot, left, ranks, members, rules, terms.places - len(winners))
        if outcome is None:
            continue
        results.append(outcome)
        rounds.append(ballot.round)
        winners += outcome.winners
        is_still_open = len(winners) < terms.places and not set(held) & {one.nominee for one in outcome.tallies}
        held = outcome.held or (held if is_still_open else ())
    nominated = tuple(nominees_next(results, ranks, winners, terms.nomination_places))
    return KindResult(track, terms, tuple(results), tuple(winners), held, nominated, tuple(rounds))


def rules_of(terms: AwardTerms) -> Terms:
    return Terms(
        terms.places,
        Fraction(terms.majority_num, terms.majority_den),
        terms.majority_of,
        Fraction(terms.quorum_num, terms.quorum_den),
    )


def members_of(contest: Contest) -> int:
    """Who is entitled to vote: as the workbook says, or those who are named; never fewer than these."""
    return max(contest.settings.get("members") or 0, contest.members.count())


def outcome_of(
    ballot: Ballot, left: Sequence[str], ranks: dict[str, int], members: int, rules: Terms, places: int
) -> Result | None:
    """Of those who are left; None where the round was not about them. A round in a meeting rests on its counts."""
    if ballot.meeting_id is None:
        votes = votes_of(ballot, left)
        return result(votes, ranks, members, rules, places) if votes else None
    counts = counts_of(ballot, left)
    return result_of_counts(counts, ballot.present, ranks, members, rules, places) if counts else None


def counts_of(ballot: Ballot, numbers: Sequence[str]) -> dict[str, Count]:
    rows = ballot.counts.filter(entry__number__in=numbers).select_related("entry")
    return {one.entry.number: Count(one.yes, one.no, one.abstain, one.recused) for one in rows}


def votes_of(ballot: Ballot, numbers: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = ballot.votes.filter(entry__number__in=numbers)
    for number, member, choice in rows.values_list("entry__number", "member__key", "choice"):
        found.setdefault(number, {})[member] = choice
    return found


def nominees_next(results: Sequence[Result], ranks: dict[str, int], winners: Sequence[str], number: int) -> list[str]:
    """Who has no place: those who passed first, by votes and then by the experts; then by the experts' ranking alone.

    Only those who were voted on. All who are tied with the last of `number` are taken.
    source   docs/rulebook.md "The committee's ballot"
    """
    places: dict[str, tuple[int, int, int]] = {}
    for ballot in results:
        for one in ballot.tallies:
            if one.nominee not in winners:
                has_passed = ballot.has_quorum and one.has_passed
                places[one.nominee] = (0, -one.yes, ranks[one.nominee]) if has_passed else (1, 0, ranks[one.nominee])
    ordered = sorted(places, key=lambda nominee: (places[nominee], nominee))
    if not number or not ordered:
        return []
    last = places[ordered[min(number, len(ordered)) - 1]]
    return [nominee for nominee in ordered if places[nominee] <= last]


@transaction.atomic
def propose_winners(*, contest: Contest, run: StandingRun, by: User | None, at: datetime) -> AwardList:
    """The list that the ballots give."""
    from awards.services.proposals import save_list

    return save_list(contest, winners_due(contest, run), plan=None, run=run, by=by, at=at)


def winners_due(contest: Contest, run: StandingRun) -> list[Award]:
    """Not yet saved; the list check asks for it again. Whom a body above the committee struck is left out, and nobody
    moves up: places stay as the ballots gave them."""
    entries = {entry.number: entry for entry in contest.entries.all()}
    awards: list[Award] = []
    struck = struck_numbers(contest)
    for kind in kind_results(contest, run):
        for place, number in enumerate(kind.winners, 1):
            awards.append(winner(contest, entries[number], WINNER, 1, place))
        awards += [winner(contest, entries[number], NOMINATED, 2, None) for number in kind.nominated]
    return [one for one in awards if one.entry.number not in struck]


def struck_numbers(contest: Contest) -> set[str]:
    """Until the decision that says so is withdrawn, whatever list comes after."""
    return {number for struck in contest.resolutions.standing().values_list("struck", flat=True) for number in struck}


def winner(contest: Contest, entry: Entry, code: str, order: int, place: int | None) -> Award:
    title_zh, title_en = contest.settings.get("title", "市长奖"), contest.settings.get("title_en", "Mayor's Award")
    if code == NOMINATED:
        title_zh, title_en = f"{title_zh}提名奖", f"{title_en} (nomination prize)"
    by = AwardedBy.COMMITTEE if code == WINNER else AwardedBy.PLAN
    return Award(entry=entry, code=code, label_zh=title_zh, label_en=title_en, order=order, place=place, by=by)


def over_total(contest: Contest, standing: AwardList) -> Iterator[Finding]:
    """More winners of all kinds than the rules have places in all."""
    most = contest.settings.get("places_in_all")
    found = standing.awards.filter(code=WINNER).count()
    if most and found > most:
        yield Finding("over-total", "", {"found": found, "places": most})


def mayor_groups(contest: Contest) -> tuple[list[GroupFacts], list[Finding]]:
    """For the list check: the places of each kind, ties at the last place, ballots without a quorum."""
    standing = contest.award_lists.standing().first()
    if standing is None or standing.run is None:
        return [], []
    groups, findings = [], list(over_total(contest, standing))
    for ballot in contest.ballots.filter(state=RoundState.OPEN):
        findings.append(Finding("round-open", "", {"round": ballot.round}))
    given = Counter((a.entry.track_id, a.code) for a in standing.awards.select_related("entry"))
    for kind in kind_results(contest, standing.run):
        name = str(kind.track)
        left = kind.terms.places - len(kind.winners)
        groups.append(
            GroupFacts(
                name,
                {WINNER: kind.terms.places, NOMINATED: len(kind.nominated)},
                {code: given[kind.track.pk, code] for code in (WINNER, NOMINATED)},
                (HeldFacts(kind.held, {WINNER: left}, {}),) if kind.held else (),
            )
        )
        for number, outcome in enumerate(kind.ballots, 1):
            if not outcome.has_quorum:
                findings.append(Finding("no-quorum", "", {"group": name, "ballot": number}))
    return groups, findings
