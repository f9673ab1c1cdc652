"""Forms of published results of other contests: which list it is, and what its columns are."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.result_columns import NEEDED, SEVERAL, WORDS
from awards.elsewhere import Said
from awards.models import Delegation
from competition.models import Contest, Series
from competition.states import Level
from competition.views.importing import ListForm

ROLES = {
    "number": gettext_lazy("Number of the project"),
    "title": gettext_lazy("Title of the project"),
    "authors": gettext_lazy("Authors"),
    "school": gettext_lazy("School"),
    "tutors": gettext_lazy("Tutors"),
    "prize": gettext_lazy("Prize"),
    "track": gettext_lazy("Category"),
}
SAMPLE = 30


class ResultsForm(ListForm):
    """Which contest's list this is."""

    series = forms.CharField(
        label=gettext_lazy("Contest"), max_length=200, widget=forms.TextInput(attrs={"list": "known-series"}),
        help_text=gettext_lazy("Without year: its columns are asked once and then known."),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Edition"), max_length=300,
        help_text=gettext_lazy("As it stands in lists and reasons. The same name again replaces what it brought."),
    )  # fmt: skip
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=Level.choices, initial=Level.PROVINCE)
    won_on = forms.DateField(
        label=gettext_lazy("Day of the prizes"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    delegation = forms.ChoiceField(
        label=gettext_lazy("Our delegation"), required=False,
        help_text=gettext_lazy("Its entries are found by number or title."),
    )  # fmt: skip
    field_order = ("list", "series", "name", "level", "won_on", "delegation")

    def __init__(self, *args: Any, contest: Contest, **more: Any):
        super().__init__(*args, **more)
        sent = Delegation.objects.filter(sender=contest).select_related("contest")
        if sent:
            choices = [("", _("none")), *((one.key, one.contest.label) for one in sent)]
            self.fields["delegation"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["delegation"]

    def clean(self) -> dict[str, Any]:
        """A series has one level."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        series = Series.objects.filter(label_zh=found.get("series", "")).first()
        if series and found.get("level") not in (None, series.level):
            known = {"level": series.get_level_display()}
            self.add_error("level", _("This contest is known here with another level: %(level)s.") % known)
        return found

    @property
    def said(self) -> Said:
        found = self.cleaned_data
        return Said(
            found["series"], found["name"], found["level"], found["won_on"], delegation=found.get("delegation", "")
        )


class ColumnsForm(forms.Form):
    """What each column of the list is. Headings with what stands below them."""

    def __init__(
        self, data: Any, *, headings: Sequence[str], samples: Mapping[str, Sequence[str]],
        guessed: Mapping[str, Sequence[str]], is_sent: bool,
    ):  # fmt: skip
        self.is_sent = is_sent
        initial = {role: list(found) if role in SEVERAL else found[0] for role, found in guessed.items() if found}
        super().__init__(data, initial=initial)
        choices = [(one, told(one, samples.get(one, ()))) for one in headings]
        for role in WORDS:
            if role in SEVERAL:
                self.fields[role] = forms.MultipleChoiceField(
                    label=ROLES[role], choices=choices, required=False, widget=forms.CheckboxSelectMultiple
                )
            else:
                self.fields[role] = forms.ChoiceField(
                    label=ROLES[role], choices=[("", "—"), *choices], required=role in NEEDED
                )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        named = [one for headings in self.columns_of(found).values() for one in headings]
        twice = {one for one in named if named.count(one) > 1}
        if twice:
            text = _("A column is one thing only. Named twice: %(headings)s.")
            raise forms.ValidationError(text % {"headings": "、".join(sorted(twice))})
        if not (
            found.get("authors")
            or found.get("tutors")
            or (self.is_sent and (found.get("number") or found.get("title")))
        ):
            raise forms.ValidationError(_("Say which column holds the names: without them nobody is found."))
        return found

    @staticmethod
    def columns_of(found: Mapping[str, Any]) -> dict[str, list[str]]:
        said = {role: found.get(role) or [] for role in WORDS}
        return {role: [one] if isinstance(one, str) else list(one) for role, one in said.items() if one}

    @property
    def columns(self) -> dict[str, list[str]]:
        return self.columns_of(self.cleaned_data)


def told(heading: str, samples: Sequence[str]) -> str:
    shown = "、".join(samples)
    return f"{heading}（{shown[:SAMPLE]}{'…' if len(shown) > SAMPLE else ''}）" if shown else heading
