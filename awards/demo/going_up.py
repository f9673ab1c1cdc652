"""What goes up to the province in the demo year: details asked late of a few entries, some there, some missing."""

import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import xlsxwriter
from stdnum.cn.ric import calc_check_digit

from awards.outputs.upward import in_list_order
from awards.services.up_layouts import begin_up_layout
from competition.core.late_fields import SEX, sex_in
from competition.late import LatePerson, late_people
from competition.late_wording import AUTHOR
from competition.models import Contest, Entry, School, User
from competition.numbers_above import Numbers, seen_digest, standing
from competition.services.late import Asked, choose_late, save_late_terms
from competition.services.late_answers import Given, record_late_consent, save_late_answers
from competition.services.numbers_above import save_numbers_above

AUTHOR_FIELDS = ("id_number", "birth_date", "sex", "address", "guardian_phone")
TUTOR_FIELDS = ("phone",)
PURPOSE = "用于省级竞赛报名和参赛证制作（演示）"
NOWHERE = "341199"  # no county has or had this code: a number that begins so is nobody's
AGES, USUAL_AGE = {"幼儿园": 5, "小学": 10, "初中": 13, "高中": 16, "中职": 17}, 12
OTHERS = 6  # entries of other schools; each with another state, by the order below
FULL, HALF, AGREED, NOTHING = "full", "half", "agreed", "nothing"
STATES = (FULL, HALF, FULL, FULL, AGREED, HALF, NOTHING, NOTHING)  # two of the demo's school first
TITLES = ("2018年安徽省青少年科技创新大赛（演示）", "推荐作品汇总表")
HEADINGS = (
    "序号",
    "授权号",
    "项目名称",
    "作者姓名",
    "身份证号",
    "出生日期",
    "就读学校",
    "辅导教师",
    "本级奖项",
    "备注",
)
NOTES = ("填表说明：身份证号按文本填写；备注由省级办公室填写。", "推荐单位（盖章）：", "填表人：")


def send_up(*, contest: Contest, school: School, office: User, entrant: User, at: datetime) -> None:
    """The first of the list. Outside a transaction: the form is looked into by a process of its own."""
    ask(contest, office=office, at=at)
    entries = first_ones(contest, school)
    choose_late(contest=contest, entries=entries, by=office, at=at)
    for number, (entry, state) in enumerate(zip(entries, STATES, strict=False)):
        by = entrant if entry.school_id == school.pk else office
        answer(entry, state, first=10 * number + 1, by=by, at=at)
    give_numbers(contest, entries[:5], office=office, at=at)
    form = empty_form(at)
    begin_up_layout(
        contest=contest, name=f"{TITLES[1]}（演示）", upload="推荐作品汇总表.xlsx", size=len(form), chunks=[form],
        by=office, at=at,
    )  # fmt: skip


def ask(contest: Contest, *, office: User, at: datetime) -> None:
    """Days count from today."""
    today = at.astimezone(contest.tz).date()
    asked = Asked(AUTHOR_FIELDS, TUTOR_FIELDS, PURPOSE, today + timedelta(days=12), today + timedelta(days=90))
    save_late_terms(contest=contest, asked=asked, by=office, at=at)


def first_ones(contest: Contest, school: School) -> list[Entry]:
    """By the list: two of this school, then one each of others; only with named authors and a tutor."""
    rows = [entry for entry, _award in in_list_order(contest) if entry.school_id]
    named = contest.entries.exclude(authors=None).exclude(tutors=None).values_list("pk", flat=True)
    known = set(named)
    rows = [entry for entry in rows if entry.pk in known]
    own = [entry for entry in rows if entry.school_id == school.pk][:2]
    firsts: dict[int | None, Entry] = {}
    for entry in rows:
        if entry.school_id != school.pk:
            firsts.setdefault(entry.school_id, entry)
    return own + list(firsts.values())[:OTHERS]


def answer(entry: Entry, state: str, *, first: int, by: User, at: datetime) -> None:
    """first   a number of the first person that nobody else has"""
    if state == NOTHING:
        return
    people = late_people(entry)
    today = at.astimezone(entry.contest.tz).date()
    record_late_consent(entry=entry, people=[one.person.key for one in people], given_on=today, by=by, at=at)
    if state == AGREED:
        return
    born = entry.contest.year - AGES.get(entry.division.label_zh if entry.division else "", USUAL_AGE)
    given = {
        one.person.key: values(one, first + place, born, state)
        for place, one in enumerate(people if state == FULL else people[:1])
    }
    save_late_answers(entry=entry, given=given, by=by, at=at)


def values(person: LatePerson, number: int, year: int, state: str) -> dict[str, Given]:
    if person.kind != AUTHOR:
        return {"phone": Given(f"0550-{number:07}")}
    born = date(year, 1 + number % 9, 1 + number % 27)
    id_number = id_number_of(born, number)
    said = {
        "id_number": id_number,
        "birth_date": born.isoformat(),
        SEX: sex_in(id_number),
        "address": f"虚构市虚构路{number}号",
        "guardian_phone": f"0550-{number:07}",
    }
    kept = AUTHOR_FIELDS if state == FULL else AUTHOR_FIELDS[:3]
    return {name: Given(said[name]) for name in kept}


def id_number_of(born: date, number: int) -> str:
    """With its check digit, of a county that never was."""
    head = f"{NOWHERE}{born:%Y%m%d}{number:03}"
    return head + str(calc_check_digit(f"{head}0"))  # it leaves out the last character


def give_numbers(contest: Contest, entries: Sequence[Entry], *, office: User, at: datetime) -> None:
    """To all of these an authorisation number, to some the province's own."""
    numbers = {
        one.key: Numbers(f"AHSQ{contest.year + 1}{place:04}", f"AH-{place:03}" if place % 2 else "")
        for place, one in enumerate(entries, 1)
    }
    seen = seen_digest(numbers, standing(contest), None)
    save_numbers_above(contest=contest, numbers=numbers, seen=seen, by=office, at=at)


def empty_form(at: datetime) -> bytes:
    """As a province sends one out: titles over all columns, a table with a few empty rows, notes and signatures."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet("汇总表")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 2)
    last = len(HEADINGS) - 1
    for row, (title, size) in enumerate(zip(TITLES, (18, 14), strict=True)):
        look = book.add_format({"bold": True, "font_size": size, "align": "center", "valign": "vcenter"})
        sheet.merge_range(row, 0, row, last, title, look)
        sheet.set_row(row, 30)
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#F0EBDD"}
    )
    cell = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
    for column, heading in enumerate(HEADINGS):
        sheet.set_column(column, column, 6 if column == 0 else 20 if heading in ("项目名称", "身份证号") else 13)
        sheet.write_string(2, column, heading, head)
        for row in range(3, 8):
            sheet.write_blank(row, column, None, cell)
    for row in range(3, 8):
        sheet.set_row(row, 24)
    sheet.merge_range(8, 0, 8, last, NOTES[0], book.add_format({"italic": True}))
    sheet.write_string(9, 0, NOTES[1])
    sheet.write_string(9, 7, NOTES[2])
    book.close()
    return out.getvalue()
