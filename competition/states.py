"""The states of what this app keeps, and the table of their moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContestKind(TextChoices):
    CONTEST = "contest", _("contest")
    AWARD = "award", _("award")


class Level(TextChoices):
    SCHOOL = "school", _("school level")
    COUNTY = "county", _("county level")
    CITY = "city", _("city level")
    PROVINCE = "province", _("province level")
    NATION = "nation", _("national level")
    WORLD = "world", _("international level")


LEVEL_ORDER = list(Level)


class ContestState(TextChoices):
    SETUP = "setup", _("in preparation")
    ENTRY = "entry", _("open for entries")
    JUDGING = "judging", _("being judged")
    DECISION = "decision", _("awaiting the decision")
    LOCKED = "locked", _("decided")
    PUBLISHED = "published", _("published")


CONTEST_MOVES: dict[str, frozenset[str]] = {
    ContestState.SETUP: frozenset({ContestState.ENTRY, ContestState.JUDGING}),
    ContestState.ENTRY: frozenset({ContestState.SETUP, ContestState.JUDGING}),
    ContestState.JUDGING: frozenset({ContestState.DECISION}),
    ContestState.DECISION: frozenset({ContestState.JUDGING, ContestState.LOCKED}),
    ContestState.LOCKED: frozenset({ContestState.DECISION, ContestState.PUBLISHED}),
    ContestState.PUBLISHED: frozenset({ContestState.DECISION}),
}


class EntryState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted to the unit")
    RECOMMENDED = "recommended", _("recommended")
    NOT_RECOMMENDED = "not_recommended", _("not recommended")
    RETURNED = "returned", _("returned for correction")
    PASSED = "passed", _("passed")
    NOT_PASSED = "not_passed", _("not passed")
    WITHDRAWN = "withdrawn", _("withdrawn")


ENTRY_MOVES: dict[str, frozenset[str]] = {
    EntryState.DRAFT: frozenset({EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.WITHDRAWN}),
    EntryState.SUBMITTED: frozenset(
        {EntryState.RECOMMENDED, EntryState.NOT_RECOMMENDED, EntryState.RETURNED, EntryState.WITHDRAWN}
    ),
    EntryState.RECOMMENDED: frozenset(
        {
            EntryState.PASSED,
            EntryState.NOT_PASSED,
            EntryState.RETURNED,
            EntryState.WITHDRAWN,
            EntryState.NOT_RECOMMENDED,  # the unit takes it back while it still may
        }
    ),
    EntryState.NOT_RECOMMENDED: frozenset({EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.WITHDRAWN}),
    EntryState.RETURNED: frozenset({EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.WITHDRAWN}),
    EntryState.PASSED: frozenset({EntryState.NOT_PASSED, EntryState.RETURNED, EntryState.WITHDRAWN}),
    EntryState.NOT_PASSED: frozenset({EntryState.PASSED, EntryState.RETURNED, EntryState.WITHDRAWN}),
    EntryState.WITHDRAWN: frozenset({EntryState.DRAFT, EntryState.SUBMITTED, EntryState.PASSED}),
}


class UnitKind(TextChoices):
    COUNTY = "county", _("county or district")
    DIRECT = "direct", _("school directly under the city")
    CENTRE = "centre", _("activity centre")


class SchoolState(TextChoices):
    PENDING = "pending", _("waits for approval")
    ACTIVE = "active", _("approved")
    REFUSED = "refused", _("refused")


SCHOOL_MOVES: dict[str, frozenset[str]] = {
    SchoolState.PENDING: frozenset({SchoolState.ACTIVE, SchoolState.REFUSED}),
    SchoolState.ACTIVE: frozenset(),
    SchoolState.REFUSED: frozenset({SchoolState.ACTIVE}),
}


class ReportState(TextChoices):
    """How far a unit's report of its own contest has come."""

    FILLED = "filled", _("filled in, not stamped yet")
    STAMPED = "stamped", _("stamped, waits for the office")
    CONFIRMED = "confirmed", _("confirmed")
    RETURNED = "returned", _("returned")
    REPLACED = "replaced", _("replaced by a newer version")


REPORT_MOVES: dict[str, frozenset[str]] = {
    ReportState.FILLED: frozenset({ReportState.STAMPED, ReportState.REPLACED}),
    ReportState.STAMPED: frozenset({ReportState.CONFIRMED, ReportState.RETURNED, ReportState.REPLACED}),
    ReportState.CONFIRMED: frozenset({ReportState.RETURNED, ReportState.REPLACED}),
    ReportState.RETURNED: frozenset({ReportState.CONFIRMED, ReportState.REPLACED}),
    ReportState.REPLACED: frozenset(),
}


