"""A published list of results: which column is what, which names a cell holds, and what a word means as a prize."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from competition.core.cells import HAN_GAP, SEPARATORS, folded
from competition.core.columns import plain_heading

# what a column may be -> the words that headings use for it, the plainer first
WORDS: dict[str, tuple[str, ...]] = {
    "number": ("项目编号", "作品编号", "编号", "项目号", "booth id", "project id", "number", "no"),
    "title": ("项目名称", "作品名称", "成果名称", "作品题目", "题目", "作品", "project title", "title", "project"),
    "authors": (
        "作者姓名", "学生姓名", "作者", "学生", "选手", "申报者", "获奖学生", "获奖者", "姓名", "第一作者", "署名作者",
        "authors", "author", "students", "student", "finalists", "finalist", "names", "name",
    ),
    "school": ("学校名称", "所在学校", "学校", "就读学校", "学校全称", "单位名称", "单位", "school name", "school"),
    "tutors": (
        "辅导教师", "指导教师", "辅导老师", "指导老师", "科技辅导员", "辅导员", "教练", "tutors", "tutor", "teachers",
        "teacher", "coach",
    ),
    "prize": (
        "奖次", "奖项", "奖项等级", "获奖等级", "获奖等次", "等级", "等次", "奖级", "获奖情况", "获奖结果",
        "award", "prize", "place",
    ),
    "track": ("类别", "作品类别", "项目类别", "赛项", "参赛类别", "学科", "category", "track", "class"),
}  # fmt: skip
SEVERAL = ("authors", "tutors")  # may stand in a column each: 第一作者, 第二作者
NEEDED = ("prize",)
Columns = Mapping[str, Sequence[str]]

# what tells a level within a word of any list; the first that is found counts
LEVELS = (
    ("grand", ("特等", "grand prize")),
    ("first", ("一等", "金奖", "冠军", "第一名", "first", "gold", "1st")),
    ("second", ("二等", "银奖", "亚军", "第二名", "second", "silver", "2nd")),
    ("third", ("三等", "铜奖", "季军", "第三名", "third", "bronze", "3rd")),
    ("merit", ("优秀", "优胜", "merit", "honorable", "honourable")),
    ("encouragement", ("鼓励", "纪念", "encouragement")),
    ("special", ("专项", "单项", "special")),
)
NO_PRIZE = {"", "无", "未获奖", "没有", "none", "-", "—", "/", "弃权", "缺席"}


def guessed_columns(headings: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What each column seems to be, by the words of its heading: the same word before a word inside a longer one.

    returns   role -> headings; no heading has two roles, only `SEVERAL` have more than one heading
    """
    found: dict[str, tuple[str, ...]] = {}
    free = list(dict.fromkeys(one for one in headings if plain_heading(one)))
    for likeness in (is_word, has_word):
        for role, words in WORDS.items():
            for word in words:
                for heading in [one for one in free if likeness(one, word)]:
                    if role not in found or role in SEVERAL:
                        found[role] = (*found.get(role, ()), heading)
                        free.remove(heading)
    return {role: in_order(found[role], headings) for role in WORDS if role in found}


def in_order(some: Collection[str], headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(headings) if one in some)


def is_word(heading: str, word: str) -> bool:
    return plain_heading(heading) == plain_heading(word)


def has_word(heading: str, word: str) -> bool:
    """第二作者姓名 has 作者; in English and in words of one character only whole words count."""
    plain = plain_heading(heading)
    if word.isascii():
        return word in unicodedata.normalize("NFKC", heading).casefold().split()
    return len(word) > 1 and word in plain and not is_about_people(plain, word)


def is_about_people(plain: str, word: str) -> bool:
    """学生年级, 作者性别, 学校代码, 作者联系电话: something else about them."""
    others = (
        "年级",
        "性别",
        "电话",
        "手机",
        "身份",
        "代码",
        "邮箱",
        "地址",
        "学号",
        "民族",
        "班级",
        "排名",
        "分数",
        "得分",
    )
    return any(one in plain for one in others) and word not in others


def fits(columns: Columns, headings: Collection[str]) -> bool:
    """Whether every column that was named once stands in this list too."""
    return bool(columns) and all(one in headings for named in columns.values() for one in named)


def names_in(cell: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The names of a cell, each once, in order: set apart by 、 , ; or a space.

    known    folded names of people: 欧阳 娜娜 stays one name where she is known, and 张 三 is always 张三
    """
    found: list[str] = []
    for part in SEPARATORS.split(unicodedata.normalize("NFC", cell).replace("　", " ")):
        found += names_with_space(part.strip(), known)
    return tuple(dict.fromkeys(one for one in found if one))


def names_with_space(text: str, known: Collection[str]) -> list[str]:
    parts = HAN_GAP.split(text)
    whole = "".join(parts)
    if len(parts) == 1 or folded(whole) in known or not all(len(one) > 1 for one in parts):
        return [whole]
    return parts


def prize_code(word: str, kept: Mapping[str, str] | None = None) -> str | None:
    """The level that a word of a list means: as it was said for this contest before, else as the word itself says.

    kept      folded word -> code
    returns   a code of `LEVELS`; "" for no prize; None where only a person can say
    """
    plain = folded(word)
    if kept and plain in kept:
        return kept[plain]
    if plain in NO_PRIZE:
        return ""
    for code, words in LEVELS:
        if any(folded(one) in plain for one in words):
            return code
    return None
