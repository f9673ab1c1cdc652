"""Why awards say no, and what the list check finds."""

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
    "glyph-missing": _(
        "No font can print %(characters)s in %(where)s. Nothing was stored or printed. "
        "Check the spelling; if it is right, tell us the character."
    ),
    "does-not-fit": _("%(where)s does not fit on its page even in the smallest type. Nothing was stored or printed."),
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
    "no-plan": _(
        "“%(contest)s” has no prize plan, so nobody can be given a prize. Nothing was changed. "
        "Add the plan and try again."
    ),
}

FINDINGS = {
    "sheets-missing": _("Entry %(entry)s lacks %(missing)s sheets. Enter them, or assign another judge."),
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
    "award-differs": _(
        "The list does not say of entry %(entry)s what marks, plan and decisions give now. Propose the awards anew."
    ),
    "standing-differs": _(
        "The standing of entry %(entry)s is not what its marks give now. Compute the standings anew."
    ),
    "recognition-differs": _("“%(title)s” goes to others than its rule gives now. Propose the awards anew."),
    "judge-conflicted": _(
        "A sheet of judge %(judge)s counts for entry %(entry)s although the two are in conflict. Take the sheet back."
    ),
    "decision-without-tie": _(
        "There is a decision for entry %(entry)s, which the plan left no doubt about. Take it back."
    ),
    "certificate-name-differs": _("Certificate %(number)s names other people than the list. Issue it anew."),
    "recognition-tied": _(
        "%(number)s are tied across the last place of “%(title)s”. Change its number, or let all tied have it."
    ),
    "no-quorum": _("Ballot %(ballot)s in %(group)s: too few members voted, so it decides nothing."),
}
