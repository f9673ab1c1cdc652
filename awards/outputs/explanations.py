"""成绩说明: why an entry has its prize, from the sheets to the plan, told to who entered it and to the office."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from awards.core.explaining import least_for_better
from awards.models import AwardList
from awards.outputs.alone import alone_foot
from awards.outputs.facts import StandingLine, line_of_entry
from awards.outputs.reasons import why
from awards.outputs.tie_words import without_numbers
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.moved import cuts_in, steps_of_list
from awards.services.plans import group_plan
from awards.services.proposals import Outcome, outcomes, said_now
from awards.states import ResultDetail
from awards.wording import joined
from competition.core.numbers import decimal_text
from competition.models import Entry
from judging.comparing import most_units
from judging.models import Rubric
from judging.sheet_rows import SheetRow, rows_of_entry
from judging.states import SheetState

ITEM = (Column("项目", "Item", 1.0), Column("内容", "Content", 4.2))


@dataclass(frozen=True)
class LevelLine:
    """How many of the same group have a prize, and the least of their scores."""

    prize: str
    number: int
    least: str


@dataclass(frozen=True)
class SheetSaid:
    """A sheet without who wrote it: (criterion, points, most) of each mark, blank where marks are not told."""

    round: str
    total: str
    maximum: str
    marks: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Explanation:
    """As much of it as may be told.

    code       of the prize; blank where there is none
    levels     the prizes of all who competed for the same, best first; () where it was not judged by marks
    better     what would have been enough for a better prize; blank where there is no such thing
    sheets     the highest total first: neither who judged nor in which order can be read from it
    comments   what judges wrote for the pupils, in an order of its own
    specials   its special prizes
    """

    line: StandingLine
    code: str
    prize: str
    why: str
    levels: tuple[LevelLine, ...] = ()
    better: str = ""
    sheets: tuple[SheetSaid, ...] = ()
    comments: tuple[str, ...] = ()
    specials: tuple[str, ...] = ()


def explanation_of(award_list: AwardList, entry: Entry, detail: str) -> Explanation | None:
    """None where the entry is not in the contest of the list.

    detail   `ResultDetail`: how much is told
    """
    line = line_of_entry(award_list, entry)
    if line is None:
        return None
    code = line.award.code if line.award else ""
    specials = tuple(f"{one.label} · {one.sponsor}" for one in award_list.specials.filter(entry=entry))
    if detail == ResultDetail.PRIZE:
        return Explanation(line, code, line.prize, "", specials=specials)
    outcome = next(
        (one for one in outcomes(award_list.plan, award_list.run, award_list.tie_values) if entry in one.entries), None
    )
    has_sheets = detail in (ResultDetail.SHEETS, ResultDetail.MARKS)
    rows = counting_rows(entry) if has_sheets else []
    return Explanation(
        line=line,
        code=code,
        prize=line.prize,
        why=why(replace(line, tie=without_numbers(line.parted_by))),
        levels=level_lines(award_list, outcome) if outcome else (),
        better=better_sentence(line, outcome, is_moved=is_moved_in(award_list, outcome)) if outcome else "",
        sheets=sheets_said(rows, has_marks=detail == ResultDetail.MARKS),
        comments=comments_in(rows) if detail == ResultDetail.MARKS else (),
        specials=specials,
    )


def is_moved_in(award_list: AwardList, outcome: Outcome) -> bool:
    """The committee moved an entry of this group."""
    moved = steps_of_list(award_list)
    return any(entry.pk in moved for entry in outcome.entries)


def counting_rows(entry: Entry) -> list[SheetRow]:
    """Sheets that were handed in with every mark; a recused judge's is none."""
    rows = rows_of_entry(entry)
    return [row for row in rows if row.sheet and row.sheet.state == SheetState.SUBMITTED and row.total]


def sheets_said(rows: Sequence[SheetRow], *, has_marks: bool) -> tuple[SheetSaid, ...]:
    said = [
        (row.assignment.round.order, SheetSaid(row.assignment.round.label, row.total, row.maximum, marks))
        for row in rows
        for marks in [row.marks if has_marks else ()]
    ]
    highest_first = sorted(said, key=lambda one: (one[0], -Decimal(one[1].total), one[1].marks))
    return tuple(sheet for _order, sheet in highest_first)


