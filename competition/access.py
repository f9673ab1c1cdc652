"""The rules of this app: why_not_<verb>(user, thing, *, at) answers a Denial, or None where it may be done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from competition import parts
from competition.errors import Denial
from competition.models import Agreement, Contest, District, Entry, Forwarding, Material, Role, School, UnitReport, User
from competition.states import (
    APPROVING,
    ENTRY_MOVES,
    LEVEL_ORDER,
    AgreementState,
    ContestKind,
    ContestState,
    EntryState,
    Level,
    ReportState,
    RoleKind,
    SchoolState,
)

Rule = Callable[..., Denial | None]
HIDDEN = Denial("hidden", hide=True)


def why_not_anyone(user: Any, thing: Any = None, *, at: datetime) -> Denial | None:
    """Open to the public."""
    return None


def why_not_signed_in(user: Any, thing: Any = None, *, at: datetime) -> Denial | None:
    return None if user.is_authenticated else Denial("sign-in")


def why_not_second_factor(user: Any = None, thing: Any = None, *, at: datetime) -> Denial | None:
    """An installation that works without one has no page about it."""
    return HIDDEN if settings.SECOND_FACTOR == "off" else None


def why_not_own_second_factor(user: Any, thing: Any = None, *, at: datetime) -> Denial | None:
    """Everyone's own, and nobody else's."""
    return why_not_second_factor(at=at) or why_not_signed_in(user, at=at)


def is_organiser(user: Any, contest: Contest | None) -> bool:
    """Of this contest, or of the whole installation."""
    if not user.is_authenticated:
        return False
    scopes = set(user.roles.filter(kind=RoleKind.ORGANISER).values_list("contest_id", flat=True))
    return None in scopes or (contest is not None and contest.pk in scopes)


def why_not_organise(user: Any, contest: Contest | None = None, *, at: datetime) -> Denial | None:
    """See and drive a contest from inside. Who is not its organiser does not learn that it exists."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if is_organiser(user, contest):
        return None
    return Denial("not-organiser") if contest is None else HIDDEN


def has_two_persons(contest: Contest) -> bool:
    """Whether what is final takes two persons: an award asks for them wherever the contest does whose prizes it counts.
    Older contests and those of a workbook are run by one."""
    return bool(contest.settings.get("two_persons")) or is_bound_to_two(contest)


def is_bound_to_two(contest: Contest) -> bool:
    """An award of a contest that takes two persons."""
    if contest.kind != ContestKind.AWARD or contest.belongs_to_id is None:
        return False
    return Contest.objects.filter(pk=contest.belongs_to_id, settings__two_persons=True).exists()


def approving_in(contest: Contest, of_user: str = "") -> Q:
    """Roles of those who may approve here: of an award also the second persons of the contest that it belongs to.

    of_user   "roles__" where accounts are looked for, not roles
    """
    here = Q(**{f"{of_user}contest": contest}) | Q(**{f"{of_user}contest": None})
    found = here & Q(**{f"{of_user}kind__in": APPROVING})
    if contest.kind == ContestKind.AWARD and contest.belongs_to_id is not None:
        found |= Q(**{f"{of_user}contest": contest.belongs_to_id, f"{of_user}kind": RoleKind.APPROVER})
    return found


def may_approve(user: Any, contest: Contest) -> bool:
    """A second person: another organiser, or somebody who is there for nothing else."""
    if not user.is_authenticated:
        return False
    return bool(user.roles.filter(approving_in(contest)).exists())


def approvers_of(contest: Contest) -> QuerySet[User]:
    """All who may approve in it, whoever proposes."""
    return User.objects.filter(approving_in(contest, "roles__"), is_active=True).distinct()


def others_who_approve(user: Any, contest: Contest) -> QuerySet[User]:
    """Who is left when this one proposes."""
    return approvers_of(contest).exclude(pk=user.pk)


def others_everywhere(user: Any) -> QuerySet[User]:
    """Who else may approve in every contest, so also in one that is only being made."""
    found = User.objects.filter(roles__contest=None, roles__kind__in=APPROVING, is_active=True)
    return found.exclude(pk=user.pk).distinct()


