"""Ready-made reasons for returning or rejecting an entry, each with what to do."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

REASONS = {
    "form-unsigned": _("The entry form lacks a signature or the school's stamp."),
    "name-wrong": _("A name, grade or school seems wrong. Check it against the school's register."),
    "material-unreadable": _("A file cannot be read or is not what it should be. Add it again."),
    "material-missing": _("A document is missing. Add it."),
    "names-in-material": _("The material for judges names people or the school. Take the names out."),
    "title-unfit": _("Title or description do not fit the work. Rewrite them."),
    "wrong-track": _("The work belongs in another track. Withdraw it and enter it there."),
    "not-own-work": _("It is not clear that the pupils did the main part themselves. Add raw records."),
    "similar-work": _("It resembles another work. Explain what is new."),
    "rules": _("It does not fit the rules of the contest."),
}


def sentences(codes: Iterable[str], text: str = "") -> list[str]:
    """The reasons of a decision as people read them; the free text last."""
    return [*(str(REASONS[code]) for code in codes if code in REASONS), *([text] if text else [])]
