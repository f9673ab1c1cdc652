"""Prizes decided elsewhere, without marks: typed in under the scanned minutes that say them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from awards.access import why_not_keep_minutes
from awards.models import TrackMinutes
from awards.prizes import BY_CODE, Prize
from awards.services.plans import save_decisions
from awards.services.proposals import propose_awards
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, StoredFile, Track, User
from competition.services.locks import locked_contest
from competition.states import ContestState
from judging.services.standings import compute_standings

Given = Mapping[str, str]  # the key of an entry -> the code of its prize, "" for none


@dataclass(frozen=True)
class SaidInMinutes:
    """What minutes say of a track. Who stands not in `given` has no prize."""

    name: str
    given: Given

    @property
    def prizes(self) -> dict[str, str]:
        return {key: code for key, code in self.given.items() if code}


def minutes_in_force(track: Track) -> TrackMinutes | None:
    return TrackMinutes.objects.filter(track=track).select_related("paper").order_by("-version").first()


def version_of(latest: TrackMinutes | None) -> int:
    return latest.version if latest else 0


def entries_by_minutes(track: Track) -> list[Entry]:
    """Those that count, in their order."""
    return list(Entry.objects.countable().filter(track=track).order_by("order"))


def given_now(track: Track) -> dict[str, str]:
    """What stands: entry -> code of its prize, of those that have one."""
    rows = track.contest.decisions.filter(entry__track=track).exclude(code="")
    return dict(rows.values_list("entry__key", "code"))


@transaction.atomic
def save_minutes(
    *,
    track: Track,
    said: SaidInMinutes,
    base: int,
    by: User,
    at: datetime,
    paper: StoredFile | None = None,
) -> TrackMinutes:
    """The prizes of a track as minutes say them, as their next version; a list that is proposed follows.

    base     the version that was looked at, 0 where there was none
    paper    the signed minutes as a scan; None: that of the version before
    raises   Refused "minutes-changed", "minutes-without-name", "minutes-without-scan", "minutes-of-others",
             and why the contest takes none
    """
    track.contest = contest = locked_contest(track.contest_id)
    if denial := why_not_keep_minutes(by, track, at=at):
        raise Refused(denial)
    latest = minutes_in_force(track)
    if version_of(latest) != base:
        raise Refused(Denial("minutes-changed", {"track": track.label}))
    if not said.name.strip():
        raise Refused(Denial("minutes-without-name", {"track": track.label}))
    scan = paper or (latest.paper if latest else None)
    if scan is None:
        raise Refused(Denial("minutes-without-scan", {"track": track.label}))
    if latest and (latest.name, latest.paper_id, given_now(track)) == (said.name.strip(), scan.pk, said.prizes):
        return latest
    version = base + 1
    made = TrackMinutes.objects.create(
        key=contest.mint.key("minutes", track.code, version), track=track, version=version, name=said.name.strip(),
        paper=scan, made_at=at, by=by,
    )  # fmt: skip
    body = {"track": track.code, "version": version, "sha256": scan.sha256, "prizes": len(said.prizes),
            "why": contest.mint.commitment(made.name)}  # fmt: skip
    events.record(contest, "minutes.saved", made, by=by, at=at, body=body)
    give_by_minutes(track=track, said=said, by=by, at=at)
    return made


@transaction.atomic
def give_by_minutes(*, track: Track, said: SaidInMinutes, by: User, at: datetime) -> None:
    """The decisions alone, and the draft list that follows from them: what a dry run does too, before there is a scan.

    raises   Refused "minutes-of-others" on an entry that does not count in this track, and why the contest takes none
    """
    track.contest = contest = locked_contest(track.contest_id)
    if denial := why_not_keep_minutes(by, track, at=at):
        raise Refused(denial)
    entries = {entry.key: entry for entry in entries_by_minutes(track)}
    if unknown := [key for key in said.prizes if key not in entries]:
        raise Refused(Denial("minutes-of-others", {"track": track.label, "number": len(unknown)}))
    decisions: dict[Entry, tuple[Prize | None, str]] = {
        entries[key]: (BY_CODE[code], said.name.strip()) for key, code in said.prizes.items()
    }
    save_decisions(contest=contest, decisions=decisions, by=by, at=at, among=all_of(track))
    follow(contest, by=by, at=at)


def all_of(track: Track) -> Collection[Entry]:
    """Also those that count no more: their old decisions go."""
    return list(track.entries.all())


def follow(contest: Contest, *, by: User, at: datetime) -> None:
    """A list that is proposed already is proposed anew."""
    if contest.state == ContestState.DECISION and contest.award_lists.standing().exists():
        has_marks = contest.tracks.filter(is_by_minutes=False).exists()
        run = compute_standings(contest=contest, by=by, at=at) if has_marks else None
        propose_awards(contest=contest, run=run, by=by, at=at)


def minutes_named(contest: Contest, subjects: Collection[str]) -> dict[str, str]:
    """The names of the minutes among these subjects of events, for who reads the log."""
    rows = TrackMinutes.objects.filter(track__contest=contest)
    return {name: one.name for one in rows if (name := events.name_of(one)) in subjects}
