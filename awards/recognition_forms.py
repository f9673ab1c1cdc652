"""Forms of titles without level: what one asks for, whom the committee names, and who of equals has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import RecognitionRule
from awards.services.titles import RecognitionDetails
from awards.states import RecognitionKind, Ties
from competition.core.numbers import plain_text

POINTS = "points_"
OF_REPORTS = {
    "reported-schools": _("Points of a school that the unit reported (units alone)"),
    "reported-pupils": _("Points of a pupil that the unit reported (units alone)"),
    "reported-works": _("Points of a work that the unit reported (units alone)"),
}
FOR_WHOM = (
    (RecognitionKind.DISTRICT.value, _("recommending units")),
    (RecognitionKind.SCHOOL.value, _("schools")),
    (RecognitionKind.TUTOR.value, _("tutors")),
)


class RecognitionForm(forms.Form):
    """A title. Whom it is about is said once: what was decided rests on it."""

    label_zh = forms.CharField(label=_("Name of the title"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("For whom"), choices=FOR_WHOM)
    number = forms.IntegerField(label=_("How many there are"), min_value=1, max_value=9999)
    way = forms.ChoiceField(
        label=_("Who decides"),
        choices=[("points", _("points, as set below")), ("committee", _("the committee names them, under minutes"))],
        widget=forms.RadioSelect, initial="points",
    )  # fmt: skip
    fewest = forms.IntegerField(
        label=_("At least so many entries that passed"), min_value=0, max_value=9999, required=False
    )  # fmt: skip
    per_district = forms.IntegerField(
        label=_("At most so many of one district"), min_value=1, max_value=9999, required=False,
        help_text=_("Empty: any number."),
    )  # fmt: skip
    ties = forms.ChoiceField(label=_("Equal points at the last place"), choices=Ties.choices, initial=Ties.HOLD)

    def __init__(self, data: Any, levels: Mapping[str, str], rule: RecognitionRule | None = None):
        """levels   what may give points beside an entry: label by code of the prize"""
        super().__init__(data, initial=values_of(rule) if rule else None)
        self.rule = rule
        if rule:
            del self.fields["kind"]
        names = {"entry": _("Points of an entry that passed")} | {code: _points_of(one) for code, one in levels.items()}
        if rule is None or rule.kind == RecognitionKind.DISTRICT:
            names |= OF_REPORTS
        for code, label in names.items():
            self.fields[POINTS + code] = forms.DecimalField(
                label=label, min_value=0, max_value=9999, decimal_places=2, required=False
            )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        kind = self.rule.kind if self.rule else found.get("kind")
        for code in OF_REPORTS:
            if found.get(POINTS + code) and kind != RecognitionKind.DISTRICT:
                self.add_error(POINTS + code, _("Only recommending units report numbers. Leave it empty."))
        return found

    @property
    def details(self) -> RecognitionDetails:
        said = self.cleaned_data
        typed = {name[len(POINTS) :]: value for name, value in said.items() if name.startswith(POINTS)}
        return RecognitionDetails(
            name=said["label_zh"].strip(),
            name_en=said["label_en"].strip(),
            kind=self.rule.kind if self.rule else said["kind"],
            number=said["number"],
            points={code: plain_text(value) or "" for code, value in typed.items() if value},
            ties=Ties(said["ties"]),
            fewest=said["fewest"] or 0,
            per_district=said["per_district"],
            is_by_committee=said["way"] == "committee",
        )


def _points_of(label: str) -> Any:
    return _("Points of: %(prize)s") % {"prize": label}


def values_of(rule: RecognitionRule) -> dict[str, Any]:
    names = ("label_zh", "label_en", "number", "fewest", "per_district", "ties")
    values = {name: getattr(rule, name) for name in names}
    values["way"] = "committee" if rule.is_by_committee else "points"
    return values | {POINTS + code: points for code, points in rule.points.items()}


class NameForm(forms.Form):
    """The committee names one."""

    recipient = forms.ChoiceField(label=_("Whom"))
    minutes = forms.CharField(label=_("Minutes of the committee"), max_length=300)

    def __init__(self, data: Any, rule: RecognitionRule, choices: Sequence[tuple[str, str]]):
        super().__init__(data, auto_id=f"id_name_{rule.order}_%s")
        self.fields["recipient"].choices = [("", "—"), *choices]  # type: ignore[attr-defined]


class TitleTieForm(forms.Form):
    """Who of equals has the title."""

    named = forms.MultipleChoiceField(label=_("Who has it"), required=False, widget=forms.CheckboxSelectMultiple)
    minutes = forms.CharField(label=_("Minutes of the committee"), max_length=300)

    def __init__(self, data: Any, rule: RecognitionRule, place: int, choices: Sequence[tuple[str, str]]):
        super().__init__(data, auto_id=f"id_tie_{rule.order}_{place}_%s")
        self.fields["named"].choices = choices  # type: ignore[attr-defined]
