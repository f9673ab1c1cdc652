"""Why the Mayor's Award says no: its rules, nominees, committee, and the bodies above it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "approval-due": _(
        "The list of “%(contest)s” is not final before %(body)s has approved it. Nothing was changed. "
        "Record its decision, with the document, on the page of approval."
    ),
    "approval-struck": _(
        "%(body)s does not approve %(number)s of the winners of “%(contest)s”. Nothing was changed. Amend the list: "
        "the next version leaves them out and nobody moves up. That version is then approved as far as it got."
    ),
    "approval-refused": _(
        "%(body)s refused the list of “%(contest)s”. Nothing was changed. Amend the list, let the committee decide "
        "again, and put the next version before the same bodies."
    ),
    "approval-none": _(
        "The rules of “%(contest)s” name no body above the committee, so there is no decision to record. Nothing was "
        "changed."
    ),
    "approval-complete": _("Every body has approved this list of “%(contest)s”. Nothing was changed."),
    "approval-not-next": _(
        "%(body)s comes first: bodies approve one after the other. Nothing was changed. Record its decision before."
    ),
    "approval-pending": _(
        "%(body)s has said its word on this list. Nothing was changed. Amend the list, or withdraw the decision if it "
        "was recorded wrongly."
    ),
    "resolution-of-other-version": _(
        "The list was amended since this page was opened: it is version %(version)s now. Nothing was recorded. Open "
        "the page again, and record the decision only if it is about this version."
    ),
    "resolution-without-paper": _("The document is missing. Nothing was recorded. Attach its scan and send it again."),
    "resolution-in-future": _("This day has not come yet. Nothing was recorded. Look at the date of the document."),
    "resolution-without-reason": _(
        "Say why %(body)s refuses the list. Nothing was recorded. The committee needs it to decide again."
    ),
    "strike-nobody": _(
        "Reasons beside nominees belong to “approved without some”, and there at least one is needed. Nothing was "
        "recorded. Look at what the document says."
    ),
    "strike-without-reason": _("Say for each who is not approved why. Nothing was recorded."),
    "strike-of-others": _("Only who stands on this list can be left out. Nothing was recorded. Look at it again."),
    "strike-all": _("Nobody would be left on the list: that is a refusal. Nothing was recorded."),
    "resolution-withdrawn": _("This decision was withdrawn already. Nothing was changed."),
    "resolution-back-without-reason": _("Say why the decision is withdrawn. Nothing was changed."),
    "resolution-used": _(
        "Certificates of “%(contest)s” rest on this decision. Nothing was changed. Amend the list first."
    ),
    "above-twice": _("Two titles have the same name and go to the same people. Nothing was saved."),
    "rules-fixed": _(
        "A list of “%(contest)s” was locked once, so its rules stay as they are. Nothing was changed. "
        "The next edition can have other rules."
    ),
    "rules-without-reason": _(
        "Members of the committee have voted on “%(contest)s”. Nothing was changed. Say why its rules change now."
    ),
    "rules-without-minutes": _(
        "Members of the committee have voted on “%(contest)s”. Nothing was changed. "
        "Name the minutes by which its rules change now."
    ),
    "rules-changed": _(
        "The rules of “%(contest)s” were changed while you read. Nothing was saved. Look at them again."
    ),
    "rules-without-kind": _("An award honours somebody. Nothing was saved. Choose at least one kind of winner."),
    "rules-kind-used": _(
        "There are nominees of this kind already: %(kind)s. Nothing was saved. "
        "Keep the kind; with 0 places nobody wins."
    ),
    "rules-kind-self": _(
        "Somebody nominates themselves in this kind already: %(kind)s. Nothing was saved. "
        "Keep the kind; with 0 places nobody wins."
    ),
    "rules-share": _(
        "A share is a part of the whole, such as 2/3. Nothing was saved. Look at majority and quorum again."
    ),
    "nominated-already": _(
        "Nominated already for %(track)s in “%(contest)s”. Nothing was changed: the nominee is in the list."
    ),
    "nominee-number-of-school": _(
        "%(number)s: these numbers of “%(contest)s” are of nominations that schools handed in on the web. Nothing was "
        "changed. Give the rows of the workbook other numbers or leave them out: what schools handed in stays as it is."
    ),
    "nominators-used": _(
        "Schools have handed in nominations for “%(contest)s” already, so who nominates stays as it is. Nothing was "
        "changed."
    ),
    "nominee-of-another-kind": _("%(track)s are others: choose from the list of this kind. Nothing was changed."),
    "nomination-after-votes": _(
        "The committee has begun to vote on “%(contest)s”, so nobody is nominated or taken back any more. Nothing was "
        "changed. Whom the rules let in or keep out the office can still decide on the nominee's page, under minutes."
    ),
    "person-known": _(
        "Somebody of this name is known at %(school)s. Nothing was changed: search for the name below and nominate the "
        "person from the list, or write the name with what tells the two apart."
    ),
    "word-without-reason": _("Say why you decide about this nominee yourselves. Nothing was changed."),
    "word-without-minutes": _(
        "Members of the committee have voted on “%(contest)s”. Nothing was changed. "
        "Name the minutes by which this nominee is let in or kept out now."
    ),
    "ballots-on-the-web": _(
        "The committee of “%(contest)s” votes in Laurel, so votes of the workbook are not taken. Nothing was changed. "
        "Leave the sheet of votes empty."
    ),
    "ballots-from-workbook": _(
        "The votes of “%(contest)s” came with the workbook. Nothing was changed here. To vote in Laurel, empty the "
        "sheet of votes and upload the workbook once more."
    ),
    "committee-fixed": _(
        "The first round of “%(contest)s” is opened: who is a member, and how votes are cast, no longer changes. "
        "Nothing was changed. Declare its rounds void first, if this is wrong."
    ),
    "committee-empty": _("Nobody is a member of the committee of “%(contest)s” yet. Name its members first."),
    "member-twice": _("%(name)s is a member already. Nothing was changed. Two of one name: add the unit in brackets."),
    "member-was-there": _("%(name)s was at a meeting, so the member stays on the list. Nothing was changed."),
    "meeting-open": _("A meeting of “%(contest)s” is open. Nothing was changed. End it before the next one."),
    "meeting-over": _("Meeting %(number)s is over. Nothing was changed. Open another meeting."),
    "no-such-nominee": _("No nominee has the number %(number)s. Nothing was changed. Look at the recusals again."),
    "round-is-open": _("Round %(round)s is open. Nothing was changed. Close it first, or declare it void."),
    "ballot-closed": _(
        "Round %(round)s is closed. What you sent was not counted. Ask the scrutineers, if this is wrong."
    ),
    "round-void": _("Round %(round)s is void already. Nothing was changed."),
    "round-on-phones": _("Round %(round)s is voted on phones, so nothing is typed in for it."),
    "round-not-counted": _("Round %(round)s has no count yet. It stays open. Type in what was counted first."),
    "terms-counted": _(
        "A round of “%(contest)s” is closed, and what it was counted by stays. Nothing was changed. If it was counted "
        "by wrong terms, declare the round void first."
    ),
    "rules-voted": _(
        "The committee has begun to vote on “%(contest)s”, and this workbook would change its places, majority, ways "
        "or members. Nothing was changed. Change rules on their page, with a reason and minutes."
    ),
    "round-short": _(
        "%(returned)s ballots came back in round %(round)s, and a quorum is %(needed)s. It stays open and nothing was "
        "lost. Wait for the others, or declare it void."
    ),
    "nominees-changed": _(
        "Since the list was proposed it has changed who may stand or how the experts rank them: %(entries)s. No round "
        "was opened. Propose the list anew on the day board, then open the round; who has no marks is judged or kept "
        "out first."
    ),
    "round-empty": _("Nobody has voted in round %(round)s. It stays open. Wait, or declare it void."),
    "no-standing": _(
        "“%(contest)s” has no standing of the experts for these nominees, which decides between equal votes. No round "
        "was opened. Propose the list from the standings first; the day board shows how."
    ),
    "nobody-left": _("“%(track)s” has no place or no nominee left. No round was opened."),
    "quorum-missing": _(
        "%(present)s members are present, %(needed)s are needed for “%(track)s”. No round was opened. Take the "
        "attendance once more, or put off the vote."
    ),
    "voted-already": _("You have voted in round %(round)s already, perhaps on another device. That ballot counts."),
    "vote-incomplete": _(
        "Say yes, no or abstain for each nominee. Nothing was counted yet; what you chose is still here."
    ),
    "vote-unknown": _("This ballot names somebody on whom you do not vote. Nothing was counted. Load the page again."),
    "vote-over-cap": _(
        "You said yes to %(named)s nominees; a ballot may name %(cap)s at most. Nothing was counted yet. "
        "Take back some."
    ),
    "ballots-over-present": _(
        "%(issued)s ballots were issued to %(present)s members present: too many. Nothing was saved."
    ),
    "ballots-over-issued": _("%(returned)s ballots came back, but %(issued)s were issued. Nothing was saved."),
    "ballots-not-together": _(
        "%(valid)s valid and %(invalid)s invalid ballots are not together the %(returned)s that came back. Nothing was "
        "saved."
    ),
    "votes-not-together": _(
        "%(entry)s: for, against and abstained are together %(cast)s; with the valid ballots, less the members who are "
        "recused, it is between %(least)s and %(most)s. Nothing was saved."
    ),
    "votes-over-cap": _(
        "All nominees together have %(named)s votes for; ballots that name %(cap)s each give %(most)s at most. Nothing "
        "was saved."
    ),
    "void-without-reason": _("Say why round %(round)s is void. Nothing was changed."),
    "void-not-last": _("Later rounds rest on round %(round)s. Nothing was changed. Declare the last one void first."),
    "award-loses-ground": _(
        "With this list %(entry)s of “%(award)s” no longer meets what that award asks for, and the award is fixed. "
        "“%(contest)s” was not locked. Amend the list of the award first."
    ),
    "award-loses-results": _(
        "With this list %(entry)s of “%(award)s” no longer meets what that award asks for, and the award is fixed. "
        "Nothing was taken in. Amend the list of the award first."
    ),
}
