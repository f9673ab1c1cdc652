"""Attendance of a training: the columns of its list, and the numbers of its certificates."""

from datetime import date, timedelta
from fractions import Fraction

from competition.core.columns import Column, Kind, SheetSpec

ROLES = {
    "tutor": ("科技辅导员", "science tutor", "辅导员", "科技教师", "教师", "老师", "tutor", "teacher"),
    "student": ("学生", "student", "营员", "学员", "同学", "camper", "pupil"),
    "staff": ("工作人员", "staff", "领队", "带队", "带队老师", "志愿者", "leader"),
}
MOST_HOURS = 999
PARTICIPANT_LIST = SheetSpec(
    "participants", "参训人员", "Participants",
    columns=(
        Column("name", "姓名", "Name", Kind.NAME, required=True, longest=60, example="王芳",
               also=("参训人员", "参训人员姓名", "学员姓名", "营员姓名", "教师姓名", "full name", "participant"),
               help_zh="与证书上的一致。", help_en="As the certificate says it."),
        Column("unit", "单位", "Unit", longest=100, example="东区实验小学",
               also=("学校", "工作单位", "所在单位", "单位名称", "学校名称", "所在学校", "school"),
               help_zh="学校或工作单位。", help_en="School or place of work."),
        Column("role", "身份", "Role", Kind.CHOICE, choices=ROLES, example="科技辅导员",
               also=("类别", "人员类别", "参训身份", "人员身份", "as what"),
               help_zh="科技辅导员、学生、工作人员；不填即科技辅导员。",
               help_en="Science tutor, student or staff; blank: science tutor."),
        Column("hours", "学时", "Hours", Kind.NUMBER, low=0, high=MOST_HOURS, example="16",
               also=("学时数", "参训学时", "实际学时", "课时", "hours attended"),
               help_zh="不填即全部学时；0 为缺席，不发证明。", help_en="Blank: all hours; 0: absent, no certificate."),
        Column("remarks", "备注", "Remarks", longest=200, also=("说明", "note", "notes"),
               help_zh="不印在证书上；同单位同姓名的两人用它区分。",
               help_en="Not printed; tells two of one name at one unit apart."),
    ),
)  # fmt: skip
PLACES_OF_SERIAL, PLACES_OF_ORDER = 4, 2
MOST_DAYS = 7


def attendance_number(year: int, order: int, serial: int) -> str:
    """The serial-th certificate of the order-th training of a year.

    >>> attendance_number(2026, 3, 17)
    '2026-PX03-0017'
    """
    return f"{year}-PX{order:0{PLACES_OF_ORDER}}-{serial:0{PLACES_OF_SERIAL}}"


def half_hours(hours: Fraction) -> int | None:
    """Hours are counted in halves; None where a number is none of them."""
    doubled = hours * 2
    return int(doubled) if doubled.denominator == 1 else None


def hours_text(halves: int) -> str:
    """Half hours as people write hours.

    >>> hours_text(32), hours_text(7)
    ('16', '3.5')
    """
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def span_zh(first: date, last: date) -> str:
    """What both days share is said once.

    >>> span_zh(date(2026, 5, 8), date(2026, 5, 10))
    '2026年5月8日至10日'
    """
    begin = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return begin
    end = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月{last.day}日"
    return f"{begin}至{end}" if first.year == last.year else f"{begin}至{last.year}年{end}"


def span_en(first: date, last: date) -> str:
    """
    >>> span_en(date(2026, 5, 8), date(2026, 5, 10))
    '8–10 May 2026'
    """
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    begin = f"{first.day} {first:%B}" if first.year == last.year else f"{first.day} {first:%B} {first.year}"
    return f"{begin} – {end}"
