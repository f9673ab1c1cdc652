"""Rounds and rubrics."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.forms.setup import moment
from competition.models import Track
from judging.models import Round, Rubric
from judging.models.rubric import MOST_ATTEMPTS
from judging.services.rounds import CriterionDetails, MeasureDetails, RoundDetails, RubricDetails
from judging.states import Combine, Measure, Method, RubricKind

SPARE_ROUNDS, SPARE_CRITERIA = 1, 3


class RoundForm(forms.Form):
    """A line; a round whose Chinese name is taken out goes. `known`: what it was called."""

    known = forms.CharField(widget=forms.HiddenInput, required=False)
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    weight = forms.DecimalField(
        label=_("Share in the score"), min_value=Decimal("0.0001"), max_digits=9, decimal_places=4, initial=1,
        help_text=_("Any numbers: 4 and 6, or 40 and 60."),
    )  # fmt: skip
    is_for_finalists = forms.BooleanField(label=_("Only for finalists"), required=False)

    def details(self) -> RoundDetails:
        said = self.cleaned_data
        return RoundDetails(said["label_zh"], said["label_en"], said["weight"], said["is_for_finalists"], said["known"])


class RoundDatesForm(forms.Form):
    """When judges mark in one round; also changed while they do."""

    opens_at = moment(_("Judges mark from"))
    closes_at = moment(_("Until"), _("Blank: as long as the contest is judged."))
    grace_minutes = forms.IntegerField(
        label=_("Minutes of grace"), min_value=0, max_value=1440, initial=0,
        help_text=_("A sheet still goes in so long after the end."),
    )  # fmt: skip


RoundLines = forms.formset_factory(RoundForm, extra=SPARE_ROUNDS, max_num=20, absolute_max=40)


def rounds_as_lines(rounds: Any) -> list[dict[str, Any]]:
    names = ("label_zh", "label_en", "is_for_finalists")
    return [
        {"known": one.code, "weight": plain(one.weight), **{name: getattr(one, name) for name in names}}
        for one in rounds
    ]


class CriterionForm(forms.Form):
    label_zh = forms.CharField(label=_("Criterion in Chinese"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Criterion in English"), max_length=300, required=False)
    maximum = forms.DecimalField(
        label=_("Most points"), min_value=Decimal("0.01"), max_digits=8, decimal_places=2, required=False
    )
    weight = forms.DecimalField(
        label=_("Counts how many times"), min_value=Decimal("0.0001"), max_digits=9, decimal_places=4, required=False
    )
    anchors = forms.CharField(
        label=_("What marks mean, one level a line"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("label_zh") and not found.get("maximum"):
            self.add_error("maximum", _("How many points may a judge give at most?"))
        return found


CriterionLines = forms.formset_factory(CriterionForm, extra=SPARE_CRITERIA, max_num=60, absolute_max=80)


class RubricForm(forms.Form):
    """Judges mark, or a referee measures; what belongs to the other of the two is left alone."""

    MARKED = ("method", "reviews")
    MEASURED = ("measure", "attempts", "combine")

    kind = forms.ChoiceField(label=_("How results come about"), choices=RubricKind.choices, widget=forms.RadioSelect)
    places = forms.TypedChoiceField(
        label=_("Smallest step of a mark"), coerce=int, choices=[(0, "1"), (1, "0.1"), (2, "0.01")]
    )
    method = forms.ChoiceField(label=_("Sheets become a score by"), choices=Method.choices)
    reviews = forms.IntegerField(label=_("Judges an entry"), min_value=1, max_value=50)
    measure = forms.ChoiceField(label=_("What is measured"), choices=Measure.choices)
    attempts = forms.IntegerField(label=_("Attempts an entry"), min_value=1, max_value=MOST_ATTEMPTS)
    combine = forms.ChoiceField(label=_("What counts"), choices=Combine.choices)

    def __init__(self, data: Any = None, initial: Any = None):
        super().__init__(data, initial=initial)
        if data is not None:
            is_measured = data.get("kind") == RubricKind.MEASURED
            for name in self.MARKED if is_measured else self.MEASURED:
                self.fields[name].required = False

    @property
    def marked_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MARKED]

    @property
    def measured_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MEASURED]

    @property
    def is_measured(self) -> bool:
        return self.cleaned_data["kind"] == RubricKind.MEASURED

    def measured(self) -> MeasureDetails | None:
        said = self.cleaned_data
        return MeasureDetails(*(said[name] for name in self.MEASURED)) if self.is_measured else None


USUAL: dict[str, Any] = {
    "kind": RubricKind.MARKS, "method": Method.MEAN, "reviews": 3, "places": 0, "measure": Measure.POINTS_TIME,
    "attempts": 2, "combine": Combine.BEST,
}  # fmt: skip


def rubric_as_values(rubric: Rubric | None) -> dict[str, Any]:
    """What it does not say stands as it usually is, in case it is chosen."""
    return {name: (getattr(rubric, name) if rubric else "") or usual for name, usual in USUAL.items()}


def criteria_as_lines(rubric: Rubric | None) -> list[dict[str, Any]]:
    """Maximum in points."""
    if rubric is None:
        return []
    return [
        {
            "label_zh": one.label_zh,
            "label_en": one.label_en,
            "maximum": plain(Decimal(one.maximum).scaleb(-rubric.places)),
            "weight": plain(one.weight),
            "anchors": one.anchors,
        }
        for one in rubric.criteria.all()
    ]


def plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def details_of(place: Round, track: Track, form: RubricForm, lines: forms.BaseFormSet) -> RubricDetails:
    """The maximum in the rubric's unit. A maximum finer than the smallest step is an error of its line.

    raises   ValueError then, after the error was added
    """
    said = form.cleaned_data
    if form.is_measured:
        return RubricDetails(place.code, track, (), places=said["places"], measured=form.measured())
    criteria = []
    for line in lines:
        one = line.cleaned_data
        if not one.get("label_zh"):
            continue
        units = one["maximum"].scaleb(said["places"])
        if units != units.to_integral_value():
            line.add_error("maximum", _("This is finer than the smallest step of a mark."))
            raise ValueError("finer than the smallest step")
        weight = one["weight"] or Decimal(1)
        criteria.append(CriterionDetails(one["label_zh"], int(units), one["label_en"], weight, one["anchors"]))
    return RubricDetails(place.code, track, tuple(criteria), said["method"], said["reviews"], said["places"])
