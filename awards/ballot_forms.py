"""Forms of the committee's ballot: members, meetings, attendance, rounds, and what was counted from paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.core.ballot import Count
from awards.core.voting import INVALID_WHY, Paper
from awards.models import Ballot, Member
from awards.services.meetings import MeetingDetails
from awards.states import RoundWay, Runoff
from competition.models import Contest

WHY = {
    "over": _("Invalid: too many names"),
    "unclear": _("Invalid: not to be read"),
    "foreign": _("Invalid: not one of our ballots"),
    "other": _("Invalid: anything else"),
}


class RuleForm(forms.Form):
    is_secret = forms.BooleanField(
        label=_("Secret ballots"), required=False,
        help_text=_("Nobody can look up who voted how. Fixed with the first round."),
    )  # fmt: skip
    runoff = forms.ChoiceField(label=_("Who stands in the next round"), choices=Runoff.choices)


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Name of the member"), max_length=100)


class MeetingForm(forms.Form):
    held_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(label=_("Venue"), max_length=100, required=False)
    chair = forms.CharField(label=_("Chair"), max_length=100)
    chief_scrutineer = forms.CharField(label=_("Chief scrutineer"), max_length=100)
    scrutineers = forms.CharField(label=_("Scrutineers"), max_length=200, required=False)
    tellers = forms.CharField(label=_("Tellers"), max_length=200)

    @property
    def details(self) -> MeetingDetails:
        return MeetingDetails(**self.cleaned_data)


class AttendanceForm(forms.Form):
    """Each member: there or not, and the numbers of the nominees on whom this one does not vote."""

    def __init__(self, data: Any, members: list[Member], recused: dict[int, list[str]] | None = None):
        super().__init__(data)
        self.members = members
        for one in members:
            here = recused is not None and one.pk in recused
            self.fields[f"here-{one.key}"] = forms.BooleanField(label=one.name, required=False, initial=here)
            self.fields[f"recused-{one.key}"] = forms.CharField(
                label=_("Recused on"), required=False, max_length=300,
                initial=" ".join((recused or {}).get(one.pk, [])),
            )  # fmt: skip

    def rows(self) -> list[tuple[Member, Any, Any]]:
        return [(one, self[f"here-{one.key}"], self[f"recused-{one.key}"]) for one in self.members]

    @property
    def present(self) -> list[Member]:
        return [one for one in self.members if self.cleaned_data[f"here-{one.key}"]]

    @property
    def recused(self) -> dict[Member, list[str]]:
        said = {one: self.cleaned_data[f"recused-{one.key}"] for one in self.members}
        return {
            one: numbers.replace("、", " ").replace("，", " ").replace(",", " ").split()
            for one, numbers in said.items()
        }


class OpenRoundForm(forms.Form):
    track = forms.ChoiceField(label=_("Kind"))
    way = forms.ChoiceField(label=_("How"), choices=RoundWay.choices)
    is_drawn = forms.BooleanField(
        label=_("Nominees in an order that is drawn"), required=False,
        help_text=_("Otherwise in the order of the experts."),
    )  # fmt: skip

    def __init__(self, data: Any, contest: Contest):
        super().__init__(data)
        self.tracks = {one.code: one for one in contest.tracks.filter(terms__isnull=False)}
        self.fields["track"].choices = [(code, one.label) for code, one in self.tracks.items()]  # type: ignore[attr-defined]


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Why is it void?"), max_length=300)


class PaperForm(forms.Form):
    """What was counted. "Against" left blank: all others who vote on this nominee."""

    issued = forms.IntegerField(label=_("Ballots issued"), min_value=0)
    returned = forms.IntegerField(label=_("Ballots returned"), min_value=0)
    valid = forms.IntegerField(label=_("Valid ballots"), min_value=0)

    def __init__(self, data: Any, ballot: Ballot, names: dict[int, str]):
        super().__init__(data)
        self.counts = list(ballot.counts.select_related("entry"))
        first = {"issued": ballot.present if ballot.issued is None else ballot.issued}
        for name, value in (first | {"returned": ballot.returned, "valid": ballot.valid}).items():
            self.fields[name].initial = value
        for why in INVALID_WHY:
            self.fields[f"why-{why}"] = forms.IntegerField(
                label=WHY[why], min_value=0, required=False, initial=ballot.invalid_why.get(why)
            )
        is_new = ballot.returned is None
        for one in self.counts:
            name = f"{one.position}. {names.get(one.entry_id, '')} {one.entry.number}"
            for choice, word in (
                ("yes", _("votes in favour")),
                ("no", _("votes against")),
                ("abstain", _("abstentions")),
            ):
                self.fields[f"{choice}-{one.entry.number}"] = forms.IntegerField(
                    label=_("%(name)s: %(text)s") % {"name": name, "text": word}, min_value=0,
                    required=choice == "yes",
                    initial=None if is_new else getattr(one, choice),
                )  # fmt: skip

    def rows(self) -> list[list[Any]]:
        return [[self[f"{choice}-{one.entry.number}"] for choice in ("yes", "no", "abstain")] for one in self.counts]

    def clean(self) -> dict[str, Any]:
        """Whose ballot is missing nobody knows: with a member recused, votes against are not worked out."""
        said = super().clean() or {}
        valid = said.get("valid")
        for one in self.counts:
            name = f"no-{one.entry.number}"
            if one.recused and valid is not None and valid < one.ballot.present and said.get(name) is None:
                self.add_error(
                    name, _("Write this down: ballots are missing or invalid, and a member is recused here.")
                )
        return said

    @property
    def paper(self) -> Paper:
        said = self.cleaned_data
        counts = {}
        for one in self.counts:
            number = one.entry.number
            yes, no, abstain = said[f"yes-{number}"], said[f"no-{number}"], said[f"abstain-{number}"] or 0
            rest = max(said["valid"] - one.recused - yes - abstain, 0)
            counts[number] = Count(yes, rest if no is None else no, abstain, one.recused)
        why = {name: said[f"why-{name}"] or 0 for name in INVALID_WHY}
        return Paper(said["issued"], said["returned"], said["valid"], why, counts)

    def blame(self, fields: dict[str, str]) -> None:
        """The refusal beside the field that it names."""
        for name, text in fields.items():
            place = name if name in self.fields else f"yes-{name}"
            self.add_error(place if place in self.fields else None, text)
