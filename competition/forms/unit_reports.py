"""What a unit reports of its own contest, and until when units are asked."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competition.core.reporting import COLUMNS, Odd, Reported
from competition.models import Division, UnitReport

LABELS = {
    "schools": gettext_lazy("Schools that took part"),
    "pupils": gettext_lazy("Pupils who took part"),
    "works": gettext_lazy("Works handed in"),
}
SENTENCES = {
    "report-fewer": gettext_lazy(
        "%(column)s: %(found)s, but you send up %(sent)s. Nobody sends up more than was there."
    ),
    "report-without-schools": gettext_lazy("%(column)s: none, but there are %(works)s works."),
    "report-schools": gettext_lazy(
        "%(column)s: %(found)s in all, but by division they are between %(least)s and %(most)s. A school of several "
        "divisions counts once in all."
    ),
    "report-sum": gettext_lazy("%(column)s: %(found)s in all, but the divisions add up to %(sum)s."),
}
MOST = 9_999_999


class AskForm(forms.Form):
    """Of the office."""

    is_asked = forms.BooleanField(
        label=gettext_lazy("Units report schools, pupils and works of their own contests"), required=False
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Blank: until the list is locked."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip


class ReportForm(forms.Form):
    """The sums, and a row for each division that may stay empty. `seen`: the version that it was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, divisions: Iterable[Division], last: UnitReport | None):
        said = {line[0]: line[1:] for line in last.lines} if last else {}
        initial: dict[str, Any] = {"seen": last.version if last else 0}
        initial |= {column: getattr(last, column) for column in COLUMNS} if last else {}
        super().__init__(data, initial=initial)
        self.divisions = list(divisions)
        for column in COLUMNS:
            self.fields[column] = number_field(str(LABELS[column]), required=True)
        for at, division in enumerate(self.divisions):
            for place, column in enumerate(COLUMNS):
                name = f"{column}-{at}"
                self.fields[name] = number_field(f"{LABELS[column]} · {division.label}", required=False)
                if division.code in said:
                    self.initial[name] = said[division.code][place]

    @property
    def sums(self) -> list[forms.BoundField]:
        return [self[column] for column in COLUMNS]

    @property
    def rows(self) -> list[tuple[Division, list[tuple[str, forms.BoundField]]]]:
        """Of each division the heading of a column and its field."""
        return [
            (one, [(str(LABELS[column]), self[f"{column}-{at}"]) for column in COLUMNS])
            for at, one in enumerate(self.divisions)
        ]

    @property
    def said(self) -> Reported:
        """A division of which nothing is typed is left out; of a row that is begun a blank is nothing."""
        found = self.cleaned_data
        lines = []
        for at, division in enumerate(self.divisions):
            numbers = [found.get(f"{column}-{at}") for column in COLUMNS]
            if any(number is not None for number in numbers):
                schools, pupils, works = (number or 0 for number in numbers)
                lines.append((division.code, schools, pupils, works))
        return Reported(found["schools"], found["pupils"], found["works"], tuple(lines))

    def name(self, odd: Sequence[Odd]) -> None:
        for one in odd:
            facts = {"column": LABELS[one.column], **one.facts}
            self.add_error(one.column, str(SENTENCES[one.code]) % facts)


def number_field(label: str, *, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=0, max_value=MOST,
        error_messages={"invalid": _("%(label)s: this is no whole number.") % {"label": label}},
    )  # fmt: skip
