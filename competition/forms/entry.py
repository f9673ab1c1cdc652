"""The form of an entry, step by step. It keeps whatever was typed; what is missing is the core's to say."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competition.core.entering import is_for
from competition.core.grades import GRADES, STAGES
from competition.models import Contest, Entry, Pledge
from competition.wording import speaks_chinese

LEVELS = (("primary", gettext_lazy("primary")), ("secondary", gettext_lazy("secondary")))
SPARE_ROWS = 1  # blank lines offered below the people who are named


def in_language(zh: str, en: str) -> str:
    return zh if speaks_chinese() else en


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class WorkForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, required=False)
    title_en = forms.CharField(label=gettext_lazy("English title"), max_length=300, required=False)
    division = forms.ChoiceField(label=gettext_lazy("Division"), required=False)
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), required=False)
    abstract = forms.CharField(
        label=gettext_lazy("What the work is about"), widget=forms.Textarea(attrs={"rows": 7}), required=False
    )
    finished_on = forms.DateField(label=gettext_lazy("Finished on"), widget=DayInput, required=False)
    lower_contest = forms.CharField(label=gettext_lazy("Lower contest and year"), max_length=200, required=False)

    def __init__(self, data: Any, entry: Entry):
        divisions = [(one.code, one.label) for one in entry.contest.divisions.all()]
        super().__init__(data, initial=self.values_of(entry))
        track, contest = entry.track, entry.contest
        subjects = subject_choices(entry) if track.asks_subject else []
        self.fields["division"].choices = [("", "—"), *divisions]  # type: ignore[attr-defined]
        self.fields["subject"].choices = [("", "—"), *subjects]  # type: ignore[attr-defined]
        self.fields["abstract"].help_text = _(
            "At most %(most)s characters. No names of people or school: judges read it."
        ) % {"most": track.abstract_most}
        if contest.work_since or contest.work_until:
            self.fields["finished_on"].help_text = window(contest)
        if contest.is_award:
            self.fields["title"].label = _("Title of the work")
            self.fields["abstract"].label = _("Recommendation")
        self.fields["abstract"].widget.attrs["data-most"] = track.abstract_most
        unwanted = {
            "title_en": contest.is_award,
            "division": not divisions,
            "subject": not subjects,
            "abstract": not track.has_abstract,
            "finished_on": not (contest.work_since or contest.work_until),
            "lower_contest": not track.asks_lower_contest,
        }
        for name in [name for name, is_unwanted in unwanted.items() if is_unwanted]:
            del self.fields[name]
        for name in ("title", "division", "subject", "abstract", "finished_on", "lower_contest"):
            if name in self.fields:
                self.fields[name].is_wanted = True  # type: ignore[attr-defined]

    @staticmethod
    def values_of(entry: Entry) -> dict[str, Any]:
        names = ("title", "title_en", "abstract", "finished_on", "lower_contest")
        return {name: getattr(entry, name) for name in names} | {
            "division": entry.division.code if entry.division else "",
            "subject": entry.subject.word if entry.subject else "",
        }

    def changes(self) -> dict[str, Any]:
        """What can be kept: a field whose text is no value (half a date) stays as it was."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}


def subject_choices(entry: Entry) -> list[tuple[str, str]]:
    """Those of the entry's division; of all levels while no division is chosen, with the level beside each."""
    division = entry.division.code if entry.division else ""
    subjects = [one for one in entry.contest.subjects.all() if is_for(one.level, division)]
    levels = dict(LEVELS)
    with_level = not division and len({one.level for one in subjects}) > 1
    return [
        (one.word, f"{one.label} ({levels[one.level]})" if with_level and one.level in levels else one.label)
        for one in subjects
    ]


def window(contest: Contest) -> str:
    from competition.shortfalls import shown

    if contest.work_since and contest.work_until:
        facts = {"since": shown(contest.work_since), "until": shown(contest.work_until)}
        return _("Between %(since)s and %(until)s.") % facts
    if contest.work_since:
        return _("Not before %(since)s.") % {"since": shown(contest.work_since)}
    return _("By %(until)s.") % {"until": shown(contest.work_until)}


