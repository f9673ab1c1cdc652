"""Forms of trainings: what it is, its list from Excel or typed, and what is printed of one participant."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.attending import MOST_HOURS, PARTICIPANT_LIST
from awards.models import Participant, Training
from awards.services.trainings import ParticipantDetails, TrainingDetails
from awards.states import AttendeeRole
from competition.models import Contest
from competition.selectors import organised_by
from competition.views.importing import RowsForm

YEARS_KEPT = 3
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2099, 12, 31)


class Day(forms.DateField):
    """Of a year that somebody may have meant: a number of a certificate begins with it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **more: Any):
        super().__init__(validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)], **more)


class Hours(forms.DecimalField):
    """Hours as people write them; they are kept in halves."""

    def __init__(self, **more: Any):
        super().__init__(
            max_value=MOST_HOURS, max_digits=5, decimal_places=1, step_size=Decimal("0.5"), localize=False, **more
        )


class TrainingForm(forms.Form):
    """A training; for whom it is made stands once and for all."""

    contest = forms.ChoiceField(
        label=gettext_lazy("Belongs to"), required=False,
        help_text=gettext_lazy("Who organises this sees the training. It cannot be changed later."),
    )  # fmt: skip
    label_zh = forms.CharField(
        label=gettext_lazy("Name of the training"), max_length=100,
        help_text=gettext_lazy("As it stands on the certificate: 黄山市青少年科技辅导员培训班"),
    )  # fmt: skip
    label_en = forms.CharField(
        label=gettext_lazy("Name in English"), max_length=200, required=False,
        help_text=gettext_lazy("With it the certificate has an English sentence."),
    )  # fmt: skip
    begins_on = Day(label=gettext_lazy("Begins on"))
    ends_on = Day(label=gettext_lazy("Ends on"))
    place = forms.CharField(label=gettext_lazy("Where"), max_length=100, required=False)
    hours = Hours(label=gettext_lazy("Hours"), min_value=Decimal("0.5"))
    issuers = forms.CharField(
        label=gettext_lazy("Organisers"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, in the order in which they stand under the certificate."),
    )  # fmt: skip
    is_assessed = forms.BooleanField(
        label=gettext_lazy("Participants passed an assessment"), required=False,
        help_text=gettext_lazy("The certificate then says 考核合格, and is called 培训结业证书 instead of 参训证明."),
    )  # fmt: skip
    dated_on = Day(
        label=gettext_lazy("Date on the certificate"), required=False, help_text=gettext_lazy("Blank: the last day.")
    )
    erase_on = Day(
        label=gettext_lazy("Names are erased after"), required=False,
        help_text=gettext_lazy("Blank: three years after the last day. Numbers and hours stay and can be checked."),
    )  # fmt: skip

    def __init__(self, data: Any, *, user: Any, is_office: bool, training: Training | None = None, fixed: bool = False):
        super().__init__(data, initial=initial_of(training) if training else {"is_assessed": True})
        self.found = {} if training else {one.key: one for one in organised_by(user)}
        if training or (is_office and not self.found):
            del self.fields["contest"]
        else:
            office = [("", _("The office itself"))] if is_office else []
            choices = [*office, *((key, one.label) for key, one in self.found.items())]
            self.fields["contest"].choices = choices  # type: ignore[attr-defined]
            self.fields["contest"].required = not is_office
        if fixed:
            for name, field in self.fields.items():
                field.disabled = name != "erase_on"

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("begins_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        erase_on = found.get("erase_on")
        if last and erase_on and erase_on < last:
            self.add_error("erase_on", _("Names are needed until the training ends."))
        return found

    def clean_issuers(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self.cleaned_data["issuers"].splitlines()]
        return tuple(line for line in lines if line)

    @property
    def of_contest(self) -> Contest | None:
        return self.found.get(self.cleaned_data.get("contest", ""))

    @property
    def details(self) -> TrainingDetails:
        said = self.cleaned_data
        last: date = said["ends_on"]
        same = {name: said[name] for name in ("label_zh", "label_en", "place", "begins_on", "issuers", "is_assessed")}
        return TrainingDetails(
            **same, ends_on=last, half_hours=int(said["hours"] * 2), dated_on=said["dated_on"] or last,
            erase_on=said["erase_on"] or years_after(last, YEARS_KEPT),
        )  # fmt: skip


def years_after(day: date, years: int) -> date:
    """The same day; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def initial_of(training: Training) -> dict[str, Any]:
    names = ("label_zh", "label_en", "begins_on", "ends_on", "place", "is_assessed", "dated_on", "erase_on")
    values: dict[str, Any] = {name: getattr(training, name) for name in names}
    return values | {"hours": training.hours, "issuers": "\n".join(training.issuers)}


class ParticipantsForm(RowsForm):
    """Participants as a file, or typed."""

    spec = PARTICIPANT_LIST
    example = "王芳，东区实验小学，科技辅导员，16"
    help_text = gettext_lazy(
        "One a line: name, unit, role, hours, remarks, with commas between them; or paste rows from Excel."
    )


class ParticipantForm(forms.Form):
    """What is printed of one participant."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    unit = forms.CharField(label=gettext_lazy("School or workplace"), max_length=100, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Attends as"), choices=AttendeeRole.choices)
    hours = Hours(label=gettext_lazy("Hours"), min_value=Decimal(0))

    def __init__(self, data: Any, participant: Participant):
        names = ("name", "unit", "role", "hours")
        super().__init__(data, initial={name: getattr(participant, name) for name in names})
        if participant.number:
            self.fields["reason"] = reason_field(_("Why it is corrected"))

    @property
    def details(self) -> ParticipantDetails:
        said = self.cleaned_data
        return ParticipantDetails(said["name"], said["unit"], AttendeeRole(said["role"]), int(said["hours"] * 2))


class RevokeForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why it is revoked"), max_length=300)


def reason_field(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=300)
