"""The dialog of a correction: how the entry reads now, to be overwritten, with the reason and the stamped request."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competition.models import Entry, School
from competition.services.correcting import Wanted, wanted_of
from competition.services.papers import PAPER_MB
from competition.states import ContestState, SchoolState


class SchoolChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.district.label})"


class CorrectionForm(forms.Form):
    """Fields author-1 … and tutor-1 … by their places."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    group_name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=200)
    school = SchoolChoice(label=gettext_lazy("School"), queryset=School.objects.none(), required=False)

    def __init__(self, data: Any, files: Any, *, entry: Entry, others: Iterable[Entry]):
        super().__init__(data, files)
        self.entry, self.now, self.others = entry, wanted_of(entry), list(others)
        schools = School.objects.filter(state=SchoolState.ACTIVE).select_related("district")
        self.fields["school"].queryset = schools.order_by("district", "name")  # type: ignore[attr-defined]
        self.fields["school"].required = self.now.school is not None
        if not entry.track.is_group and not self.now.group_name:
            del self.fields["group_name"]
        self.initial = {"title": self.now.title, "group_name": self.now.group_name, "school": self.now.school}
        for at, name in enumerate(self.now.authors, 1):
            label = _("First author") if at == 1 else _("Author %(place)s") % {"place": at}
            self.add_name(f"author-{at}", label, name, is_required=True)
        room = min(len(self.now.tutors) + 1, max(entry.track.max_tutors, len(self.now.tutors)))
        for at in range(1, room + 1):
            name = self.now.tutors[at - 1] if at <= len(self.now.tutors) else ""
            self.add_name(f"tutor-{at}", _("Tutor %(place)s") % {"place": at}, name, is_required=False)
        if self.others:
            self.fields["also"] = forms.MultipleChoiceField(
                label=_("The same tutors in other entries: correct their names there too"),
                choices=[(one.key, str(one)) for one in self.others],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields["request"] = forms.FileField(
            label=_("Stamped request"),
            help_text=_("PDF or photo, at most %(most)s MB.") % {"most": PAPER_MB},
            widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
            required=entry.contest.state in (ContestState.LOCKED, ContestState.PUBLISHED),
        )

    def add_name(self, name: str, label: str, value: str, *, is_required: bool) -> None:
        self.fields[name] = forms.CharField(label=label, max_length=100, required=is_required)
        self.initial[name] = value

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            title=said["title"],
            group_name=said.get("group_name", ""),
            school=said["school"],
            authors=tuple(said[f"author-{at}"] for at in range(1, len(self.now.authors) + 1)),
            tutors=tuple(value for name, value in said.items() if name.startswith("tutor-")),
        )

    def also(self) -> list[Entry]:
        chosen = set(self.cleaned_data.get("also", ()))
        return [one for one in self.others if one.key in chosen]
