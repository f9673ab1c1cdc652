"""The words that a cell may hold where there is a choice, in both languages."""

import re
from collections.abc import Collection, Mapping

from awards.states import AchievementKind, AchievementRole, Choice, Majority, RecognitionKind, Rounding, SeatKind, Ties
from competition.core.cells import folded
from competition.core.grades import STAGES as STAGES_KNOWN
from competition.states import EntryState, Level
from judging.core.tiebreaks import CRITERION, EXACT, HIGHEST, MEAN, MEDIAN, ROUND, TieBreaker
from judging.states import Method

Words = Mapping[str, tuple[str, ...]]

LEVELS: Words = {
    Level.SCHOOL: ("学校", "school", "校级"),
    Level.COUNTY: ("区县", "county", "县级", "区级", "县", "区"),
    Level.CITY: ("市", "city", "市级"),
    Level.PROVINCE: ("省", "province", "省级"),
    Level.NATION: ("国家", "nation", "全国", "国家级", "national"),
    Level.WORLD: ("国际", "world", "international", "国际级"),
}
METHODS: Words = {
    Method.MEAN: ("平均分", "mean", "average", "平均"),
    Method.MEDIAN: ("中位数", "median"),
    Method.TRIMMED: ("去掉最高最低分", "trimmed mean", "trimmed", "去掉一个最高分和一个最低分", "去高去低"),
}
DECIDED: Words = {"marks": ("打分", "marks", "评分"), "minutes": ("纪要", "by minutes", "minutes", "另行评定")}
ENTRY_STATES: Words = {
    EntryState.PASSED: ("通过", "passed", "合格", "有效", "pass"),
    EntryState.NOT_PASSED: ("不通过", "not passed", "不合格", "无效", "failed"),
    EntryState.WITHDRAWN: ("撤回", "withdrawn", "退赛", "弃权"),
    EntryState.RETURNED: ("退回补正", "returned", "退回"),
    EntryState.RECOMMENDED: ("已推荐", "recommended"),
    EntryState.NOT_RECOMMENDED: ("未推荐", "not recommended"),
    EntryState.SUBMITTED: ("待推荐", "submitted"),
}
SEAT_KINDS: Words = {
    SeatKind.COUNT: ("固定数量", "count", "数量", "fixed", "number"),
    SeatKind.PERCENT_ENTRIES: ("占作品百分比", "% of entries", "作品%", "percent of entries", "占作品"),
    SeatKind.PERCENT_PRIZES: ("占奖项百分比", "% of prizes", "奖项%", "percent of prizes", "占奖项"),
    SeatKind.RATIO: ("比例", "ratio"),
    SeatKind.REST: ("其余", "rest", "剩余"),
}
ROUNDINGS: Words = {
    Rounding.HALF_UP: ("四舍五入", "half up", "round half up"),
    Rounding.DOWN: ("舍去", "down", "向下取整", "不超过", "floor"),
    Rounding.UP: ("进一", "up", "向上取整", "ceiling"),
    Rounding.LARGEST_REMAINDER: ("最大余额", "largest remainder", "最大余数"),
}
TIES: Words = {
    Ties.EXTEND: ("并列都升", "extend", "扩大"),
    Ties.SHRINK: ("并列都降", "shrink", "缩小"),
    Ties.HOLD: ("交评委会", "hold", "待定", "交评审委员会"),
}
BREAKERS: Words = {
    MEAN: ("全部评分平均", "mean of all sheets", "全部评委平均分", "总分"),
    MEDIAN: ("全部评分中位数", "median of all sheets", "中位数"),
    HIGHEST: ("最高一份评分", "highest sheet", "最高单份评分", "最高分"),
    EXACT: ("未取整得分", "score before rounding", "未四舍五入得分"),
}
RECOGNITION_WAYS: Words = {
    "points": ("按积分", "points", "积分"),
    "committee": ("评委会决定", "committee", "评委会", "评审委员会决定"),
}
RECOGNITION_KINDS: Words = {
    RecognitionKind.DISTRICT: ("单位", "district", "区县", "unit", "优秀组织单位"),
    RecognitionKind.SCHOOL: ("学校", "school"),
    RecognitionKind.TUTOR: ("辅导教师", "tutor", "教师", "科技辅导员"),
}
NOMINEE_KINDS: Words = {
    "student": ("学生", "student"),
    "tutor": ("科技辅导员", "tutor", "辅导员", "教师", "辅导教师"),
    "school": ("学校", "school"),
}
ACHIEVEMENTS: Words = {
    AchievementKind.PRIZE: ("奖项", "prize", "大赛奖项", "竞赛"),
    AchievementKind.PATENT: ("发明专利", "patent", "专利"),
    AchievementKind.TITLE: ("称号", "title", "荣誉称号"),
}
STAGES: Words = {code: (zh, en, code) for code, (zh, en) in STAGES_KNOWN.items()}
ROLES: Words = {
    AchievementRole.AUTHOR: ("作者", "author", "学生", "选手"),
    AchievementRole.TUTOR: ("辅导教师", "tutor", "教师", "辅导员"),
}
MAJORITY_OF: Words = {
    Majority.CAST: ("投票委员", "votes cast", "cast"),
    Majority.PRESENT: ("到会委员", "members present", "present"),
    Majority.MEMBERS: ("全体委员", "all members", "members"),
}
VOTES: Words = {
    Choice.YES: ("赞成", "yes", "同意", "√"),
    Choice.NO: ("反对", "no", "不同意", "×"),
    Choice.ABSTAIN: ("弃权", "abstain", "abstained"),
    Choice.RECUSED: ("回避", "recused", "recusal"),
}
LANGUAGES: Words = {"zh": ("中文", "chinese"), "en": ("英文", "english"), "both": ("中英文", "both", "中英", "双语")}

