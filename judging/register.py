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
    "judging.Draft": {
        "marks": Personal(Class.TRACE, "what a judge has typed", "its judge", "until it is handed in", "not shown"),
        "comment": Personal(Class.FREE_TEXT, "for the committee", "its judge", "until it is handed in", "not shown"),
        "feedback": Personal(Class.FREE_TEXT, "for the pupils", "its judge", "until it is handed in", "not shown"),
        "saved_at": Personal(Class.TRACE, "which version is newer", "its judge", "until it is handed in", "not shown"),
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
    "judging.Mark": {
        "points": Personal(Class.TRACE, "the score", "the office; its judge", YEARS, "judge by code"),
    },
}

IMPERSONAL: dict[str, str] = {
    "judging.Judge": "id key contest code tracks subjects max_load is_active state",
    "judging.Conflict": "id judge entry school source",
    "judging.HintDecision": "id judge entry is_conflict",
    "judging.Round": "id label_zh label_en contest code order weight is_for_finalists opens_at closes_at grace_minutes "
    "cut finalists_at",
    "judging.Rubric": "id round track places method reviews",
    "judging.Criterion": "id label_zh label_en rubric order maximum weight anchors",
    "judging.RoundEntry": "id round entry",
    "judging.Assignment": "id key round entry judge by revision",
    "judging.Draft": "id assignment last_save",
    "judging.Question": "id key assignment kind save_key",
    "judging.Sheet": "id key assignment version state save_key",
    "judging.Mark": "id sheet criterion",
    "judging.StandingRun": "id key contest made_at rule_version code_version parameters input_digest result_digest",
    "judging.Standing": "id run entry score stage rank sheets missing is_trimmed",
}
