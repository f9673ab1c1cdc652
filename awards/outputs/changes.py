"""What a run changes: two looks at the same contest, before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards.models import Award, SpecialAward
from awards.outputs.facts import points_text
from awards.states import ListState
from competition.models import Contest, Entry
from judging.models import Mark, Sheet
from judging.states import SheetState

Look = dict[str, dict[str, str]]
SHOWN = 20


@dataclass(frozen=True)
class Change:
    """`kind` is "entry", "sheet" or "prize"; `was` or `now` is blank where there was or is none."""

    kind: str
    name: str
    was: str
    now: str


def look(contests: Sequence[Contest]) -> Look:
    """Entries, sheets and prizes as they stand, by a name that people know them by."""
    return {"entry": entries(contests), "sheet": sheets(contests), "prize": prizes(contests)}


def entries(contests: Sequence[Contest]) -> dict[str, str]:
    rows = Entry.objects.filter(contest__in=contests).select_related("track", "school")
    rows = rows.prefetch_related("authors__person", "tutors__person")
    return {
        f"{one.contest_id}/{one.number}": " · ".join(
            [one.title, one.track.label_zh, one.school.name if one.school else "", one.get_state_display()]
            + [author.person.name for author in one.authors.all()]
            + [tutor.person.name for tutor in one.tutors.all()]
        )
        for one in rows
    }


def sheets(contests: Sequence[Contest]) -> dict[str, str]:
    found: dict[int, tuple[str, list[str]]] = {}
    current = Sheet.objects.current().filter(assignment__round__contest__in=contests)
    for sheet in current.select_related("assignment__entry", "assignment__judge", "assignment__round"):
        one = sheet.assignment
        said = [] if sheet.state == SheetState.SUBMITTED else [str(sheet.get_state_display())]
        found[sheet.pk] = (f"{one.round.contest_id}/{one.entry.number} × {one.judge.code} ({one.round.label})", said)
    marks = (
        Mark.objects.filter(sheet__in=found).select_related("criterion__rubric").order_by("sheet", "criterion__order")
    )
    for mark in marks:
        points = points_text(mark.points, mark.criterion.rubric.places)
        found[mark.sheet_id][1].append(f"{mark.criterion.label} {points}")
    return {name: " · ".join(points) for name, points in found.values()}


def prizes(contests: Sequence[Contest]) -> dict[str, str]:
    awards = Award.objects.filter(list__contest__in=contests).exclude(list__state=ListState.SUPERSEDED)
    specials = SpecialAward.objects.filter(list__contest__in=contests).exclude(list__state=ListState.SUPERSEDED)
    given = specials.values_list("list__contest", "entry__number", "label_zh", "sponsor")
    return {f"{contest}/{number} · {label}": sponsor for contest, number, label, sponsor in given} | {
        f"{contest}/{number}": label
        for contest, number, label in awards.values_list("list__contest", "entry__number", "label_zh")
    }


def changes(before: Look, after: Look) -> list[Change]:
    return [change for kind in after for change in changes_of(kind, before.get(kind, {}), after[kind])]


def changes_of(kind: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield Change(kind, name.split("/", 1)[1], before.get(name, ""), after.get(name, ""))


def change_lines(found: Sequence[Change]) -> list[str]:
    """For people: counts first, then the changes themselves, prizes before all."""
    names = {"prize": _("prizes of entries"), "entry": _("entries"), "sheet": _("sheets")}
    lines = []
    for kind, name in names.items():
        mine = [one for one in found if one.kind == kind]
        if mine:
            lines.append(_("%(number)s %(kind)s change:") % {"number": len(mine), "kind": name})
            lines += [f"  {one.name}: {one.was or '—'} → {one.now or '—'}" for one in mine[:SHOWN]]
            if len(mine) > SHOWN:
                lines.append("  " + _("and %(number)s more") % {"number": len(mine) - SHOWN})
    return lines
