"""Why a nominee is eligible or not, in words: the codes of a nomination against the ways of the award."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.eligibility import years_before
from awards.models import Alternative, AwardTerms, Nomination
from awards.prizes import KNOWN, LAST
from awards.services.eligibility import ABOUT_NOMINEE, applied_on
from awards.states import AchievementKind, AchievementRole
from competition.core.grades import STAGES
from competition.wording import in_a_row, speaks_chinese

LACKS = {
    "kind": gettext_lazy("the achievement is of another kind"),
    "level": gettext_lazy("the level is another"),
    "contest": gettext_lazy("the contest is another"),
    "prize": gettext_lazy("the prize is too low"),
    "role": gettext_lazy("won in another role"),
    "first-author": gettext_lazy("not the first author"),
    "track": gettext_lazy("the track does not count"),
    "track-other": gettext_lazy("another track would count"),
    "since": gettext_lazy("won too early"),
    "until": gettext_lazy("won too late"),
    "document": gettext_lazy("the office has not seen the document yet"),
    "none": gettext_lazy("no prize is known"),
    "stage": gettext_lazy("of another stage of school"),
    "born-before": gettext_lazy("born too early"),
    "stage-unknown": gettext_lazy("the stage of school is not known, so the office decides"),
    "birth-unknown": gettext_lazy("the birth date is not known, so the office decides"),
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
    """One way to be eligible as a sentence."""
    parts = [what_text(one), role_text(one), window_text(one)]
    if one.tracks_included:
        parts.append(_("only in %(tracks)s") % {"tracks": "、".join(one.tracks_included)})
    if one.tracks_excluded:
        parts.append(_("not in %(tracks)s") % {"tracks": "、".join(one.tracks_excluded)})
    if one.kind != AchievementKind.PRIZE:
        parts.append(_("once the office has seen the document"))
    return _("%(parts)s.") % {"parts": _(", ").join(part for part in parts if part)}


def what_text(one: Alternative) -> str:
    names = _(" or ").join(_("“%(name)s”") % {"name": name} for name in one.names)
    if one.kind == AchievementKind.PATENT:
        return _("An invention patent %(names)s") % {"names": names} if names else _("An invention patent")
    if one.kind == AchievementKind.TITLE:
        return _("The title %(names)s") % {"names": names} if names else _("Any title")
    level = one.get_level_display() if one.level else ""
    if names and level:
        where = _("%(names)s (%(level)s)") % {"names": names, "level": level}
    else:
        where = names or (_("any contest of %(level)s") % {"level": level} if level else _("any contest"))
    prize = _("any prize")
    if one.prize_order is not None:
        prize = _("%(prize)s or better") % {"prize": prize_word(one.prize_order)}
    return _("%(prize)s at %(where)s") % {"prize": prize, "where": where}


def role_text(one: Alternative) -> str:
    if one.first_author_only:
        return _("as first inventor") if one.kind == AchievementKind.PATENT else _("as first author")
    if one.role == AchievementRole.AUTHOR and one.kind == AchievementKind.PATENT:
        return _("as inventor")
    return _("as %(role)s") % {"role": one.get_role_display()} if one.role else ""


def window_text(one: Alternative) -> str:
    parts = []
    if one.years:
        day = applied_on(one.contest)
        facts = {"years": one.years, "since": years_before(day, one.years).isoformat(), "until": day.isoformat()}
        parts.append(_("within %(years)s years before applications close (%(since)s to %(until)s)") % facts)
    if one.since:
        parts.append(_("since %(day)s") % {"day": one.since.isoformat()})
    if one.until:
        parts.append(_("until %(day)s") % {"day": one.until.isoformat()})
    return _(", ").join(parts)


def asked_text(terms: AwardTerms) -> str:
    """What the award asks of the nominees themselves, in a sentence; "" for nothing."""
    parts = []
    if terms.stages:
        words = [STAGES[one][0 if speaks_chinese() else 1] for one in terms.stages if one in STAGES]
        parts.append(_("of %(stages)s") % {"stages": _(" or ").join(words)})
    if terms.born_since:
        parts.append(_("born on %(day)s or later") % {"day": terms.born_since.isoformat()})
    return _("%(parts)s.") % {"parts": _(", ").join(parts)} if parts else ""


def prize_word(order: int) -> str:
    words = [(zh, en) for _code, zh, en, _also in KNOWN]
    if not 0 <= order < min(len(words), LAST):
        return _("any prize")
    zh, en = words[order]
    return zh if speaks_chinese() else en


def eligibility_text(nomination: Nomination, numbers: Mapping[int, int]) -> str:
    """numbers   order of an alternative -> its number as the page shows it"""
    return in_a_row(reason_lines(nomination.reason, numbers))


def reason_lines(reason: Sequence[Any], numbers: Mapping[int, int]) -> list[str]:
    """Which way is met by which achievement; or, a line for each way, what is missing at the nearest achievement."""
    if not reason:
        return [_("Not checked yet.")]
    if reason[0] == "met":
        _met, order, contest, prize = reason
        return [met_line(order, contest, prize, numbers)]
    return [line_of_way(numbers, *line) for line in reason[1:]]


def met_line(order: int, contest: str, prize: str, numbers: Mapping[int, int]) -> str:
    if order == ABOUT_NOMINEE:
        return _("Eligible as nominated: there are no conditions for this kind.")
    facts = {"number": numbers.get(order, order), "contest": contest, "prize": prize}
    return _("Way %(number)s: %(contest)s, %(prize)s.") % facts


def line_of_way(
    numbers: Mapping[int, int], order: int, parts: Sequence[str], contest: str = "", prize: str = ""
) -> str:
    """No parts: this way is met. Without a contest there is no achievement that could be the nearest."""
    if not parts:
        return met_line(order, contest, prize, numbers)
    lacks = _(", ").join(str(LACKS.get(part, part)) for part in parts)
    if order == ABOUT_NOMINEE:
        return _("The nominee: %(lacks)s.") % {"lacks": lacks}
    facts = {"number": numbers.get(order, order), "lacks": lacks, "contest": contest, "prize": prize}
    if contest:
        return _("Way %(number)s, at the nearest (%(contest)s, %(prize)s): %(lacks)s.") % facts
    return _("Way %(number)s: %(lacks)s.") % facts
