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
    "entry-absent": _(
        "The desk wrote that %(entry)s was absent, so it is not marked. What you typed is still here. If it was there "
        "after all, tell the office: it takes that back."
    ),
    "absent-went-on": _(
        "%(entry)s has gone on to “%(round)s”, so it was here. Nothing was changed. If it is missing there, write it "
        "down there."
    ),
    "finalists-met": _(
        "The desk or the draw has dealt with %(entries)s, which would not take part any more. Nothing was changed. "
        "Take that back first."
    ),
    "nothing-to-mark": _(
        "Nobody has said what is marked in %(track)s: it has no criteria. Nothing was saved. Tell the office."
    ),
    "measured-sum-of-times": _(
        "%(track)s: with points, then time, only the best attempt counts. In a sum an attempt without a result would "
        "save time, and who broke down would stand before who finished. Nothing was saved. Choose the best attempt, or "
        "points alone."
    ),
    "reply-until-past": _("%(until)s is over already: nobody could answer. Nothing was changed."),
    "reply-over": _(
        "Until %(until)s units could say who comes to “%(round)s”. Nothing was changed. Call the office: it writes "
        "your answer down."
    ),
    "leader-missing": _(
        "Say who leads those who come, and a phone on which the office reaches them. Nothing was saved yet."
    ),
    "room-twice": _("A room of this round is called “%(room)s” already. Nothing was saved."),
    "pause-ends-first": _("The pause of “%(room)s” would end before it begins. Nothing was saved."),
    "room-missing": _("“%(round)s” has no room yet. Make one, then draw. Nothing was changed."),
    "no-places": _("Nobody has a place yet, so there is nothing to read. Draw the order first."),
    "schedule-published": _(
        "The schedule is published: people come by it. Nothing was changed. Take it back first, and tell them."
    ),
    "total-missing": _("Type the total as it stands on the paper: it shows a slip. Nothing was saved."),
    "total-differs": _(
        "The marks typed here add up to %(added)s, the paper says %(said)s. Nothing was saved. Read the marks again; "
        "if they are right and the judge added up wrongly, say so below."
    ),
    "paper-is-in": _(
        "A sheet of %(judge)s for %(entry)s came in on %(at)s and stands. Nothing was changed. If it is wrong, open it "
        "again on the judge's page first."
    ),
    "begun-online": _(
        "%(judge)s has begun to mark %(entry)s online. Nothing was changed, so that no mark is lost. Ask the judge to "
        "hand it in there, or set the draft aside and say why."
    ),
    "no-draft-aside": _(
        "No draft is set aside here, or the paper over it does not stand any more. Nothing was changed. Look at the "
        "sheet again."
    ),
    "paper-of-absent": _(
        "%(entry)s is written down as absent, so no sheet of it counts. Nothing was changed. If it was there, take "
        "that back under “Who comes”."
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
    "nothing-to-set-aside": _(
        "No sheet of %(judge)s counts that could be set aside. Nothing was changed. Load the page again and look."
    ),
    "nothing-set-aside": _("No sheet of %(judge)s is set aside. Nothing was changed. Load the page again and look."),
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
    "assign-first": _(
        "Entries still wait for their judges, so what links them may be another thing afterwards. Nothing was added. "
        "Assign first, and look again."
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
    "assignment-gone": _(
        "Meanwhile something else happened to what was chosen: it changed hands, was taken away, or is undone "
        "already. Nothing was changed. Look at the board again."
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
    "finalists-measured": _(
        "Attempts were measured in this round of what would not take part any more: %(entries)s. Nothing was changed."
    ),
    "round-not-measured": _(
        "In “%(round)s” %(missing)s attempts are not confirmed yet, so nobody can say who goes on. Nothing was changed."
    ),
    "cut-of-time": _(
        "“%(track)s” is decided by time alone, so there is no score from which on entries go on. Nothing was changed. "
        "Say how many, or what share."
    ),
    "track-is-measured": _("%(entry)s is measured in “%(round)s”: no judge marks it. Nothing was changed."),
    "measured-and-marked": _(
        "“%(track)s” would be marked in one round and measured in another, and the two cannot be added. Nothing was "
        "saved. Measure it in every round, or in none; take the other rubrics out first."
    ),
    "measured-differs": _(
        "“%(track)s” would be measured in different ways in its rounds. Nothing was saved. Choose the same in each: "
        "points, points and time, or time."
    ),
    "measured-twice": _(
        "“%(track)s” would be measured in two rounds that are open to all, and their results are not added. Nothing "
        "was saved. Give one round more attempts, or make the other one for finalists."
    ),
    "measured-finer": _(
        "The points of “%(track)s” would be finer than the %(places)s decimals that this contest publishes, so that "
        "rounding could make a tie. Nothing was saved. Choose a larger step."
    ),
    "measured-award": _("Nominees of an award are not measured. Nothing was saved."),
    "measured-in-use": _(
        "Attempts of “%(track)s” were measured: what is measured, and how often, stays as it is. Nothing was changed."
    ),
    "attempt-incomplete": _(
        "A result is missing: %(measure)s. Nothing was saved. If there was none, say “no result”: a blank is no zero."
    ),
    "attempt-void-with-result": _(
        "“No result” was chosen and a result typed. Nothing was saved. Take one of the two out."
    ),
    "attempt-unreadable": _(
        "“%(found)s” cannot be read as %(wanted)s. Nothing was saved. Look at the paper and type again."
    ),
    "attempt-changed": _(
        "Meanwhile somebody entered or confirmed attempt %(number)s of %(entry)s. Nothing was overwritten. Look at "
        "what stands there now."
    ),
    "attempt-same": _("This stands there already for attempt %(number)s of %(entry)s. Nothing was changed."),
    "attempt-differs": _(
        "Attempt %(number)s of %(entry)s is not confirmed: %(first)s was entered, you typed %(second)s. Both are kept. "
        "Look at the paper: type it again if you were wrong; if the first was wrong, enter the right one as a "
        "correction."
    ),
    "second-person": _(
        "You entered attempt %(number)s of %(entry)s yourself, so somebody else confirms it. It is kept, and does not "
        "count yet. An office of one person can change this at the foot of the page."
    ),
    "judge-gone": _("Meanwhile they judge here no more, declined, or have another address; so it was not sent."),
    "judge-nothing-left": _("Meanwhile they have nothing left to mark, so it was not sent."),
    "no-finalists": _("Nobody was chosen yet. Nothing was published."),
    "panel-twice": _("There is a panel “%(panel)s” already. Nothing was saved. Choose another name."),
    "judges-changed": _("Meanwhile judges were changed: the list would do something else now. Look at it again."),
    "common-first": _(
        "The common entries come first: %(numbers)s. Hand them in, then this work opens. Nothing was changed; what you "
        "typed is kept."
    ),
    "common-own-first": _("Hand in your own sheets first: %(numbers)s. Then you see how you marked beside the others."),
    "common-none": _("No entry is named. Nothing was changed. Type the numbers of the entries that all judges mark."),
    "common-unknown": _(
        "These do not take part in this track and round: %(numbers)s. Nothing was changed. Look at the numbers."
    ),
    "common-measured": _("In “%(track)s” a referee measures, so there is nothing to mark in common."),
    "common-released": _(
        "Judges are shown how they marked these entries. Nothing was changed. Take the comparison back first."
    ),
    "common-waited-for": _(
        "Some have not handed in yet: %(cases)s. Nothing was shown, since what comes in later could be worked out. "
        "Remind them, or take the assignment away on the board."
    ),
    "common-few": _(
        "No common entry has sheets of %(fewest)s judges, so single marks could be worked out. Nothing was shown."
    ),
    "practice-first": _(
        "First practise: %(numbers)s. Hand these in, then this work opens. Nothing was changed; what you typed is kept."
    ),
    "practice-handed-in": _(
        "You have handed in %(work)s. Nothing was changed. It was for practice and counts nowhere."
    ),
    "practice-few": _(
        "No practice work has sheets of %(fewest)s judges, so single marks could be worked out. Nothing was shown."
    ),
    "practice-full": _("There are %(most)s practice works already. Nothing was saved. Take one away first."),
    "practice-files": _("A practice work takes %(most)s files. Nothing was saved. Take some out."),
    "pin-wrong": _("That is not your PIN or password. What you typed is still on this device."),
    "pin-wait": _("Too many tries. Wait %(minutes)s minutes; what you typed is still on this device."),
    "pin-elsewhere": _("Sign in on the page for it: this account has a second factor."),
}