class PersonForm(forms.Form):
    """One line: an author or a tutor."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    grade = forms.TypedChoiceField(label=gettext_lazy("Grade"), required=False, coerce=int, empty_value=None)
    born_on = forms.DateField(label=gettext_lazy("Date of birth"), widget=DayInput, required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Teaches at"), required=False)
    school = forms.CharField(
        label=gettext_lazy("School, if another"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "schools", "autocomplete": "off"}),
    )
    code = forms.CharField(label=gettext_lazy("Student number"), max_length=40, required=False)

    def __init__(self, *args: Any, wanted: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [("", "—"), *((n, in_language(zh, en)) for n, (_s, zh, en) in GRADES.items())]  # type: ignore[attr-defined]
        self.fields["stage"].choices = [("", "—"), *((c, in_language(zh, en)) for c, (zh, en) in STAGES.items())]  # type: ignore[attr-defined]
        for name in set(self.fields) - set(wanted):
            del self.fields[name]

    def typed(self) -> dict[str, Any]:
        """In the words of a draft; nothing where the line is blank."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        if "born_on" in found:
            found["born_on"] = found["born_on"].isoformat()
        return found


class PeopleForm:
    """Group name or authors in order, and tutors: lines by number, as many as the track allows."""

    def __init__(self, data: Any, entry: Entry, typed: Mapping[str, Any]):
        self.data, self.entry = data, entry
        track, contest = entry.track, entry.contest
        has_age = track.min_age is not None or track.max_age is not None
        self.group = GroupForm(data, initial={"group_name": entry.group_name}) if track.is_group else None
        author = {"name", "grade", "code", *({"born_on"} if has_age or contest.is_award else ())}
        tutor = {"name", "school", *({"stage"} if contest.tutor_same_stage else ())}
        if contest.is_award:
            tutor = {"name", "stage", "code"}
        most = 0 if track.is_group else track.max_authors
        self.authors = self.lines("authors", typed.get("authors", ()), most, author)
        self.tutors = self.lines("tutors", typed.get("tutors", ()), track.max_tutors, tutor)

    def lines(self, part: str, typed: Iterable[Mapping[str, Any]], most: int, wanted: set[str]) -> list[PersonForm]:
        """The first author attends the entry's own school; others may attend another."""
        known = list(typed)
        sent = [int(name.split("-")[1]) for name in self.data or () if name.startswith(f"{part}-")]
        number = max([min(most, len(known) + SPARE_ROWS), len(known), *(at + 1 for at in sent if at < 20)])
        return [
            PersonForm(
                self.data,
                prefix=f"{part}-{at}",
                initial=known[at] if at < len(known) else {},
                wanted=wanted | ({"school"} if at and part == "authors" else set()),
            )
            for at in range(number)
        ]

    def changes(self) -> dict[str, Any]:
        """Only the parts that were sent."""
        found: dict[str, Any] = {}
        if self.group is not None and "group_name" in self.data:
            self.group.is_valid()
            found["group_name"] = self.group.cleaned_data.get("group_name", "")
        for part, forms_ in (("authors", self.authors), ("tutors", self.tutors)):
            if any(name.startswith(f"{part}-") for name in self.data):
                found[part] = [typed for form in forms_ if (typed := form.typed())]
        return found


class GroupForm(forms.Form):
    group_name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Class, club or group, without names of pupils."),
    )


class PledgeForm(forms.Form):
    """One box for each pledge; its text is what is agreed to."""

    def __init__(self, data: Any, pledges: Iterable[Pledge], given: Iterable[str]):
        super().__init__(data)
        self.pledges = list(pledges)
        given = set(given)
        for pledge in self.pledges:
            self.fields[f"pledge-{pledge.code}"] = forms.BooleanField(
                label=f"{pledge.label} ({pledge.get_by_display()})",
                help_text=in_language(pledge.text_zh, pledge.text_en or pledge.text_zh),
                initial=pledge.code in given,
                required=False,
            )

    def changes(self) -> dict[str, Any]:
        self.is_valid()
        return {"pledges": [one.code for one in self.pledges if self.cleaned_data.get(f"pledge-{one.code}")]}


class DecisionForm(forms.Form):
    """Why an entry goes back or does not go on."""

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Reasons"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=gettext_lazy("In your words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, asks_opinion: bool = False):
        """asks_opinion   a unit says why it recommends, not only why not"""
        from competition.reasons import REASONS

        super().__init__(data)
        if asks_opinion:
            self.fields["text"].label = _("Opinion")
        self.fields["reasons"].choices = list(REASONS.items())  # type: ignore[attr-defined]
