"""A group of the prize plan in words, as the office reads it out."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from awards.forms import plain
from awards.outputs.tie_words import Labels, breaker_words
from awards.services.plans import GroupDetails, LevelDetails
from awards.states import SeatKind
from competition.core.numbers import decimal_text
from competition.wording import speaks_chinese


def in_one_line(words: Sequence[str]) -> str:
    return ("；" if speaks_chinese() else "; ").join(words)


def plan_words(group: GroupDetails, places: int, labels: Labels) -> list[str]:
    """Each level, then what holds for all."""
    words = [level_words(level, places) for level in group.levels]
    if group.cap_count is not None:
        words.append(_("at most %(number)s prizes in all") % {"number": group.cap_count})
    if group.cap_percent is not None:
        words.append(_("prizes for at most %(share)s %% of the entries") % {"share": plain(group.cap_percent)})
    if any(level.kind not in (SeatKind.COUNT, SeatKind.REST) for level in group.levels):
        words.append(str(group.rounding.label))
    if group.breakers:
        chain = _(", then ").join(breaker_words(one, labels) for one in group.breakers)
        words.append(_("equal scores across a cut: first %(chain)s") % {"chain": chain})
        words.append(_("still equal: %(ties)s") % {"ties": group.ties.label})
    else:
        words.append(_("equal scores across a cut: %(ties)s") % {"ties": group.ties.label})
    return words


def level_words(level: LevelDetails, places: int) -> str:
    value = "" if level.value is None else plain(level.value)
    text = LEVELS[level.kind]() % {"prize": level.prize.label, "value": value}
    if level.minimum is not None:
        text += _(" (from %(points)s points on)") % {"points": decimal_text(level.minimum, places)}
    return text


LEVELS = {
    SeatKind.COUNT: lambda: _("%(prize)s: %(value)s"),
    SeatKind.PERCENT_ENTRIES: lambda: _("%(prize)s: %(value)s %% of the entries"),
    SeatKind.PERCENT_PRIZES: lambda: _("%(prize)s: %(value)s %% of the prizes"),
    SeatKind.RATIO: lambda: _("%(prize)s: %(value)s in the ratio"),
    SeatKind.REST: lambda: _("%(prize)s: all that is left"),
}
