"""Forms of the second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class CodeForm(forms.Form):
    """Of the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Code"), max_length=40, widget=forms.TextInput(attrs={**CODE, "autofocus": True}), strip=True
    )


class SetUpForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits that the app shows now"), max_length=40, widget=forms.TextInput(attrs=CODE)
    )


class ProofForm(forms.Form):
    """That it is still the same person at the keyboard."""

    proof = forms.CharField(
        label=_("Code of the app, a recovery code, or your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
