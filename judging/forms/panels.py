"""Panels of judges."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.models import Contest, Division
from judging.models import Judge, Panel
from judging.services.panels import PanelFacts


class JudgesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Judge) -> str:
        return " ".join(filter(None, [obj.code, obj.person.name, obj.institution]))


class PanelForm(forms.Form):
    label_zh = forms.CharField(label=_("Name of the panel"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    track: Any = forms.ModelChoiceField(label=_("Track"), queryset=None, empty_label=None)
    division = forms.ModelChoiceField(
        label=_("Division"), queryset=Division.objects.none(), required=False, empty_label=_("all")
    )
    subjects: Any = forms.ModelMultipleChoiceField(
        label=_("Subjects"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all. Several small ones may be one panel; a large one may be given to several."),
    )  # fmt: skip
    judges = JudgesField(
        label=_("Judges"), queryset=Judge.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, contest: Contest, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = {
            "track": contest.tracks.filter(is_by_minutes=False),
            "division": contest.divisions.all(),
            "subjects": contest.subjects.all(),
            "judges": contest.judges.filter(is_active=True).select_related("person"),
        }
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]
        for name in ("division", "subjects"):
            if not rows[name].exists():
                del self.fields[name]

    def facts(self) -> PanelFacts:
        said = self.cleaned_data
        return PanelFacts(
            label_zh=said["label_zh"],
            label_en=said["label_en"],
            track=said["track"],
            division=said.get("division"),
            subjects=tuple(said.get("subjects", ())),
            judges=tuple(said["judges"]),
        )


def panel_as_values(panel: Panel) -> dict[str, Any]:
    return {
        "label_zh": panel.label_zh,
        "label_en": panel.label_en,
        "track": panel.track,
        "division": panel.division,
        "subjects": list(panel.subjects.all()),
        "judges": list(panel.judges.all()),
    }
