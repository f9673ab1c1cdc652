"""Titles that follow from prizes, without names: what a list keeps of them, and how they differ from what a body
approved. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from awards.models import AwardList, Recognition, RecognitionRule, Resolution
from awards.presets import kind_of
from awards.services.recognitions import RECIPIENTS, RuleRanked
from competition.core.canon import digest
from competition.models import Contest

Given = list[list[Any]]  # [number of the title, who, numbers of the entries that it follows from]


@dataclass(frozen=True)
class TitleChange:
    """A title that follows now to others than when a body decided. `before`: who has it no more; `now`: who has it
    since."""

    resolution: Resolution
    title: str
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """`said`: the same by numbers and codes; its digest tells these changes from others."""

    rows: tuple[TitleChange, ...] = ()
    said: tuple[list[Any], ...] = ()

    @property
    def digest(self) -> str:
        return digest(list(self.said))


NO_CHANGES = Changes()


def title_lines(contest: Contest, found: Iterable[RuleRanked]) -> list[dict[str, Any]]:
    """Of each title that follows: its rule, whom it could go to and by which entries, whom it goes to, best first."""
    kinds = [(track.code, kind_of(track)) for track in contest.tracks.order_by("order")]
    lines = []
    for rule, ranked in found:
        if rule.follows:
            codes = codes_of(rule, ranked.keys)
            lines.append(
                {
                    "title": rule.order,
                    "kind": rule.kind,
                    "follows": [[code, prize] for kind, prize in rule.follows for code, of in kinds if of == kind],
                    "number": rule.number,
                    "ties": str(rule.ties) if rule.number else "",
                    "of": [[codes[pk], list(one.follows)] for pk, one in zip(ranked.keys, ranked.figures, strict=True)],
                    "given": [codes[pk] for pk, has_it in zip(ranked.keys, ranked.recognised, strict=True) if has_it],
                }
            )
    return lines


def codes_of(rule: RecognitionRule, keys: Iterable[int]) -> dict[int, str]:
    """What stands for each recipient: it tells nobody, and stays."""
    rows = RECIPIENTS[rule.kind].objects.filter(pk__in=list(keys)).values_list("pk", "key")
    return {pk: code_of(rule.contest, rule.kind, key) for pk, key in rows}


def code_of(contest: Contest, kind: str, key: str) -> str:
    return contest.mint.commitment("title", kind, key)


def given_titles(award_list: AwardList) -> Given:
    """Who has the titles that follow."""
    return sorted([one.rule.order, code_in(award_list, one), list(one.follows)] for one in followed(award_list))


def followed(award_list: AwardList) -> list[Recognition]:
    rows = award_list.recognitions.select_related("rule", "district", "school", "person")
    return [one for one in rows if one.rule.follows]


def code_in(award_list: AwardList, one: Recognition) -> str:
    return code_of(award_list.contest, one.rule.kind, one.recipient.key)


def titles_changed(award_list: AwardList, holds: Iterable[Resolution]) -> Changes:
    """Since each body that has approved this list. That a title went with a prize that a body struck is no change: it
    saw to that itself.

    source   docs/rulebook.md "Approval above the committee"
    """
    known = [one for one in holds if one.titles is not None]
    if not known:
        return NO_CHANGES
    rows = followed(award_list)
    now = {(one.rule.order, code_in(award_list, one)) for one in rows}
    numbers = (
        set(award_list.awards.values_list("entry__number", flat=True)) if any(one.titles for one in known) else set()
    )
    differing = []
    for one in known:
        then = {(title, who) for title, who, of in one.titles or () if numbers.intersection(of)}
        if then != now:
            differing.append((one, then - now, now - then))
    return worded(award_list, rows, differing) if differing else NO_CHANGES


def worded(award_list: AwardList, rows: list[Recognition], differing: list[Any]) -> Changes:
    """With the names as they are now; whoever has a title no more is named by the list that had it."""
    names: dict[tuple[int, str], str] = {}
    titles: dict[int, str] = {}
    for found in [rows, *(followed(one.list) for one, _gone, _new in differing)]:
        for one in found:
            names.setdefault((one.rule.order, code_in(award_list, one)), str(one.recipient))
            titles.setdefault(one.rule.order, one.rule.label)
    changes, said = [], []
    for one, gone, new in differing:
        said.append([one.serial, sorted(map(list, gone)), sorted(map(list, new))])
        for title in sorted({title for title, _who in gone | new}):
            before, now = (tuple(sorted(names[pair] for pair in pairs if pair[0] == title)) for pairs in (gone, new))
            changes.append(TitleChange(one, titles[title], before, now))
    return Changes(tuple(changes), tuple(said))
