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
    "second-person-missing": _(
        "“%(contest)s” takes two persons for this: %(step)s. Nothing was changed. One proposes it on the pages of the "
        "contest, another one approves it there."
    ),
    "agreement-asked": _(
        "%(name)s has proposed this already (%(step)s), and it waits for a second person. Nothing was changed. Look "
        "under “Two persons”."
    ),
    "agreement-own": _(
        "You proposed this yourself. Nothing was changed. Another organiser of the contest, or a second person, "
        "approves it."
    ),
    "two-persons-of-contest": _(
        "“%(contest)s” takes two persons, so its award takes two as well. Nothing was changed. Once that contest does "
        "without, the award can do without too."
    ),
    "agreement-not-own": _("Only whoever proposed it can withdraw it. Nothing was changed. You can send it back."),
    "agreement-closed": _("This does not wait any more: %(state)s. Nothing was changed."),
    "agreement-lapsed": _(
        "What %(name)s proposed (%(step)s) is no longer so: marks, plan, decisions, list or roles have changed since. "
        "Nothing was done, and the proposal has lapsed. Look at it as it is now, and propose anew."
    ),
    "forwards-not-taken": _(
        "“%(contest)s” takes no entries from this contest. Nothing was sent. Its office can say that it does, in its "
        "set-up under “Entries from lower contests”."
    ),
    "forward-untied": _(
        "Of these nobody has said yet what they are in the higher contest: %(names)s. Nothing was sent. Choose it for "
        "each, save, and send again."
    ),
    "forward-quota": _(
        "“%(contest)s” takes at most %(most)s entries from one contest. Nothing was sent. Tick fewer, or take one back."
    ),
    "forward-not-passed": _("It has not passed the check here."),
    "forward-no-consent": _("The guardians' consent to passing it on is not recorded."),
    "forwarded-checked": _(
        "%(entry)s has been checked by the higher contest (%(state)s). Nothing was changed. Ask its office."
    ),
    "report-not-asked": _(
        "“%(contest)s” does not ask units for the numbers of their own contests. Nothing was saved. Ask its office."
    ),
    "report-too-late": _(
        "The numbers of your own contest could be filled in until %(until)s. Nothing was changed. Call the office of "
        "“%(contest)s”: it can set another day, or return your report."
    ),
    "report-changed": _(
        "The report of %(unit)s was filled in anew while you read. Nothing was changed. Look at it as it is now."
    ),
    "report-odd": _(
        "The numbers of %(unit)s do not add up. Nothing was saved. Put right what the form names, and save again."
    ),
    "report-of-other": _(
        "This paper is not version %(version)s of the report of %(unit)s. Nothing was saved. Print the report from "
        "this page, stamp it, and add that one."
    ),
    "report-stamped": _(
        "The report of %(unit)s is “%(state)s”, so no paper is waited for. Nothing was changed. To correct it, fill in "
        "a new version."
    ),
    "report-without-paper": _(
        "The report of %(unit)s is “%(state)s”. Nothing was changed. It can be decided once the stamped paper of its "
        "newest version is here."
    ),
    "report-without-reason": _("Say why the report of %(unit)s is returned. Nothing was changed; it waits as before."),
    "numbers-changed": _(
        "These numbers were changed while you read. Nothing was saved. Look at them as they are now, and save again."
    ),
    "numbers-wrong": _(
        "%(rows)s rows are wrong. Nothing was taken in: a list goes in whole or not at all. Mend them and bring it "
        "again."
    ),
    "numbers-of-others": _(
        "%(entries)s of these entries have not passed the check of this contest. Nothing was saved. Load the page "
        "again."
    ),
    "number-above-bad": _(
        "“%(number)s” of entry %(entry)s: a number has no spaces and at most 60 characters. Nothing was saved. Put it "
        "right and save again."
    ),
    "number-above-twice": _(
        "“%(number)s” would belong to several entries: %(entries)s. Nothing was saved. A number belongs to one entry; "
        "look at the letters of the higher contest again."
    ),
    "send-back-without-reason": _("Say why you send it back. Nothing was changed; it waits as before."),
    "no-such-account": _(
        "There is no account “%(name)s”. Nothing was changed. Give the name for signing in; whoever runs the server "
        "makes new accounts."
    ),
    "link-of-approver": _(
        "%(name)s organises a contest or approves in one. With a link to that account one person would be two. Nothing "
        "was changed. Whoever runs the server can help."
    ),
    "role-of-installation": _(
        "A role in the whole installation is given by whoever runs the server. Nothing was changed."
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
    "no-unit-step": _(
        "Entries for “%(contest)s” go straight to the office; units do not decide on them. Nothing was changed."
    ),
    "verdict-of-other-step": _("“%(verdict)s” is not decided at this step. Nothing was changed."),
    "reason-missing": _("Say why, so that the school knows what to do. Nothing was changed yet."),
    "names-found": _(
        "Judges would read whose work it is: “%(word)s” stands on page %(page)s of “%(label)s”. Nothing was changed. "
        "Return the entry, or let the names pass with a reason beside the file."
    ),
    "text-unread": _(
        "The words of “%(label)s” could not be read, so nobody knows whom it names. Nothing was changed. "
        "Look at it, and let it pass with a reason beside the file."
    ),
    "findings-changed": _(
        "Other names were found in this file while you read. Nothing was changed. Look at it once more."
    ),
    "clearing-without-reason": _("Say why the names may stand. Nothing was changed yet."),
    "quota-reached": _(
        "All %(most)s places of your quota (%(what)s) are taken. Nothing was changed. "
        "Take another recommendation back first, or ask the office for more places."
    ),
    "teams-reached": _(
        "Teams may take %(most)s places of your quota (%(what)s), and they have. Nothing was changed. "
        "Take another team back first."
    ),
    "share-kept": _(
        "Of your %(most)s places %(free)s are free for every division; the others are kept: %(kept)s. "
        "Nothing was changed. Take another recommendation of this division back first."
    ),
    "shares-too-many": _("The shares of the divisions are more than 100 %%. Nothing was changed."),
    "summary-of-other": _(
        "This is not the summary of %(unit)s, but another unit's or another paper. Nothing was kept. "
        "Add the one that was printed on this page."
    ),
    "summary-out-of-date": _(
        "What %(unit)s recommends has changed since this summary was printed. Nothing was kept. "
        "Print it again, stamp it, and add the new one."
    ),
    "nothing-recommended": _(
        "%(unit)s has recommended nothing yet, so there is no summary to stamp. "
        "Recommend first, print, stamp, then add."
    ),
    "form-out-of-date": _(
        "%(entry)s was handed in anew after this form was printed, so the signatures are of an older version. "
        "Nothing was attached. Print the form again and have it signed."
    ),
    "no-form-code": _(
        "No code of an entry form was found here. Nothing was attached. Scan it straight and sharp, "
        "or add it at its entry by hand."
    ),
    "several-form-codes": _("Two forms lie on this page, so nothing was attached. Scan each sheet by itself."),
    "form-of-other": _("This is the form of another entry, not of %(entry)s. Nothing was attached."),
    "form-of-nobody": _("This code is of no entry that you act for. Nothing was attached."),
    "not-handed-in": _("%(entry)s was not handed in yet, so it has no form to sign. Nothing was changed."),
    "part-twice": _("“%(found)s” stands here twice, or is for the same pupils as another line. Nothing was saved."),
    "part-in-use": _("“%(found)s” has entries, so it stays. Nothing was saved. Move or withdraw these entries first."),
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
    "entry-with-school": _(
        "%(entry)s is “%(state)s”: its school can change it by itself. Nothing was changed. Call the school."
    ),
    "nothing-to-correct": _("Nothing differs from what %(entry)s says already, so nothing was changed."),
    "correction-without-reason": _("Say why it is corrected. Nothing was changed yet."),
    "request-missing": _(
        "The awards are locked: %(entry)s is corrected on a stamped request only. Nothing was changed. "
        "Add the scan or a photo of the request."
    ),
    "correction-breaks-rule": _("%(entry)s would break a rule of the contest. Nothing was changed. %(why)s"),
    "no-such-link": _(
        "This link was used already, is too old, or was taken back. Your account is safe. "
        "Ask whoever sent it for a new one, or sign in with your password."
    ),
    "code-wrong": _(
        "This code does not fit. Type the six digits that the app shows now, or a recovery code. Each works once: "
        "after one that was taken wait for the next. Does the phone show the right time?"
    ),
    "code-wait": _(
        "A wrong code came just before. Wait %(seconds)s s and type the code that the app shows then. "
        "Your account is safe."
    ),
    "code-wait-long": _(
        "Too many wrong codes. None is looked at for %(minutes)s min; your account is safe. "
        "If it was not you: somebody knows your password. Ask the office of the contest for help."
    ),
    "code-not-given": _(
        "This account has a second factor and its code was not given here. Nothing was changed. Sign in again."
    ),
    "second-factor-missing": _(
        "Organisers of this installation need a second factor. Nothing was changed. Set it up first: it takes a minute."
    ),
    "second-factor-on": _("A second factor is on already. Nothing was changed. To move to another phone turn it off."),
    "second-factor-none": _("There is no second factor on this account. Nothing was changed."),
    "second-factor-of-organiser": _(
        "This person is an organiser, whose second factor only whoever runs the server can take away. "
        "Nothing was changed. The guide for operators names the command."
    ),
    "set-up-code-wrong": _(
        "This code does not fit, so nothing was turned on. Type the six digits that the app shows now. "
        "Does the phone show the right time?"
    ),
    "set-up-too-old": _(
        "This set-up was begun too long ago or in another window. Nothing was changed. "
        "Scan the new picture and type the code that the app shows then."
    ),
    "school-there-already": _(
        "“%(school)s” is here already. Nothing was registered. "
        "Ask the people of your school, or the office of the contest."
    ),
    "name-of-another": _(
        "“%(name)s” is what “%(other)s” is called already. Nothing was changed. "
        "Two of one name could not be told apart in a list: take it out there first, or write another name."
    ),
    "name-missing": _("Without an official name nobody finds it. Nothing was changed. Write the name."),
    "places-changed": _(
        "Units or schools changed since you looked at the list. Nothing was taken in. Look at it once more."
    ),
    "nobody-to-invite": _(
        "Somebody acts for each of these schools already, or none was chosen. No link was made, and those that were "
        "handed out still hold. A single new link is made on the page of the school."
    ),
    "pin-too-simple": _("A PIN has six digits or more, not all alike and not in a row such as 123456."),
    "weak-password": _("This password would be easy to guess. %(why)s"),
    "name-taken": _("This name for signing in is taken. Choose another one."),
    "file-unfit": _("“%(name)s” was not taken: %(why)s"),
    "file-not-expected": _(
        "These are not the bytes that were announced: their SHA-256 differs. Nothing was stored. "
        "Choose the file again; if it was changed since, take the old one out first."
    ),
    "file-not-chosen": _("No file was chosen. Choose one and add it again."),
    "too-many-attachments": _(
        "An announcement takes %(most)s files. Nothing was announced. Take some out, or announce them in two."
    ),
    "too-many-files": _("“%(label)s” takes %(most)s files. Take one out first."),
    "mail-not-set-up": _(
        "This server sends no mail. Nothing was written. Copy the texts or print the slips instead; whoever runs the "
        "server can set mail up."
    ),
    "no-such-work": _("There is no such work."),
    "nothing-to-make": _("There is nothing to make yet. Nothing was begun."),
    "work-under-way": _("Work of this kind is under way already. Wait for it, or cancel it first."),
    "work-outdated": _(
        "Meanwhile what it makes has changed. What was made is thrown away when you give up; then begin anew, so that "
        "nothing old is handed out."
    ),
    "work-fault": _(
        "It met a fault of the program. What was made is kept. Go on; where it stops again, whoever runs the server "
        "finds the fault in its log."
    ),
    "work-not-kept": _("This file is no longer kept. Begin anew to get it again."),
    "nobody-to-mail": _("None of them gets this mail. Nothing was written."),
    "mails-changed": _(
        "Meanwhile something changed: the mails would be other ones now, or they wait already. Nothing was written. "
        "Look at them again."
    ),
    "mail-waits-already": _(
        "This mail, or a newer one of its kind to this person, waits or is being sent already. Nothing was changed."
    ),
    "mail-link-over": _("Its link works no more: used, ended, or too old. Write a new mail."),
    "mail-later": _("The mail server did not take it this time; it is tried again by itself."),
    "mail-gave-up": _("The mail server did not take it in many tries. Look at the address, then try again or call."),
    "mail-address-refused": _("The mail server knows no such address. Correct it and write a new mail."),
    "mail-refused": _("The mail server refused this mail. Whoever runs the server can find out why."),
    "mail-unsendable": _("No mail can be made of this name or address. Correct it and write a new mail."),
    "mail-unsure": _(
        "It was cut off while it was being sent, so it may have arrived. It is not sent again by itself: ask the "
        "person, or send it again."
    ),
    "late-not-asked": _("“%(contest)s” asks nothing of those who go up. Nothing was changed."),
    "late-over": _(
        "Nobody reads the details of those who went up from “%(contest)s” any more: %(day)s has come, the day that "
        "their guardians were told. They are erased, or are being erased."
    ),
    "late-not-due": _("The day on which the details of “%(contest)s” are erased has not come. Nothing was changed."),
    "late-not-chosen": _(
        "%(entry)s is not among those that go up, so nothing is asked of its people. Nothing was saved. "
        "The office of the contest chooses them."
    ),
    "late-not-passed": _("%(entry)s is “%(state)s”, so it does not go up. Nothing was changed."),
    "late-closed": _(
        "%(day)s was the last day to answer. Nothing was changed. Call the office of the contest: it can name a later "
        "day."
    ),
    "late-nothing-asked": _("Tick at least one field. Nothing was saved yet."),
    "late-purpose-missing": _("Say what it is needed for: guardians agree to that sentence. Nothing was saved yet."),
    "late-days-wrong": _(
        "The day of erasure comes after today and after the last day to answer, at most %(days)s days later. "
        "Nothing was saved yet."
    ),
    "late-agreed": _(
        "Somebody has agreed already to what was said before. Nothing was changed. You may ask less, erase sooner and "
        "move the last day to answer; for more, another purpose or a later day of erasure erase all first and ask anew."
    ),
    "late-consent-day": _("Consent was given today or before. Nothing was recorded. Look at the day."),
    "late-consent-missing": _(
        "Consent comes first: nobody has recorded yet that %(names)s, or a guardian, agreed. Nothing was saved."
    ),
    "late-nobody": _("Tick whose consent you have on paper. Nothing was recorded."),
    "late-no-consent": _("There is nothing of this person to erase."),
    "late-wrong": _("%(number)s fields need another look. Nothing was saved; what you typed is kept but photos."),
    "late-unreadable": _(
        "These values were sealed under another secret key of this installation, so they cannot be read. Nothing was "
        "changed. Whoever runs the server names the old key in SECRET_KEY_FALLBACKS; else the schools type them anew."
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
