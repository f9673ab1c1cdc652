"""上报表样: the columns that a higher contest wants to have filled in, in its order and under its headings."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from competition.core.columns import plain_heading
from competition.core.late_fields import OF_AUTHORS, OF_TUTORS

PER_ENTRY, PER_AUTHOR = "entry", "author"
WENT, CHOSEN, WINNERS, ALL = "went", "chosen", "winners", "all"
WHICH = (WENT, CHOSEN, WINNERS, ALL)
MOST = 60  # columns of a form
LONGEST = 60  # characters of a heading or a name
NOTHING = ""  # a column that stays blank: theirs alone
LATE_AUTHOR, LATE_TUTOR = "late-author-", "late-tutor-"

# what a column may hold -> the heading that forms use for it, then others
WORDS: dict[str, tuple[str, ...]] = {
    "row": ("序号",),
    "number": ("作品编号", "项目编号", "编号", "作品号", "本级编号"),
    "title": ("作品名称", "项目名称", "名称", "作品", "项目", "题目", "作品题目", "成果名称"),
    "title_en": ("英文名称", "作品英文名称"),
    "track": ("赛项", "类别", "作品类别", "项目类别", "参赛类别"),
    "division": ("组别", "学段", "参赛组别"),
    "subject": ("学科", "学科类别", "所属学科", "研究领域"),
    "group_name": ("集体名称", "申报集体", "团队名称", "队名"),
    "is_team": ("个人/集体", "申报类别", "申报类型"),
    "abstract": ("作品简介", "简介", "摘要", "内容简介", "项目简介"),
    "finished_on": ("完成日期", "完成时间"),
    "authors": ("作者", "作者姓名", "学生", "学生姓名", "申报者", "全部作者", "署名作者", "选手", "参赛学生"),
    "first_author": ("第一作者", "负责人", "项目负责人", "第一作者姓名"),
    "other_authors": ("其他作者", "成员", "合作者", "项目成员"),
    "author": ("姓名", "本人姓名"),
    "author_order": ("署名次序", "作者排序", "署名顺序"),
    "grades": ("年级", "作者年级", "学生年级"),
    "tutors": ("辅导教师", "指导教师", "指导老师", "辅导老师", "辅导员", "科技辅导员", "教师"),
    "first_tutor": ("第一辅导教师", "第一指导教师"),
    "other_tutors": ("其他辅导教师", "其他指导教师"),
    "school": ("学校", "学校名称", "所在学校", "单位", "学校全称", "就读学校", "参赛学校", "学校全名"),
    "school_contact": ("学校联系人", "联系人"),
    "school_phone": ("学校联系电话", "学校电话", "联系电话"),
    "district": ("推荐单位", "区县", "区属", "所在区", "区县名称", "所属区县", "辖区"),
    "authorisation": ("授权号", "申报授权号", "网报授权号", "授权码"),
    "number_above": ("上级编号", "省级编号", "省赛编号", "国赛编号", "全国编号"),
    "prize": ("本级奖项", "奖项", "奖次", "获奖等级", "市级奖项", "获奖等次", "奖项等级"),
    "place": ("本级名次", "名次", "排名"),
    LATE_AUTHOR + "id_number": ("身份证号", "身份证号码", "作者身份证号", "学生身份证号", "证件号码"),
    LATE_AUTHOR + "birth_date": ("出生日期", "出生年月", "出生年月日"),
    LATE_AUTHOR + "sex": ("性别",),
    LATE_AUTHOR + "photo": ("照片", "免冠照片", "照片文件名"),
    LATE_AUTHOR + "address": ("家庭住址", "通讯地址", "住址", "通信地址"),
    LATE_AUTHOR + "guardian_name": ("监护人姓名", "监护人", "家长姓名"),
    LATE_AUTHOR + "guardian_phone": ("监护人电话", "家长电话", "监护人联系电话"),
    LATE_TUTOR + "phone": ("辅导教师电话", "教师电话", "指导教师电话", "指导老师电话"),
    LATE_TUTOR + "email": ("辅导教师邮箱", "教师邮箱", "指导教师邮箱", "电子邮箱"),
    LATE_TUTOR + "id_number": ("辅导教师身份证号", "教师身份证号", "指导教师身份证号"),
}  # fmt: skip
NUMBERS = ("row", "place", "author_order")  # written as numbers; everything else is text
USUAL = ("row", "number", "title", "track", "division", "school", "authors", "tutors", "prize")
CODE_OF = {plain_heading(word): code for code, words in WORDS.items() for word in words}


@dataclass(frozen=True)
class UpColumn:
    """code   of `WORDS`, or `NOTHING`
    at     its place in their own form, 1 for A; 0 where there is none
    """

    code: str
    heading: str
    at: int = 0


@dataclass(frozen=True)
class Layout:
    """rows          one of an entry or one of an author
    is_confirmed  somebody has looked at what was only guessed
    sheet         of their own form, which is filled in; "" where a plain table is made
    first, below  the row under its headings, and the first one under the empty space, 0 where nothing stands there
    """

    name: str
    columns: tuple[UpColumn, ...] = field(default=())
    rows: str = PER_ENTRY
    which: str = WENT
    is_confirmed: bool = True
    sheet: str = ""
    first: int = 0
    below: int = 0

    @property
    def late_fields(self) -> tuple[list[str], list[str]]:
        """What it has of authors and of tutors that is asked late."""
        codes = [one.code for one in self.columns]
        return (
            [name for name in OF_AUTHORS if LATE_AUTHOR + name in codes],
            [name for name in OF_TUTORS if LATE_TUTOR + name in codes],
        )

    def headings_of(self, codes: Collection[str]) -> list[str]:
        return [one.heading for one in self.columns if one.code in codes]

    @property
    def space(self) -> int:
        """Empty rows of their form before something stands below."""
        return self.below - self.first if self.below else 0

    @property
    def has_late(self) -> bool:
        return any(self.late_fields)

    @property
    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "name": self.name, "rows": self.rows, "which": self.which, "is_confirmed": self.is_confirmed,
            "columns": [[one.code, one.heading, *([one.at] if self.sheet else [])] for one in self.columns],
            **({"form": [self.sheet, self.first, self.below]} if self.sheet else {}),
        }  # fmt: skip

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Layout":
        columns = tuple(UpColumn(*one) for one in kept["columns"] if one[0] in (NOTHING, *WORDS))
        form = kept.get("form", ())
        return cls(kept["name"], columns, kept["rows"], kept["which"], kept["is_confirmed"], *form)


def usual_columns() -> tuple[UpColumn, ...]:
    return tuple(UpColumn(code, WORDS[code][0]) for code in USUAL)


def faults_of(layout: Layout) -> str:
    """A code of what is wrong; "" where nothing is."""
    if not layout.name.strip() or len(layout.name) > LONGEST:
        return "layout-name"
    if not layout.columns or len(layout.columns) > MOST:
        return "layout-columns"
    if any(not one.heading.strip() or len(one.heading) > LONGEST for one in layout.columns):
        return "layout-heading"
    known = layout.rows in (PER_ENTRY, PER_AUTHOR) and layout.which in WHICH
    return "" if known and all(one.code in (NOTHING, *WORDS) for one in layout.columns) else "layout-columns"


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Of the first rows the one with most headings that are known, then with most cells, then the first."""
    known = [sum(plain_heading(cell) in CODE_OF for cell in row if cell) for row in rows]
    filled = [sum(bool(cell) for cell in row) for row in rows]
    return max(range(len(rows)), key=lambda at: (known[at], filled[at], -at), default=0)


def guessed(headings: Sequence[str]) -> tuple[UpColumn, ...]:
    """What each column of their form seems to hold, by the whole word of its heading, each once; else it stays blank.

    Only whole words: 指导老师电话 is not 指导老师, and a column that is filled wrongly is worse than a blank one. So a
    word that stands twice says nothing: nobody can tell whose names, or numbers, each of the two is for.
    """
    found: list[UpColumn] = []
    often = Counter(map(plain_heading, headings))
    free = {word: code for word, code in CODE_OF.items() if often[word] < 2}
    for heading in headings:
        code = free.get(plain_heading(heading), NOTHING)
        free = {word: one for word, one in free.items() if one != code}
        found.append(UpColumn(code, heading[:LONGEST]))
    return tuple(found[:MOST])
