"""One workbook in, everything out: the main job, the same for the command, the demo and the web."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from awards.models import AwardList
from awards.outputs.changes import Change, changes, look
from awards.outputs.files import output_files
from awards.outputs.unprintable import denial_of
from awards.pdf import DoesNotFit, GlyphMissing
from awards.services.dry_run import DryRun, is_shown_first, outlook_since_list, run_from
from awards.services.running import Outcome, run_all
from awards.workbook.book import Book
from awards.workbook.checks import problems_of
from awards.workbook.loading import Loaded, load_workbook
from awards.workbook.loading.workbook import moment_of
from awards.workbook.spec import SHEETS
from competition.core.reading import Problem, Reading, read_workbook
from competition.core.tokens import Mint
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.contests import edition_words, remember_input
from judging.models import Rubric

KEYLESS = b"laurel without a key: "


@dataclass
class Played:
    """How it went. `changes` is empty on the first run; `files` by name; `run`: who moves, where people look first."""

    problems: list[Problem] = field(default_factory=list)
    outcome: Outcome | None = None
    contest: Contest | None = None
    changes: list[Change] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    is_applied: bool = False
    input_digest: str = ""
    run: DryRun | None = None

    @property
    def changes_anything(self) -> bool:
        return bool(self.changes) or (self.run is not None and not self.run.comparison.moves_nothing)

    @property
    def lists(self) -> list[AwardList]:
        return self.outcome.lists if self.outcome else []


class TakenBack(Exception):
    """Leaves the transaction without a trace: a rehearsal, or a change that nobody wanted."""


def play(
    data: bytes,
    *,
    key: bytes | None,
    by: User | None,
    agree: Callable[[Played], bool],
    is_rehearsal: bool = False,
    must_be_same_key: bool = False,
    until_proposal: bool = False,
    at: datetime | None = None,
) -> Played:
    """Read, check, load, judge, award and print a workbook, whole or not at all.

    data          the file's bytes
    key           secret for tokens and salts, at least 16 bytes; None: no verification codes
    agree         asked before a change to a contest that is here already
    is_rehearsal  everything happens and is taken back
    must_be_same_key  refuse a contest that is here under another key; else its own secret goes on
    until_proposal    stop at the proposed list: people look at it before it is locked and published
    at            when this happens; the workbook's own moment where a run must give the same bytes again
    raises        Refused
    """
    reading = read_workbook(data, SHEETS)
    played = Played(problems=problems_of(reading), input_digest=reading.digest)
    if played.problems:
        return played
    mint = Mint(key if key is not None else KEYLESS + reading.digest.encode())
    try:
        with transaction.atomic():
            refuse_other_key(reading, mint, has_key=key is not None, is_strict=must_be_same_key)
            play_inside(reading, played, mint, has_key=key is not None, by=by, until_proposal=until_proposal, at=at)
            is_wanted = not played.changes_anything or agree(played)
            if is_rehearsal or not is_wanted:
                raise TakenBack
            played.is_applied = True
    except TakenBack:
        pass
    return played


def play_inside(
    reading: Reading,
    played: Played,
    mint: Mint,
    *,
    has_key: bool,
    by: User | None,
    until_proposal: bool,
    at: datetime | None,
) -> None:
    now = at or moment_of(Book(reading))
    known = Contest.objects.filter(input_digest=reading.digest, belongs_to=None).first()
    existing = known or same_edition(reading)
    refuse_measured(existing)
    before = look(family(existing)) if existing else None
    outlook = None
    if until_proposal and existing is not None and is_shown_first(existing):
        outlook = outlook_since_list(existing, by=by, at=now)
    if known:
        loaded = loaded_before(known)
    else:
        if existing:
            mint = Mint(bytes(existing.secret)) if not has_key else mint
            has_key = existing.has_verification
        loaded = load_workbook(reading, mint=mint, has_verification=has_key, by=by, at=now)
        remember_input(contest=loaded.contest, digest=reading.digest, by=by, at=now)
    played.contest = loaded.contest
    played.outcome = run_all(
        contest=loaded.contest,
        delegations=loaded.delegations,
        award=loaded.award,
        by=by,
        at=at or loaded.contest.as_of,
        until_proposal=until_proposal,
    )
    if before is not None:
        played.changes = changes(before, look(family(loaded.contest)))
    if outlook is not None:
        played.run = run_from(outlook, loaded.contest, by=by, at=now)
    played.files = printed(played)


def printed(played: Played) -> dict[str, bytes]:
    """The files; a character that cannot be printed stops the run before anything is stored."""
    if played.outcome is None or played.contest is None:
        return {}
    try:
        return output_files(played.contest, played.outcome, played.input_digest)
    except (GlyphMissing, DoesNotFit) as fault:
        raise Refused(denial_of(fault)) from fault


def same_edition(reading: Reading) -> Contest | None:
    """The contest here that the workbook is a newer word on."""
    record = Book(reading).record("contest")
    if record is None:
        return None
    return Contest.objects.filter(
        series__label_zh=record["series"] or record["name"],
        year=record["year"] or record["as_of"].year,
        ordinal=record["ordinal"],
    ).first()


def refuse_measured(existing: Contest | None) -> None:
    """A workbook is the whole contest, and it holds no attempts: loading one would leave them out without a word."""
    rubrics = Rubric.objects.measured().filter(round__contest=existing).order_by("track__order") if existing else ()
    if tracks := list(dict.fromkeys(one.track.label for one in rubrics)):
        raise Refused(Denial("workbook-measured", {"contest": existing, "tracks": ", ".join(tracks)}))


def refuse_other_key(reading: Reading, mint: Mint, *, has_key: bool, is_strict: bool) -> None:
    """In a folder of its own a contest keeps its key: codes already printed must go on checking."""
    existing = same_edition(reading)
    if existing is None or not is_strict:
        return
    is_other = has_key and bytes(existing.secret) != mint.bytes("secret", *edition_of(existing))
    if is_other or existing.has_verification != has_key:
        raise Refused(Denial("other-key", {"contest": existing}))


def edition_of(contest: Contest) -> tuple[str, str, int, int | None]:
    return edition_words(contest.series.label_zh, contest.year, contest.ordinal)


def family(contest: Contest) -> list[Contest]:
    """The contest with its delegations and its award."""
    return [contest, *contest.companions.order_by("pk")]


def loaded_before(contest: Contest) -> Loaded:
    companions = list(contest.companions.order_by("pk"))
    return Loaded(
        contest,
        tuple(one for one in companions if hasattr(one, "delegation")),
        next((one for one in companions if one.kind == "award"), None),
    )
