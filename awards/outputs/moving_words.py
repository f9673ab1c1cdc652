"""A dry run in words: who moves and why, how many prizes there are before and after, which ties open and close."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.core.moves import HELD, Counted, Moved, Reason
from awards.core.prizes import Score
from awards.models import Award, PrizeLevel
from awards.prizes import BY_CODE, LAST, Prize
from awards.services.dry_run import DryRun
from competition.core.numbers import decimal_text
from competition.models import Contest, District, Person, School
from competition.wording import in_a_row
from judging.core.measured import time_text

SHOWN = 60


@dataclass(frozen=True)
class Given:
    """A prize as a page shows it: `code` "" for none, "held" for an open tie."""

    code: str
    label: str


@dataclass(frozen=True)
class Line:
    """An entry that moves. `key`: of its page."""

    number: str
    key: str
    group: str
    was: Given
    now: Given
    why: str


@dataclass(frozen=True)
class CountLine:
    group: str
    prize: Given
    was: int
    now: int

    @property
    def differs(self) -> bool:
        return self.was != self.now


@dataclass(frozen=True)
class LapsedLine:
    """A move of the committee that counts no more, by its number; `entries` that it is about."""

    number: int
    entries: str
    why: str


@dataclass(frozen=True)
class Shown:
    """A dry run for a reader. `titles`: (title, who, whether it comes); `counting`: (number of a move of the committee
    that counts after and did not before, its entries)."""

    seen: str
    lines: list[Line]
    more: int
    number: int
    counts: list[CountLine]
    opened: list[str]
    closed: list[str]
    titles: list[tuple[str, str, bool]]
    undue: str
    lapsed: list[LapsedLine]
    counting: list[tuple[int, str]]
    rescored: int
    missing: int
    moves_nothing: bool


def shown(contest: Contest, run: DryRun) -> Shown:
    found, words = run.comparison, Words(contest)
    keys = dict(contest.entries.filter(number__in=[one.number for one in found.moved]).values_list("number", "key"))
    groups = list(dict.fromkeys(one.group for one in found.counts))
    counts = sorted(found.counts, key=lambda one: (groups.index(one.group), order_of(one, run)))
    return Shown(
        seen=run.seen,
        lines=[line_of(one, keys, words) for one in found.moved[:SHOWN]],
        more=max(len(found.moved) - SHOWN, 0),
        number=len(found.moved),
        counts=[count_line(one, words) for one in counts],
        opened=["、".join(tie) for tie in found.opened],
        closed=["、".join(tie) for tie in found.closed],
        titles=titles_of(run),
        undue="、".join(found.undue),
        lapsed=[
            LapsedLine(one.number, "、".join(one.entries), in_a_row([sentence(why, words) for why in one.reasons]))
            for one in found.lapsed
        ],
        counting=[(number, "、".join(entries)) for number, entries in found.counting],
        rescored=found.rescored,
        missing=run.after.missing,
        moves_nothing=found.moves_nothing,
    )


def order_of(one: Counted, run: DryRun) -> int:
    """As the plan has them; where there is none, the best prize first."""
    if one.group in run.after.groups or one.group in run.before.groups:
        return 0
    prize = BY_CODE.get(one.prize)
    return prize.order if prize else LAST


class Words:
    """The labels of a contest's prizes and the form of its scores, each asked for once."""

    def __init__(self, contest: Contest):
        self.places = contest.places
        rows: set[tuple[str, str, str]] = set()
        awards = Award.objects.filter(list__contest=contest)
        levels = PrizeLevel.objects.filter(group__plan__contest=contest)
        for found in (awards, levels):
            rows |= set(found.order_by().values_list("code", "label_zh", "label_en").distinct())
        named = {code: Prize(code, chinese, english, LAST).label for code, chinese, english in sorted(rows)}
        self.labels = {code: prize.label for code, prize in BY_CODE.items()} | named

    def given(self, code: str) -> Given:
        if code == HELD:
            return Given(code, _("held for the committee"))
        return Given(code, self.labels.get(code, code) if code else _("none"))

    def score(self, score: Score | None) -> str:
        """As it is published; of a track where time is measured with the time."""
        if score is None:
            return "—"
        time = time_text(-score[2]) if len(score) > 2 and score[2] else ""
        points = "" if time and not score[1] else decimal_text(score[1], self.places)
        return " · ".join(filter(None, [points, time]))

    def units(self, minimum: int | None) -> str:
        return "—" if minimum is None else decimal_text(minimum, self.places)


