"""Every refusal as a sentence: what happened, what is safe, what to do, who can help."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "sign-in": _("This page is for people who have signed in. Sign in and you come back here."),
    "not-organiser": _(
        "Only the organising office of this contest may do this. Nothing was changed. "
        "Ask the office for the role if it should be yours."
    ),
    "not-yours": _("This page belongs to someone else. Nothing was changed. Sign in with the right account."),
    "hidden": _("There is nothing here."),
    "no-such-move": _(
        "%(thing)s is “%(state)s”; from there it cannot become “%(to)s”. Nothing was changed. "
        "Load the page again to see what can be done now."
    ),
    "changed-meanwhile": _(
        "Somebody changed %(thing)s while you were at it. Your click was not carried out. "
        "Load the page again, look, and decide anew."
    ),
    "wrong-state": _(
        "“%(contest)s” stands at “%(state)s”, so this step is not open. Nothing was changed. "
        "The board of the contest shows which step is next."
    ),
}


def add_sentences(more: Mapping[str, Any]) -> None:
    """Higher apps bring their own sentences; a code may be given once."""
    if taken := SENTENCES.keys() & more.keys():
        raise ValueError(f"These codes have a sentence already: {', '.join(sorted(taken))}.")
    SENTENCES.update(more)


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    return str(SENTENCES[code]) % {name: str(value) for name, value in facts.items()}
