"""How many of each track go on."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.models import Track
from judging.core.finalists import COUNT, SCORE, SHARE, Cut

KINDS = [
    ("", _("nobody")),
    (COUNT, _("so many")),
    (SHARE, _("per cent of the entries, rounded up")),
    (SCORE, _("all from this score on")),
]


class CutForm(forms.Form):
    """Of one track; the prefix is the order of the track."""

    kind = forms.ChoiceField(label=_("Who goes on"), choices=KINDS, required=False)
    value = forms.DecimalField(
        label=_("How many"), min_value=0, max_value=100000, decimal_places=2, max_digits=9, required=False
    )

    def __init__(self, track: Track, data: Any = None, initial: Any = None, *, has_score: bool = True):
        """has_score   False where the round before measures time alone: there is none that a cut could name"""
        super().__init__(data, initial=initial, prefix=f"track-{track.order}")
        self.track = track
        if not has_score:
            self.fields["kind"].choices = [one for one in KINDS if one[0] != SCORE]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        kind, value = said.get("kind"), said.get("value")
        if kind and value is None and "value" not in self.errors:
            self.add_error("value", _("Say how many."))
        if kind == COUNT and value is not None and value != int(value):
            self.add_error("value", _("A whole number."))
        if kind == SHARE and value is not None and value > 100:
            self.add_error("value", _("100 at most."))
        return said

    def cut(self, *, places: int, with_tied: bool) -> Cut | None:
        """places   of published scores: a score counts in 10^-places points"""
        kind = self.cleaned_data["kind"]
        if not kind:
            return None
        value = Fraction(self.cleaned_data["value"])
        return Cut(kind, value * 10**places if kind == SCORE else value, with_tied)


class CutRulesForm(forms.Form):
    by_division = forms.BooleanField(label=_("Each division by itself"), required=False)
    with_tied = forms.BooleanField(
        label=_("Who is tied at the cut goes on too"), required=False,
        help_text=_("Not chosen: none of the tied goes on. The order of two equal scores is never decided by chance."),
    )  # fmt: skip


def said_before(stored: Mapping[str, Any], track: Track, places: int) -> dict[str, Any]:
    """The choice that is in force, as it stands in the fields."""
    kind, value, _tied = stored.get("cuts", {}).get(str(track.pk), ["", "0", True])
    number = Fraction(value) / (10**places if kind == SCORE else 1)
    return {"kind": kind, "value": f"{float(number):g}" if kind else ""}