def why_not_see_agreements(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """What was proposed in a contest, and what became of it."""
    if not user.is_authenticated:
        return Denial("sign-in")
    return None if may_approve(user, contest) else HIDDEN


def why_not_see_agreement(user: Any, agreement: Agreement, *, at: datetime) -> Denial | None:
    return why_not_see_agreements(user, agreement.contest, at=at)


def why_not_answer_agreement(user: Any, agreement: Agreement, *, at: datetime) -> Denial | None:
    """Approve it, or send it back: never one's own, under whatever role."""
    if denial := why_not_see_agreement(user, agreement, at=at):
        return denial
    if agreement.proposed_by_id == user.pk:
        return Denial("agreement-own")
    return why_not_open(agreement)


def why_not_withdraw_agreement(user: Any, agreement: Agreement, *, at: datetime) -> Denial | None:
    """Whoever proposed it, as long as nobody has answered."""
    if denial := why_not_see_agreement(user, agreement, at=at):
        return denial
    return why_not_open(agreement) if agreement.proposed_by_id == user.pk else Denial("agreement-not-own")


def why_not_open(agreement: Agreement) -> Denial | None:
    if agreement.state == AgreementState.OPEN:
        return None
    return Denial("agreement-closed", {"state": agreement.get_state_display()})


def why_not_mail(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Write a mail of a contest: its office, where a mail server is named; else it would wait for ever."""
    denial = why_not_organise(user, contest, at=at)
    return denial or (None if settings.MAIL_IS_SET_UP else Denial("mail-not-set-up"))


def why_not_take_second_factor(user: Any, holder: Any = None, *, at: datetime) -> Denial | None:
    """The office helps whoever lost the phone; those who approve each other's
    steps cannot, only who runs the server can."""
    if denial := why_not_second_factor(at=at) or why_not_organise(user, at=at):
        return denial
    if holder is not None and holder.roles.filter(kind__in=APPROVING).exists():
        return Denial("second-factor-of-organiser")
    return None


def why_not_link(user: Any, account: User, *, at: datetime) -> Denial | None:
    """A link signs in as the account: for the office, and for who organises every contest in which the account has a
    role, if that is all it has. Else the organiser of one contest could become the office itself, or the second
    person."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if accounts_to_link(user, [account.pk]):
        return None
    approves = is_organiser(user, None) and account.roles.filter(kind__in=APPROVING).exists()
    return Denial("link-of-approver", {"name": account}) if approves else Denial("not-organiser")


def accounts_to_link(user: Any, accounts: Iterable[int]) -> set[int]:
    """The same, asked of many accounts at once: those for which this user may make a link. Never of an account that
    may approve: with it one person would be two."""
    mine = set(user.roles.filter(kind=RoleKind.ORGANISER).values_list("contest", flat=True))
    asked = set(accounts)
    asked -= set(Role.objects.filter(user__in=asked, kind__in=APPROVING).values_list("user", flat=True))
    if None in mine:
        return asked
    scopes: dict[int, set[int | None]] = {account: set() for account in asked}
    for account, contest in Role.objects.filter(user__in=asked).values_list("user", "contest"):
        scopes[account].add(contest)
    return {account for account, there in scopes.items() if there and None not in there and there <= mine}


def why_not_see_school(user: Any, school: School, *, at: datetime) -> Denial | None:
    if not user.is_authenticated:
        return Denial("sign-in")
    return None if acts_for_school(user, school) else HIDDEN


def why_not_see_contest(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Its page: as soon as it is announced, that is when it opens for entries or a higher app shows something on it;
    before that only its organisers."""
    if contest.state != ContestState.SETUP or is_organiser(user, contest) or parts.public_panels_of(contest, at=at):
        return None
    return HIDDEN


def why_not_see_entry(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """Everything about one entry: for the organisers of its contest."""
    return why_not_organise(user, entry.contest, at=at)


def why_not_in_state(contest: Contest, *states: ContestState) -> Denial | None:
    """A step that is open only while the contest stands at one of these states."""
    if contest.state in states:
        return None
    return Denial("wrong-state", {"contest": contest, "state": contest.get_state_display()})


def acts_for_school(user: Any, school: School | None) -> bool:
    """Its own people, its unit's officer who helps it, and the office."""
    if not user.is_authenticated or school is None:
        return False
    mine = Q(kind=RoleKind.SCHOOL, school=school) | Q(kind=RoleKind.DISTRICT, district=school.district_id)
    return user.roles.filter(mine).exists() or is_organiser(user, None)


def acts_for_unit(user: Any, unit: District) -> bool:
    if not user.is_authenticated:
        return False
    return user.roles.filter(kind=RoleKind.DISTRICT, district=unit).exists() or is_organiser(user, None)


def why_not_see_unit(user: Any, unit: District, *, at: datetime) -> Denial | None:
    if not user.is_authenticated:
        return Denial("sign-in")
    return None if acts_for_unit(user, unit) else HIDDEN


def why_not_open_for_entries(contest: Contest, *, at: datetime) -> Denial | None:
    """Between opening and deadline, to the second; there is no late filing."""
    if contest.state != ContestState.ENTRY:
        return Denial("entries-not-open", {"contest": contest.label})
    if contest.opens_at and at < contest.opens_at:
        return Denial("entries-not-yet", {"contest": contest.label, "opens": moment(contest.opens_at)})
    if contest.closes_at and at >= contest.closes_at:
        return Denial("entries-closed", {"contest": contest.label, "closed": moment(contest.closes_at)})
    return None


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


@dataclass(frozen=True)
class Entrance:
    """A school before a contest."""

    contest: Contest
    school: School


def why_not_enter(user: Any, entrance: Entrance, *, at: datetime) -> Denial | None:
    """Enter many works at once: a nomination is begun by itself."""
    if user.is_authenticated and entrance.contest.is_award:
        return HIDDEN
    return why_not_begin(user, entrance, at=at)


def why_not_begin(user: Any, entrance: Entrance, *, at: datetime) -> Denial | None:
    """Begin an entry; of an award a nomination, where its schools nominate."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if not acts_for_school(user, entrance.school) or not entrance.contest.is_entered_by_schools:
        return HIDDEN
    if entrance.school.state != SchoolState.ACTIVE:
        return Denial("school-not-approved", {"school": entrance.school})
    return why_not_open_for_entries(entrance.contest, at=at)


def why_not_bundle(user: Any, entrance: Entrance, *, at: datetime) -> Denial | None:
    """Send the files of many entries at once: while entries come in or are corrected; each asks its own rule too."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if not acts_for_school(user, entrance.school):
        return HIDDEN
    return why_not_in_state(entrance.contest, ContestState.ENTRY, ContestState.JUDGING)


def why_not_see_form(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """The form of an entry: its school, its unit, the office."""
    if not user.is_authenticated:
        return Denial("sign-in")
    is_theirs = acts_for_school(user, entry.school) or is_organiser(user, entry.contest)
    return None if is_theirs else HIDDEN


def why_not_edit(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """A draft until the deadline; a returned entry until its own."""
    if denial := why_not_see_form(user, entry, at=at):
        return denial
    if entry.state == EntryState.RETURNED:
        if entry.return_until and at >= entry.return_until:
            return Denial("correction-too-late", {"entry": entry, "until": moment(entry.return_until)})
        return why_not_in_state(entry.contest, ContestState.ENTRY, ContestState.JUDGING)
    if entry.state != EntryState.DRAFT:
        return Denial("entry-handed-in", {"entry": entry, "state": entry.get_state_display()})
    return why_not_open_for_entries(entry.contest, at=at)


def why_not_withdraw(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """Until entries close, by its school; after that the office decides."""
    if denial := why_not_see_form(user, entry, at=at):
        return denial
    if EntryState.WITHDRAWN not in ENTRY_MOVES[entry.state]:
        return Denial("no-such-move", {"thing": entry, "state": entry.get_state_display(),
                                       "to": EntryState.WITHDRAWN.label})  # fmt: skip
    if is_organiser(user, entry.contest):
        return why_not_in_state(entry.contest, ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)
    return why_not_open_for_entries(entry.contest, at=at)


def why_not_take_up(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """A withdrawn entry becomes a draft again while entries are open."""
    if denial := why_not_see_form(user, entry, at=at):
        return denial
    if entry.state != EntryState.WITHDRAWN:
        return Denial("no-such-move", {"thing": entry, "state": entry.get_state_display(),
                                       "to": EntryState.DRAFT.label})  # fmt: skip
    return why_not_open_for_entries(entry.contest, at=at)


def why_not_recommend(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """The unit's decision, until the unit's deadline."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if entry.school is None or not acts_for_unit(user, entry.school.district):
        return HIDDEN
    contest = entry.contest
    if not contest.has_unit_step:
        return Denial("no-unit-step", {"contest": contest.label})
    if denial := why_not_in_state(contest, ContestState.ENTRY):
        return denial
    if contest.unit_closes_at and at >= contest.unit_closes_at:
        return Denial("unit-too-late", {"contest": contest.label, "closed": moment(contest.unit_closes_at)})
    return None


def why_not_check(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """The office's decision, until the awards are decided."""
    if denial := why_not_organise(user, entry.contest, at=at):
        return denial
    return why_not_in_state(entry.contest, ContestState.ENTRY, ContestState.JUDGING)


@dataclass(frozen=True)
class UnitIn:
    """A unit before a contest."""

    contest: Contest
    unit: District


def why_not_enter_for_unit(user: Any, place: UnitIn, *, at: datetime) -> Denial | None:
    """Entries of all its schools in one list: the unit's officer, and the office."""
    if not user.is_authenticated:
        return Denial("sign-in")
    is_theirs = acts_for_unit(user, place.unit) and place.contest.kind == ContestKind.CONTEST
    return why_not_open_for_entries(place.contest, at=at) if is_theirs else HIDDEN


def why_not_see_unit_in(user: Any, place: UnitIn, *, at: datetime) -> Denial | None:
    """What a unit sends up in a contest: the unit, and the office of that contest."""
    if not user.is_authenticated:
        return Denial("sign-in")
    is_theirs = acts_for_unit(user, place.unit) or is_organiser(user, place.contest)
    return None if is_theirs else HIDDEN


def why_not_stamp_summary(user: Any, place: UnitIn, *, at: datetime) -> Denial | None:
    """Paper comes after the deadline too; after judging it would prove nothing."""
    denial = why_not_see_unit_in(user, place, at=at)
    return denial or why_not_in_state(place.contest, ContestState.ENTRY, ContestState.JUDGING)


REPORTING = (ContestState.ENTRY, ContestState.JUDGING, ContestState.DECISION)


def reports_until(contest: Contest) -> datetime | None:
    """Until when units fill in the report of their own contests; None where no day is said."""
    said = contest.settings.get("unit_reports", {}).get("until")
    return datetime.fromisoformat(said) if said else None


def why_not_see_reports_of_unit(user: Any, place: UnitIn, *, at: datetime) -> Denial | None:
    """What a unit reports of its own contest: the unit and the office, where it is asked for or was handed in."""
    if denial := why_not_see_unit_in(user, place, at=at):
        return denial
    is_asked = place.contest.settings.get("unit_reports", {}).get("asked")
    return None if is_asked or place.contest.unit_reports.filter(district=place.unit).exists() else HIDDEN


def why_not_report(user: Any, place: UnitIn, *, at: datetime) -> Denial | None:
    """Fill it in: until its day, and after it once more where the office returned it; until the list is fixed."""
    if denial := why_not_see_reports_of_unit(user, place, at=at):
        return denial
    contest = place.contest
    if not contest.settings.get("unit_reports", {}).get("asked"):
        return Denial("report-not-asked", {"contest": contest.label})
    if denial := why_not_in_state(contest, *REPORTING):
        return denial
    until = reports_until(contest)
    if until is None or at < until:
        return None
    last = contest.unit_reports.filter(district=place.unit).order_by("-version").first()
    if last is not None and last.state == ReportState.RETURNED:
        return None
    return Denial("report-too-late", {"contest": contest.label, "until": moment(until)})


def why_not_see_report(user: Any, report: UnitReport, *, at: datetime) -> Denial | None:
    return why_not_see_unit_in(user, UnitIn(report.contest, report.district), at=at)


def why_not_stamp_report(user: Any, report: UnitReport, *, at: datetime) -> Denial | None:
    """Paper comes after the day too; after the decision it would change what is fixed."""
    if denial := why_not_see_report(user, report, at=at):
        return denial
    if report.state != ReportState.FILLED:
        return Denial("report-stamped", {"unit": report.district, "state": report.get_state_display()})
    return why_not_in_state(report.contest, *REPORTING)


def why_not_decide_report(user: Any, report: UnitReport, *, at: datetime) -> Denial | None:
    """Confirm or return it: the office, once its paper is here, until the list is fixed."""
    if denial := why_not_organise(user, report.contest, at=at):
        return denial
    if report.state in (ReportState.FILLED, ReportState.REPLACED):
        return Denial("report-without-paper", {"unit": report.district, "state": report.get_state_display()})
    return why_not_in_state(report.contest, *REPORTING)


def why_not_sign_form(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """The signed form comes after the entry was handed in, and until judging ends."""
    if denial := why_not_see_form(user, entry, at=at):
        return denial
    if not entry.number:
        return Denial("not-handed-in", {"entry": entry})
    return why_not_in_state(entry.contest, ContestState.ENTRY, ContestState.JUDGING)


def why_not_send_forms(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """A pile of signed forms: whoever acts for a school or unit with entries here, and the office."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if not is_organiser(user, contest) and not Entry.objects.visible_to(user).filter(contest=contest).exists():
        return HIDDEN
    return why_not_in_state(contest, ContestState.ENTRY, ContestState.JUDGING)


def why_not_correct(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """A name, tutor or school of what was handed in: the office, at any time. While the school has it, the school."""
    if denial := why_not_organise(user, entry.contest, at=at):
        return denial
    if entry.contest.kind != ContestKind.CONTEST:
        return HIDDEN
    if entry.state in (EntryState.DRAFT, EntryState.RETURNED, EntryState.WITHDRAWN):
        return Denial("entry-with-school", {"entry": entry, "state": entry.get_state_display()})
    return None


def why_not_set_up(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Rules are changed before judging begins."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return why_not_in_state(contest, ContestState.SETUP, ContestState.ENTRY)


def why_not_deliver(user: Any, material: Material, *, at: datetime) -> Denial | None:
    """The bytes of a file that was named in time: while the entry may be edited, and within the grace after the end, or
    after it was handed in where that was later."""
    entry = material.entry
    if denial := why_not_see_form(user, entry, at=at):
        return denial
    if material.is_removed:
        return HIDDEN
    denial = why_not_edit(user, entry, at=at)
    if denial is None:
        return None
    last = max((day for day in (entry.contest.closes_at, entry.submitted_at) if day), default=at)
    return None if at < last + timedelta(minutes=entry.contest.grace_minutes) else denial


def why_not_confirm_names(user: Any, entrance: Entrance, *, at: datetime) -> Denial | None:
    """The school's own word on its names, at any time before certificates are printed."""
    if not user.is_authenticated:
        return Denial("sign-in")
    return None if acts_for_school(user, entrance.school) else HIDDEN


def why_not_send_up(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The pages about what goes up: the office of the lower contest. An award and a delegation send nothing."""
    if denial := why_not_organise(user, contest, at=at):
        return denial
    return HIDDEN if contest.kind != ContestKind.CONTEST or contest.belongs_to_id is not None else None


def why_not_take_forwards(sender: Contest, higher: Contest, *, at: datetime) -> Denial | None:
    """Whether a contest takes entries from a lower one: its own office says so, and until its units' deadline."""
    is_above = LEVEL_ORDER.index(Level(higher.series.level)) > LEVEL_ORDER.index(Level(sender.series.level))
    accepts = higher.settings.get("forwards", {}).get("accepts")
    if not is_above or not accepts or higher.kind != ContestKind.CONTEST:
        return Denial("forwards-not-taken", {"contest": higher.label})
    if denial := why_not_in_state(higher, ContestState.ENTRY):
        return denial
    if higher.opens_at and at < higher.opens_at:
        return Denial("entries-not-yet", {"contest": higher.label, "opens": moment(higher.opens_at)})
    last = (higher.unit_closes_at if higher.has_unit_step else None) or higher.closes_at
    if last and at >= last:
        return Denial("entries-closed", {"contest": higher.label, "closed": moment(last)})
    return None


def why_not_forward(user: Any, sender: Contest, higher: Contest, *, at: datetime) -> Denial | None:
    """Send entries up, once the list of the lower contest is fixed."""
    return (
        why_not_send_up(user, sender, at=at)
        or why_not_in_state(sender, ContestState.LOCKED, ContestState.PUBLISHED)
        or why_not_take_forwards(sender, higher, at=at)
    )


def why_not_number_above(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """Write down what numbers the higher contest gave: once the list is fixed, as what goes up."""
    denial = why_not_send_up(user, contest, at=at)
    return denial or why_not_in_state(contest, ContestState.LOCKED, ContestState.PUBLISHED)


def why_not_take_back(user: Any, forwarding: Forwarding, *, at: datetime) -> Denial | None:
    """What was sent up is taken back while the higher contest has not checked it."""
    if denial := why_not_send_up(user, forwarding.sent.contest, at=at):
        return denial
    entry = forwarding.entry
    checked = (EntryState.PASSED, EntryState.NOT_PASSED)
    if EntryState.WITHDRAWN not in ENTRY_MOVES[entry.state] or entry.state in checked:
        return Denial("forwarded-checked", {"entry": entry, "state": entry.state_label})
    return why_not_in_state(forwarding.contest, ContestState.ENTRY, ContestState.JUDGING)
