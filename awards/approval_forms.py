"""Forms of what stands above the committee: who approves, what follows, and one body's decision with its document."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.award_forms import WhyForm
from awards.models import Award
from awards.presets import LABELS
from awards.services.above import Above, Follows
from awards.services.mayor import NOMINATED, WINNER
from awards.services.resolving import Decided
from awards.states import ApprovalStep, NomineeKind, RecognitionKind, ResolutionOutcome, Ties
from competition.forms.setup import DayInput
from competition.wording import speaks_chinese

SPARE = 2  # blank titles to fill in
TO = [(RecognitionKind.SCHOOL, gettext_lazy("their schools")), (RecognitionKind.TUTOR, gettext_lazy("their tutors"))]


class AboveForm(WhyForm):
    """A body that is left blank approves nothing."""

    council = forms.CharField(
        label=gettext_lazy("Award council"), max_length=200, required=False,
        help_text=gettext_lazy("Approves after the committee. Its name as papers print it; blank: there is none."),
    )  # fmt: skip
    government = forms.CharField(
        label=gettext_lazy("Government"), max_length=200, required=False,
        help_text=gettext_lazy("Approves last. Its name as papers print it; blank: it is not asked."),
    )  # fmt: skip
    signatory = forms.CharField(
        label=gettext_lazy("Who signs the certificates"), max_length=20, required=False,
        help_text=gettext_lazy("Such as 市长: certificates have a line for a signature by hand. Blank: none."),
    )  # fmt: skip
    field_order = ("base", "council", "government", "signatory", "reason", "minutes")

    def above(self, derived: Sequence[Follows]) -> Above:
        said = self.cleaned_data
        return Above({step: said[step] for step in ApprovalStep}, tuple(derived), said["signatory"])


def above_values(above: Above) -> dict[str, str]:
    return {**above.bodies, "signatory": above.signatory}


class FollowsForm(forms.Form):
    """One title that follows from prizes of the award. Without a name there is none."""

    name = forms.CharField(label=gettext_lazy("Name of the title"), max_length=150, required=False)
    name_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Goes to"), choices=TO, required=False)
    follows = forms.MultipleChoiceField(
        label=gettext_lazy("Of those who have"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.IntegerField(
        label=gettext_lazy("At most so many"), min_value=1, max_value=9999, required=False,
        help_text=gettext_lazy("By prize and place of the winners. Blank: everybody to whom it follows."),
    )  # fmt: skip
    ties = forms.ChoiceField(label=gettext_lazy("Equal at the last of them"), choices=Ties.choices, required=False)

    def __init__(self, data: Any, place: int, now: Follows | None):
        said: dict[str, Any] = {"ties": Ties.HOLD}
        if now:
            said = {"name": now.name, "name_en": now.name_en, "kind": now.kind, "number": now.number or None}
            said["ties"] = now.ties if now.number else Ties.HOLD
        chosen = [":".join(one) for one in now.follows] if now else [f"{NomineeKind.STUDENT}:{WINNER}"]
        super().__init__(data, prefix=f"title{place}", initial={**said, "follows": chosen})
        self.fields["follows"].choices = follow_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("name") and not found.get("follows"):
            self.add_error("follows", _("Choose the prizes that it follows from."))
        return found

    def title(self) -> Follows | None:
        said = self.cleaned_data
        if not said["name"].strip():
            return None
        follows = [one.split(":") for one in said["follows"]]
        kind, ties = said["kind"] or RecognitionKind.SCHOOL, said["ties"] or Ties.HOLD
        return Follows(said["name"].strip(), said["name_en"].strip(), kind, follows, said["number"] or 0, ties)


def follow_choices() -> list[tuple[str, str]]:
    """A school that is honoured itself is followed by nothing."""
    prizes = ((WINNER, _("the award itself")), (NOMINATED, _("the nomination prize")))
    kinds = [(kind, LABELS[kind][0 if speaks_chinese() else 1]) for kind in (NomineeKind.STUDENT, NomineeKind.TUTOR)]
    return [
        (f"{kind}:{code}", _("%(name)s: %(text)s") % {"name": label, "text": prize})
        for kind, label in kinds
        for code, prize in prizes
    ]


def strike_name(number: str) -> str:
    return f"strike-{number}"


class ResolutionForm(forms.Form):
    """What the document of a body says. A reason beside a nominee leaves that one out."""

    step = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What it says"), choices=ResolutionOutcome.choices, widget=forms.RadioSelect
    )
    decided_on = forms.DateField(label=gettext_lazy("Date of the document"), widget=DayInput)
    number = forms.CharField(
        label=gettext_lazy("Number of the document"), max_length=100, required=False,
        help_text=gettext_lazy("文号, as papers quote it."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why it refuses"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("Only where the list is refused."),
    )  # fmt: skip
    paper = forms.FileField(
        label=gettext_lazy("The document as a scan"), help_text=gettext_lazy("PDF or picture, at most 20 MB.")
    )

    def __init__(self, data: Any, files: Any, awards: Sequence[Award], initial: Mapping[str, Any]):
        super().__init__(data, files, initial=dict(initial))
        self.awards = awards
        for one in awards:
            self.fields[strike_name(one.entry.number)] = forms.CharField(
                label=f"{one.entry.number} {one.said['nominee']}", max_length=300, required=False
            )

    @property
    def said(self) -> list[forms.BoundField]:
        return [self[name] for name in ("outcome", "decided_on", "number", "reason", "paper")]

    @property
    def strikes(self) -> list[forms.BoundField]:
        return [self[strike_name(one.entry.number)] for one in self.awards]

    def decided(self) -> Decided:
        """Who stays on the list is left out of nothing, whatever was typed beside."""
        said = self.cleaned_data
        struck = {one.entry.number: why for one in self.awards if (why := said[strike_name(one.entry.number)].strip())}
        first = (said["step"], said["outcome"], said["decided_on"], said["version"])
        return Decided(*first, said["number"], said["reason"], struck)