# Divisions that everyone knows: code, Chinese, English, other words. Any other keeps its own words.
DIVISIONS = (
    ("primary", "小学", "Primary", ("primary school", "小学组")),
    ("junior", "初中", "Junior", ("junior high", "初中组", "junior secondary")),
    ("senior", "高中", "Senior", ("senior high", "高中组", "senior secondary")),
    ("vocational", "中职", "Vocational", ("中职组", "vocational school")),
    ("kindergarten", "幼儿园", "Kindergarten", ("幼儿", "幼儿组")),
    ("tutor", "科技辅导员", "Tutors", ("教师", "辅导员", "教师组")),
)


def division_of(zh: str, en: str = "") -> tuple[str, str, str]:
    """(code, Chinese, English); those that everyone knows bring their English along, and 小学组 is 小学."""
    for code, known_zh, known_en, also in DIVISIONS:
        if folded(zh) in {folded(word) for word in (code, known_zh, known_en, *also)}:
            return code, zh, en or known_en
    return folded(zh)[:40], zh, en


def breaker_words(text: str | None) -> list[str]:
    """The words of a chain in their order."""
    return parted_words(text)


def parted_words(text: str | None) -> list[str]:
    """What stands between “;” in a cell."""
    return [word.strip() for word in re.split(r"[;；\n]", text or "") if word.strip()]


def breaker_of(word: str, criteria: Collection[str], rounds: Collection[str]) -> TieBreaker | None:
    """What a word of a chain means in a track with these criteria and rounds: a criterion before all else."""
    if name := next((one for one in criteria if folded(one) == folded(word)), None):
        return TieBreaker(CRITERION, name)
    for by, words in BREAKERS.items():
        if folded(word) in map(folded, words):
            return TieBreaker(by)
    name = next((one for one in rounds if folded(one) == folded(word)), None)
    return TieBreaker(ROUND, name) if name and len(rounds) > 1 else None


def division_code(word: str | None) -> str:
    return division_of(word)[0] if word else ""
