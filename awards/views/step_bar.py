"""How far a contest has come, from set-up to publication."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.services.approvals import bodies_of
from awards.states import ListState
from awards.views.boards import DECIDED, Board
from competition.states import ContestState, EntryState

WAITING = (EntryState.DRAFT, EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.RETURNED)


@dataclass(frozen=True)
class Step:
    """One step of the bar; `state` is done, now, next, waiting or blocked."""

    label: str
    state: str
    count: str = ""
    url: str = ""
    note: str = ""


def steps_of(board: Board) -> list[Step]:
    """From set-up to publication. The first that is not done is the next."""
    steps = [set_up(board), entered(board), judged(board), proposed(board), locked(board)]
    steps += [approved(board)] if board.approval.bodies or bodies_of(board.contest) else []
    steps.append(published(board))
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
    url = "" if board.is_delegation else board.url("award-setup" if board.is_award else "setup")
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
    return label, is_done, count, board.url("nominees" if board.is_award else "entries"), note


def judged(board: Board) -> Row:
    if not board.needs_marks:
        return _("Judging"), True, "", "", _("decided by minutes")
    sheets, attempts = board.sheets, board.attempts
    waiting = []
    if sheets.missing:
        text = ngettext("%(number)s sheet missing", "%(number)s sheets missing", sheets.missing)
        waiting.append(text % {"number": sheets.missing})
    if not attempts.is_complete:
        left = attempts.expected - attempts.confirmed
        text = ngettext("%(number)s attempt not confirmed", "%(number)s attempts not confirmed", left)
        waiting.append(text % {"number": left})
    expected = sheets.expected + attempts.expected
    note = " · ".join(waiting) or (_("all sheets are here") if sheets.expected else _("all attempts are confirmed"))
    if not expected:
        note = _("nobody takes part in a round yet")
    return (
        _("Judging"),
        board.is_judged,
        f"{sheets.arrived + attempts.confirmed} / {expected}",
        board.url("progress"),
        note,
    )


def proposed(board: Board) -> Row:
    award_list = board.award_list
    if award_list is None and board.unplanned:
        return _("Decision"), False, "", board.url("plan"), _("no prize plan yet")
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
    if bodies_of(board.contest):
        return _("Locked"), True, str(valid or ""), board.url("certificates"), ""
    note = _("certificates") if not board.lacks_certificates else _("certificates to issue")
    return _("Locked"), is_locked and not board.lacks_certificates, str(valid or ""), board.url("certificates"), note


def approved(board: Board) -> Row:
    """By the bodies above the committee; the note names the next one."""
    number, body = len(board.approval.holds), board.approval.next
    bodies = bodies_of(board.contest)
    count = f"{number} / {len(bodies)}"
    note = body.name if body else ""
    return _("Approval"), number == len(bodies), count, board.url("approval"), note


def published(board: Board) -> Row:
    is_done = board.contest.state == ContestState.PUBLISHED
    return _("Published"), is_done, "", board.url("results") if is_done else "", ""
