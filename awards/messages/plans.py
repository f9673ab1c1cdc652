"""Why the prize plan says no, and what is wrong or odd in it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "minimum-of-time": _(
        "“%(group)s” is decided by time alone, and its prize plan asks for a least score, which nobody has. Nothing "
        "was changed. Take the least score out of the plan."
    ),
    "breaker-unknown": _(
        "The plan of “%(group)s” parts ties by a criterion or a round that its rubric does not have any more. Nothing "
        "was changed. Put the tie-breakers of the prize plan right, then try again."
    ),
    "borderline-no-prizes": _(
        "No prize plan names “%(place)s”, so there is no cut that an entry could be near. Nothing was changed. Give "
        "the track its prizes first."
    ),
    "borderline-refused": _(
        "How certain a prize is cannot be said here: %(reasons)s Nothing was changed. Link the judges by cross "
        "reviews, or wait for further sheets."
    ),
    "decision-fixed": _(
        "Decision on entry %(entry)s in the workbook: the list is fixed and takes two persons, so decisions and their "
        "minutes stay as they are. Nothing was changed. Propose to take the list back, let the second person approve "
        "it, and load the workbook again."
    ),
    "plan-fixed": _(
        "A list of “%(contest)s” was locked, so its prize plan stays as it is. Nothing was changed. "
        "What people were told rests on it."
    ),
    "plan-changed": _(
        "Somebody changed the prize plan of “%(contest)s” while you were at it. Nothing was changed by you. "
        "Load the page again, look, and decide anew."
    ),
    "not-as-shown": _(
        "Something in “%(contest)s” changed while you read, so this would do something else now than you were shown. "
        "Nothing was changed. Look at it anew, below."
    ),
    "plan-without-levels": _("“%(group)s” has no prizes in the plan. Nothing was changed. Name at least one prize."),
    "plan-by-minutes": _(
        "“%(track)s” is decided by minutes, so no plan gives its prizes. Nothing was changed. "
        "Its prizes come from the minutes."
    ),
    "minutes-changed": _(
        "Somebody changed the prizes by minutes of “%(track)s” while you were at it. Nothing was changed by you. "
        "Load the page again, look, and decide anew."
    ),
    "minutes-without-name": _(
        "Name the minutes of “%(track)s” by number or date, as they are found again. Nothing was changed yet."
    ),
    "minutes-without-scan": _(
        "The prizes of “%(track)s” rest on the signed minutes alone, and their scan is missing. Nothing was changed. "
        "Add the scan: PDF or picture."
    ),
    "minutes-of-others": _(
        "%(number)s entries do not count in “%(track)s” any more. Nothing was changed. Load the page again and look."
    ),
    "plan-twice": _(
        "“%(track)s” would have prizes for the whole track and for a division too, so an entry could win twice. "
        "Nothing was changed. Take out the one before you add the other."
    ),
    "plan-unsound": _("The plan of “%(group)s” cannot be carried out. Nothing was changed. %(why)s"),
    "plan-without-reason": _(
        "Results of “%(contest)s” have come in, so a change of its prize plan needs a reason. Nothing was changed. "
        "Say why; it stands beside the version."
    ),
    "plan-without-minutes": _(
        "Results of “%(contest)s” have come in, so a change of its prize plan needs the minutes of the organising "
        "committee. Nothing was changed. Name the minutes by number or date; they stand beside the version."
    ),
    "plan-lacks-entries": _(
        "%(number)s entries of %(tracks)s belong to no group of the prize plan, so they could win nothing. "
        "Nothing was changed. Complete the plan, or put these entries into a division."
    ),
    "no-plan": _(
        "“%(contest)s” has no prize plan, so nobody can be given a prize. Nothing was changed. "
        "Add the plan and try again."
    ),
}

PLAN_FAULTS = {
    "value-missing": _("How many, or what share?"),
    "rest-has-value": _("This prize takes what is left, so it has no value of its own. Leave it blank."),
    "below-zero": _("This is below zero."),
    "not-whole": _("A number of prizes is whole."),
    "over-hundred": _("This is more than 100 %."),
    "minimum-of-time": _("This track is decided by time alone: nobody has points. Leave it blank."),
    "prize-twice": _("This prize stands here already."),
    "prize-order": _("The better prizes come first."),
    "rest-twice": _("One prize alone can take what is left."),
    "two-caps": _("A number or a share, not both."),
    "breakers-many": _("Five comparisons are the most."),
    "breaker-twice": _("This is asked already."),
    "breaker-unknown": _("This track has no such criterion or round."),
    "cap-missing": _("A share of the prizes, a ratio, or all that is left needs the most prizes in all."),
}

ODDITIES = {
    "no-entries": _("There are no entries yet, so the plan cannot be tried on their number."),
    "level-empty": _("%(prize)s: nobody gets one with this number of entries."),
    "more-than-entries": _("%(prizes)s prizes for %(entries)s entries: more prizes than entries."),
    "cap-takes": _(
        "The levels ask for %(taken)s more than the %(cap)s prizes in all; they are taken away from the lowest level "
        "upwards."
    ),
    "prizes-left": _("The levels leave %(left)s of the %(cap)s prizes in all to nobody."),
    "minimum-rises": _("%(prize)s asks for more points than the better prize above it."),
}
