"""The part of the register of personal data that belongs to judging; see competition/register.py."""

from competition.register import YEARS, Class, Personal

PERSONAL: dict[str, dict[str, Personal]] = {
    "judging.Judge": {
        "person": Personal(Class.ADULT, "who marks", "the office", YEARS, "code"),
        "user": Personal(Class.ACCOUNT, "the judge's own page", "the office", "while in use", "not shown"),
        "institution": Personal(Class.ADULT, "conflicts, spread of panels", "the office", YEARS, "not shown"),
        "school": Personal(Class.ADULT, "conflicts", "the office", YEARS, "not shown"),
        "district": Personal(Class.ADULT, "conflicts", "the office", YEARS, "not shown"),
        "phone": Personal(Class.ADULT, "sending the link, reminding", "the office", YEARS, "not shown"),
        "email": Personal(Class.ADULT, "mail to the judge", "the office", YEARS, "not shown"),
        "language": Personal(Class.ADULT, "the language of mails", "the office", YEARS, "not shown"),
        "availability": Personal(Class.FREE_TEXT, "planning", "the office; the judge", YEARS, "not shown"),
        "relations": Personal(Class.FREE_TEXT, "conflicts", "the office; the judge", YEARS, "not shown"),
        "answer": Personal(Class.FREE_TEXT, "why they cannot judge", "the office", YEARS, "not shown"),
        "answered_at": Personal(Class.TRACE, "who still has to answer", "the office", YEARS, "not shown"),
        "pledged_at": Personal(Class.TRACE, "proof of the promise of secrecy", "the office", YEARS, "not shown"),
        "extra": Personal(Class.FREE_TEXT, "columns the office keeps for itself", "the office", YEARS, "not shown"),
    },
    "judging.Conflict": {
        "person": Personal(Class.CHILD, "whom the judge may not mark", "the office", YEARS, "not shown"),
    },
    "judging.HintDecision": {
        "reason": Personal(Class.FREE_TEXT, "why it is a conflict or none", "the office", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who decided", "the office", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when it was decided", "the office", YEARS, "not shown"),
    },
    "judging.PaperReading": {
        "marks": Personal(Class.TRACE, "what stands on the paper", "the office", "until two agree", "not shown"),
        "comment": Personal(Class.FREE_TEXT, "for the committee", "the office", "until two agree", "not shown"),
        "feedback": Personal(Class.FREE_TEXT, "for the pupils", "the office", "until two agree", "not shown"),
        "by": Personal(Class.TRACE, "who has read it", "the office", "until two agree", "not shown"),
        "at": Personal(Class.TRACE, "which waits longest", "the office", "until two agree", "not shown"),
    },
    "judging.Reply": {
        "leader": Personal(Class.ADULT, "who leads a unit's entries", "the office; the unit", YEARS, "not shown"),
        "phone": Personal(Class.ADULT, "calling who leads them", "the office; the unit", YEARS, "not shown"),
        "by": Personal(Class.TRACE, "who answered", "the office", YEARS, "not shown"),
        "at": Personal(Class.TRACE, "when it was answered", "the office", YEARS, "not shown"),
    },
    "judging.Draft": {
        "marks": Personal(Class.TRACE, "what a judge has typed", "its judge", "until it is handed in", "not shown"),
        "comment": Personal(Class.FREE_TEXT, "for the committee", "its judge", "until it is handed in", "not shown"),
        "feedback": Personal(Class.FREE_TEXT, "for the pupils", "its judge", "until it is handed in", "not shown"),
        "saved_at": Personal(Class.TRACE, "which version is newer", "its judge", "until it is handed in", "not shown"),
    },
    "judging.Sorting": {
        "sorted_as": Personal(Class.TRACE, "a judge's own quick look", "its judge", YEARS, "not shown"),
    },
    "judging.Question": {
        "text": Personal(Class.FREE_TEXT, "a doubt or a problem", "the office; its judge", YEARS, "not shown"),
        "asked_at": Personal(Class.TRACE, "which waits longest", "the office; its judge", YEARS, "not shown"),
        "answer": Personal(Class.FREE_TEXT, "what the office found", "the office; its judge", YEARS, "not shown"),
        "answered_at": Personal(Class.TRACE, "that it is settled", "the office; its judge", YEARS, "not shown"),
        "answered_by": Personal(Class.TRACE, "who settled it", "the office", YEARS, "not shown"),
    },
    "judging.Sheet": {
        "feedback": Personal(Class.FREE_TEXT, "for the pupils", "the office; its judge", YEARS, "not shown"),
        "reason": Personal(Class.FREE_TEXT, "why recused", "the office; its judge", YEARS, "not shown"),
        "reopening": Personal(Class.FREE_TEXT, "why reopened", "the office; its judge", YEARS, "not shown"),
        "comment": Personal(Class.FREE_TEXT, "for the committee", "the office; its judge", YEARS, "not shown"),
        "submitted_at": Personal(Class.TRACE, "when it was handed in", "the office; its judge", YEARS, "not shown"),
    },
    "judging.Attempt": {
        "points": Personal(Class.TRACE, "the result", "the office", YEARS, "by number of the entry"),
        "milliseconds": Personal(Class.TRACE, "the result", "the office", YEARS, "by number of the entry"),
        "second": Personal(Class.TRACE, "what the second person read", "the office", YEARS, "not shown"),
        "entered_by": Personal(Class.TRACE, "who measured", "the office", YEARS, "not shown"),
        "entered_at": Personal(Class.TRACE, "when it was entered", "the office", YEARS, "not shown"),
        "checked_by": Personal(Class.TRACE, "who confirmed", "the office", YEARS, "not shown"),
        "checked_at": Personal(Class.TRACE, "when it was confirmed", "the office", YEARS, "not shown"),
    },
    "judging.PracticeSheet": {
        "saved_at": Personal(Class.TRACE, "when it was saved", "its judge", YEARS, "not shown"),
        "handed_in_at": Personal(Class.TRACE, "who has practised", "the office; its judge", YEARS, "not shown"),
    },
    "judging.PracticeMark": {
        "points": Personal(Class.TRACE, "practice", "the office; its judge", YEARS, "others in medians"),
        "remark": Personal(Class.FREE_TEXT, "why the office would give them", "the office; judges", YEARS, "not shown"),
    },
    "judging.Mark": {
        "points": Personal(Class.TRACE, "the score", "the office; its judge", YEARS, "judge by code"),
    },
}

