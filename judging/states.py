"""The states of what judges write, and the table of their moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JudgeState(TextChoices):
    """Whether a judge has answered the invitation. Judges of a workbook are listed, and mark on paper."""

    LISTED = "listed", _("not invited yet")
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


JUDGE_MOVES: dict[str, frozenset[str]] = {
    JudgeState.LISTED: frozenset({JudgeState.INVITED, JudgeState.ACCEPTED, JudgeState.DECLINED}),
    JudgeState.INVITED: frozenset({JudgeState.ACCEPTED, JudgeState.DECLINED}),
    JudgeState.ACCEPTED: frozenset({JudgeState.DECLINED}),
    JudgeState.DECLINED: frozenset({JudgeState.ACCEPTED, JudgeState.INVITED}),
}


LANGUAGES = [("zh-hans", "中文"), ("en", "English")]


class ConflictReason(TextChoices):
    """Why a judge may not mark an entry; of several the first in this order is told."""

    RECUSAL = "recusal", _("knew the work")
    SAID = "said", _("said by judge or office")
    OWN_SCHOOL = "own-school", _("own school")
    OWN_PUPIL = "own-pupil", _("tutor of this entry")
    EARLIER_PUPIL = "earlier-pupil", _("earlier tutor of an author")
    RELATION = "relation", _("named as somebody close")
    OWN_DISTRICT = "own-district", _("own district")
    DECIDED = "decided", _("decided by the office")


class HintKind(TextChoices):
    SAME_NAME = "same-name", _("has the name of an author or tutor")
    LIKE_SCHOOL = "like-school", _("works at what may be this school")
    MENTIONED = "mentioned", _("spoke of somebody of this name")


class ConflictSource(TextChoices):
    OFFICE = "office", _("said by the office")
    WORKBOOK = "workbook", _("in the workbook")
    JUDGE = "judge", _("said by the judge")
    RECUSAL = "recusal", _("the judge knew the work")


class QuestionKind(TextChoices):
    DOUBT = "doubt", _("doubt whether the pupil did this")
    PROBLEM = "problem", _("problem with the material")


class SortedAs(TextChoices):
    """Where a judge has put a picture for themselves, before marks are given."""

    SHORTLIST = "shortlist", _("shortlist")
    UNDECIDED = "undecided", _("undecided")
    OUT = "out", _("out")
    NONE = "none", _("not yet sorted")


class SheetState(TextChoices):
    SUBMITTED = "submitted", _("submitted")
    REOPENED = "reopened", _("reopened for correction")
    SUPERSEDED = "superseded", _("replaced by a newer version")
    RECUSED = "recused", _("recused")


SHEET_MOVES: dict[str, frozenset[str]] = {
    SheetState.SUBMITTED: frozenset({SheetState.SUPERSEDED, SheetState.REOPENED}),
    SheetState.REOPENED: frozenset({SheetState.SUPERSEDED, SheetState.SUBMITTED}),
    SheetState.RECUSED: frozenset({SheetState.SUPERSEDED}),
    SheetState.SUPERSEDED: frozenset(),
}


class Attendance(TextChoices):
    """Whether an entry comes to a round that is held in one place. Only `absent` (弃权) counts: no sheet is expected of
    it then, it has no score and no rank, which is not a zero."""

    EXPECTED = "expected", _("no answer yet")
    COMING = "coming", _("comes")
    CANCELLED = "cancelled", _("does not come")
    PRESENT = "present", _("is here")
    ABSENT = "absent", _("absent")


# people are late, desks slip: each can be mended
ATTENDANCE_MOVES: dict[str, frozenset[str]] = {one: frozenset(Attendance) - {one} for one in Attendance}


class Method(TextChoices):
    MEAN = "mean", _("mean")
    MEDIAN = "median", _("median")
    TRIMMED = "trimmed", _("mean without one highest and one lowest")


class AssignedBy(TextChoices):
    WORKBOOK = "workbook", _("given in the workbook")
    SOLVER = "solver", _("assigned by the system")
    SHEET = "sheet", _("known from a sheet")
    HAND = "hand", _("assigned by hand")
    COMMON = "common", _("marked by all judges")


class RubricKind(TextChoices):
    MARKS = "marks", _("judges mark")
    MEASURED = "measured", _("a referee measures")


class Measure(TextChoices):
    """The values are those of `core.measured`."""

    POINTS = "points", _("points")
    POINTS_TIME = "points_time", _("points; of equal points the shorter time")
    TIME = "time", _("time alone: the fastest wins")


class Combine(TextChoices):
    BEST = "best", _("the best attempt counts")
    SUM = "sum", _("the sum of all attempts counts")


class Outcome(TextChoices):
    VALID = "valid", _("valid")
    VOID = "void", _("no result")


class AttemptState(TextChoices):
    ENTERED = "entered", _("to be confirmed")
    DIFFERING = "differing", _("two people typed different things")
    CONFIRMED = "confirmed", _("confirmed")
    SUPERSEDED = "superseded", _("replaced by a newer version")


ATTEMPT_MOVES: dict[str, frozenset[str]] = {
    AttemptState.ENTERED: frozenset({AttemptState.CONFIRMED, AttemptState.DIFFERING, AttemptState.SUPERSEDED}),
    AttemptState.DIFFERING: frozenset({AttemptState.CONFIRMED, AttemptState.DIFFERING, AttemptState.SUPERSEDED}),
    AttemptState.CONFIRMED: frozenset({AttemptState.SUPERSEDED}),
    AttemptState.SUPERSEDED: frozenset(),
}
