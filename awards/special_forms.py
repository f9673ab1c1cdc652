"""Forms of special prizes: what a sponsor gives, and to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import SpecialPrize
from awards.services.specials import SpecialDetails
from competition.models import Contest


class SpecialForm(forms.Form):
    """A special prize; no track or division chosen means all."""

    label_zh = forms.CharField(label=_("Name of the prize"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    sponsor = forms.CharField(label=_("Sponsor"), max_length=200)
    number = forms.IntegerField(label=_("How many there are"), min_value=1, max_value=9999)
    tracks = forms.MultipleChoiceField(
        label=_("Tracks that may get it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )  # fmt: skip
    divisions = forms.MultipleChoiceField(
        label=_("Divisions that may get it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )  # fmt: skip

    def __init__(self, data: Any, contest: Contest, prize: SpecialPrize | None = None):
        super().__init__(data, initial=values_of(prize) if prize else None)
        self.found = {name: {one.code: one for one in getattr(contest, name).all()} for name in ("tracks", "divisions")}
        for name, rows in self.found.items():
            self.fields[name].choices = [(code, one.label) for code, one in rows.items()]  # type: ignore[attr-defined]
            if not rows:
                del self.fields[name]

    @property
    def details(self) -> SpecialDetails:
        said = self.cleaned_data
        tracks, divisions = (tuple(rows[code] for code in said.get(name, ())) for name, rows in self.found.items())
        names = {name: said[name].strip() for name in ("label_zh", "label_en", "sponsor")}
        return SpecialDetails(**names, number=said["number"], tracks=tracks, divisions=divisions)


def values_of(prize: SpecialPrize) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(prize, name) for name in ("label_zh", "label_en", "sponsor", "number")}
    return values | {name: [one.code for one in getattr(prize, name).all()] for name in ("tracks", "divisions")}


class GiveForm(forms.Form):
    """An entry gets it, under minutes."""

    entry = forms.CharField(label=_("Number of the entry"), max_length=40)
    minutes = forms.CharField(label=_("Minutes of the committee"), max_length=300)

    def __init__(self, data: Any, prize: SpecialPrize):
        super().__init__(data, auto_id=f"id_{prize.order}_%s")
        self.prize = prize
