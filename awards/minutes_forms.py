"""What minutes say of a track: a prize for each entry, typed in a table or read from a list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.minutes_columns import MINUTES_LIST
from awards.prizes import BY_CODE, SPECIAL, is_known, prize_of
from awards.services.minutes import SaidInMinutes
from competition.core.faults import Fault
from competition.core.reading import Row, read_one_table
from competition.models import Entry
from competition.problems import sentence

MOST_ROWS = 800  # of the table; more fields than 1,000 no server takes at once


def field_name(entry: Entry) -> str:
    return f"prize-{entry.key}"


class MinutesForm(forms.Form):
    """`base`: the version that was shown. With more than MOST_ROWS entries the table has those with a prize alone."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(
        label=gettext_lazy("Minutes"), max_length=300,
        help_text=gettext_lazy("By number or date, as they are found again. Schools may read this."),
    )  # fmt: skip

    def __init__(self, data: Any, entries: Sequence[Entry], given: Mapping[str, str], initial: Mapping[str, Any]):
        super().__init__(data, initial=dict(initial))
        prizes = dict.fromkeys(sorted(BY_CODE.values(), key=lambda prize: prize.order))
        levels = [("", "—"), *((one.code, one.label) for one in prizes if one != SPECIAL)]
        special = [(SPECIAL.code, SPECIAL.label)]  # it is no level; offered only where it was given as one
        is_long = len(entries) > MOST_ROWS
        sent = set(data) if data is not None else set()
        self.rows: list[tuple[Entry, str]] = []
        for entry in entries:
            name = field_name(entry)
            if not is_long or entry.key in given or name in sent:
                choices = levels + special if given.get(entry.key) == SPECIAL.code else levels
                self.fields[name] = forms.ChoiceField(
                    label=entry.number, choices=choices, required=False, initial=given.get(entry.key, "")
                )
                self.rows.append((entry, name))

    @property
    def lines(self) -> list[tuple[Entry, forms.BoundField]]:
        return [(entry, self[name]) for entry, name in self.rows]

    def said(self) -> SaidInMinutes:
        given = {entry.key: self.cleaned_data[name] for entry, name in self.rows if self.cleaned_data[name]}
        return SaidInMinutes(self.cleaned_data["name"], given)


def given_in_list(
    data: bytes, entries: Sequence[Entry], now: Mapping[str, str]
) -> tuple[dict[str, str], list[tuple[int, Fault]]]:
    """(key of the entry -> code of its prize, [(row, fault)]) of a list from Excel; reads only.

    Entries that the list does not name have no prize. With any fault nothing of it is taken in. `now`: what stands.
    """
    table, problems = read_one_table(data, MINUTES_LIST)
    faults = [(one.row, Fault(one.column, sentence(one), str(one.facts.get("found", "")))) for one in problems]
    by_number = {entry.number: entry for entry in entries}
    given: dict[str, str] = {}
    seen: dict[str, int] = {}
    for row in table.rows:
        number = row["number"] or ""
        if not number:
            continue
        if fault := fault_of(row, number, by_number, seen):
            faults.append((row.number, fault))
            continue
        seen[number] = row.number
        if prize := prize_of(row["prize"]):
            entry = by_number[number]
            given[entry.key] = prize.code
            if prize == SPECIAL != BY_CODE.get(now.get(entry.key, "")):
                text = _("A sponsor's special prize is no level. Give it on the page of special prizes.")
                faults.append((row.number, Fault(_("Prize"), text, row["prize"] or "")))
    return given, sorted(faults, key=lambda one: one[0])


def fault_of(row: Row, number: str, by_number: Mapping[str, Entry], seen: Mapping[str, int]) -> Fault | None:
    if number not in by_number:
        return Fault(_("Entry number"), _("No entry of this track that counts has this number."), number)
    if number in seen:
        return Fault(_("Entry number"), _("It stands in row %(other)s already.") % {"other": seen[number]}, number)
    if not is_known(row["prize"]):
        text = _("This is no prize that is known here: first to third prize, grand, merit, encouragement.")
        return Fault(_("Prize"), text, row["prize"] or "")
    return None
