"""Why the committee's moves say no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "moves-rule-voted": _(
        "The committee of “%(contest)s” has voted on a move. The rule for moves stays as it is from the first vote on, "
        "so that nobody chooses it by what it would give. Nothing was changed."
    ),
    "moves-rule-locked": _(
        "A list of “%(contest)s” was locked. Whether the committee may move entries, and by what majority, stays as it "
        "was from the first lock on. Nothing was changed."
    ),
    "majority-unknown": _("Choose one of the ways. Nothing was changed."),
    "moves-stand": _(
        "Moves of the committee stand in “%(contest)s”. The rule was not changed. Take them back first: they were "
        "voted on by the rule as it is."
    ),
    "moves-by-minutes": _(
        "Results have come in, so name the minutes of the organising committee. Nothing was changed yet."
    ),
    "moves-not-allowed": _(
        "“%(contest)s” does not let the committee move entries: prizes follow the plan. Nothing was changed. "
        "Whether it may is set on the page of the moves."
    ),
    "moves-changed": _(
        "Marks, the plan or a tie have changed since the page was loaded. Nothing was changed. Look at the ranking as "
        "it is now."
    ),
    "move-without-reason": _("Say why the entry is to be moved. Nothing was changed yet."),
    "move-of-nothing": _("Name the entry that is to be moved. Nothing was changed yet."),
    "move-entry-twice": _("Entry %(entry)s is named twice. Nothing was changed. Name two entries, or one alone."),
    "move-entry-unknown": _(
        "There is no entry %(entry)s among those that are ranked for a prize. Nothing was changed. Look at the number."
    ),
    "move-of-two-groups": _(
        "%(entries)s do not compete for the same prizes. Nothing was changed. A move stays within one group."
    ),
    "move-before-ties": _(
        "A tie across a cut in %(group)s is not settled yet. Nothing was changed. Settle it first, then move."
    ),
    "move-unranked": _("Entry %(entry)s has no score, so it has no place to be moved from. Nothing was changed."),
    "move-level-unknown": _("%(group)s has no such prize for entry %(entry)s. Nothing was changed. Choose another."),
    "move-nowhere": _("Entry %(entry)s has this prize without a move: %(prize)s. Nothing was changed. Choose another."),
    "move-moved": _(
        "Move %(number)s has moved entry %(entry)s already. Nothing was changed. Take that one back first, if this one "
        "is to count."
    ),
    "move-under-minimum": _(
        "Entry %(entry)s is under the least score of %(prize)s, which holds for the committee too. Nothing was changed."
    ),
    "move-over-places": _(
        "%(group)s: then %(given)s × %(prize)s, and there are %(most)s. Nothing was changed. "
        "Name an entry that makes room."
    ),
    "move-over-total": _(
        "%(group)s: then %(given)s prizes in all, and there are %(most)s. Nothing was changed. "
        "Name an entry that makes room."
    ),
    "move-voted": _("The vote on move %(number)s was typed in meanwhile, or the move taken back. Nothing was changed."),
    "move-lapsed-vote": _(
        "Marks, the plan or a tie have changed since move %(number)s was proposed: the committee saw another ranking. "
        "Nothing was changed. Take it back, and propose it again if it is still wanted."
    ),
    "vote-wrong": _(
        "The votes do not add up: in favour, against, abstained and recused are together %(present)s, those present. "
        "Nothing was changed. Count again."
    ),
    "vote-without-minutes": _("Name the minutes of the vote on move %(number)s. Nothing was changed yet."),
    "move-taken-back": _("Move %(number)s was taken back already. Nothing was changed."),
    "move-needed": _(
        "Without move %(number)s another one would have no place: %(group)s, %(given)s × %(prize)s, and there are "
        "%(most)s. Nothing was changed. Take the other one back first."
    ),
}