def line_of(one: Moved, keys: Mapping[str, str], words: Words) -> Line:
    spot = one.now or one.was
    return Line(
        one.number,
        keys.get(one.number, ""),
        spot.group if spot else "",
        words.given(one.was.prize if one.was else ""),
        words.given(one.now.prize if one.now else ""),
        in_a_row([sentence(reason, words) for reason in one.reasons]),
    )


def count_line(one: Counted, words: Words) -> CountLine:
    return CountLine(one.group, words.given(one.prize), one.was, one.now)


def sentence(reason: Reason, words: Words) -> str:
    return SENTENCES[reason.code](reason.facts, words)


def scores(facts: Mapping[str, Any], words: Words) -> dict[str, str]:
    return {"was": words.score(facts["was"]), "now": words.score(facts["now"])}


def of_prize(facts: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {**facts, "prize": words.given(facts["prize"]).label}


def opened(number: int) -> str:
    text = ngettext(
        "A tie across the cut opens: %(number)s entry shares this score.",
        "A tie across the cut opens: %(number)s entries share this score.",
        number,
    )
    return text % {"number": number}


SENTENCES: dict[str, Callable[[Mapping[str, Any], Words], str]] = {
    "joined": lambda facts, words: _("It counts from now on."),
    "left": lambda facts, words: _("It counts no more."),
    "score": lambda facts, words: _("Its score changes from %(was)s to %(now)s.") % scores(facts, words),
    "score-came": lambda facts, words: _("It gets a score: %(now)s.") % scores(facts, words),
    "score-gone": lambda facts, words: _("It has no score any more; it had %(was)s.") % scores(facts, words),
    "place": lambda facts, words: (
        _("Its score stays; its place changes from %(was)s to %(now)s, since others' scores change.") % facts
    ),
    "tie-opened": lambda facts, words: opened(facts["number"]),
    "tie-closed": lambda facts, words: _("The tie across the cut is there no more."),
    "tie-settled": lambda facts, words: _("The committee has decided the tie."),
    "group-came": lambda facts, words: _("Its group has prizes from now on."),
    "group-gone": lambda facts, words: _("Its group has no prizes in the plan any more."),
    "seats": lambda facts, words: _("%(prize)s: %(now)s places instead of %(was)s.") % of_prize(facts, words),
    "minimum": lambda facts, words: (
        _("%(prize)s: the minimum is %(now)s instead of %(was)s.")
        % {**of_prize(facts, words), "was": words.units(facts["was"]), "now": words.units(facts["now"])}
    ),
    "cut": lambda facts, words: (
        _("%(prize)s begins at %(now)s instead of %(was)s.") % {**of_prize(facts, words), **scores(facts, words)}
    ),
    "decided-otherwise": lambda facts, words: _("Somebody else decides of it than before: the plan or the committee."),
    "move-lapsed": lambda facts, words: _("The committee's move of it counts no more."),
    "move-counts": lambda facts, words: _("The committee's move of it counts."),
    "move-left": lambda facts, words: _("An entry of it counts no more."),
    "move-places": lambda facts, words: _("The places of the plan are others than the committee voted on."),
    "move-minimum": lambda facts, words: _("The minimum of a prize is another than the committee voted on."),
    "move-ranking": lambda facts, words: _("The ranking of the group is another than the committee voted on."),
    "move-under-minimum": lambda facts, words: _("It would give a prize to an entry that is under its least score."),
    "move-prizes": lambda facts, words: _("What marks and settled ties give is other than the committee voted on."),
    "by-minutes": lambda facts, words: _("As the minutes say."),
    "by-the-rule": lambda facts, words: _("The rule gives it so."),
}


def titles_of(run: DryRun) -> list[tuple[str, str, bool]]:
    """Titles that go, then those that come."""
    found = run.comparison
    names: dict[tuple[str, int], str] = {}
    for kind, model in (("district", District), ("school", School), ("person", Person)):
        wanted = {pk for _rule, of, pk in found.lost | found.won if of == kind}
        if wanted:
            names |= {(kind, one.pk): str(one) for one in model.objects.filter(pk__in=wanted)}
    rows = [(*one, False) for one in sorted(found.lost)] + [(*one, True) for one in sorted(found.won)]
    return [(rule, names.get((kind, pk), ""), comes) for rule, kind, pk, comes in rows]
