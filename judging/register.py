"""The part of the register of personal data that belongs to judging; see competition/register.py."""

from competition.register import YEARS, Class, Personal

PERSONAL: dict[str, dict[str, Personal]] = {
    "judging.Judge": {
        "person": Personal(Class.ADULT, "who marks", "the office", YEARS, "code"),
        "user": Personal(Class.ACCOUNT, "the judge's own page", "the office", "while in use", "not shown"),
        "institution": Personal(Class.ADULT, "conflicts, spread of panels", "the office", YEARS, "not shown"),
        "school": Personal(Class.ADULT, "conflicts", "the office", YEARS, "not shown"),
        "district": Personal(Class.ADULT, "conflicts", "the office", YEARS, "not shown"),
        "extra": Personal(Class.FREE_TEXT, "columns the office keeps for itself", "the office", YEARS, "not shown"),
    },
    "judging.Conflict": {
        "person": Personal(Class.CHILD, "whom the judge may not mark", "the office", YEARS, "not shown"),
    },
    "judging.Sheet": {
        "comment": Personal(Class.FREE_TEXT, "for the committee", "the office; its judge", YEARS, "not shown"),
        "submitted_at": Personal(Class.TRACE, "when it was handed in", "the office; its judge", YEARS, "not shown"),
    },
    "judging.Mark": {
        "points": Personal(Class.TRACE, "the score", "the office; its judge", YEARS, "judge by code"),
    },
}

IMPERSONAL: dict[str, str] = {
    "judging.Judge": "id key contest code tracks max_load is_active",
    "judging.Conflict": "id judge entry school",
    "judging.Round": "id label_zh label_en contest code order weight is_for_finalists",
    "judging.Rubric": "id round track places method reviews",
    "judging.Criterion": "id label_zh label_en rubric order maximum weight",
    "judging.RoundEntry": "id round entry",
    "judging.Assignment": "id round entry judge by",
    "judging.Sheet": "id key assignment version state",
    "judging.Mark": "id sheet criterion",
    "judging.StandingRun": "id key contest made_at rule_version code_version parameters input_digest result_digest",
    "judging.Standing": "id run entry score stage rank sheets missing is_trimmed",
}
