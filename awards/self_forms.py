"""Forms of self-nominations: what the person types, the way back, and what the office decides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.self_nominating import (
    CONSENT,
    LONGEST,
    MOST_PROOFS,
    MOST_WON,
    PLEDGED,
    PROOF,
    RECOMMENDATION,
    SelfSaid,
    WonOnce,
    tidy,
)
from awards.models import SelfNomination, SelfTerms
from awards.models.self_nomination import DAYS_KEPT, LONGEST_KEPT
from awards.prizes import BY_CODE
from awards.self_nominations import asked_pledges, is_student
from awards.services.self_terms import SelfAsked
from competition.core.grades import GRADES
from competition.forms.setup import DayInput
from competition.models import Contest, School
from competition.services.papers import MB, PAPER_MB
from competition.states import Level, SchoolState
from competition.views.signed_forms import ManyFiles
from competition.wording import speaks_chinese

ACCEPT = {"accept": ".pdf,.jpg,.jpeg,.png,.webp"}
WON = ("said_of", "prize", "level", "won_on")


def grade_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((str(one), zh if speaks_chinese() else en) for one, (_stage, zh, en) in GRADES.items())]


def prize_choices() -> list[tuple[str, str]]:
    once = {prize.code: prize.label for prize in BY_CODE.values() if prize.code != "special"}
    return [("", _("without a level")), *once.items()]


class OnePaper(forms.FileField):
    """None or one PDF or picture; what it really is the inspection says."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if found and found.size > PAPER_MB * MB:
            raise forms.ValidationError(_("The file has more than %(most)s MB."), params={"most": PAPER_MB})
        return found