IMPERSONAL: dict[str, str] = {
    "judging.Judge": "id key contest code tracks subjects max_load is_active state",
    "judging.Conflict": "id judge entry school source",
    "judging.HintDecision": "id judge entry is_conflict",
    "judging.CommonSet": "id key round track entries is_first released_at compared",
    "judging.PracticeSet": "id key round track is_first released_at",
    "judging.PracticeWork": "id key practice order title abstract",
    "judging.PracticeFile": "id key work order copy",
    "judging.PracticeSheet": "id key work judge scale is_compared",
    "judging.PracticeMark": "id sheet criterion",
    "judging.Panel": "id key label_zh label_en contest track division has_all_subjects subjects judges",
    "judging.Referee": "id key contest user tracks",
    "judging.Round": "id label_zh label_en contest code order weight is_for_finalists opens_at closes_at grace_minutes "
    "cut finalists_at reply_until schedule_at",
    "judging.Rubric": "id round track kind places method reviews measure attempts combine",
    "judging.Attempt": "id key round entry number version state outcome measure places save_key is_alone",
    "judging.Criterion": "id label_zh label_en rubric order maximum weight anchors",
    "judging.RoundEntry": "id round entry state room place booth",
    "judging.Room": "id key label_zh label_en round order starts_at minutes pause_from pause_until tracks judges",
    "judging.Reply": "id round district",
    "judging.PaperReading": "id assignment",
    "judging.Assignment": "id key round entry judge by revision",
    "judging.Draft": "id assignment last_save",
    "judging.Sorting": "id assignment",
    "judging.Question": "id key assignment kind save_key",
    "judging.Sheet": "id key assignment version state save_key",
    "judging.Mark": "id sheet criterion",
    "judging.StandingRun": "id key contest made_at rule_version code_version parameters input_digest result_digest",
    "judging.Standing": "id run entry score milliseconds stage rank sheets missing is_trimmed",
}
