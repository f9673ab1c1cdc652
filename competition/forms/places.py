"""Forms of people and places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.models import District


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


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name of the person"), max_length=100)
