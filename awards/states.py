"""The states and choices of prizes, lists, ballots and certificates, and the tables of their moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SeatKind(TextChoices):
    COUNT = "count", _("fixed number")
    PERCENT_ENTRIES = "percent_entries", _("% of entries")
    PERCENT_PRIZES = "percent_prizes", _("% of prizes")
    RATIO = "ratio", _("ratio of prizes")
    REST = "rest", _("all that is left")


class Rounding(TextChoices):
    HALF_UP = "half_up", _("round half up")
    DOWN = "down", _("round down")
    UP = "up", _("round up")
    LARGEST_REMAINDER = "largest_remainder", _("largest remainder")


class Ties(TextChoices):
    EXTEND = "extend", _("all tied get the better prize")
    SHRINK = "shrink", _("all tied get the lower prize")
    HOLD = "hold", _("held for the committee")


class ListState(TextChoices):
    DRAFT = "draft", _("proposed")
    LOCKED = "locked", _("locked")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("replaced by a newer version")


LIST_MOVES: dict[str, frozenset[str]] = {
    ListState.DRAFT: frozenset({ListState.LOCKED, ListState.SUPERSEDED}),
    ListState.LOCKED: frozenset({ListState.PUBLISHED, ListState.SUPERSEDED}),
    ListState.PUBLISHED: frozenset({ListState.SUPERSEDED}),
    ListState.SUPERSEDED: frozenset(),
}


class ResultDetail(TextChoices):
    """How much of a result who entered the work may read, each with all before it."""

    PRIZE = "prize", _("the prize alone")
    SCORE = "score", _("score, place and where prizes ended")
    SHEETS = "sheets", _("the total of each sheet too, without who judged")
    MARKS = "marks", _("each mark too, and what judges wrote for the pupils")


class AwardedBy(TextChoices):
    PLAN = "plan", _("by the plan")
    MINUTES = "minutes", _("by minutes")
    COMMITTEE = "committee", _("by the committee")


class MoveMajority(TextChoices):
    """By how much the committee moves an entry to another level; see awards.core.moving."""

    HALF = "half", _("more than half of those present who vote")
    TWO_THIRDS = "two_thirds", _("at least two thirds of those present who vote")


class RecognitionKind(TextChoices):
    DISTRICT = "district", _("outstanding unit")
    SCHOOL = "school", _("outstanding school")
    TUTOR = "tutor", _("outstanding tutor")


class AchievementKind(TextChoices):
    PRIZE = "prize", _("prize of a contest")
    PATENT = "patent", _("invention patent")
    TITLE = "title", _("title of honour")


class AchievementRole(TextChoices):
    AUTHOR = "author", _("author")
    TUTOR = "tutor", _("tutor")


class NomineeKind(TextChoices):
    """Kinds of winner: each a track of the edition, known by its code."""

    STUDENT = "student", _("students")
    TUTOR = "tutor", _("science tutors")
    SCHOOL = "school", _("schools")


class ClaimState(TextChoices):
    TO_CHECK = "to_check", _("to check")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")


CLAIM_MOVES: dict[str, frozenset[str]] = {
    ClaimState.TO_CHECK: frozenset({ClaimState.CONFIRMED, ClaimState.REFUSED}),
    ClaimState.CONFIRMED: frozenset({ClaimState.REFUSED}),
    ClaimState.REFUSED: frozenset({ClaimState.CONFIRMED}),
}


class SelfState(TextChoices):
    DRAFT = "draft", _("begun, not sent to the office")
    SENT = "sent", _("received by the office")
    RETURNED = "returned", _("returned to be mended")
    TAKEN = "taken", _("taken up as a nominee")
    DECLINED = "declined", _("not taken up")


SELF_MOVES: dict[str, frozenset[str]] = {
    SelfState.DRAFT: frozenset({SelfState.SENT}),
    SelfState.SENT: frozenset({SelfState.RETURNED, SelfState.TAKEN, SelfState.DECLINED}),
    SelfState.RETURNED: frozenset({SelfState.SENT, SelfState.DECLINED}),
    SelfState.TAKEN: frozenset({SelfState.SENT}),
    SelfState.DECLINED: frozenset({SelfState.RETURNED, SelfState.TAKEN}),
}


class Majority(TextChoices):
    CAST = "cast", _("of the members who voted")
    PRESENT = "present", _("of the members present")
    MEMBERS = "members", _("of all members entitled to vote")


class Choice(TextChoices):
    YES = "yes", pgettext_lazy("vote", "yes")
    NO = "no", pgettext_lazy("vote", "no")
    ABSTAIN = "abstain", _("abstained")
    RECUSED = "recused", _("recused")


class RoundWay(TextChoices):
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("on phones in the room")


class RoundState(TextChoices):
    OPEN = "open", _("voting goes on")
    CLOSED = "closed", _("closed for good")
    VOID = "void", _("void")


ROUND_MOVES: dict[str, frozenset[str]] = {
    RoundState.OPEN: frozenset({RoundState.CLOSED, RoundState.VOID}),
    RoundState.CLOSED: frozenset({RoundState.VOID}),
    RoundState.VOID: frozenset(),
}


class Runoff(TextChoices):
    """Who stands in the next round, of those who have no place yet."""

    ALL = "all", _("everybody who has no place yet")
    DOUBLE = "double", _("those with most votes, at most two for each place that is free")


class ApprovalStep(TextChoices):
    """Bodies above the committee that approve an award's list, in this order, where its rules name them."""

    COUNCIL = "council", _("award council")
    GOVERNMENT = "government", _("government")


