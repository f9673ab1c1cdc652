"""Forms of people and places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.core.school_names import split_names
from competition.models import District, School
from competition.states import UnitKind

LONGEST_NAME = 200


class JoinForm(forms.Form):
    """A school comes by itself."""

    district = forms.ModelChoiceField(label=_("Recommending unit"), queryset=District.objects.none(), empty_label="—")
    name = forms.CharField(label=_("Official name of the school"), max_length=200)
    contact = forms.CharField(label=_("Your name"), max_length=100)
    phone = forms.CharField(label=_("Phone"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    username = forms.RegexField(
        label=_("Name for signing in"),
        regex=r"^[\w.@-]{3,60}$",
        help_text=_("Three characters or more: letters, digits, . @ - _"),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Eight characters or more, not only digits, nothing that is easy to guess."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["district"]
        field.queryset = District.objects.order_by("pk")  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Eight characters or more, not only digits, nothing that is easy to guess."),
    )


class ContactForm(forms.Form):
    contact = forms.CharField(label=_("Whom to call"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)


class AliasesField(forms.CharField):
    """Several names, as people write lists."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Other names"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("One a line, or separated by 、. Lists may use them, and people find it by them."),
        )  # fmt: skip

    def clean(self, value: Any) -> tuple[str, ...]:
        found = split_names(super().clean(value))
        if any(len(name) > LONGEST_NAME for name in found):
            raise forms.ValidationError(_("A name has at most %(most)s characters."), params={"most": LONGEST_NAME})
        return found


class SchoolNamesForm(forms.Form):
    name = forms.CharField(
        label=_("Official name of the school"), max_length=LONGEST_NAME,
        help_text=_("If it changes, the old one stays as another name; lists that were published keep their words."),
    )  # fmt: skip
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    aliases = AliasesField()


class UnitNamesForm(forms.Form):
    label_zh = forms.CharField(
        label=_("Official name of the unit"), max_length=LONGEST_NAME,
        help_text=_("If it changes, the old one stays as another name; lists that were published keep their words."),
    )  # fmt: skip
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind of unit"), choices=UnitKind.choices)
    aliases = AliasesField()


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name of the person"), max_length=100)


def names_form(place: School | District, data: Any = None) -> SchoolNamesForm | UnitNamesForm:
    kind = SchoolNamesForm if isinstance(place, School) else UnitNamesForm
    said = {name: getattr(place, name) for name in kind.base_fields}
    return kind(data, initial=said | {"aliases": "\n".join(place.aliases)})
