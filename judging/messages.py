"""Why judging says no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "criterion-has-marks": _(
        "The criterion “%(criterion)s” is gone from the rubric, but judges have marked it. Nothing was changed. "
        "Put it back, or start this contest anew in another folder."
    ),
    "rubric-missing": _(
        "Nobody has said yet how to mark: %(tracks)s. Nothing was changed. Fill in their rubrics under “Set-up”."
    ),
    "round-twice": _("Two rounds have one name. Nothing was saved."),
    "judges-missing": _(
        "%(entries)s entries would be judged and no judge is here yet. Nothing was changed; entries can still be "
        "corrected. Bring the judges in first, under “Judging”."
    ),
    "round-in-use": _("The round “%(found)s” has sheets, so it stays. Nothing was saved."),
    "criterion-twice": _("The criterion “%(found)s” stands here twice. Nothing was saved."),
    "no-judge-left": _(
        "Not every entry can be given its judges: %(cases)s. Nothing was assigned. "
        "Add judges, allow more entries a judge, or ask for fewer judges an entry."
    ),
    "judge-left": _("This judge has left the contest. Nothing was changed. The office can take them back."),
    "judge-not-accepted": _(
        "Before you see the works, the office needs your answer: that you judge, whom you may not judge, and that you "
        "keep secret what you see. It takes a minute, on the page of your pile."
    ),
    "round-not-yet": _("“%(round)s” begins on %(opens)s. Nothing was changed."),
    "round-closed": _(
        "“%(round)s” ended on %(closed)s. Nothing more can be handed in. If something of yours is missing, call the "
        "office: it can give more time."
    ),
    "round-ends-first": _("“%(round)s” would end before it begins. Nothing was changed."),
    "sheet-handed-in": _(
        "This sheet was handed in on %(at)s and stands. If something is wrong with it, the office can open it again."
    ),
    "draft-changed": _(
        "Marks of this entry were saved from another window or device meanwhile. Nothing was overwritten: compare the "
        "two and choose."
    ),
    "marks-missing": _(
        "%(missing)s of %(total)s criteria have no mark yet: %(names)s. Mark them and hand in again. What you entered "
        "so far is saved."
    ),
    "mark-out-of-range": _("“%(criterion)s”: “%(found)s” is no mark. It goes from 0 to %(most)s in steps of %(step)s."),
    "say-why": _("Say why: the reason is kept with it. Nothing was changed."),
    "say-what": _("Say what it is about and what you noticed. Nothing was sent yet."),
    "question-answered": _("Somebody has answered this already. Look at the answer."),
    "sheet-is-online": _(
        "Judges have handed these in online: %(sheets)s. A workbook does not overwrite that. Nothing was changed. Open "
        "the sheets again on the page of their judge, or take their marks out of the workbook."
    ),
    "no-judge-chosen": _("Nobody was chosen who judges here. Choose judges in the list."),
    "no-open-link": _("There is no link that could be used any more. Nothing was changed."),
    "conflict-there-already": _("“%(thing)s” is on the list already."),
    "conflict-not-yours": _("This one was %(source)s and stays until they take it back. Nothing was changed."),
    "assignment-changed": _(
        "Meanwhile something changed: the assignment would be another one now. Nothing was assigned. Look at it again."
    ),
    "not-in-round": _("%(entry)s does not take part in “%(round)s”. Nothing was changed."),
    "judge-in-conflict": _("%(judge)s may not judge %(entry)s: %(reason)s. Nothing was changed."),
    "assigned-already": _("%(judge)s has %(entry)s already."),
    "assignment-has-sheet": _(
        "%(judge)s has handed this sheet in, so it stays. Open it again first if it should not count."
    ),
    "assignment-begun": _(
        "%(judge)s has begun with %(entry)s, and nothing that a judge wrote is thrown away. Nothing was changed. If "
        "they may not judge it, add a conflict on their page: then it counts nowhere, and another judge can be "
        "assigned."
    ),
    "judge-declined": _("%(judge)s has said that they cannot judge. Nothing was changed."),
    "rubric-in-use": _(
        "Judges have marked “%(track)s” online: its criteria and their points stay as they are. Nothing was changed."
    ),
    "round-not-complete": _(
        "“%(round)s” still lacks %(missing)s sheets, so nobody can say yet who goes on. Nothing was changed."
    ),
    "finalists-changed": _(
        "Meanwhile marks came in or changed: the choice would be another one now. Look at it again."
    ),
    "finalists-published": _(
        "The list of finalists is published. Nothing was changed. Take it back first, and tell the schools."
    ),
    "finalists-begun": _(
        "Judges have begun to mark in this round what would not take part any more: %(entries)s. Nothing was changed."
    ),
    "no-finalists": _("Nobody was chosen yet. Nothing was published."),
    "judges-changed": _("Meanwhile judges were changed: the list would do something else now. Look at it again."),
    "pin-wrong": _("That is not your PIN or password. What you typed is still on this device."),
    "pin-wait": _("Too many tries. Wait %(minutes)s minutes; what you typed is still on this device."),
    "pin-elsewhere": _("Sign in on the page for it: this account has a second factor."),
}