class SomePapers(OnePaper):
    """None or some."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(SomePapers, self).clean(one, initial) for one in data or [] if one]


class SelfForm(forms.Form):
    """Nothing is required before it is sent, so that whatever is typed is saved."""

    def __init__(self, data: Any, files: Any, *, nomination: SelfNomination, said: SelfSaid):
        super().__init__(data, files, initial=initial_of(nomination, said))
        self.is_student = is_student(nomination)
        self.pledges = asked_pledges(nomination.contest)
        self.add_person()
        self.add_won()
        self.add_papers()
        self.add_pledges(nomination)

    def add_person(self) -> None:
        school, contact = _("School"), _("Phone of your guardian")
        if not self.is_student:
            school, contact = _("School or place of work"), _("Your phone")
        self.add("name", text("name", _("Your own name"), autocomplete="name"))
        self.add("school", text("school", school, list="known-schools", autocomplete="organization"))
        if self.is_student:
            self.add("grade", forms.ChoiceField(label=_("Grade"), choices=grade_choices()))
        self.add("contact", text("contact", contact, inputmode="tel", autocomplete="tel"))
        self.fields["contact"].help_text = _("Only the office sees it, to ask something. It is erased in any case.")
        field = text("reason", _("Why you, in your own words"))
        field.widget = forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST["reason"]})
        field.help_text = _("At most %(most)s characters.") % {"most": LONGEST["reason"]}
        self.add("reason", field)

    def add_won(self) -> None:
        levels = [("", "—"), *Level.choices]
        for row in range(MOST_WON):
            self.add(f"won-{row}-said_of", text("said_of", _("Contest, as the document names it")))
            self.add(f"won-{row}-level", forms.ChoiceField(label=_("Level"), choices=levels))
            self.add(f"won-{row}-prize", forms.ChoiceField(label=_("Prize"), choices=prize_choices()))
            self.add(f"won-{row}-won_on", forms.DateField(label=_("Day on the document"), widget=DayInput))
            self.add(f"won-{row}", OnePaper(label=_("The document"), widget=forms.FileInput(attrs={**ACCEPT})))

    def add_papers(self) -> None:
        help_text = _("PDF or photo, at most %(most)s MB.") % {"most": PAPER_MB}
        labels = {RECOMMENDATION: _("Written recommendation"), CONSENT: _("Written consent of your guardian")}
        for place, label in labels.items():
            if place != CONSENT or self.is_student:
                self.add(place, OnePaper(label=label, widget=forms.FileInput(attrs={**ACCEPT}), help_text=help_text))
        several = _("Up to %(files)s PDF files or photos, %(most)s MB each.")
        self.add(PROOF, SomePapers(label=_("Further documents"), widget=ManyFiles(attrs={**ACCEPT})))
        self.fields[PROOF].help_text = several % {"files": MOST_PROOFS, "most": PAPER_MB}
        self.fields[PROOF].is_asked = False  # type: ignore[attr-defined]

    def add_pledges(self, nomination: SelfNomination) -> None:
        for one in self.pledges:
            words = one.text_zh if speaks_chinese() else one.text_en or one.text_zh
            field = forms.BooleanField(label=one.label, help_text=words)
            self.add(f"pledge-{one.code}", field)
            field.is_asked = one.is_required  # type: ignore[attr-defined]
        for code, label in own_pledges(is_student=self.is_student).items():
            self.add(f"pledge-{code}", forms.BooleanField(label=label))

    def add(self, name: str, field: forms.Field) -> None:
        field.required = False
        field.is_asked = not name.startswith("won-")  # type: ignore[attr-defined]
        self.fields[name] = field

    @property
    def person(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "school", "grade", "contact", "reason") if name in self.fields]

    @property
    def rows(self) -> list[tuple[int, str, list[forms.BoundField]]]:
        """number, place and fields of each prize."""
        fields = [[self[f"won-{row}-{name}"] for name in ("said_of", "level", "prize", "won_on")] + [self[f"won-{row}"]]
                  for row in range(MOST_WON)]  # fmt: skip
        return [(row + 1, f"won-{row}", found) for row, found in enumerate(fields)]

    @property
    def documents(self) -> list[forms.BoundField]:
        return [self[name] for name in (RECOMMENDATION, CONSENT, PROOF) if name in self.fields]

    @property
    def confirmed(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("pledge-")]

    @property
    def said(self) -> SelfSaid:
        found = self.cleaned_data
        grade = found.get("grade") or ""
        won = tuple(WonOnce(**{name: plain(found.get(f"won-{row}-{name}")) for name in WON}) for row in range(MOST_WON))
        texts = {name: tidy(found.get(name, "")) for name in ("name", "school", "contact")}
        texts["reason"] = found.get("reason", "").strip()
        return SelfSaid(**texts, grade=int(grade) if grade else None, won=won)

    @property
    def given(self) -> list[str]:
        """Codes of the pledges that are ticked."""
        return [name.removeprefix("pledge-") for name, value in self.cleaned_data.items()
                if name.startswith("pledge-") and value]  # fmt: skip

    @property
    def uploads(self) -> list[tuple[str, Any]]:
        """(place, file) of those that came and are not too large."""
        places = [RECOMMENDATION, CONSENT, PROOF, *(f"won-{row}" for row in range(MOST_WON))]
        found = [(place, self.cleaned_data.get(place)) for place in places]
        several = [(PROOF, one) for one in self.cleaned_data.get(PROOF) or []]
        return [*((place, one) for place, one in found if one and place != PROOF), *several]


def plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def text(name: str, label: str, **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST[name], widget=forms.TextInput(attrs=attrs))


def own_pledges(*, is_student: bool) -> dict[str, str]:
    """What the page asks for besides the award's own."""
    if is_student:
        return dict(zip(PLEDGED, (
            _("What I say here is true, and my guardian knows it."),
            _("My guardian and I agree that the office uses these data for this award, and erases them as said above."),
        ), strict=True))  # fmt: skip
    return dict(zip(PLEDGED, (
        _("What I say here is true."),
        _("I agree that the office uses these data for this award, and erases them as said above."),
    ), strict=True))  # fmt: skip


