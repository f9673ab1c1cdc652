"""The part of the register of personal data that belongs to awards; see competition/register.py."""

from competition.register import OFFICE, YEARS, Class, Personal

UNTIL_ERASED = "until the day that the training names for it"
PUBLIC = "everyone after publication, masked without consent"
UNTIL_SELF_ERASED = "until the day that the page names; unreadable from it on"
BY_PERSON_AND_OFFICE = "the person, by the secret; the office, each look recorded"

PERSONAL: dict[str, dict[str, Personal]] = {
    "awards.Recognition": {
        "person": Personal(Class.ADULT, "title of a tutor", PUBLIC, YEARS, "first character, ＊"),
    },
    "awards.RecognitionDecision": {
        "person": Personal(Class.ADULT, "whom the committee named", "the office", YEARS, "not shown"),
        "minutes": Personal(Class.FREE_TEXT, "the minutes behind it", "the office", YEARS, "not shown"),
        "decided_at": Personal(Class.TRACE, "when it was decided", "the office", YEARS, "not shown"),
        "decided_by": Personal(Class.TRACE, "who typed it in", "the office", YEARS, "not shown"),
    },
    "awards.Achievement": {
        "person": Personal(Class.CHILD, "eligibility for the Mayor's Award", "the office", YEARS, "not shown"),
        "role": Personal(Class.CHILD, "author or tutor", "the office", YEARS, "not shown"),
        "author_order": Personal(Class.CHILD, "first author or not", "the office", YEARS, "not shown"),
        "work": Personal(Class.CHILD, "which work was honoured", "the office", YEARS, "not shown"),
    },
    "awards.Claim": {
        "person": Personal(Class.CHILD, "who won it", "the office; the school", YEARS, "not shown"),
        "said_of": Personal(Class.CHILD, "what was won", "the office; the school", YEARS, "not shown"),
        "work": Personal(Class.CHILD, "with which work", "the office; the school", YEARS, "not shown"),
        "role": Personal(Class.CHILD, "author or tutor", "the office; the school", YEARS, "not shown"),
        "author_order": Personal(Class.CHILD, "first author or not", "the office; the school", YEARS, "not shown"),
        "paper": Personal(Class.CHILD, "the document that shows it", "the office; the school", YEARS, "not shown"),
        "said_at": Personal(Class.TRACE, "when it was said", "the office; the school", YEARS, "not shown"),
        "said_by": Personal(Class.TRACE, "who said it", "the office", YEARS, "not shown"),
        "decided_at": Personal(Class.TRACE, "when it was decided", "the office; the school", YEARS, "not shown"),
        "decided_by": Personal(Class.TRACE, "who decided", "the office", YEARS, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "why it was refused", "the office; the school", YEARS, "not shown"),
    },
    "awards.SelfNomination": {
        "number": Personal(Class.CHILD, "the receipt", BY_PERSON_AND_OFFICE, YEARS, "not shown"),
        "digest": Personal(Class.CHILD, "coming back (digest)", "nobody", UNTIL_SELF_ERASED, "not shown"),
        "sealed": Personal(
            Class.CHILD,
            "nominating oneself: name, school, phone, why (sealed)",
            BY_PERSON_AND_OFFICE,
            UNTIL_SELF_ERASED,
            "not shown",
        ),
        "answer": Personal(
            Class.FREE_TEXT, "why it was returned (sealed)", BY_PERSON_AND_OFFICE, UNTIL_SELF_ERASED, "not shown"
        ),
        "pledges": Personal(Class.CHILD, "what was agreed to", "the office", YEARS, "not shown"),
        "begun_at": Personal(Class.TRACE, "when it was begun", "the office", UNTIL_SELF_ERASED, "not shown"),
        "sent_at": Personal(Class.TRACE, "when it was sent", BY_PERSON_AND_OFFICE, YEARS, "not shown"),
        "decided_at": Personal(Class.TRACE, "when it was decided", BY_PERSON_AND_OFFICE, YEARS, "not shown"),
        "decided_by": Personal(Class.TRACE, "who decided", "the office", YEARS, "not shown"),
        "entry": Personal(Class.CHILD, "as which nominee it was taken up", "the office", YEARS, "not shown"),
    },
    "awards.SelfPaper": {
        "file": Personal(
            Class.CHILD,
            "recommendation, consent, documents",
            BY_PERSON_AND_OFFICE,
            f"{UNTIL_SELF_ERASED}; of who was taken up and not taken back {YEARS}",
            "not shown",
        ),
        "added_at": Personal(Class.TRACE, "when it was added", BY_PERSON_AND_OFFICE, YEARS, "not shown"),
    },
    "awards.ResultList": {
        "at": Personal(Class.TRACE, "when it came in", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who brought it in", "the office", YEARS, "not shown"),
    },
    "awards.Nomination": {
        "person": Personal(Class.CHILD, "who is nominated", "the office; the committee", YEARS, "first character, ＊"),
        "is_eligible": Personal(Class.CHILD, "the check's result", "the office; the committee", YEARS, "not shown"),
        "reason": Personal(Class.CHILD, "why", "the office; the committee", YEARS, "not shown"),
        "why": Personal(Class.FREE_TEXT, "why the office says otherwise", "the office", YEARS, "not shown"),
        "minutes": Personal(Class.FREE_TEXT, "the minute behind it", "the office", YEARS, "not shown"),
        "said_at": Personal(Class.TRACE, "when it was said", "the office", YEARS, "not shown"),
        "said_by": Personal(Class.TRACE, "who said it", "the office", YEARS, "not shown"),
    },
    "awards.RulesVersion": {
        "by": Personal(Class.TRACE, "who changed the rules", "the office", YEARS, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "why the rules were changed", "the office", YEARS, "not shown"),
        "minutes": Personal(Class.FREE_TEXT, "the minute behind it", "the office", YEARS, "not shown"),
    },
    "awards.Member": {
        "name": Personal(Class.ADULT, "who voted", "the office; the committee", YEARS, "not shown"),
        "user": Personal(Class.ACCOUNT, "the member's own page", "the office", "while in use", "not shown"),
    },
    "awards.Ballot": {
        "opened_at": Personal(Class.TRACE, "when the round began", "the office; the committee", YEARS, "not shown"),
        "opened_by": Personal(Class.TRACE, "who opened it", "the office", YEARS, "not shown"),
        "closed_at": Personal(Class.TRACE, "when the round ended", "the office; the committee", YEARS, "not shown"),
        "voided_at": Personal(Class.TRACE, "when it was declared void", "the office", YEARS, "not shown"),
        "void_reason": Personal(Class.FREE_TEXT, "why it is void", "the office; the committee", YEARS, "as written"),
    },
    "awards.Meeting": {
        "chair": Personal(Class.ADULT, "who chairs", "the office; the committee", YEARS, "not shown"),
        "chief_scrutineer": Personal(
            Class.ADULT, "who watches the count", "the office; the committee", YEARS, "not shown"
        ),
        "scrutineers": Personal(Class.ADULT, "who watches the count", "the office; the committee", YEARS, "not shown"),
        "tellers": Personal(Class.ADULT, "who counts", "the office; the committee", YEARS, "not shown"),
        "opened_at": Personal(Class.TRACE, "when it was opened", "the office", YEARS, "not shown"),
        "opened_by": Personal(Class.TRACE, "who opened it", "the office", YEARS, "not shown"),
        "ended_at": Personal(Class.TRACE, "when it ended", "the office", YEARS, "not shown"),
    },
    "awards.Attendee": {
        "member": Personal(Class.ADULT, "who was there", "the office; the committee", YEARS, "not shown"),
        "recused": Personal(Class.ADULT, "on whom a member does not vote", "the office", YEARS, "counts only"),
    },
    "awards.Voter": {
        "member": Personal(Class.ADULT, "who may vote", "the office; the committee", YEARS, "not shown"),
        "recused": Personal(Class.ADULT, "on whom a member does not vote", "the office", YEARS, "counts only"),
        "has_voted": Personal(Class.ADULT, "who took part", "the office; the committee", YEARS, "counts only"),
    },
    "awards.Vote": {
        "member": Personal(Class.ADULT, "counting", "the office", YEARS, "counts only"),
        "choice": Personal(Class.ADULT, "counting", "the office", YEARS, "counts only"),
    },
    "awards.Certificate": {
        "recipients": Personal(Class.CHILD, "the names as printed", OFFICE, YEARS, "first character, ＊"),
        "body": Personal(Class.FREE_TEXT, "the text as printed", OFFICE, YEARS, "not shown"),
        "code": Personal(Class.CHILD, "checking names offline (digest)", "on the paper", YEARS, "digest"),
    },
    "awards.SigningKey": {
        "made_at": Personal(Class.TRACE, "from when on it signs", "everyone", YEARS, "as it is"),
    },
    "awards.CertificatePrint": {
        "at": Personal(Class.TRACE, "when it was printed", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who printed it", "the office", YEARS, "not shown"),
    },
    "awards.CertificateTemplate": {
        "reason": Personal(Class.FREE_TEXT, "why a line is left out", "the office", YEARS, "not shown"),
        "background": Personal(Class.FREE_TEXT, "the pre-printed paper", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who saved the template", "the office", YEARS, "not shown"),
    },
    "awards.SealUse": {
        "name": Personal(Class.ADULT, "whose seal or signature it is", "the office", YEARS, "not shown"),
        "picture": Personal(Class.ADULT, "the seal or signature to print", "the office", YEARS, "not shown"),
        "authorised_by": Personal(Class.ADULT, "who allowed its use", "the office", YEARS, "not shown"),
        "document": Personal(Class.FREE_TEXT, "by what it was allowed", "the office", YEARS, "not shown"),
        "recorded_at": Personal(Class.TRACE, "when it was recorded", "the office", YEARS, "not shown"),
        "recorded_by": Personal(Class.TRACE, "who recorded it", "the office", YEARS, "not shown"),
        "withdrawn_because": Personal(Class.FREE_TEXT, "why it was withdrawn", "the office", YEARS, "not shown"),
    },
    "awards.Award": {
        "said": Personal(Class.CHILD, "the list as it was published", "as the list", YEARS, "first character, ＊"),
        "reason": Personal(Class.FREE_TEXT, "the minute behind it", "the office", YEARS, "not shown"),
    },
    "awards.PrizePlan": {
        "by": Personal(Class.TRACE, "who changed the plan", "the office", YEARS, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "why the plan was changed", "the office", YEARS, "not shown"),
        "minutes": Personal(Class.FREE_TEXT, "the minute behind it", "the office", YEARS, "not shown"),
        "paper": Personal(Class.FREE_TEXT, "the minute as a scan", "the office", YEARS, "not shown"),
    },
    "awards.PrizeCheck": {
        "opened_at": Personal(Class.TRACE, "when the check began", "the office", YEARS, "not shown"),
        "opened_by": Personal(Class.TRACE, "who began it", "the office", YEARS, "not shown"),
    },
    "awards.PrizeAnswer": {
        "text": Personal(Class.FREE_TEXT, "what is to be corrected", "the office; the unit", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when the unit answered", "the office; the unit", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who answered", "the office; the unit", YEARS, "not shown"),
    },
    "awards.Notice": {
        "opened_at": Personal(Class.TRACE, "when it was opened", "the office", YEARS, "not shown"),
        "opened_by": Personal(Class.TRACE, "who opened it", "the office", YEARS, "not shown"),
    },
    "awards.Objection": {
        "name": Personal(Class.ADULT, "who objects, for the answer", "the office", YEARS, "not shown"),
        "contact": Personal(Class.ADULT, "where the answer goes", "the office", YEARS, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "what is objected", "the office", YEARS, "not shown"),
        "evidence": Personal(Class.FREE_TEXT, "what shows it", "the office", YEARS, "not shown"),
        "received_at": Personal(Class.TRACE, "when it came", "the office; who objected", YEARS, "not shown"),
        "recorded_by": Personal(Class.TRACE, "who typed it in", "the office", YEARS, "not shown"),
        "decided_at": Personal(Class.TRACE, "when it was decided", "the office; who objected", YEARS, "not shown"),
        "decided_by": Personal(Class.TRACE, "who typed the decision in", "the office", YEARS, "not shown"),
        "decider": Personal(Class.ADULT, "who decided", "the office; who objected", YEARS, "not shown"),
        "decider_role": Personal(Class.ADULT, "in which office", "the office; who objected", YEARS, "not shown"),
        "decision": Personal(Class.FREE_TEXT, "the answer", "the office; who objected", YEARS, "not shown"),
    },
    "awards.EarlyStep": {
        "reason": Personal(Class.FREE_TEXT, "why it did not wait", "the office", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who did it", "the office", YEARS, "not shown"),
    },
    "awards.AwardList": {
        "replaced_because": Personal(Class.FREE_TEXT, "why a list was amended", "everyone", YEARS, "as written"),
    },
    "awards.PrizeMove": {
        "reason": Personal(Class.FREE_TEXT, "why an entry was moved", "the office", YEARS, "not shown"),
        "minutes": Personal(
            Class.FREE_TEXT, "the minute behind it", "the office; who entered the work", YEARS, "not shown"
        ),
        "proposed_at": Personal(Class.TRACE, "when it was proposed", "the office", YEARS, "not shown"),
        "proposed_by": Personal(Class.TRACE, "who typed it in", "the office", YEARS, "not shown"),
        "voted_at": Personal(Class.TRACE, "when the vote was typed in", "the office", YEARS, "not shown"),
        "taken_back_at": Personal(Class.TRACE, "when it was taken back", "the office", YEARS, "not shown"),
    },
    "awards.SpecialGrant": {
        "minutes": Personal(
            Class.FREE_TEXT, "the minute behind it", "the office; who entered the work", YEARS, "not shown"
        ),
        "given_at": Personal(Class.TRACE, "when it was given", "the office", YEARS, "not shown"),
        "given_by": Personal(Class.TRACE, "who typed it in", "the office", YEARS, "not shown"),
    },
    "awards.SpecialAward": {
        "said": Personal(Class.CHILD, "the list as it was published", "as the list", YEARS, "first character, ＊"),
        "minutes": Personal(
            Class.FREE_TEXT, "the minute behind it", "the office; who entered the work", YEARS, "not shown"
        ),
    },
    "awards.Resolution": {
        "reason": Personal(Class.FREE_TEXT, "why a body refused the list", "the office", YEARS, "not shown"),
        "struck": Personal(Class.FREE_TEXT, "why a body does not approve somebody", "the office", YEARS, "not shown"),
        "paper": Personal(Class.FREE_TEXT, "the document of the body", "the office", YEARS, "not shown"),
        "recorded_at": Personal(Class.TRACE, "when it was recorded", "the office", YEARS, "not shown"),
        "recorded_by": Personal(Class.TRACE, "who recorded it", "the office", YEARS, "not shown"),
        "withdrawn_because": Personal(Class.FREE_TEXT, "why it was withdrawn", "the office", YEARS, "not shown"),
    },
    "awards.TitlesAcknowledged": {
        "reason": Personal(Class.FREE_TEXT, "why a title follows to others", "the office", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when it was acknowledged", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who acknowledged it", "the office", YEARS, "not shown"),
    },
    "awards.TrackMinutes": {
        "name": Personal(Class.FREE_TEXT, "which minutes", "the office; whose entry it is", YEARS, "as written"),
        "paper": Personal(Class.FREE_TEXT, "the scan of the minutes", "the office", YEARS, "not shown"),
        "made_at": Personal(Class.TRACE, "when it was typed in", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who typed it in", "the office", YEARS, "not shown"),
    },
    "awards.Participant": {
        "code": Personal(Class.ADULT, "checking a name offline (digest)", "on the paper", UNTIL_ERASED, "digest"),
        "name": Personal(Class.CHILD, "the name as printed", "the office", UNTIL_ERASED, "first character, ＊"),
        "unit": Personal(Class.CHILD, "the unit as printed", "the office", UNTIL_ERASED, "not shown"),
        "role": Personal(Class.CHILD, "as what somebody attended", "the office", UNTIL_ERASED, "not shown"),
        "half_hours": Personal(
            Class.ADULT, "the hours as printed", "everyone with the code", "with its number", "as is"
        ),
        "remarks": Personal(Class.FREE_TEXT, "tells two of one name apart", "the office", UNTIL_ERASED, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "why revoked or corrected", "the office", UNTIL_ERASED, "not shown"),
    },
    "awards.Decision": {
        "minutes": Personal(Class.FREE_TEXT, "the minute behind it", "the office", YEARS, "not shown"),
    },
}

IMPERSONAL: dict[str, str] = {
    "awards.SelfTerms": "id contest is_on until days erased_at",
    "awards.SelfNomination": "id key contest track state revision",
    "awards.SelfPaper": "id key nomination place",
    "awards.CertificatePrint": "id contest certificate training participant printed_as number seals",
    "awards.CertificateTemplate": "id key contest kind version body made_at",
    "awards.SealUse": "id key contest kind wide authorised_on withdrawn_at",
    "awards.PrizeCheck": "id key contest until closed_at is_shown",
    "awards.PrizeAnswer": "id check_of district list is_right digest",
    "awards.TrackMinutes": "id key track version",
    "awards.Resolution": "id key contest list serial step body outcome number decided_on seen approves withdrawn_at "
    "titles",
    "awards.TitlesAcknowledged": "id contest list change",
    "awards.Notice": "id key contest list version opens_at closes_at taken_down_at",
    "awards.Objection": "id key contest notice number way state entry due_on",
    "awards.EarlyStep": "id list kind",
    "awards.PrizePlan": "id key contest version made_at",
    "awards.PrizeGroup": "id plan track division order rounding ties cap_count cap_percent breakers",
    "awards.PrizeLevel": "id label_zh label_en group code order kind value minimum",
    "awards.RecognitionRule": "id label_zh label_en contest kind order number points ties fewest "
    "per_district is_by_committee follows is_in_force",
    "awards.RecognitionDecision": "id rule district school is_named terms",
    "awards.AwardList": "id key contest version state plan run made_at locked_at published_at digest tie_values moves "
    "titles",
    "awards.Award": "id label_zh label_en list entry code order place by",
    "awards.Decision": "id contest entry code label terms",
    "awards.PrizeMove": "id key contest number terms majority present in_favour against abstained recused",
    "awards.SpecialPrize": "id key label_zh label_en contest order sponsor number tracks divisions is_in_force",
    "awards.SpecialGrant": "id prize entry",
    "awards.UpForm": "id contest layout name file",
    "awards.SpecialAward": "id label_zh label_en list prize entry order sponsor",
    "awards.MoveStep": "id move order entry before after",
    "awards.Recognition": "id follows list rule district school place points",
    "awards.Delegation": "id key sender contest",
    "awards.ResultColumns": "id series columns prizes",
    "awards.ResultList": "id key contest series delegation name won_on version rows skipped digest",
    "awards.Claim": "id key contest kind state level prize_code prize_name won_on",
    "awards.Achievement": "id kind is_checked entry source result_list claim contest_name series_name level track_name "
    "prize_code prize_name prize_order won_on",
    "awards.AwardTerms": "id track places nomination_places majority_num majority_den majority_of quorum_num "
    "quorum_den stages born_since money",
    "awards.RulesVersion": "id key contest version content made_at",
    "awards.Alternative": "id contest track order kind level contest_name other_names prize_order role "
    "first_author_only tracks_excluded tracks_included since until years",
    "awards.Nomination": "id entry school is_admitted",
    "awards.Member": "id key contest",
    "awards.Ballot": "id key contest round meeting track state way is_secret cap present issued returned valid invalid "
    "invalid_why",
    "awards.Meeting": "id key contest number held_on place",
    "awards.Attendee": "id meeting",
    "awards.Voter": "id ballot",
    "awards.BallotCount": "id ballot entry position recused yes no abstain",
    "awards.Vote": "id ballot entry",
    "awards.Training": "id key label_zh label_en contest year order place begins_on ends_on half_hours issuers "
    "is_assessed dated_on erase_on erased_at template",
    "awards.Participant": "id key training order state serial number token version replaces",
    "awards.SigningKey": "id order key_id public salt state",
    "awards.Certificate": "id key contest list serial number purpose kind state award recognition special "
    "honorific token",
}
