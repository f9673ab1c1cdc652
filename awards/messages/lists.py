"""Why the award list and its files say no, and what the list check finds."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "list-not-clean": _(
        "The list cannot be fixed yet: %(count)s findings. Nothing was changed. The list check names each of them "
        "and where to mend it. The first: %(first)s"
    ),
    "no-list": _("“%(contest)s” has no list of awards yet. Compute the standings and propose the awards first."),
    "not-locked": _(
        "The list of “%(contest)s” is not locked, so it may still change. No certificate was made. Lock it first."
    ),
    "bundle-not-fixed": _(
        "The list of “%(contest)s” is not locked, so there is nothing yet that could be checked. No bundle was made. "
        "Lock the list first."
    ),
    "bundle-of-elsewhere": _(
        "The list of this bundle (version %(version)s) is not in this database, so nothing was compared. Use the "
        "installation that the bundle came from."
    ),
    "other-key": _(
        "“%(contest)s” was made with another key, or without one. Nothing was changed. "
        "Use the same key, or another folder."
    ),
    "correction-of-nominee": _(
        "%(name)s is nominated for “%(award)s”, which counts prizes under this name. Nothing was changed. "
        "Correct contest and award together: in the workbook, and upload it."
    ),
    "correction-moves-title": _(
        "With this correction “%(title)s” would go to others. Nothing was changed. "
        "Titles are decided again, not corrected: upload the corrected workbook, or ask the committee."
    ),
    "workbook-measured": _(
        "“%(contest)s” has measured tracks (%(tracks)s), which a workbook does not hold: it would take their rounds "
        "and attempts away. Nothing was changed. Keep this contest on the web."
    ),
    "list-style-unknown": _(
        "A list has columns, groups, an order and names out of those that are offered, each group once, and a column "
        "by which a work is known. Nothing was changed. Choose again and save."
    ),
}

FINDINGS = {
    "plan-changed": _("The prize plan was changed after this list was proposed. Propose the awards anew."),
    "minutes-missing": _(
        "“%(track)s” is decided by minutes, and neither minutes nor prizes are here yet. Type them in under "
        "“Prize plan”."
    ),
    "not-in-plan": _(
        "Entry %(entry)s belongs to no group of the prize plan, so it can win nothing. Complete the plan, or put the "
        "entry into a division."
    ),
    "sheets-missing": _("Entry %(entry)s lacks %(missing)s sheets. Enter them, or assign another judge."),
    "attempts-missing": _(
        "%(missing)s attempts of entry %(entry)s are not confirmed. Go back to judging, enter what is missing (“no "
        "result” too) and let a second person confirm it."
    ),
    "sheet-begun": _(
        "%(judge)s has typed marks of entry %(entry)s and not handed them in, so they would be lost. Go back to "
        "judging and ask the judge to hand in or to step back; or let the judge go."
    ),
    "review-open": _(
        "%(judge)s was asked for a further review of entry %(entry)s and has not handed it in. Go back to judging and "
        "wait for it, or take the assignment away."
    ),
    "not-judged": _(
        "Entry %(entry)s passed the check, and nobody was asked to judge it. Assign judges, or decide that it takes no "
        "part."
    ),
    "winner-unscored": _("Entry %(entry)s is on the list without a score. Enter its sheets or take it off."),
    "winner-not-countable": _(
        "Entry %(entry)s is on the list, but it was withdrawn or did not pass the check. Propose the awards anew."
    ),
    "two-level-prizes": _("Entry %(entry)s has %(times)s level prizes. An entry has one at most."),
    "tie-across-cut": _(
        "Tied across a cut in %(group)s: %(entries)s share the places %(seats)s. "
        "The committee decides; write its decision down."
    ),
    "tie-over-seats": _(
        "The committee's decisions in %(group)s give %(number)s × %(code)s, more than the tie leaves open."
    ),
    "plan-exceeded": _("%(group)s: %(given)s × %(code)s given, the plan allows %(most)s."),
    "plan-exceeded-in-all": _("%(group)s: %(given)s prizes given in all, the plan allows %(most)s."),
    "move-lapsed": _(
        "Move %(number)s of the committee was decided on another ranking: marks, the plan or a tie have changed since. "
        "It counts no more; take it back."
    ),
    "move-open": _("The vote on move %(number)s of the committee is not typed in. Type it in, or take the move back."),
    "special-over": _("“%(prize)s” is given %(given)s times, and there are %(most)s. Take some back."),
    "special-wrong": _(
        "Entry %(entry)s has “%(prize)s”, and it does not count, or the prize is not for it. Take the prize back."
    ),
    "special-differs": _("The list does not say of “%(prize)s” what was given. Propose the awards anew."),
    "award-differs": _(
        "The list does not say of entry %(entry)s what marks, plan and decisions give now. Propose the awards anew."
    ),
    "standing-differs": _(
        "The standing of entry %(entry)s is not what its marks give now. Compute the standings anew."
    ),
    "recognition-differs": _("“%(title)s” goes to others than its rule gives now. Propose the awards anew."),
    "recognition-over": _("“%(title)s” is given %(given)s times, and there are %(most)s. Take some back."),
    "judge-conflicted": _(
        "A sheet of judge %(judge)s counts for entry %(entry)s although the two are in conflict. Take the sheet back."
    ),
    "decision-without-tie": _(
        "There is a decision for entry %(entry)s, which the plan left no doubt about. Take it back."
    ),
    "certificate-name-differs": _("Certificate %(number)s names other people than the list. Issue it anew."),
    "recognition-tied": _(
        "%(number)s are tied across the last place of “%(title)s”. Type in what the committee decided, under its "
        "minutes."
    ),
    "over-total": _(
        "%(found)s winners of all kinds, but only %(places)s places in all. Another ballot or other terms decide."
    ),
    "round-open": _("Round %(round)s of the committee is still open. Close it, or declare it void."),
    "no-quorum": _("Ballot %(ballot)s in %(group)s: too few members voted, so it decides nothing."),
}
