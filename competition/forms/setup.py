"""Forms of the set-up page."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.models import Contest, MaterialKind, Track
from competition.models.entering import ENDINGS, FORMATS


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    return forms.DateTimeField(
        label=label, required=False, widget=MomentInput(), input_formats=formats, help_text=help_text,
        validators=[of_our_time],
    )  # fmt: skip


def of_our_time(value: datetime) -> None:
    """Whatever is reckoned from a moment stays a moment."""
    if not 1970 < value.year < 2200:
        raise forms.ValidationError(_("This year is not meant, is it?"))


class BasicsForm(forms.Form):
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    opens_at = moment(_("Entries open"))
    closes_at = moment(_("Entries close"), _("To the second. There is no late filing."))
    unit_closes_at = moment(_("Units recommend until"))
    has_unit_step = forms.BooleanField(label=_("Units recommend before the office checks"), required=False)
    grace_minutes = forms.IntegerField(
        label=_("Minutes of grace for files"), min_value=0, max_value=10080,
        help_text=_("A file that was named in time may still be sent so long after the end."),
    )  # fmt: skip
    days_to_correct = forms.IntegerField(label=_("Days for corrections"), min_value=1, max_value=60)
    entries_per_student = forms.IntegerField(
        label=_("Entries a pupil"), min_value=1, required=False, help_text=_("Blank: no limit.")
    )
    work_since = forms.DateField(label=_("Work finished since"), required=False, widget=DayInput)
    work_until = forms.DateField(label=_("Work finished by"), required=False, widget=DayInput)
    team_same_stage = forms.BooleanField(label=_("Teams of one stage of school"), required=False)
    team_same_area = forms.BooleanField(label=_("Teams of one county or district"), required=False)
    tutor_same_stage = forms.BooleanField(label=_("Tutors teach the stage of the authors"), required=False)
    tutor_same_area = forms.BooleanField(label=_("Tutors of the authors' county or district"), required=False)
    about = forms.CharField(label=_("What the contest is about"), widget=forms.Textarea, required=False)
    contact = forms.CharField(
        label=_("Whom to ask"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=_("Name, phone, hours. It stands on the contest's page."),
    )  # fmt: skip

    def __init__(self, data: Any, contest: Contest):
        super().__init__(data, initial={name: getattr(contest, name) for name in self.base_fields})

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        opens, closes, units = found.get("opens_at"), found.get("closes_at"), found.get("unit_closes_at")
        if isinstance(opens, datetime) and isinstance(closes, datetime) and opens >= closes:
            self.add_error("closes_at", _("It has to close after it opens."))
        if isinstance(closes, datetime) and isinstance(units, datetime) and units < closes:
            self.add_error("unit_closes_at", _("Units need time after the entries close: this is earlier."))
        since, until = found.get("work_since"), found.get("work_until")
        if since and until and since > until:
            self.add_error("work_until", _("This is before the first day."))
        return found


class TrackForm(forms.Form):
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    is_group = forms.BooleanField(label=_("Entered under the name of a group"), required=False)
    max_authors = forms.IntegerField(label=_("Most authors"), min_value=1, max_value=20)
    max_tutors = forms.IntegerField(label=_("Most tutors"), min_value=0, max_value=20)
    min_age = forms.IntegerField(label=_("Youngest"), min_value=0, max_value=99, required=False)
    max_age = forms.IntegerField(label=_("Oldest"), min_value=0, max_value=99, required=False)
    has_abstract = forms.BooleanField(label=_("Asks what the work is about"), required=False)
    abstract_most = forms.IntegerField(label=_("Characters of that text"), min_value=50, max_value=10000)
    asks_lower_contest = forms.BooleanField(label=_("Only from a lower contest"), required=False)
    asks_subject = forms.BooleanField(label=_("Asks for the subject"), required=False)

    def __init__(self, data: Any, track: Track):
        super().__init__(data, initial={name: getattr(track, name) for name in self.base_fields})
        if track.contest.is_award:
            for name in set(self.fields) - {"label_zh", "label_en", "has_abstract", "abstract_most"}:
                del self.fields[name]
            self.fields["has_abstract"].label = _("Asks for a recommendation")


class MaterialForm(forms.Form):
    """One kind of material; `code` stays what it was."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    is_required = forms.BooleanField(label=_("Required"), required=False)
    is_for_judges = forms.BooleanField(label=_("Judges see it"), required=False)
    formats = forms.MultipleChoiceField(
        label=_("Kinds of file"), choices=list(FORMATS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    max_mb = forms.IntegerField(label=_("MB a file"), min_value=1, max_value=500, required=False)
    max_pages = forms.IntegerField(label=_("Most pages"), min_value=1, required=False)
    max_seconds = forms.IntegerField(label=_("Most seconds"), min_value=1, required=False)
    max_files = forms.IntegerField(label=_("Most files"), min_value=1, max_value=20, required=False)
    help_zh = forms.CharField(label=_("Hint in Chinese"), max_length=300, required=False)
    help_en = forms.CharField(label=_("Hint in English"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("label_zh") and not found.get("formats"):
            self.add_error("formats", _("Choose at least one kind of file."))
        return found

    def kind(self) -> MaterialKind | None:
        """Nothing where the name was taken out: the kind then goes."""
        found = dict(self.cleaned_data)
        if not found["label_zh"]:
            return None
        found["code"] = found["code"] or new_code(found["label_zh"])
        found["max_mb"], found["max_files"] = found["max_mb"] or 20, found["max_files"] or 1
        return MaterialKind(**found)


def new_code(label: str) -> str:
    """Letters and digits that stand for a label, for addresses."""
    import hashlib

    return "m" + hashlib.sha256(label.encode()).hexdigest()[:10]


class NewContestForm(forms.Form):
    preset = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)
    label_zh = forms.CharField(
        label=_("Name of the contest"), max_length=200, help_text=_("In full, as certificates will print it.")
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2200)
    is_one_person = forms.BooleanField(
        label=_("Our office is one person"), required=False,
        help_text=_(
            "Otherwise lock, publication and whatever changes after the lock take two: one proposes, another approves. "
            "Papers of a contest that is run by one person say so."
        ),
    )  # fmt: skip


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """As many files as were chosen; a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(one, initial) for one in chosen]


class AnnouncementForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    attached = SeveralFilesField(
        label=_("Attachments"), required=False, max_length=200,
        help_text=_("PDF, Word, Excel, PowerPoint or pictures; up to 5, each at most 20 MB. Everyone can get them."),
        widget=SeveralFilesInput(
            attrs={"accept": ",".join(ENDINGS[kind] for kind in ("pdf", "word", "sheet", "slides", "image"))}
        ),
    )  # fmt: skip
