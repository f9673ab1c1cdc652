"""Signing in with a password: slow for whoever guesses, and silent on which accounts exist."""

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from competition.services.accounts import is_only_a_pin
from competition.tries import WAIT_MINUTES, Tries, address_of


class SignInForm(AuthenticationForm):
    """After ten tries of a name from an address, both wait; nothing tells whether the account exists."""

    def clean(self) -> dict:
        tries = Tries(self.cleaned_data.get("username", ""), address_of(self.request))
        if tries.is_over():
            message = _(
                "Too many tries. Wait %(minutes)s minutes and try again; your account is safe. "
                "Forgot the password? The office of the contest can set a new one."
            )
            raise ValidationError(message, code="wait", params={"minutes": WAIT_MINUTES})
        try:
            cleaned = super().clean()
        except ValidationError:
            tries.count()
            raise
        tries.forget()
        if is_only_a_pin(self.get_user(), cleaned["password"]):
            raise ValidationError(
                _("This account can do more than judge now, and a PIN is too little for that. Ask the office for a "
                  "link and set a password."), code="pin",
            )  # fmt: skip
        return cleaned
