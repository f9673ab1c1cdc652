"""Signing in with a password: slow for whoever guesses, and silent on which accounts exist."""

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from competition.tries import WAIT_MINUTES, address_of, count, forget, is_over, tries_key


class SignInForm(AuthenticationForm):
    """After ten tries of a name from an address, both wait; nothing tells whether the account exists."""

    def clean(self) -> dict:
        tries = tries_key(self.cleaned_data.get("username", ""), address_of(self.request))
        if is_over(tries):
            message = _(
                "Too many tries. Wait %(minutes)s minutes and try again; your account is safe. "
                "Forgot the password? The office of the contest can set a new one."
            )
            raise ValidationError(message, code="wait", params={"minutes": WAIT_MINUTES})
        try:
            cleaned = super().clean()
        except ValidationError:
            count(tries)
            raise
        forget(tries)
        return cleaned
