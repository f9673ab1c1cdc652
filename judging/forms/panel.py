"""Judges: what the office knows of them, and what they answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.models import Contest, District, Entry, Person, School
from competition.states import SchoolState
from judging.models import Judge
from judging.services.panel import JudgeAnswer, JudgeFacts
from judging.states import LANGUAGES, ConflictSource


class JudgeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=[("", "—"), *LANGUAGES], required=False,
        help_text=_("Not chosen: Chinese."),
    )  # fmt: skip
    institution = forms.CharField(
        label=_("Institution"), max_length=200, required=False,
        help_text=_("Where they work. If it is a school of ours, they judge none of its entries."),
    )  # fmt: skip
    district = forms.ModelChoiceField(
        label=_("County or district"), queryset=District.objects.none(), required=False, empty_label="—"
    )
    tracks: Any = forms.ModelMultipleChoiceField(
        label=_("Tracks"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )  # fmt: skip
    subjects: Any = forms.ModelMultipleChoiceField(
        label=_("Subjects they know"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    max_load = forms.IntegerField(
        label=_("Entries at most"), min_value=0, max_value=10000, required=False, help_text=_("Blank: no limit.")
    )

    def __init__(self, contest: Contest, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.choose("district", District.objects.order_by("pk"))
        self.choose("tracks", contest.tracks.filter(is_by_minutes=False))
        self.choose("subjects", contest.subjects.all())
        if not contest.subjects.exists():
            del self.fields["subjects"]

    def choose(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def facts(self) -> JudgeFacts:
        said = self.cleaned_data
        return JudgeFacts(
            name=said["name"],
            institution=said["institution"],
            phone=said["phone"],
            email=said["email"],
            language=said["language"],
            school=School.objects.filter(name=said["institution"]).first() if said["institution"] else None,
            district=said["district"],
            tracks=tuple(said["tracks"]),
            subjects=tuple(said.get("subjects", ())),
            max_load=said["max_load"] or 0,
        )


def judge_as_values(judge: Judge) -> dict[str, Any]:
    return {
        "name": judge.person.name,
        "phone": judge.phone,
        "email": judge.email,
        "language": judge.language,
        "institution": judge.institution,
        "district": judge.district,
        "tracks": list(judge.tracks.all()),
        "subjects": list(judge.subjects.all()),
        "max_load": judge.max_load or None,
    }


class AnswerForm(forms.Form):
    """What a judge says before works are seen."""

    institution = forms.CharField(label=_("Where you work"), max_length=200, required=False)
    subjects: Any = forms.ModelMultipleChoiceField(
        label=_("Subjects you know"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    availability = forms.CharField(
        label=_("When you can judge"), max_length=300, required=False,
        help_text=_("Only if there is something to know: such as “not on Friday morning”."),
    )  # fmt: skip
    schools = forms.ModelMultipleChoiceField(
        label=_("Schools whose entries you may not judge"), queryset=School.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Where you or somebody close to you works or learns. Your own school is left out by itself."),
    )  # fmt: skip
    relations = forms.CharField(
        label=_("People whose work you may not judge"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Children, relatives, pupils you teach or advise: one name a line. Only the office reads it."),
    )  # fmt: skip
    pledge = forms.BooleanField(
        label=_(
            "I keep secret what I see and how I marked until the results are published, copy no material, and judge no "
            "work of people who are close to me."
        )
    )
    pin = forms.CharField(
        label=_("PIN or password"), required=False, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Six digits or more. With it you sign in again, also on another phone; your name for signing in is "
            "shown on the next page."
        ),
    )  # fmt: skip

    def __init__(self, judge: Judge, data: Any = None):
        declared = judge.conflicts.filter(source=ConflictSource.JUDGE, school__isnull=False)
        known = {
            "institution": judge.institution,
            "availability": judge.availability,
            "relations": judge.relations,
            "schools": list(declared.values_list("school", flat=True)),
            "subjects": list(judge.subjects.all()),
            "pledge": judge.pledged_at is not None,
        }
        super().__init__(data, initial=known)
        # all schools, not those that entered: which ones did is not for judges to know
        schools = School.objects.filter(state=SchoolState.ACTIVE)
        self.fields["schools"].queryset = schools.order_by("district", "name")  # type: ignore[attr-defined]
        self.fields["subjects"].queryset = judge.contest.subjects.all()  # type: ignore[attr-defined]
        if not judge.contest.subjects.exists():
            del self.fields["subjects"]
        if judge.user is not None and not judge.user.has_usable_password():
            self.fields["pin"].required = True

    def answer(self) -> JudgeAnswer:
        said = self.cleaned_data
        return JudgeAnswer(
            institution=said["institution"],
            availability=said["availability"],
            relations=said["relations"],
            schools=tuple(said["schools"]),
            subjects=tuple(said.get("subjects", ())),
        )


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class ConflictForm(forms.Form):
    """One of an entry's number, a school's name, a person's name: as the office has it on the phone."""

    what = forms.CharField(
        label=_("Number of an entry, name of a school or of a person"), max_length=200,
        help_text=_("As it stands in the list of entries."),
    )  # fmt: skip

    def found(self, contest: Contest) -> list[Any]:
        """What the words mean: an entry, else a school, else people of that name in this contest."""
        said = self.cleaned_data["what"].strip()
        entries: list[Any] = list(Entry.objects.filter(contest=contest, number=said))
        return entries or list(School.objects.filter(name=said)) or people_called(contest, said)


def people_called(contest: Contest, name: str) -> list[Any]:
    links = ("authorships__entry__contest", "tutorships__entry__contest")
    found: dict[int, Any] = {}
    for link in links:
        found |= {one.pk: one for one in Person.objects.filter(name=name, **{link: contest})}
    return list(found.values())


class HintForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class SetAsideForm(forms.Form):
    """Which sheets of a judge count no more, and why."""

    which = forms.ChoiceField(
        label=_("Which sheets"),
        choices=[
            ("conflicts", _("those of entries that they may not judge")),
            ("all", _("all of them, and they judge no more")),
        ],
    )
    reason = forms.CharField(label=_("Why"), max_length=300)


class AnswerQuestionForm(forms.Form):
    text = forms.CharField(label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PanelRulesForm(forms.Form):
    """Rules that hold for all judges of a contest."""

    same_district_conflict = forms.BooleanField(
        label=_("Nobody judges entries of their own county or district"), required=False
    )
    institution_cap = forms.IntegerField(
        label=_("Judges of one institution an entry, at most"), min_value=1, max_value=20, required=False,
        help_text=_("Blank: no limit."),
    )  # fmt: skip
    district_cap = forms.IntegerField(
        label=_("Judges of one county or district an entry, at most"), min_value=1, max_value=20, required=False,
        help_text=_("Blank: no limit."),
    )  # fmt: skip
