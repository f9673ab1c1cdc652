"""Forms of what is asked late: its terms, the consent that comes first, and the answers of one entry."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competition.core.late_fields import (
    BIRTH_DATE,
    ID_NUMBER,
    LONGEST,
    OF_AUTHORS,
    OF_TUTORS,
    PHOTO,
    SEX,
    masked,
)
from competition.errors import Denial
from competition.forms.setup import DayInput
from competition.late import LatePerson
from competition.late_wording import FIELD_LABELS, SEXES
from competition.models import LateTerms
from competition.services.late import Asked
from competition.services.late_answers import Given

PHOTO_MB = 10
MB = 1 << 20
OTHER = "other"
# Shared computers of schools offer nobody what another one typed.
UNKEPT = {"autocomplete": "off", "spellcheck": "false"}


def ticks(fields: Iterable[str], label: Any, help_text: Any) -> forms.MultipleChoiceField:
    choices = [(name, FIELD_LABELS[name]) for name in fields]
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, help_text=help_text
    )


class LateTermsForm(forms.Form):
    author_fields = ticks(
        OF_AUTHORS, gettext_lazy("Of each author"), gettext_lazy("Only what the higher contest really asks for.")
    )
    tutor_fields = ticks(OF_TUTORS, gettext_lazy("Of each tutor"), "")
    purpose = forms.CharField(
        label=gettext_lazy("What it is needed for"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One sentence. Guardians agree to it and to the two days below."),
    )  # fmt: skip
    due_on = forms.DateField(label=gettext_lazy("Last day to answer"), widget=DayInput())
    erase_on = forms.DateField(
        label=gettext_lazy("Erased from"), widget=DayInput(),
        help_text=gettext_lazy("From this day on nobody can read it, and the night after it is deleted."),
    )  # fmt: skip

    def __init__(self, data: Any, terms: LateTerms | None):
        names = ("author_fields", "tutor_fields", "purpose", "due_on", "erase_on")
        super().__init__(data, initial={name: getattr(terms, name) for name in names} if terms else None)

    @property
    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class ConsentForm(forms.Form):
    """Who of an entry has agreed on paper; those who have already are not asked again."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("We have it on paper from"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick whose consent you have on paper.")},
    )  # fmt: skip
    given_on = forms.DateField(label=gettext_lazy("Signed on"), widget=DayInput())

    def __init__(self, data: Any, people: Iterable[LatePerson]):
        super().__init__(data)
        asked = [(one.person.key, one.label) for one in people if one.consent is None]
        self.fields["people"].choices = asked  # type: ignore[attr-defined]


class AnswersForm(forms.Form):
    """A field for each value of each person whose consent is there. What is there already is shown masked, as help."""

    def __init__(self, data: Any, files: Any, people: Iterable[LatePerson], texts: Mapping[int, str | None]):
        super().__init__(data, files)
        self.people = [one for one in people if one.consent]
        for person in self.people:
            for name in person.fields:
                field = self.fields[key_of(person, name)] = field_for(name, help_of(person, name, texts))
                field.is_asked = True  # type: ignore[attr-defined]  # the rest may come later, but it must come
                if name == ID_NUMBER:
                    self.fields[f"{key_of(person, name)}-{OTHER}"] = forms.BooleanField(
                        label=_("This is a passport or another document, without 18 characters"), required=False
                    )

    @property
    def groups(self) -> list[tuple[LatePerson, list[forms.BoundField]]]:
        """Each person with their fields."""
        of = {one.person.key: [self[name] for name in self.fields if name.startswith(f"{one.person.key}-")]
              for one in self.people}  # fmt: skip
        return [(one, of[one.person.key]) for one in self.people]

    @property
    def typed(self) -> dict[str, dict[str, Any]]:
        """key of a person -> field -> what was typed or chosen, blanks left out."""
        said = {one.person.key: {name: self.cleaned_data.get(key_of(one, name)) for name in one.fields}
                for one in self.people}  # fmt: skip
        return {key: {name: value for name, value in found.items() if value} for key, found in said.items()}

    def given(self, photos: Mapping[tuple[str, str], bytes]) -> dict[str, dict[str, Given]]:
        """photos   (person, field) -> the picture as it is kept"""
        found = {
            key: {
                name: Given(
                    text="" if name == PHOTO else str(value),
                    photo=photos.get((key, name), b""),
                    is_other=bool(self.cleaned_data.get(f"{key}-{name}-{OTHER}")),
                )
                for name, value in said.items()
            }
            for key, said in self.typed.items()
        }
        return {key: said for key, said in found.items() if said}

    def show(self, denial: Denial) -> None:
        """Each fault at its field; what is wrong with none stands above all."""
        for name, sentence in denial.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not denial.fields:
            self.add_error(None, denial.message)


def key_of(person: LatePerson, name: str) -> str:
    return f"{person.person.key}-{name}"


def field_for(name: str, help_text: str) -> forms.Field:
    usual: dict[str, Any] = {"label": FIELD_LABELS[name], "required": False, "help_text": help_text}
    if name == PHOTO:
        return PhotoField(widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}), **usual)
    if name == BIRTH_DATE:
        return forms.DateField(widget=DayInput(), **usual)
    if name == SEX:
        return forms.ChoiceField(choices=[("", "—"), *SEXES.items()], **usual)
    attrs = UNKEPT | ({"inputmode": "tel"} if name in ("phone", "guardian_phone") else {})
    return forms.CharField(max_length=LONGEST.get(name, 40), widget=forms.TextInput(attrs=attrs), **usual)


class PhotoField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if found and found.size > PHOTO_MB * MB:
            raise forms.ValidationError(_("The file has more than %(most)s MB."), params={"most": PHOTO_MB})
        return found


def help_of(person: LatePerson, name: str, texts: Mapping[int, str | None]) -> str:
    """Masked, and never as it is: help is put into the page unescaped."""
    answer = person.answers.get(name)
    if answer is None:
        return _("JPEG or PNG, face in front; it is made smaller by itself.") if name == PHOTO else ""
    if name == PHOTO:
        return _("A photo is saved. Choose another one to replace it.")
    text = texts.get(answer.pk)
    if text is None:
        return _("What is saved cannot be read any more. Type it anew.")
    return _("Saved: %(masked)s. Type it anew to correct it.") % {"masked": escape(masked(name, text))}
