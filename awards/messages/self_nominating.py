"""Why a self-nomination says no, and what it still lacks."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "self-not-open": _(
        "“%(contest)s” takes no self-nominations now: the last day has passed, or the office has closed them. "
        "Nothing was changed. What was sent before is with the office; ask it if you have a question."
    ),
    "self-over": _(
        "What people sent to “%(contest)s” by themselves and was not taken up is erased since %(day)s, and nobody "
        "can read it any more. Ask the office about the award itself."
    ),
    "self-not-due": _("The day on which self-nominations of “%(contest)s” are erased has not come yet."),
    "self-full": _(
        "Too many self-nominations to “%(contest)s” were begun and not sent. Nothing was begun. Try again tomorrow, "
        "or call the office."
    ),
    "self-changed-meanwhile": _(
        "It was saved in another window or on another device meanwhile. Nothing was written over; what you typed "
        "stands below. Save again if that is what shall count."
    ),
    "self-gone": _("This self-nomination was taken back meanwhile, or erased. Nothing is kept of it."),
    "self-sent": _(
        "Your self-nomination %(number)s is with the office and is not changed any more. Nothing was changed. If "
        "something is wrong, ask the office to return it to you."
    ),
    "self-incomplete": _(
        "%(missing)s things are still missing, so it was not sent. Everything you typed is saved. They are named "
        "beside their fields and at the top."
    ),
    "self-taken": _(
        "The office has taken %(number)s up as a nominee, so it cannot be taken back here. Nothing was changed. "
        "Call the office if you do not want to be nominated any more."
    ),
    "self-proofs": _("At most %(most)s further documents. This one was not added. Take one out first."),
    "self-papers-heavy": _(
        "All documents together may have %(most)s MB. This one was not added. Send smaller scans or photos."
    ),
    "self-papers-full": _(
        "There is no more room for documents sent to “%(contest)s”. This one was not added; the rest is saved. "
        "Please call the office."
    ),
    "self-unreadable": _(
        "What was typed was sealed under a secret that this server no longer has, so nobody can read it. Ask the "
        "person to send it again."
    ),
    "self-without-reason": _("Say why: the person reads it. Nothing was changed."),
    "self-decided": _(
        "%(number)s is not with the office any more: somebody has just decided on it, or it was returned. Nothing "
        "was changed. Open the list again."
    ),
    "self-not-taken": _(
        "%(number)s is not taken up: somebody has just put it back. Nothing was changed. Open the list again."
    ),
    "self-erased": _(
        "What was typed in %(number)s was erased on its day, so it cannot wait as it was received. Nothing was "
        "changed. Take the nomination back in the list of nominees."
    ),
    "self-other-name": _(
        "%(number)s names somebody else than the person you chose. Nothing was changed. Choose a person of the same "
        "name, or take it up as somebody new."
    ),
    "self-other-school": _(
        "%(number)s names another school than that of the person you chose: it may be somebody else of the same name. "
        "Nothing was changed. Ask the person, and then say that it is the same."
    ),
    "self-same-name": _(
        "Somebody of this name is known at the school that %(number)s names: it may be the same person, who would be "
        "nominated twice. Nothing was changed. Ask the person, and then say that it is somebody else."
    ),
    "self-no-flood": _(
        "There is room again, or not so many were begun in that hour. Nothing was erased. Open the list again."
    ),
    "self-day-wrong": _("The last day of self-nominations lies between today and a year from now. Nothing was saved."),
    "self-day-missing": _(
        "People have begun already and were told a last day. Nothing was saved. Say a last day, or switch it off."
    ),
    "self-days-wrong": _("They are kept for 1 to %(days)s days after the last day. Nothing was saved."),
    "self-days-longer": _(
        "People have begun already and were told %(days)s days. Nothing was saved. It may be made shorter, not longer."
    ),
    "self-days-past": _(
        "With so few days everything that people sent would be erased now. Nothing was saved. Decide on what waits "
        "first."
    ),
    "self-nobody": _("This award honours schools alone: nobody can nominate themselves. Nothing was saved."),
    "self-lacks-name": _("Your name is missing."),
    "self-lacks-school": _("School or place of work is missing."),
    "self-lacks-grade": _("The grade is missing."),
    "self-lacks-contact": _("A phone number is missing, or is none: digits, such as 139 0000 0000."),
    "self-lacks-reason": _("Say in your own words why."),
    "self-lacks-won": _(
        "Of a prize the contest, the level and the day are needed; leave the whole row blank otherwise."
    ),
    "self-lacks-day": _("This day of a prize lies in the future, or too far back."),
    "self-lacks-document": _("The document that shows this prize is missing."),
    "self-lacks-recommendation": _("The written recommendation is missing."),
    "self-lacks-consent": _("The consent of your guardian is missing."),
    "self-lacks-pledge": _("Please confirm this."),
}