def comments_in(rows: Sequence[SheetRow]) -> tuple[str, ...]:
    return tuple(sorted(row.sheet.feedback.strip() for row in rows if row.sheet and row.sheet.feedback.strip()))


def level_lines(award_list: AwardList, outcome: Outcome) -> tuple[LevelLine, ...]:
    """Of the group as the list has it, with what the committee decided. The least score is of those that it did not
    move: theirs says nothing of where a prize ends."""
    cuts, members = cuts_in(award_list, outcome), {one.pk for one in outcome.entries}
    given = Counter(award.code for award in award_list.awards.all() if award.entry_id in members)
    return tuple(
        LevelLine(
            level.label,
            given[level.code],
            decimal_text(cuts[level.code][1], award_list.contest.places) if level.code in cuts else "",
        )
        for level in outcome.group.levels.all()
    )


def better_sentence(line: StandingLine, outcome: Outcome, *, is_moved: bool) -> str:
    """Where time counts too, or tie-breakers were asked, no score by itself would have been enough; where the committee
    moved somebody of the group, it would have seen another ranking."""
    is_by_marks = line.rubric is not None and not line.rubric.is_measured
    if not is_by_marks or line.is_held or line.is_decided or outcome.cut.parted or is_moved:
        return ""
    places, levels = line.entry.contest.places, list(outcome.group.levels.all())
    row = outcome.entries.index(line.entry)
    plan, most = group_plan(outcome.group), most_of(line.entry)
    if plan.breakers:  # to meet a rival across a cut would be for them to part
        plan = replace(plan, ties="hold")
    better = least_for_better(outcome.scores, row, plan, len(outcome.entries), most)
    if better is None:
        return ""
    facts = {"score": decimal_text(better.score, places), "prize": levels[better.level].label}
    return _("With %(score)s, all others as they are, it would have been %(prize)s.") % facts


def most_of(entry: Entry) -> int:
    """The greatest score that rubrics of its track allow, in published units; rounds are weighed, never added."""
    rubrics = Rubric.objects.filter(round__contest=entry.contest_id, track=entry.track_id)
    totals = [most_units(list(one.criteria.all())) / 10**one.places for one in rubrics.prefetch_related("criteria")]
    return int(max(totals, default=Fraction()) * 10**entry.contest.places)


def explanation_pdf(told: Explanation, *, at: datetime) -> bytes:
    """One entry on one page, to be handed to who asks."""
    entry, contest = told.line.entry, told.line.entry.contest
    said = told.line.award.said if told.line.award else said_now(entry)
    work = [
        ("作品编号 No.", entry.number),
        ("作品名称 Title", said["title"]),
        ("作者 Authors", joined(said["authors"]) or said["group"]),
        ("学校 School", said["school"]),
        ("赛项 Track", " · ".join(one.label for one in (entry.track, entry.division) if one)),
        ("奖项 Prize", told.prize or _("No prize")),
        ("专项奖 Special prize", joined(told.specials)),
        ("说明 Reason", told.why),
        ("", told.better),
    ]
    levels = [(one.prize, level_text(one)) for one in told.levels]
    sheets = [(f"{one.round} {at}", sheet_text(one)) for at, one in enumerate(told.sheets, 1)]
    comments = [("", one) for one in told.comments]
    parts = (
        ("作品与结果 Entry and result", work),
        ("同组奖项 Prizes of the group", levels),
        ("评分表（由高到低）Sheets, the highest first", sheets),
        ("评委寄语 Written for the pupils", comments),
    )
    groups = tuple(Group(name, rows, 1) for name, part in parts if (rows := tuple(row for row in part if row[1])))
    paper = TablePaper(
        title=f"{contest.label_zh}成绩说明",
        subtitle=contest.label_en,
        columns=ITEM,
        groups=groups,
        foot=" · ".join(filter(None, [foot_of(told), alone_foot(contest)])),
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def foot_of(told: Explanation) -> str:
    award = told.line.award
    return _("Award list, version %(version)s") % {"version": award.list.version} if award else ""


def level_text(one: LevelLine) -> str:
    if not one.least:
        return _("%(number)s given") % {"number": one.number}
    return _("%(number)s given, the lowest with %(least)s") % {"number": one.number, "least": one.least}


def sheet_text(one: SheetSaid) -> str:
    total = _("%(total)s of %(most)s") % {"total": one.total, "most": one.maximum}
    return " · ".join([total, *(f"{name} {points}" for name, points, _most in one.marks)])
