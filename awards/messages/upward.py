"""Why what goes up to a higher contest, and what came of it, says no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "late-nothing-missing": _(
        "Nothing is missing of this person's schools any more, or the person acts for none of them at this address. "
        "The mail was not sent."
    ),
    "layout-name": _("A form needs a name of at most 60 characters. Nothing was saved. Give it one."),
    "layout-columns": _(
        "A form has 1 to 60 columns, each of the listed kinds. Nothing was saved. Look at the columns."
    ),
    "layout-heading": _(
        "A heading is missing, or has more than 60 characters. Nothing was saved. Every column needs its heading."
    ),
    "layout-gone": _(
        "This form is not there any more; somebody deleted it. Nothing was saved. Look at the list of forms."
    ),
    "layout-changed": _(
        "Somebody else saved this form since you opened it. Nothing was saved. The first rows are as it stands now, "
        "the columns below as you typed them: save once more to replace it."
    ),
    "layout-unconfirmed": _(
        "The columns of “%(name)s” were only guessed. Nothing was downloaded. Look at each column, then save them."
    ),
    "layouts-many": _("A contest keeps at most %(most)s forms. Nothing was saved. Delete one that nobody needs."),
    "layout-form-kind": _(
        "Only .xlsx can be filled in with its own look. Nothing was saved. Open the file in Excel or WPS, save it as "
        ".xlsx (an old .xls is another kind, whatever it is called), and choose it again."
    ),
    "layout-form-links": _(
        "This form fetches data from elsewhere, or has formulas that call addresses: it could carry away what is "
        "filled in. Nothing was saved. Save it without links to other files and without such formulas, and choose it "
        "again."
    ),
    "layout-form-broken": _(
        "This file is damaged, or was not written by a spreadsheet program. Nothing was saved. Open it in Excel or WPS"
        ", save it as .xlsx, and choose it again."
    ),
    "layout-form-filled": _(
        "ID numbers stand in this file: it is filled in, or has examples. It would be kept, and go out with what is "
        "filled in. Nothing was saved. Take the rows with people out, on hidden sheets too, and choose it again."
    ),
    "layout-form-large": _(
        "This file is too large for an empty form (over %(most)s). Nothing was saved. Delete rows and sheets that "
        "nobody needs, save it as .xlsx, and choose it again."
    ),
    "layout-form-rows": _(
        "This file has more than %(most)s rows: it is a list, not an empty form. Nothing was saved. Choose the form as "
        "the higher contest sends it out."
    ),
    "layout-form-lost": _(
        "The uploaded form cannot be read any more. Nothing was downloaded, and no entry was touched. Upload the empty "
        "form once more as a new one, and delete this one."
    ),
    "layout-unread": _(
        "No row of headings was found in this file. Nothing was saved. Save the form as .xlsx and try again, or begin "
        "with the usual columns."
    ),
    "forms-do-not-add-up": _(
        "The sums of these forms do not agree, so nothing is printed: %(why)s Look at the entries that are named; once "
        "the sums agree, the forms can be printed."
    ),
    "claims-closed": _("“%(contest)s” takes no more achievements from schools. Nothing was sent. Ask its office."),
    "claim-of-several": _(
        "Several people of %(school)s are called so. Nothing was sent. Add the student number, or ask the office."
    ),
    "claim-twice": _("This achievement of the same person was sent in already. Nothing was sent."),
    "claim-without-reason": _("Say why it is refused: the school reads it. Nothing was decided yet."),
    "claim-in-future": _("The day is still to come. Nothing was sent. Look at the date."),
    "sent-unknown": _(
        "Nothing was sent: these are no numbers of entries that passed here: %(numbers)s. Look at them and try again."
    ),
    "sent-before": _(
        "%(name)s of %(year)s is kept here already. Nothing was changed. Bring its results in on its page, or give the "
        "year's second contest another name."
    ),
}
