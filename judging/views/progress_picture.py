"""How sheets came in over time: a curve, and the same as a table."""

from datetime import timedelta

from django.utils.translation import gettext as _

from competition.core.pictures import Chart, Step, course
from competition.models import Contest
from judging.core.arrivals import stretches
from judging.selectors import arrival_times

DAY = timedelta(days=1)


def course_chart(contest: Contest, expected: int) -> Chart | None:
    """None where all came at once, as from a workbook: nothing can be seen of time there."""
    found, length = stretches([one.astimezone(contest.tz) for one in arrival_times(contest)])
    if len(found) < 2:
        return None
    shape = "%m-%d" if length >= DAY else "%m-%d %H:%M"
    names = [f"{one.start:{shape}}" for one in found]
    head = _("From") if length < DAY else _("Day") if length == DAY else _("Week from")
    return Chart(
        _("Sheets handed in"),
        course([Step(name, one.sum) for name, one in zip(names, found, strict=True)], expected,
               _("all sheets: %(number)s") % {"number": expected}),
        [head, _("Came"), _("There by then"), _("Of all")],
        [[name, one.came, one.sum, share(one.sum, expected)] for name, one in zip(names, found, strict=True)],
    )  # fmt: skip


def share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}".replace("%", " %") if whole else "—"
