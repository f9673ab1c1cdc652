"""The day board of a contest put together: where it stands, what is next, what is wrong."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.access import running_check
from awards.models import AwardList
from awards.selectors import CertificateCounts, certificate_counts, list_that_stands
from awards.services.lists import check_list, finding_sentence
from awards.states import ListState
from competition.access import moment, why_not_open_for_entries
from competition.models import Contest
from competition.selectors import TrackCounts, counts_by_track, states_in
from competition.states import ContestKind, ContestState, EntryState
from competition.wording import in_a_row
from judging.selectors import SheetCounts, sheet_counts

WAITING = (EntryState.DRAFT, EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.RETURNED)
DECIDED = (ContestState.LOCKED, ContestState.PUBLISHED)


@dataclass(frozen=True)
class Step:
    """One step of the bar; `state` is done, now, next, waiting or blocked."""

    label: str
    state: str
    count: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Action:
    """Something to do: a link where `is_post` is False; `heading` makes it ask first."""

    label: str
    url: str
    text: str = ""
    heading: str = ""
    is_post: bool = True


@dataclass
class Board:
    """Facts of one contest; every number is read once."""

    contest: Contest
    tracks: list[TrackCounts] = field(init=False)
    sheets: SheetCounts = field(init=False)
    certificates: CertificateCounts = field(init=False)
    award_list: AwardList | None = field(init=False)

    def __post_init__(self) -> None:
        self.tracks = counts_by_track(self.contest)
        self.sheets = sheet_counts(self.contest)
        self.certificates = certificate_counts(self.contest)
        self.award_list = list_that_stands(self.contest)

    @cached_property
    def findings(self) -> list[str]:
        return [finding_sentence(one) for one in check_list(self.award_list)] if self.award_list else []

    @property
    def totals(self) -> list[tuple[str, str, int]]:
        return states_in(self.tracks)

    @property
    def entries(self) -> int:
        return sum(one.total for one in self.tracks)

    def in_state(self, *states: str) -> int:
        return sum(number for state, _, number in self.totals if state in states)

    @property
    def is_award(self) -> bool:
        return self.contest.kind == ContestKind.AWARD

    @cached_property
    def is_delegation(self) -> bool:
        return hasattr(self.contest, "delegation")

    @property
    def needs_marks(self) -> bool:
        return any(not one.track.is_by_minutes for one in self.tracks)

    @property
    def waits_for(self) -> Contest | None:
        """An award rests on the prizes of its contest: before those are fixed nobody is eligible."""
        below = self.contest.belongs_to
        return below if self.is_award and below is not None and below.state not in DECIDED else None

    @cached_property
    def lacks_certificates(self) -> bool:
        if self.is_delegation or self.award_list is None:
            return False
        is_due = self.award_list.awards.exists() or self.award_list.recognitions.exists()
        return is_due and (not self.certificates.valid or bool(self.certificates.stale))

    def url(self, name: str, **query: str) -> str:
        return reverse(name, args=[self.contest.key], query=query or None)


def next_action(board: Board) -> Action | None:
    """The one thing to do now; None where everything is done."""
    if board.contest.state == ContestState.ENTRY:
        return while_open(board)
    if not board.entries and board.contest.state == ContestState.SETUP and not board.is_award:
        text = _("There are no entries yet: set it up and open it for schools, or upload a workbook.")
        return Action(_("Set it up"), board.url("setup"), text, is_post=False)
    if not board.entries:
        return Action(_("Upload a workbook"), reverse("upload"), _("There are no entries yet."), is_post=False)
    if board.contest.state in DECIDED:
        return after_lock(board)
    if board.waits_for:
        label = _("Open %(contest)s") % {"contest": board.waits_for.label}
        text = _("This award counts the prizes of that contest, so its list has to be locked first.")
        return Action(label, reverse("board", args=[board.waits_for.key]), text, is_post=False)
    return before_marks(board) or before_lock(board)


def while_open(board: Board) -> Action:
    """Entries come in, and are checked."""
    if waiting := board.in_state(EntryState.RECOMMENDED):
        text = ngettext("%(number)s entry waits for your check.", "%(number)s entries wait for your check.", waiting)
        return Action(_("Check the entries"), board.url("check"), text % {"number": waiting}, is_post=False)
    if why_not_open_for_entries(board.contest, at=timezone.now()) is None:
        text = _("Schools enter now. Nothing waits for you.")
        return Action(_("See its page"), board.url("contest"), text, is_post=False)
    text = _("Entries have closed and all that reached you are checked. After this the entries stay as they are.")
    if behind := board.in_state(EntryState.SUBMITTED, EntryState.RETURNED):
        left = ngettext(
            "%(number)s entry is still with its school or unit and will not take part.",
            "%(number)s entries are still with their schools or units and will not take part.",
            behind,
        )
        text = in_a_row([text, left % {"number": behind}])
    return Action(_("Begin judging"), board.url("begin-judging"), text, _("Begin judging?"))


def before_marks(board: Board) -> Action | None:
    if not board.needs_marks or not board.sheets.expected:
        return None
    if not board.sheets.assigned:
        text = _("Every entry gets its judges; nobody judges their own school or pupils.")
        return Action(_("Assign judges"), board.url("assign"), text, is_post=False)
    if board.award_list is None and board.sheets.missing:
        missing = board.sheets.missing
        text = ngettext("%(number)s sheet is missing.", "%(number)s sheets are missing.", missing)
        more = _("Judges mark on their pages; marks on paper come in with the workbook.")
        return Action(
            _("See the judging"), board.url("progress"), in_a_row([text % {"number": missing}, more]), is_post=False
        )
    return None


def before_lock(board: Board) -> Action:
    if board.award_list is None:
        text = _("Nothing is fixed yet: you look at the list before you lock it.")
        return Action(_("Compute standings and propose the awards"), board.url("decide"), text)
    if board.findings:
        text = _("The list can be locked when the list check finds nothing more.")
        return Action(_("See what the list check found"), board.url("award-list"), text, is_post=False)
    text = _(
        "The list check found nothing. Locking fixes this version: prizes and names stay as they are, and certificates "
        "can be issued. A later correction becomes a new version; this one stays readable."
    )
    return Action(_("Lock the list"), board.url("lock-list"), text, _("Lock this list?"))


def after_lock(board: Board) -> Action | None:
    if check := running_check(board.contest, at=timezone.now()):
        text = _("Units check their prizes until %(until)s. Certificates wait for them.")
        return Action(_("See who has answered"), board.url("prize-check"), text % {"until": moment(check.until)},
                      is_post=False)  # fmt: skip
    if board.lacks_certificates:
        text = _("Every award gets a numbered certificate. Nothing is printed yet.")
        return Action(_("Issue certificates"), board.url("issue-certificates"), text)
    if board.contest.state == ContestState.LOCKED:
        text = _(
            "The public sees tracks, prizes, titles, schools and shortened names. What was published stays readable."
        )
        return Action(_("Publish"), board.url("publish-list"), text, _("Publish this list?"))
    return None


def other_actions(board: Board) -> list[Action]:
    """What may be done besides."""
    if board.contest.state == ContestState.LOCKED and not (board.is_award or board.is_delegation):
        return [Action(_("Let the units check their prizes"), board.url("prize-check"), is_post=False)]
    if (
        board.contest.state in (*DECIDED, ContestState.ENTRY)
        or board.waits_for
        or (board.award_list is None and not board.sheets.arrived)
    ):
        return []
    label = _("Compute standings and propose the awards")
    again = _("Compute again") if board.award_list else label
    return [] if next_is_decide(board) else [Action(again, board.url("decide"))]


def next_is_decide(board: Board) -> bool:
    action = next_action(board)
    return action is not None and action.url == board.url("decide")


def steps_of(board: Board) -> list[Step]:
    """From set-up to publication. The first that is not done is the next."""
    steps = [set_up(board), entered(board), judged(board), proposed(board), locked(board), published(board)]
    is_next = True
    shown = []
    for label, is_done, count, url, note in steps:
        state = "done" if is_done else "next" if is_next else "waiting"
        is_next = is_next and is_done
        shown.append(Step(label, state, count, url, note))
    return shown


Row = tuple[str, bool, str, str, str]


def set_up(board: Board) -> Row:
    number = len(board.tracks)
    note = ngettext("%(number)s track", "%(number)s tracks", number) % {"number": number}
    url = "" if board.is_award or board.is_delegation else board.url("setup")
    return _("Set-up"), bool(board.tracks), "", url, note


def entered(board: Board) -> Row:
    waiting = board.in_state(*WAITING)
    passed = board.in_state(EntryState.PASSED)
    count = str(passed) if passed == board.entries else f"{passed} / {board.entries}"
    to_check = board.in_state(EntryState.RECOMMENDED)
    note = _("%(number)s wait for the check") % {"number": to_check} if to_check else _("passed the check")
    if waiting and not to_check:
        note = _("%(number)s with schools and units") % {"number": waiting}
    label = _("Nominees") if board.is_award else _("Entries")
    is_done = bool(board.entries) and not waiting and board.contest.state != ContestState.ENTRY
    return label, is_done, count, board.url("entries"), note


def judged(board: Board) -> Row:
    if not board.needs_marks:
        return _("Judging"), True, "", "", _("decided by minutes")
    sheets = board.sheets
    note = _("%(number)s sheets missing") % {"number": sheets.missing} if sheets.missing else _("all sheets are here")
    if not sheets.expected:
        note = _("nobody takes part in a round yet")
    is_done = bool(sheets.expected) and not sheets.missing
    return _("Judging"), is_done, f"{sheets.arrived} / {sheets.expected}", board.url("progress"), note


def proposed(board: Board) -> Row:
    award_list = board.award_list
    if award_list is None:
        return _("Decision"), False, "", "", _("no list yet")
    is_done = board.contest.state in DECIDED
    found = len(board.findings)
    note = _("version %(version)s") % {"version": award_list.version}
    if found:
        note += " · " + ngettext("%(number)s finding", "%(number)s findings", found) % {"number": found}
    return _("Decision"), is_done, "", board.url("award-list"), note


def locked(board: Board) -> Row:
    is_locked = board.award_list is not None and board.award_list.state in (ListState.LOCKED, ListState.PUBLISHED)
    valid = board.certificates.valid
    if board.is_delegation or not is_locked:
        return _("Locked"), is_locked, "", "", ""
    note = _("certificates") if not board.lacks_certificates else _("certificates to issue")
    return _("Locked"), is_locked and not board.lacks_certificates, str(valid or ""), board.url("certificates"), note


def published(board: Board) -> Row:
    is_done = board.contest.state == ContestState.PUBLISHED
    return _("Published"), is_done, "", board.url("results") if is_done else "", ""
