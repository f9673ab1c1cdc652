"""Why titles, special prizes and ties say no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "titles-changed": _(
        "“%(title)s” goes to others than when the list of “%(contest)s” was approved. Nothing was changed. The page of "
        "approval says who had it and who has it now: acknowledge that there with a reason, or put the names right."
    ),
    "titles-changed-since": _(
        "Titles have changed again since this page was opened. Nothing was recorded. Look at the page once more."
    ),
    "titles-acknowledged-without-reason": _(
        "Say why the title goes to others than when the list was approved. Nothing was recorded."
    ),
    "title-reported-of-units": _(
        "“%(title)s” is not for recommending units, and only units report numbers of their own contests. Nothing was "
        "saved. Leave those points empty."
    ),
    "tie-changed": _(
        "This tie is not as the page showed it any more: marks or the prize plan of “%(contest)s” changed, or somebody "
        "else has decided. Nothing was decided by you. Load the page again and look."
    ),
    "tie-over-places": _("%(given)s × %(prize)s given, but the tie leaves %(most)s. Nothing was decided. Give fewer."),
    "tie-without-minutes": _("Say under which minutes the committee decided. Nothing was decided yet."),
    "special-fixed": _(
        "Sheet “专项奖”, row “%(prize)s”: the list is fixed and takes two persons, so special prizes stay as they are. "
        "Nothing was changed. Propose to take the list back, let the second person approve it, and load the workbook "
        "again."
    ),
    "special-twice": _("There is “%(prize)s” of this sponsor already. Nothing was changed. Change that one."),
    "special-number": _("How many of “%(prize)s” are there? At least one, please. Nothing was changed."),
    "special-over-number": _(
        "There are %(number)s of “%(prize)s”, and that many are given. Nothing was changed. Take one back first."
    ),
    "special-not-open": _(
        "“%(prize)s” is not for the track or division of entry %(entry)s. Nothing was changed. Look at whom it is for."
    ),
    "special-given": _("“%(prize)s” is given to somebody. Nothing was changed. Take it back from them first."),
    "special-gone": _("“%(prize)s” is given no more. Nothing was changed. Load the page again."),
    "special-without-minutes": _("Name the minutes under which “%(prize)s” is given. Nothing was changed yet."),
    "special-no-entry": _("No entry %(entry)s takes part in the judging. Nothing was changed. Look at the number."),
    "special-has-it": _("Entry %(entry)s has “%(prize)s” already. Nothing was changed."),
    "titles-fixed": _(
        "A list of “%(contest)s” was locked, so what its titles ask for stays as it is. Nothing was changed. "
        "What people were told rests on it."
    ),
    "title-twice": _("There is a title “%(title)s” for these already. Nothing was changed. Change that one."),
    "title-number": _(
        "How many of “%(title)s” are there, and how many of a district at most? At least one, please. "
        "Nothing was changed."
    ),
    "title-without-points": _(
        "What gives points for “%(title)s”? Without any nobody could have it. Nothing was changed. "
        "Type in points, or let the committee name whom it goes to."
    ),
    "title-over-number": _(
        "There are %(number)s of “%(title)s”, and the committee has named that many. Nothing was changed. "
        "Take one back first."
    ),
    "title-given": _("The committee has named somebody for “%(title)s”. Nothing was changed. Take that back first."),
    "title-gone": _("“%(title)s” is not given so any more. Nothing was changed. Load the page again."),
    "title-without-minutes": _("Name the minutes under which “%(title)s” is given. Nothing was changed yet."),
    "title-nobody": _("Choose one who sent an entry that the unit recommended, for “%(title)s”. Nothing was changed."),
    "title-has-it": _("This one has “%(title)s” already. Nothing was changed."),
    "title-limits": _(
        "“%(title)s” asks for more entries, or the district has its most already. Nothing was changed. "
        "Look at what the title asks for."
    ),
    "title-tie-changed": _(
        "The tie for “%(title)s” is another one now, or somebody has decided it. Nothing was changed by you. "
        "Load the page again, and look."
    ),
    "title-over-seats": _(
        "The equals share %(seats)s of “%(title)s”, and a district may have only its most. Nothing was changed. "
        "Choose fewer."
    ),
}
