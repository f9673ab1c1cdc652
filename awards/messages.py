"""Why awards say no, and what the list check finds."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "list-not-clean": _(
        "The list cannot be fixed yet: %(count)s findings. Nothing was changed. The list check names each of them "
        "and where to mend it. The first: %(first)s"
    ),
    "approval-due": _(
        "The list of “%(contest)s” is not final before %(body)s has approved it. Nothing was changed. "
        "Record its decision, with the document, on the page of approval."
    ),
    "approval-struck": _(
        "%(body)s does not approve %(number)s of the winners of “%(contest)s”. Nothing was changed. Amend the list: "
        "the next version leaves them out and nobody moves up. That version is then approved as far as it got."
    ),
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
    "approval-refused": _(
        "%(body)s refused the list of “%(contest)s”. Nothing was changed. Amend the list, let the committee decide "
        "again, and put the next version before the same bodies."
    ),
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
    "layout-unread": _(
        "No row of headings was found in this file. Nothing was saved. Save the form as .xlsx and try again, or begin "
        "with the usual columns."
    ),
    "template-choice": _("“%(value)s” is not one of the choices. Nothing was saved. Choose again."),
    "template-paper": _(
        "Paper is from %(least)s to %(most)s millimetres on a side. Nothing was saved. Measure it once more."
    ),
    "template-nudge": _(
        "A part is moved by %(most)s millimetres at most. Nothing was saved. Look at the places again."
    ),
    "template-title": _("A certificate needs a title. Nothing was saved."),
    "template-issuers": _("At most %(most)s issuers have room. Nothing was saved."),
    "template-line-blank": _(
        "The line at the foot is on and has no words. Nothing was saved. Write it, or leave it out with a reason."
    ),
    "template-line-off": _(
        "Say why the line at the foot is left out: certificates for pupils carry it. Nothing was saved."
    ),
    "template-long": _("A sentence has at most %(most)s characters. Nothing was saved. Shorten it."),
    "template-place": _(
        "“%(place)s” is no place that these certificates know. Nothing was saved. The places stand above the field."
    ),
    "template-brace": _(
        "A brace stands alone in a sentence; places look like {title}. Nothing was saved. Look at the braces."
    ),
    "template-no-background": _(
        "The background is to be printed, and none was uploaded. Nothing was saved. Upload it first."
    ),
    "template-changed": _(
        "Somebody saved another version meanwhile. Nothing was saved. Look at it, then save yours again."
    ),
    "template-words-issued": _(
        "Certificates of this kind (%(kind)s) were issued with other words, so nothing was saved. Design, paper, "
        "places, issuers and seals can still change; sentences, language and who gets one cannot, until the list is "
        "taken back."
    ),
    "template-empty": _("This version says nothing of its own. Nothing was saved. Choose another one."),
    "template-not-own": _("This kind has no template of its own. Nothing was changed."),
    "seal-unnamed": _("Say whose seal or signature it is. Nothing was recorded."),
    "seal-unauthorised": _(
        "Say who authorised the use of “%(name)s”, and by which document. Nothing was recorded: without it a seal is "
        "stamped by hand."
    ),
    "seal-in-future": _("This day has not come yet. Nothing was recorded. Look at the date of the document."),
    "seal-without-picture": _(
        "A signature is printed from a picture. Nothing was recorded. Upload the signature of “%(name)s” as PNG, or "
        "let it be signed by hand."
    ),
    "seal-width": _("A seal is from %(least)s to %(most)s millimetres wide. Nothing was recorded."),
    "seal-twice": _(
        "“%(name)s” is authorised already. Nothing was recorded. Withdraw the one that stands before recording another."
    ),
    "seal-not-png": _(
        "%(name)s is not a PNG. Nothing was kept. Save the picture as PNG and upload it again; white paper becomes "
        "transparent by itself."
    ),
    "seal-blank": _("Nothing can be seen on %(name)s. Nothing was kept. Look at the picture."),
    "seal-not-clear": _(
        "%(name)s has no clear background. Nothing was kept. Scan the seal on white paper, or make the background "
        "transparent."
    ),
    "seal-withdrawn": _(
        "The authorisation of “%(name)s” is withdrawn, so it is printed no more. Nothing was printed. Print without "
        "seal, or record a new authorisation."
    ),
    "seal-without-reason": _("Say why the authorisation of “%(name)s” is withdrawn. Nothing was changed."),
    "no-seal": _(
        "No issuer of these certificates has an authorised seal. Nothing was printed. Record who authorised it on the "
        "page of seals, or print without seal."
    ),
    "certificate-unprintable": _(
        "Certificate %(number)s cannot be printed: a character that no font has, or a text too long for its place. "
        "Print it alone to see which, mend the template or the name, and begin anew."
    ),
    "nothing-to-print": _(
        "“%(contest)s” has no certificates that count now. Nothing was printed. Issue them on the day board first."
    ),
    "no-certificates-out": _(
        "Certificates of “%(contest)s” are not out: its list is not published, or is being amended. "
        "Nothing was written. Publish it first."
    ),
    "school-without-certificates": _(
        "Meanwhile this school has no certificates, nobody with this address, or gets them in another way."
    ),
    "certificates-at-the-office": _(
        "The office does not offer these certificates here. Nothing was downloaded. It says where they are collected."
    ),
    "no-certificates-of-school": _(
        "There are no certificates of this school to download now: the results are not published, or are "
        "being amended. Nothing was downloaded. Come back later, or ask the office."
    ),
    "certificate-not-valid": _(
        "Certificate %(number)s does not count now. Nothing was printed. See whether a new one was issued."
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
    "forms-do-not-add-up": _(
        "The sums of these forms do not agree, so nothing is printed: %(why)s Look at the entries that are named; once "
        "the sums agree, the forms can be printed."
    ),
    "title-reported-of-units": _(
        "“%(title)s” is not for recommending units, and only units report numbers of their own contests. Nothing was "
        "saved. Leave those points empty."
    ),
    "rules-changed": _(
        "The rules of “%(contest)s” were changed while you read. Nothing was saved. Look at them again."
    ),
    "rules-without-kind": _("An award honours somebody. Nothing was saved. Choose at least one kind of winner."),
    "rules-kind-used": _(
        "There are nominees of this kind already: %(kind)s. Nothing was saved. "
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
    "glyph-missing": _(
        "No font can print %(characters)s in %(where)s. Nothing was stored or printed. "
        "Check the spelling; if it is right, tell us the character."
    ),
    "training-erased": _(
        "The names of “%(training)s” were erased on their day. Nothing was changed. Numbers and hours are still there, "
        "and its certificates can still be checked."
    ),
    "training-issued": _(
        "Certificates of “%(training)s” were issued, so what they say is fixed. Nothing was changed. The day of "
        "erasure can still be moved. Where the training itself is wrong, revoke them and make a new training."
    ),
    "training-not-over": _(
        "The names of “%(training)s” are kept until %(day)s. Nothing was erased. Move that day first if they should go "
        "earlier."
    ),
    "training-too-short": _(
        "Somebody on the list has more than %(hours)s hours. Nothing was saved. Correct the list first."
    ),
    "participants-changed": _(
        "The list of participants changed since you looked. Nothing was taken in. Look at it once more."
    ),
    "participants-wrong": _(
        "%(rows)s rows are wrong, or none is new. Nothing was taken in. Correct the list and look at it once more."
    ),
    "nobody-due": _(
        "Nobody on the list of “%(training)s” waits for a certificate. Nothing was issued. Bring the list in first; "
        "who has 0 hours gets none."
    ),
    "hours-over": _("The training has %(hours)s hours, and nobody attended more. Nothing was changed."),
    "nothing-corrected": _("This is what stands there already. Nothing was changed."),
    "reissue-without-reason": _(
        "A certificate that was issued is replaced by a new one. Nothing was changed yet. Say why."
    ),
    "no-hours-left": _("Nobody gets a certificate of 0 hours. Nothing was changed. Revoke it instead."),
    "signing-key-lost": _(
        "The key that signs certificates (%(key)s) cannot be made: the file “key” of this installation is not the one "
        "it came from. Nothing was changed. Bring that file back, or let whoever runs the server replace the key with "
        "“manage.py replace_signing_key”; certificates that were printed stay good."
    ),
    "revoked-without-reason": _("Say why this certificate is revoked. Nothing was changed."),
    "participant-issued": _(
        "%(number)s was issued, so it stays on the list. Nothing was changed. Revoke it if it should not count."
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
    "notice-runs": _(
        "A notice of this list of “%(contest)s” runs already, or is about to. Nothing was changed. "
        "Take it down first, if its days are wrong."
    ),
    "notice-past": _("This first day is over. No notice was opened. Begin today or later."),
    "notice-backwards": _("The last day is before the first. No notice was opened. Look at the days again."),
    "notice-long": _(
        "A notice ends within %(most)s days from today. No notice was opened. Look at the year of the last day."
    ),
    "notice-days": _("Between 1 and %(most)s working days, please. Nothing was changed."),
    "notice-over": _(
        "No notice of “%(contest)s” runs at this time. Nothing was recorded. "
        "The office takes objections by letter or phone as well."
    ),
    "evidence-full": _(
        "This page takes no more files on this notice. Nothing was received. "
        "Send the objection without files, and hand what shows it to the office."
    ),
    "notice-due": _(
        "“%(contest)s” asks for a public notice before anything is final, and none of this list was opened. Nothing "
        "was done. Open it under “Public notice”, or say there why it does not wait."
    ),
    "notice-not-over": _(
        "The notice of “%(contest)s” runs until %(until)s. Nothing was done. "
        "Wait until then, or say under “Public notice” why it does not wait."
    ),
    "objections-open": _(
        "%(number)s objections to the list of “%(contest)s” are not answered yet. Nothing was done. Answer them under "
        "“Objections”, or say under “Public notice” why it does not wait."
    ),
    "no-notice": _("“%(contest)s” has had no public notice yet, so nobody can object to it. Nothing was recorded."),
    "objection-without-name": _(
        "On this page an objection needs a real name and a contact. Nothing was recorded. What you typed is kept."
    ),
    "objection-without-reason": _("Say what is wrong, and why. Nothing was recorded yet."),
    "objection-undecided": _(
        "An answer needs the decision in words, who decided, and in which office. Nothing was decided yet."
    ),
    "award-loses-ground": _(
        "With this list %(entry)s of “%(award)s” no longer meets what that award asks for, and the award is fixed. "
        "“%(contest)s” was not locked. Amend the list of the award first."
    ),
    "award-loses-results": _(
        "With this list %(entry)s of “%(award)s” no longer meets what that award asks for, and the award is fixed. "
        "Nothing was taken in. Amend the list of the award first."
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
    "results-changed": _(
        "People, schools or results changed since this preview, or another file came in between. Nothing was taken in. "
        "Look at the list once more."
    ),
    "results-open": _(
        "Nothing was taken in yet: %(wrong)s rows are wrong, %(asked)s wait for your answer. A list goes in whole. "
        "Answer, leave rows out, or mend the file and upload it again."
    ),
    "results-listed": _(
        "The prizes of this delegation came with the workbook and stand in its list. Nothing was taken in. "
        "Correct them in the workbook."
    ),
    "amend-without-reason": _(
        "Say why the list is amended: the public reads it beside the next version. Nothing was changed yet."
    ),
    "decider-judged": _(
        "%(name)s judged in “%(contest)s”, or objected, and so decides nothing here. Nothing was decided. "
        "Somebody outside the panel decides and types it in."
    ),
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
    "workbook-measured": _(
        "“%(contest)s” has measured tracks (%(tracks)s), which a workbook does not hold: it would take their rounds "
        "and attempts away. Nothing was changed. Keep this contest on the web."
    ),
    "tie-changed": _(
        "This tie is not as the page showed it any more: marks or the prize plan of “%(contest)s” changed, or somebody "
        "else has decided. Nothing was decided by you. Load the page again and look."
    ),
    "tie-over-places": _("%(given)s × %(prize)s given, but the tie leaves %(most)s. Nothing was decided. Give fewer."),
    "result-detail-unknown": _("Choose from the list how much schools read. Nothing was changed."),
    "list-style-unknown": _(
        "A list has columns, groups, an order and names out of those that are offered, each group once, and a column "
        "by which a work is known. Nothing was changed. Choose again and save."
    ),
    "ceremony-unknown": _(
        "Tables, rows, seats and sheets of labels are numbers and choices out of those that are offered. Nothing was "
        "changed. Choose again and save."
    ),
    "too-few-seats": _(
        "%(lacking)s people would have no seat, so no seating was made. Take more rows or seats, keep fewer rows for "
        "guests, or seat students alone."
    ),
    "tie-without-minutes": _("Say under which minutes the committee decided. Nothing was decided yet."),
    "special-fixed": _(
        "Sheet “专项奖”, row “%(prize)s”: the list is fixed and takes two persons, so special prizes stay as they are. "
        "Nothing was changed. Propose to take the list back, let the second person approve it, and load the workbook "
        "again."
    ),
    "decision-fixed": _(
        "Decision on entry %(entry)s in the workbook: the list is fixed and takes two persons, so decisions and their "
        "minutes stay as they are. Nothing was changed. Propose to take the list back, let the second person approve "
        "it, and load the workbook again."
    ),
    "moves-rule-voted": _(
        "The committee of “%(contest)s” has voted on a move. The rule for moves stays as it is from the first vote on, "
        "so that nobody chooses it by what it would give. Nothing was changed."
    ),
    "moves-rule-locked": _(
        "A list of “%(contest)s” was locked. Whether the committee may move entries, and by what majority, stays as it "
        "was from the first lock on. Nothing was changed."
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

# why a correction of strictness means something or not: by judging.core.severity.Reason
REASONS = {
    "no-sheets": _("No complete sheet is here yet."),
    "islands": _(
        "The works fall into %(components)s groups that have no judge in common. Whether one group of judges is strict "
        "or its works are weak, nobody can tell from marks. Cross reviews would link them."
    ),
    "too-few": _(
        "There are %(sheets)s sheets for %(entries)s works and %(judges)s judges: too few to tell strictness from "
        "chance."
    ),
    "no-spread": _("Every sheet says the same."),
    "too-many-judges": _("%(judges)s judges are more than this page can compare at once."),
    "one-panel": _(
        "Every judge marked every work, so a strict judge is strict to all alike. A correction would change no place."
    ),
    "no-severity": _("Judges differ no more than by chance, so a correction would only add chance."),
    "few-of-a-judge": _("One judge or more have under 3 sheets here: what is said of their works is mostly a guess."),
    "weak-links": _(
        "Some groups of judges have hardly a work in common, so how strict one group is against another is uncertain."
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
