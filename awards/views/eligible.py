"""Why a nominee is eligible or not, in words: the codes of a nomination against the ways of the award."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Alternative, Nomination
from awards.prizes import KNOWN, LAST
from competition.wording import in_a_row

LACKS = {
    "level": gettext_lazy("the level is another"),
    "contest": gettext_lazy("the contest is another"),
    "prize": gettext_lazy("the prize is too low"),
    "role": gettext_lazy("won in another role"),
    "first-author": gettext_lazy("not the first author"),
    "track": gettext_lazy("the track does not count"),
    "since": gettext_lazy("won too early"),
    "until": gettext_lazy("won too late"),
    "none": gettext_lazy("no prize is known"),
}


@dataclass(frozen=True)
class Ways:
    """The ways to be eligible for one kind of winner: their lines, and order -> number as the page counts them."""

    texts: list[str]
    numbers: dict[int, int]


def ways_of(alternatives: Iterable[Alternative], track_id: int) -> Ways:
    mine = [one for one in alternatives if one.track_id in (None, track_id)]
    numbers = {one.order: number for number, one in enumerate(mine, 1)}
    return Ways([alternative_text(one) for one in mine], numbers)


def alternative_text(one: Alternative) -> str:
    """One way to be eligible, in a line."""
    parts = [one.get_level_display() if one.level else "", one.contest_name]
    if one.prize_order is not None:
        parts.append(_("%(prize)s or better") % {"prize": prize_word(one.prize_order)})
    if one.role:
        parts.append(_("as %(role)s") % {"role": one.get_role_display()})
    if one.first_author_only:
        parts.append(_("first author only"))
    if one.since:
        parts.append(_("since %(day)s") % {"day": one.since.isoformat()})
    if one.until:
        parts.append(_("until %(day)s") % {"day": one.until.isoformat()})
    if one.tracks_excluded:
        parts.append(_("not: %(tracks)s") % {"tracks": "、".join(one.tracks_excluded)})
    return " · ".join(str(part) for part in parts if part)


def prize_word(order: int) -> str:
    words = [(zh, en) for _code, zh, en, _also in KNOWN]
    if not 0 <= order < min(len(words), LAST):
        return _("any prize")
    zh, en = words[order]
    return _("%(en)s (%(zh)s)") % {"zh": zh, "en": en}


def eligibility_text(nomination: Nomination, numbers: Mapping[int, int]) -> str:
    """numbers   order of an alternative -> its number as the page shows it"""
    reason: Sequence[Any] = nomination.reason
    if not reason:
        return _("Not checked yet.")
    if reason[0] == "met":
        _met, order, contest, prize = reason
        if not order:
            return _("Eligible as nominated: there are no conditions for this kind.")
        facts = {"number": numbers.get(order, order), "contest": contest, "prize": prize}
        return _("Way %(number)s: %(contest)s, %(prize)s.") % facts
    return in_a_row(
        _("Way %(number)s: %(lacks)s.")
        % {"number": numbers.get(order, order), "lacks": ", ".join(str(LACKS.get(part, part)) for part in parts)}
        for order, parts in reason[1:]
    )
