"""Why notices, objections and results say no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "prize-check-runs": _(
        "Units of “%(contest)s” check their prizes until %(until)s. No certificate was made. "
        "Wait until then, or end the check on its page."
    ),
    "prize-check-over": _(
        "The check of prizes of “%(contest)s” is over. Nothing was recorded. Call the office; it can still correct."
    ),
    "prizes-changed": _(
        "The prizes of %(unit)s changed while you read. Nothing was recorded. Read the page once more."
    ),
    "say-what-is-wrong": _("Say which entry is wrong and how it should read. Nothing was recorded yet."),
    "notice-runs": _(
        "A notice of this list of “%(contest)s” runs already, or is about to. Nothing was changed. "
        "Take it down first, if its days are wrong."
    ),
    "notice-past": _("This first day is over. No notice was opened. Begin today or later."),
    "notice-backwards": _("The last day is before the first. No notice was opened. Look at the days again."),
    "notice-long": _(
        "A notice ends within %(most)s days from today. No notice was opened. Look at the year of the last day."
    ),
    "notice-days": _("Between 1 and %(most)s working days, please. Nothing was changed."),
    "notice-over": _(
        "No notice of “%(contest)s” runs at this time. Nothing was recorded. "
        "The office takes objections by letter or phone as well."
    ),
    "evidence-full": _(
        "This page takes no more files on this notice. Nothing was received. "
        "Send the objection without files, and hand what shows it to the office."
    ),
    "notice-due": _(
        "“%(contest)s” asks for a public notice before anything is final, and none of this list was opened. Nothing "
        "was done. Open it under “Public notice”, or say there why it does not wait."
    ),
    "notice-not-over": _(
        "The notice of “%(contest)s” runs until %(until)s. Nothing was done. "
        "Wait until then, or say under “Public notice” why it does not wait."
    ),
    "objections-open": _(
        "%(number)s objections to the list of “%(contest)s” are not answered yet. Nothing was done. Answer them under "
        "“Objections”, or say under “Public notice” why it does not wait."
    ),
    "no-notice": _("“%(contest)s” has had no public notice yet, so nobody can object to it. Nothing was recorded."),
    "objection-without-name": _(
        "On this page an objection needs a real name and a contact. Nothing was recorded. What you typed is kept."
    ),
    "objection-without-reason": _("Say what is wrong, and why. Nothing was recorded yet."),
    "objection-undecided": _(
        "An answer needs the decision in words, who decided, and in which office. Nothing was decided yet."
    ),
    "results-changed": _(
        "People, schools or results changed since this preview, or another file came in between. Nothing was taken in. "
        "Look at the list once more."
    ),
    "results-open": _(
        "Nothing was taken in yet: %(wrong)s rows are wrong, %(asked)s wait for your answer. A list goes in whole. "
        "Answer, leave rows out, or mend the file and upload it again."
    ),
    "results-listed": _(
        "The prizes of this delegation came with the workbook and stand in its list. Nothing was taken in. "
        "Correct them in the workbook."
    ),
    "amend-without-reason": _(
        "Say why the list is amended: the public reads it beside the next version. Nothing was changed yet."
    ),
    "decider-judged": _(
        "%(name)s judged in “%(contest)s”, or objected, and so decides nothing here. Nothing was decided. "
        "Somebody outside the panel decides and types it in."
    ),
    "result-detail-unknown": _("Choose from the list how much schools read. Nothing was changed."),
}