def initial_of(nomination: SelfNomination, said: SelfSaid) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(said, name) for name in ("name", "school", "contact", "reason")}
    found["grade"] = "" if said.grade is None else str(said.grade)
    for row, one in enumerate(said.won):
        found |= {f"won-{row}-{name}": getattr(one, name) for name in WON}
    return found | {f"pledge-{code}": True for code in nomination.pledges}


class OpenSelfForm(forms.Form):
    """The way back: both are typed, and sent in the body of the request alone."""

    number = forms.CharField(
        label=gettext_lazy("Receipt number"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    secret = forms.CharField(
        label=gettext_lazy("Secret"), max_length=60,
        help_text=gettext_lazy("Twenty characters; hyphens may be left out."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class SelfTermsForm(forms.Form):
    """Beside who nominates: whether people nominate themselves."""

    takes_selves = forms.BooleanField(
        label=gettext_lazy("People may nominate themselves (自荐)"), required=False,
        help_text=gettext_lazy(
            "On the page of the award, without an account. The office looks at each before it becomes a nominee."
        ),
    )  # fmt: skip
    self_until = forms.DateField(
        label=gettext_lazy("Last day for it"), required=False, widget=DayInput,
        help_text=gettext_lazy("Blank: nobody can begin yet."),
    )  # fmt: skip
    self_days = forms.IntegerField(
        label=gettext_lazy("Days after it until all is erased"), min_value=1, max_value=LONGEST_KEPT, required=False,
        help_text=gettext_lazy("What was not taken up by then; 30 if nothing is said."),
    )  # fmt: skip

    def __init__(self, data: Any, terms: SelfTerms | None):
        said = {"takes_selves": terms.is_on, "self_until": terms.until, "self_days": terms.days} if terms else {}
        super().__init__(data, initial={"self_days": DAYS_KEPT} | said)

    def asked(self) -> SelfAsked:
        said = self.cleaned_data
        return SelfAsked(said["takes_selves"], said["self_until"], said["self_days"] or DAYS_KEPT)


class TakeUpForm(forms.Form):
    """Somebody who is known, or somebody new of a school of ours, or of none.

    likely   who is chosen already; None where a person has to say
    asks     of "despite_school" and "despite_name", whether there is anything to ask
    """

    NEW = "new"

    who = forms.ChoiceField(label=gettext_lazy("Who it is"), widget=forms.RadioSelect)
    despite_school = forms.BooleanField(
        label=gettext_lazy("It is the same person, although the school is another"), required=False,
        help_text=gettext_lazy("Two children of one name are no rarity: ask before you say so."),
    )  # fmt: skip
    despite_name = forms.BooleanField(
        label=gettext_lazy("It is somebody else, although name and school are the same"), required=False
    )
    school = forms.ModelChoiceField(
        label=gettext_lazy("School of somebody new"), required=False, queryset=School.objects.none(),
        empty_label=gettext_lazy("none of ours"),
    )  # fmt: skip
    shows_reason = forms.BooleanField(
        label=gettext_lazy("Experts may read the reason: it names nobody"), required=False,
        help_text=gettext_lazy("Otherwise only the office reads it, until the day of erasure."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any,
        *,
        people: Mapping[str, str],
        likely: str | None,
        school: School | None,
        asks: Mapping[str, bool],
    ):
        super().__init__(data, initial={"who": likely, "school": school})
        for name in ("despite_school", "despite_name"):
            if not asks[name]:
                del self.fields[name]
        choices = [*people.items(), (self.NEW, _("somebody new"))]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        schools = School.objects.filter(state=SchoolState.ACTIVE).order_by("name")
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]


class SelfFilter(forms.Form):
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    track = forms.ChoiceField(label=gettext_lazy("Kind of winner"), required=False)

    def __init__(self, data: Any, contest: Contest, states: list[tuple[str, Any]]):
        super().__init__(data)
        every = ("", _("All"))
        self.fields["state"].choices = [every, *states]  # type: ignore[attr-defined]
        tracks = [(str(one.order), one.label) for one in contest.tracks.all()]
        self.fields["track"].choices = [every, *tracks]  # type: ignore[attr-defined]
