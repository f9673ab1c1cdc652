"""The states and choices of prizes, lists, ballots and certificates, and the tables of their moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class AwardedBy(TextChoices):
    PLAN = "plan", _("by the plan")
    MINUTES = "minutes", _("by minutes")
    COMMITTEE = "committee", _("by the committee")


class RecognitionKind(TextChoices):
    DISTRICT = "district", _("outstanding unit")
    SCHOOL = "school", _("outstanding school")
    TUTOR = "tutor", _("outstanding tutor")


class AchievementRole(TextChoices):
    AUTHOR = "author", _("author")
    TUTOR = "tutor", _("tutor")


class Majority(TextChoices):
    CAST = "cast", _("of the members who voted")
    MEMBERS = "members", _("of all members entitled to vote")


class Choice(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    ABSTAIN = "abstain", _("abstained")
    RECUSED = "recused", _("recused")


class CertificateKind(TextChoices):
    AUTHOR = "author", _("author")
    TUTOR = "tutor", _("tutor")
    RECOGNITION = "recognition", _("recognition")
    AWARD = "award", _("Mayor's Award")


class CertificateState(TextChoices):
    VALID = "valid", _("valid")
    REVOKED = "revoked", _("revoked")


CERTIFICATE_MOVES: dict[str, frozenset[str]] = {
    CertificateState.VALID: frozenset({CertificateState.REVOKED}),
    CertificateState.REVOKED: frozenset(),
}
