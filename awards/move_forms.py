"""Forms of the committee's moves: what is asked, how it voted, whether it may."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.moving import Count
from awards.models import PrizeMove
from awards.models.moves import VOTE
from awards.services.moves import Wanted
from awards.states import MoveMajority

NONE = "none"
MOST_MEMBERS = 999


class MoveForm(forms.Form):
    """An entry to another prize; a second one makes room, or moves up instead."""

    entry = forms.CharField(label=gettext_lazy("Number of the entry to be moved"), max_length=40)
    to = forms.ChoiceField(label=gettext_lazy("To which prize"))
    other = forms.CharField(label=gettext_lazy("Number of another entry"), max_length=40, required=False)
    other_to = forms.ChoiceField(label=gettext_lazy("To which prize is it moved"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, levels: Sequence[tuple[str, str]], initial: Any = None):
        super().__init__(data, initial=initial)
        for name in ("to", "other_to"):
            self.fields[name].choices = [("", "—"), *levels, (NONE, _("no prize"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("other")) != bool(found.get("other_to")) and "other_to" in found:
            self.add_error("other_to" if found.get("other") else "other", _("Name both, or neither."))
        return found

    @property
    def wanted(self) -> list[Wanted]:
        said = self.cleaned_data
        pairs = [(said["entry"], said["to"]), (said["other"], said["other_to"])]
        return [Wanted(number.strip(), "" if code == NONE else code) for number, code in pairs if number]


class VoteForm(forms.Form):
    """The vote as it stands on paper."""

    present = forms.IntegerField(label=gettext_lazy("present"), min_value=1, max_value=MOST_MEMBERS)
    in_favour = forms.IntegerField(label=gettext_lazy("in favour"), min_value=0, max_value=MOST_MEMBERS)
    against = forms.IntegerField(label=gettext_lazy("against"), min_value=0, max_value=MOST_MEMBERS)
    abstained = forms.IntegerField(label=gettext_lazy("abstained"), min_value=0, max_value=MOST_MEMBERS)
    recused = forms.IntegerField(label=gettext_lazy("recused"), min_value=0, max_value=MOST_MEMBERS)
    minutes = forms.CharField(label=gettext_lazy("Minutes of the committee"), max_length=300)

    def __init__(self, data: Any, move: PrizeMove):
        super().__init__(data, auto_id=f"id_{move.number}_%s")
        self.move = move

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in VOTE]

    @property
    def count(self) -> Count:
        return Count(*(self.cleaned_data[name] for name in VOTE))


class MoveRuleForm(forms.Form):
    """The door before all of it."""

    majority = forms.ChoiceField(label=gettext_lazy("May the committee move entries?"), required=False)
    rule_minutes = forms.CharField(
        label=gettext_lazy("Minutes of the organising committee"), max_length=300, required=False,
        help_text=gettext_lazy("Needed once results have come in."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, initial: Any = None):
        super().__init__(data, initial=initial)
        choices = [("", _("no, prizes follow the plan")), *MoveMajority.choices]
        self.fields["majority"].choices = choices  # type: ignore[attr-defined]