class ReviewStep(TextChoices):
    UNIT = "unit", _("recommending unit")
    OFFICE = "office", _("office of the contest")


class Verdict(TextChoices):
    RECOMMENDED = "recommended", _("recommended")
    NOT_RECOMMENDED = "not_recommended", _("not recommended")
    RETURNED = "returned", _("returned for correction")
    PASSED = "passed", _("passed")
    NOT_PASSED = "not_passed", _("not passed")


class PledgeBy(TextChoices):
    AUTHOR = "author", _("the authors")
    GUARDIAN = "guardian", _("the guardians")
    SCHOOL = "school", _("the school")


class PersonKind(TextChoices):
    STUDENT = "student", _("student")
    TUTOR = "tutor", _("tutor")
    JUDGE = "judge", _("judge")


class RoleKind(TextChoices):
    ORGANISER = "organiser", _("organiser")
    SCHOOL = "school", _("school")
    DISTRICT = "district", _("recommending unit")
    JUDGE = "judge", _("judge")
    REFEREE = "referee", _("referee")
    COMMITTEE = "committee", _("committee member")
    APPROVER = "approver", _("second person")


APPROVING = (RoleKind.ORGANISER, RoleKind.APPROVER)
# drive a contest or decide in it: given by two persons where a contest has them
DECIDING = (RoleKind.ORGANISER, RoleKind.APPROVER, RoleKind.COMMITTEE)


class StepKind(TextChoices):
    """What one person proposes and another one does, where a contest has two persons for it."""

    LOCK = "lock", _("lock the list")
    PUBLISH = "publish", _("publish the list")
    NOTICE = "notice", _("open a public notice")
    NOTICE_DOWN = "notice-down", _("take a public notice down")
    AMEND = "amend", _("take the list back and decide anew")
    RESOLUTION = "resolution", _("record the decision of a body above the committee")
    RESOLUTION_BACK = "resolution-back", _("withdraw a recorded decision")
    FINALISTS = "finalists", _("publish the list of finalists")
    FINALISTS_BACK = "finalists-back", _("take the list of finalists back")
    CORRECT = "correct", _("correct an entry of a fixed list")
    ROLE = "role", _("give a role")
    ONE_PERSON = "one-person", _("do without a second person")


class AgreementState(TextChoices):
    OPEN = "open", _("waits for the second person")
    AGREED = "agreed", _("approved and done")
    RETURNED = "returned", _("sent back")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed")


AGREEMENT_MOVES: dict[str, frozenset[str]] = {
    AgreementState.OPEN: frozenset(
        {AgreementState.AGREED, AgreementState.RETURNED, AgreementState.WITHDRAWN, AgreementState.LAPSED}
    ),
    AgreementState.AGREED: frozenset(),
    AgreementState.RETURNED: frozenset(),
    AgreementState.WITHDRAWN: frozenset(),
    AgreementState.LAPSED: frozenset(),
}


class MailState(TextChoices):
    """How far a mail has come. `unsure`: its sender was cut off, so nobody knows; it is not sent again by itself."""

    QUEUED = "queued", _("waits to be sent")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("perhaps sent")
    FAILED = "failed", _("not sent")
    CANCELLED = "cancelled", _("cancelled")


# whoever takes a mail to send it (queued → sending) claims it outside the log: that is no news to anybody
MAIL_MOVES: dict[str, frozenset[str]] = {
    MailState.QUEUED: frozenset({MailState.CANCELLED}),
    MailState.SENDING: frozenset({MailState.SENT, MailState.QUEUED, MailState.UNSURE, MailState.FAILED}),
    MailState.UNSURE: frozenset({MailState.QUEUED, MailState.SENT}),
    MailState.FAILED: frozenset({MailState.QUEUED}),
    MailState.SENT: frozenset(),
    MailState.CANCELLED: frozenset(),
}


class JobState(TextChoices):
    """How far a long work has come."""

    QUEUED = "queued", _("waits to begin")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("stopped by a fault")
    CANCELLED = "cancelled", _("cancelled")


# whoever takes a work over from a worker that did not come back changes its owner, not its state
JOB_MOVES: dict[str, frozenset[str]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED}),
    JobState.FAILED: frozenset({JobState.QUEUED, JobState.CANCELLED}),
    JobState.DONE: frozenset(),
    JobState.CANCELLED: frozenset(),
}


class Via(TextChoices):
    WEB = "web"
    API = "api"
    COMMAND = "command"
    LINK = "link"
