"""What a referee types of one attempt."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.errors import Denial, Refused
from competition.models import Contest
from judging.core.marks import points_of
from judging.core.measured import milliseconds_of
from judging.forms.marking import clean
from judging.models import Rubric
from judging.services.measuring import Reading
from judging.states import AttemptState, Outcome

MOST_POINTS = 1_000_000
TYPED = ("points", "time", "void")
TO_SETTLE, MISSING = "to-settle", "missing"


def typed_in(data: Mapping[str, Any]) -> dict[str, str]:
    """As it stands in the fields, to be shown again where it is refused."""
    return {name: clean(data.get(name))[:40].strip() for name in TYPED}


def reading_from(typed: Mapping[str, str], rubric: Rubric) -> Reading:
    """raises   Refused "attempt-unreadable" """
    outcome = Outcome.VOID if typed["void"] else Outcome.VALID
    plan = rubric.measure_plan
    points = time = None
    if plan.has_points:
        most = MOST_POINTS * 10**rubric.places
        points = read(lambda text: points_of(text, places=rubric.places, maximum=most), typed["points"], _("points"))
    if plan.has_time:
        time = read(milliseconds_of, typed["time"], _("a time such as 1:23.45 or 83.45"))
    return Reading(points, time, outcome)


def read(reader: Any, text: str, wanted: Any) -> int | None:
    try:
        found: int | None = reader(text)
    except ValueError as fault:
        raise Refused(Denial("attempt-unreadable", {"found": text, "wanted": wanted})) from fault
    return found


class AttemptFilter(forms.Form):
    """Which entries are shown: those that have an attempt of this kind."""

    state = forms.ChoiceField(
        label=_("Attempts"),
        required=False,
        choices=[
            ("", _("all")),
            (MISSING, _("to enter")),
            (TO_SETTLE, _("to confirm")),
            (AttemptState.CONFIRMED, _("confirmed")),
        ],
    )

    @property
    def chosen(self) -> str:
        return self.cleaned_data["state"] if self.is_valid() else ""


class MeasuringRulesForm(forms.Form):
    is_alone = forms.BooleanField(
        label=_("One person may enter and confirm"), required=False,
        help_text=_(
            "Only for an office of one person: it types every result twice. Every page then says so, and so does every "
            "result that the same person confirmed."
        ),
    )  # fmt: skip


class RefereeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    tracks: Any = forms.ModelMultipleChoiceField(
        label=_("Tracks"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all that are measured."),
    )  # fmt: skip

    def __init__(self, contest: Contest, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        measured = Rubric.objects.measured().filter(round__contest=contest).values("track")
        self.fields["tracks"].queryset = contest.tracks.filter(pk__in=measured)  # type: ignore[attr-defined]