class ResolutionOutcome(TextChoices):
    """What a body says of the list that is put before it."""

    APPROVED = "approved", pgettext_lazy("list", "approved")
    STRUCK = "struck", _("approved without some")
    REFUSED = "refused", pgettext_lazy("list", "refused")


class Nominators(TextChoices):
    OFFICE = "office", _("the office")
    SCHOOLS = "schools", _("schools")
    UNITS = "units", _("schools, and their unit recommends")


class CertificateKind(TextChoices):
    AUTHOR = "author", _("author")
    TUTOR = "tutor", _("tutor")
    RECOGNITION = "recognition", _("recognition")
    AWARD = "award", _("Mayor's Award")


class TemplateKind(TextChoices):
    """Kinds of certificates that may look and read differently; codes as in awards.core.certificate_template."""

    AUTHOR = "author", _("authors of an entry")
    TUTOR = "tutor", _("tutors of an entry")
    SCHOOL = "school", _("outstanding school")
    UNIT = "unit", _("outstanding unit")
    TITLE = "title", _("outstanding tutor")
    AWARD = "award", _("Mayor's Award")
    ATTENDANCE = "attendance", _("attendance of a training")


class SealKind(TextChoices):
    SEAL = "seal", _("seal of an office")
    SIGNATURE = "signature", _("signature of a person")


class PrintedAs(TextChoices):
    """What comes out of the printer; without seal is the default."""

    PLAIN = "plain", _("full design, without seal, to be stamped by hand")
    STOCK = "stock", _("text only, on pre-printed paper")
    SEALED = "sealed", _("full design, with seals")


class CertificateState(TextChoices):
    VALID = "valid", _("valid")
    REVOKED = "revoked", _("revoked")


CERTIFICATE_MOVES: dict[str, frozenset[str]] = {
    CertificateState.VALID: frozenset({CertificateState.REVOKED}),
    CertificateState.REVOKED: frozenset(),
}


class KeyState(TextChoices):
    """Of a key that signs certificates. What a retired one signed holds; what a withdrawn one signed says nothing."""

    CURRENT = "current", pgettext_lazy("signing key", "in use")
    RETIRED = "retired", pgettext_lazy("signing key", "replaced; its signatures hold")
    WITHDRAWN = "withdrawn", pgettext_lazy("signing key", "withdrawn; its signatures prove nothing")


KEY_MOVES: dict[str, frozenset[str]] = {
    KeyState.CURRENT: frozenset({KeyState.RETIRED, KeyState.WITHDRAWN}),
    KeyState.RETIRED: frozenset({KeyState.WITHDRAWN}),
    KeyState.WITHDRAWN: frozenset(),
}


class NoticeState(TextChoices):
    """What the clock makes of a notice; nothing of it is stored."""

    ANNOUNCED = "announced", _("not begun")
    RUNNING = "running", _("runs")
    OVER = "over", _("over")
    TAKEN_DOWN = "taken_down", _("taken down")
    REPLACED = "replaced", _("its list was replaced")


class ObjectionState(TextChoices):
    OPEN = "open", _("not answered yet")
    UPHELD = "upheld", _("upheld")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn by the objector")


OBJECTION_MOVES: dict[str, frozenset[str]] = {
    ObjectionState.OPEN: frozenset({ObjectionState.UPHELD, ObjectionState.REJECTED, ObjectionState.WITHDRAWN}),
    ObjectionState.UPHELD: frozenset(),
    ObjectionState.REJECTED: frozenset(),
    ObjectionState.WITHDRAWN: frozenset(),
}


class ObjectionWay(TextChoices):
    WEB = "web", _("on the notice's page")
    LETTER = "letter", _("by letter or mail")
    PHONE = "phone", _("by phone")
    VISIT = "visit", _("in person")


class EarlyKind(TextChoices):
    ISSUE = "issue", _("certificates issued")
    PUBLISH = "publish", _("list published")


class AttendeeRole(TextChoices):
    """As what somebody attends a training."""

    TUTOR = "tutor", _("science tutor")
    STUDENT = "student", _("student")
    STAFF = "staff", _("staff")


class ParticipantState(TextChoices):
    LISTED = "listed", _("on the list")
    ISSUED = "issued", _("certificate issued")
    REVOKED = "revoked", _("revoked")
    REISSUED = "reissued", _("replaced by a new one")


PARTICIPANT_MOVES: dict[str, frozenset[str]] = {
    ParticipantState.LISTED: frozenset({ParticipantState.ISSUED}),
    ParticipantState.ISSUED: frozenset({ParticipantState.REVOKED, ParticipantState.REISSUED}),
    ParticipantState.REVOKED: frozenset(),
    ParticipantState.REISSUED: frozenset(),
}
