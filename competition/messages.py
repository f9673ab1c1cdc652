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
    "list-outdated": _(
        "Entries of this list came in while you looked at it, perhaps by a second click. Nothing was taken in twice. "
        "Upload the list again to see what is still new."
    ),
    "entries-not-open": _(
        "“%(contest)s” does not take entries at present. Nothing was lost. Its page tells the dates; "
        "the office of the contest can help."
    ),
    "entries-not-yet": _(
        "“%(contest)s” takes entries from %(opens)s on. Come back then; drafts can be typed from then on."
    ),
    "entries-closed": _(
        "Entries for “%(contest)s” closed at %(closed)s. What was handed in before that counts; nothing was lost. "
        "There is no late filing; the office of the contest can tell you more."
    ),
    "school-not-approved": _(
        "%(school)s is not approved yet, so it cannot enter anything. "
        "The office of the contest approves new schools; call it."
    ),
    "entry-handed-in": _(
        "%(entry)s is “%(state)s”, so it cannot be changed here. Nothing was changed. "
        "Withdraw it to change it while entries are open, or ask your unit or the office to return it."
    ),
    "correction-too-late": _(
        "%(entry)s could be corrected until %(until)s. What you typed before that is kept. "
        "Call the office of the contest."
    ),
    "entry-incomplete": _(
        "The entry is not complete: %(count)s points. Everything you typed is saved. The first: %(first)s"
    ),
    "unit-too-late": _(
        "Units could recommend entries for “%(contest)s” until %(closed)s. Nothing was changed. "
        "Call the office of the contest."
    ),
    "verdict-of-other-step": _("“%(verdict)s” is not decided at this step. Nothing was changed."),
    "reason-missing": _("Say why, so that the school knows what to do. Nothing was changed yet."),
    "quota-reached": _(
        "All %(most)s places of your quota (%(what)s) are taken. Nothing was changed. "
        "Take another recommendation back first, or ask the office for more places."
    ),
    "teams-reached": _(
        "Teams may take %(most)s places of your quota (%(what)s), and they have. Nothing was changed. "
        "Take another team back first."
    ),
    "set-up-incomplete": _("Before it can open, the contest needs: %(missing)s. Nothing was changed. Fill it in here."),
    "until-past": _(
        "%(until)s is over: the school could not answer any more. Choose a later day. Nothing was changed."
    ),
    "ends-first": _(
        "Entries would close (%(closes)s) before they open (%(opens)s). Correct one of the two; nothing was saved."
    ),
    "still-open": _(
        "“%(contest)s” takes entries until %(closes)s. Nothing was changed. Set an earlier end first, or wait."
    ),
    "unchecked-entries": _(
        "%(number)s entries wait for your check or for a correction. Nothing was changed. Decide on them first."
    ),
    "edition-there-already": _(
        "There is an edition “%(contest)s” of %(year)s already. Nothing was made. Open that one, or give another name."
    ),
    "names-changed": _("Names of %(school)s changed while you read. Nothing was confirmed. Read the page once more."),
    "no-such-link": _(
        "This link was used already, is too old, or was taken back. Your account is safe. "
        "Ask whoever sent it for a new one, or sign in with your password."
    ),
    "school-there-already": _(
        "“%(school)s” is here already. Nothing was registered. "
        "Ask the people of your school, or the office of the contest."
    ),
    "weak-password": _("This password would be easy to guess. %(why)s"),
    "name-taken": _("This name for signing in is taken. Choose another one."),
    "file-unfit": _("“%(name)s” was not taken: %(why)s"),
    "file-not-expected": _(
        "These are not the bytes that were announced: their SHA-256 differs. Nothing was stored. "
        "Choose the file again; if it was changed since, take the old one out first."
    ),
    "file-not-chosen": _("No file was chosen. Choose one and add it again."),
    "too-many-files": _("“%(label)s” takes %(most)s files. Take one out first."),
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
