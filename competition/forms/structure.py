"""Lines of what a contest consists of. A line whose Chinese name is taken out goes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.core.grades import STAGES
from competition.forms.setup import new_code
from competition.models import Contest, Pledge
from competition.services.structuring import PartDetails
from competition.states import PledgeBy
from competition.wording import speaks_chinese

SPARE = 3


def stages() -> list[tuple[str, str]]:
    return [(code, zh if speaks_chinese() else en) for code, (zh, en) in STAGES.items()]


class PartForm(forms.Form):
    """`known`: the code of a line that is there."""

    known = forms.CharField(widget=forms.HiddenInput, required=False)
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)


class DivisionForm(PartForm):
    stage = forms.ChoiceField(label=_("For pupils of"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", str(_("any stage"))), *stages()]  # type: ignore[attr-defined]

    def details(self) -> PartDetails:
        """The stage is the code: by it the grade of an author is held against the division."""
        said = self.cleaned_data
        known = said["known"]
        kept = known if known and known not in STAGES else ""
        code = said["stage"] or kept or new_code(said["label_zh"])
        return PartDetails(code, said["label_zh"], said["label_en"])


class SubjectForm(PartForm):
    level = forms.ChoiceField(label=_("For"), required=False)
    code = forms.CharField(label=_("Code of the subject"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        levels = [("", str(_("all"))), *stages(), ("secondary", str(_("all but primary")))]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]

    def details(self) -> PartDetails:
        said = self.cleaned_data
        return PartDetails(said["code"] or said["label_zh"], said["label_zh"], said["label_en"], said["level"])


class PledgeLineForm(PartForm):
    by = forms.ChoiceField(label=_("Given by"), choices=PledgeBy.choices, initial=PledgeBy.AUTHOR)
    is_required = forms.BooleanField(label=_("Required"), required=False, initial=True)
    text_zh = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    text_en = forms.CharField(label=_("Text in English"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("label_zh") and not found.get("text_zh"):
            self.add_error("text_zh", _("Say what is agreed to."))
        if found.get("text_zh") and not found.get("label_zh") and not found.get("known"):
            self.add_error("label_zh", _("Give it a name."))
        return found

    def pledge(self) -> Pledge:
        said = dict(self.cleaned_data)
        return Pledge(code=said.pop("known") or new_code(said["label_zh"]), **said)


class TrackLineForm(forms.Form):
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    is_by_minutes = forms.BooleanField(
        label=_("Decided elsewhere: its prizes come from signed minutes, without marks"), required=False
    )


def lines(form: type[forms.Form], part: str, data: Any, known: Sequence[Mapping[str, Any]]) -> forms.BaseFormSet:
    """As many lines as there are, and some to fill in."""
    made = forms.formset_factory(form, extra=SPARE, max_num=200, absolute_max=400)
    return made(data, prefix=part, initial=list(known))


def divisions_of(contest: Contest) -> list[dict[str, Any]]:
    return [
        {"known": one.code, "label_zh": one.label_zh, "label_en": one.label_en,
         "stage": one.code if one.code in STAGES else ""}
        for one in contest.divisions.all()
    ]  # fmt: skip


def subjects_of(contest: Contest) -> list[dict[str, Any]]:
    return [
        {"known": one.word, "label_zh": one.label_zh, "label_en": one.label_en, "level": one.level, "code": one.code}
        for one in contest.subjects.all()
    ]


def pledges_of(contest: Contest) -> list[dict[str, Any]]:
    names = ("label_zh", "label_en", "by", "is_required", "text_zh", "text_en")
    return [{"known": one.code, **{name: getattr(one, name) for name in names}} for one in contest.pledges.all()]
