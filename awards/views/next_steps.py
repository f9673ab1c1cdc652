"""What to do now in a contest, and what may be done besides."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from awards.access import running_check
from awards.models import Notice
from awards.services.approvals import Body
from awards.services.early import is_notice_required
from awards.states import ResolutionOutcome
from awards.views.boards import DECIDED, Board
from competition.access import moment, why_not_open_for_entries
from competition.states import ContestState, EntryState
from competition.wording import in_a_row


@dataclass(frozen=True)
class Action:
    """Something to do: a link where `is_post` is False; `heading` makes it ask first."""

    label: str
    url: str
    text: str = ""
    heading: str = ""
    is_post: bool = True


def next_action(board: Board) -> Action | None:
    """The one thing to do now; None where everything is done."""
    if asked := board.asked_of_list:
        text = _("%(name)s proposed it (%(day)s). It is done when a second person approves it.")
        url = reverse("agreement", args=[board.contest.key, asked.key])
        said = text % {"name": asked.proposed_by, "day": moment(asked.proposed_at)}
        return Action(_("Look at it: %(step)s") % {"step": asked}, url, said, is_post=False)
    action = step_due(board)
    return action and of_two_persons(board, action)


def of_two_persons(board: Board, action: Action) -> Action:
    """The same step, where it is only proposed."""
    if not board.has_two_persons or action.url not in (board.url("lock-list"), board.url("publish-list")):
        return action
    is_lock = action.url == board.url("lock-list")
    label = _("Propose to lock the list") if is_lock else _("Propose to publish the list")
    heading = _("Propose to lock this list?") if is_lock else _("Propose to publish this list?")
    more = _("A second person looks at it and approves it; until then nothing changes.")
    return replace(action, label=label, heading=heading, text=in_a_row([action.text, more]))


def step_due(board: Board) -> Action | None:
    if board.contest.state == ContestState.ENTRY:
        return while_open(board)
    if not board.entries and board.contest.state == ContestState.SETUP and not board.is_award:
        text = _("There are no entries yet: set it up and open it for schools, or upload a workbook.")
        return Action(_("Set it up"), board.url("setup"), text, is_post=False)
    if not board.entries and board.is_award:
        text = _("There are no nominees yet: look at its rules, then nominate those who meet them.")
        return Action(_("Nominate"), board.url("nominate"), text, is_post=False)
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
    if not board.needs_marks:
        return None
    return before_sheets(board) or before_attempts(board)


def before_attempts(board: Board) -> Action | None:
    if board.award_list is not None or board.attempts.is_complete:
        return None
    facts = {"missing": board.attempts.missing, "entered": board.attempts.to_settle}
    text = _("%(missing)s attempts are still to be entered, %(entered)s to be confirmed.") % facts
    return Action(_("Results to measure"), board.url("progress"), text, is_post=False)


def before_sheets(board: Board) -> Action | None:
    if not board.sheets.expected:
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
    if board.award_list is None and board.unplanned:
        text = _("No prize plan yet for %(tracks)s: nobody could be given a prize.")
        return Action(_("Make the prize plan"), board.url("plan"), text % {"tracks": "、".join(board.unplanned)},
                      is_post=False)  # fmt: skip
    if board.award_list is None and board.without_minutes:
        text = _("%(tracks)s: decided elsewhere, and the prizes of the minutes are not here yet.")
        return Action(_("Type in the prizes of the minutes"), board.url("plan"),
                      text % {"tracks": "、".join(board.without_minutes)}, is_post=False)  # fmt: skip
    if board.award_list is None:
        text = _("Nothing is fixed yet: you look at the list before you lock it.")
        return Action(_("Compute standings and propose the awards"), board.url("decide"), text)
    if board.waits_for_ties:
        number = len(board.checked)
        text = ngettext(
            "%(number)s tie across a cut waits for the committee.",
            "%(number)s ties across a cut wait for the committee.",
            number,
        )
        return Action(_("Settle the ties"), board.url("ties"), text % {"number": number}, is_post=False)
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
    if board.objections_open:
        text = ngettext(
            "%(number)s objection waits for its answer. Until then the list is not published as final.",
            "%(number)s objections wait for their answers. Until then the list is not published as final.",
            board.objections_open,
        )
        return Action(_("Answer the objections"), board.url("objections"), text % {"number": board.objections_open},
                      is_post=False)  # fmt: skip
    if board.notice_is_missing:
        text = _("This contest publishes nothing before the public has read the list and could object.")
        return Action(_("Open the public notice"), board.url("notices"), text, is_post=False)
    if board.notice and is_notice_required(board.contest):
        return notice_runs(board, board.notice)
    if board.approval.next is not None:
        return to_approve(board, board.approval.next)
    if board.approval.is_to_acknowledge:
        text = _("Titles follow now to others than when the list was approved. It is not final before you say why.")
        return Action(_("Acknowledge the change"), board.url("approval") + "#titles", text, is_post=False)
    if board.lacks_certificates:
        text = _("Every award gets a numbered certificate. Nothing is printed yet.")
        return Action(_("Issue certificates"), board.url("issue-certificates"), text)
    if board.contest.state == ContestState.LOCKED and board.notice:
        return notice_runs(board, board.notice)
    return to_publish(board) if board.contest.state == ContestState.LOCKED else None


def to_approve(board: Board, body: Body) -> Action:
    """The next body above the committee, or what follows from its word."""
    pending, name = board.approval.pending, {"body": body.name}
    if pending is None:
        text = _("%(body)s approves the list before it is final: print the request, then record what it decided.")
        return Action(_("Record the decision: %(body)s") % name, board.url("approval"), text % name, is_post=False)
    text = _("%(body)s refused the list. Amend it, let the committee decide again, and put the next version before it.")
    if pending.outcome != ResolutionOutcome.REFUSED:
        text = _("%(body)s does not approve everybody. Amend the list: the next version leaves them out.")
    return Action(_("Amend the list"), board.url("award-list") + "#amend", text % name, is_post=False)


def to_publish(board: Board) -> Action:
    text = _("The public sees tracks, prizes, titles, schools and shortened names. What was published stays readable.")
    return Action(pgettext("list", "Publish"), board.url("publish-list"), text, _("Publish this list?"))


def notice_runs(board: Board, notice: Notice) -> Action:
    text = _("The public reads notice %(version)s until %(until)s and may object. It ends by itself.")
    if notice.opens_at > timezone.now():
        text = _("The public reads notice %(version)s from %(first)s to %(until)s. It begins and ends by itself.")
    days = {"first": date_format(notice.first_day), "until": date_format(notice.last_day)}
    facts = {"version": notice.version, **days}
    return Action(_("See the notice"), board.url("notices"), text % facts, is_post=False)


def other_actions(board: Board, action: Action | None) -> list[Action]:
    """What may be done besides the next action. Without a plan nothing can be proposed."""
    besides = [of_two_persons(board, one) for one in steps_besides(board, action)]
    if len(board.asked) > bool(board.asked_of_list):
        label = ngettext("%(number)s step waits for a second person", "%(number)s steps wait for a second person",
                         len(board.asked)) % {"number": len(board.asked)}  # fmt: skip
        besides.append(Action(label, board.url("agreements"), is_post=False))
    if not board.unplanned:
        return besides
    plan = Action(_("Make the prize plan"), board.url("plan"), is_post=False)
    besides = [one for one in besides if one.url != board.url("decide")]
    return besides if action and action.url == plan.url else [plan, *besides]


def steps_besides(board: Board, action: Action | None) -> list[Action]:
    """An award may be made of a contest at any time; it waits for its prizes by itself."""
    besides = steps_of_state(board, action)
    if board.is_award or board.is_delegation or board.contest.state not in DECIDED:
        return besides
    url = f"{reverse('award-new')}?contest={board.contest.key}"
    return besides if board.has_award else [*besides, Action(_("Mayor's Award"), url, is_post=False)]


def steps_of_state(board: Board, action: Action | None) -> list[Action]:
    if board.contest.state == ContestState.LOCKED and not (board.is_award or board.is_delegation):
        return [
            Action(_("Let the units check their prizes"), board.url("prize-check"), is_post=False),
            *of_notice(board, action),
            *upward(board),
        ]
    if board.contest.state in DECIDED and not board.is_delegation:
        return [*of_approval(board, action), *of_notice(board, action), *upward(board)]
    if (
        board.contest.state in (*DECIDED, ContestState.ENTRY)
        or board.waits_for
        or (board.award_list is None and not board.sheets.arrived and not board.attempts.confirmed)
    ):
        return []
    label = _("Compute standings and propose the awards")
    again = _("Compute again") if board.award_list else label
    is_next = action is not None and action.url == board.url("decide")
    return [] if is_next else [Action(again, board.url("decide"))]


def upward(board: Board) -> list[Action]:
    """An award sends nothing up."""
    if board.is_award or board.contest.belongs_to_id is not None:
        return []
    return [Action(_("Send entries up to the next level"), board.url("upward"), is_post=False)]


def of_approval(board: Board, action: Action | None) -> list[Action]:
    is_next = action is not None and action.url.split("#")[0] == board.url("approval")
    return [] if is_next or not board.approval.bodies else [Action(_("Approval"), board.url("approval"), is_post=False)]


def of_notice(board: Board, action: Action | None) -> list[Action]:
    """Where the next action is not about it already."""
    if action and action.url == board.url("notices"):
        if board.contest.state == ContestState.LOCKED and not is_notice_required(board.contest):
            return [to_publish(board)]
        return []
    return [Action(_("Public notice and objections"), board.url("notices"), is_post=False)]
