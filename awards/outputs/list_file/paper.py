"""An award list as it is handed in, as plain rows: said once, for PDF, Word, Excel and web page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from awards.list_style import ListColumn, ListNames, ListStyle
from awards.models import AwardList
from awards.outputs.alone import alone_foot
from awards.outputs.list_file.lines import Line, level_lines, special_groups, title_rows
from awards.outputs.list_file.ordering import group_words, in_order
from awards.outputs.money import money_lines
from awards.services.approvals import approval_of
from awards.states import ListState
from awards.wording import date_text, day_zh
from competition.models import Contest, Event
from competition.states import ContestKind

Cell = str | int | None


@dataclass(frozen=True)
class ListColumnSpec:
    """code of `ListColumn`; weight: its share of a page's width; wide: characters in a spreadsheet"""

    code: str
    zh: str
    en: str
    weight: float
    wide: int
    is_number: bool = False
    is_centred: bool = False


COLUMNS = {
    one.code: one
    for one in (
        ListColumnSpec(ListColumn.SERIAL, "序号", "No.", 0.5, 6, is_number=True, is_centred=True),
        ListColumnSpec(ListColumn.TRACK, "赛项", "Track", 1.3, 18),
        ListColumnSpec(ListColumn.DIVISION, "组别", "Division", 0.7, 10),
        ListColumnSpec(ListColumn.PRIZE, "奖项", "Prize", 0.8, 12),
        ListColumnSpec(ListColumn.PLACE, "名次", "Place", 0.5, 8, is_number=True, is_centred=True),
        ListColumnSpec(ListColumn.NUMBER, "作品编号", "Entry", 0.9, 14),
        ListColumnSpec(ListColumn.TITLE, "作品名称", "Title", 3.0, 44),
        ListColumnSpec(ListColumn.AUTHORS, "作者", "Authors", 1.4, 24),
        ListColumnSpec(ListColumn.SCHOOL, "学校", "School", 2.0, 28),
        ListColumnSpec(ListColumn.DISTRICT, "推荐单位", "Unit", 1.0, 14),
        ListColumnSpec(ListColumn.TUTORS, "辅导教师", "Tutors", 1.2, 22),
    )
}
NOMINEE = ListColumnSpec(ListColumn.AUTHORS, "获奖者", "Winner", 1.4, 24)


@dataclass(frozen=True)
class ListRows:
    """A heading and its rows; nested headings are consecutive, outer ones without rows. `level` from 1."""

    heading: str
    level: int
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Counts:
    """Works once each, whatever they have won; people and tutors once each.

    prizes     (prize, works, people) of each level
    specials   how many special prizes are given
    """

    works: int
    people: int
    tutors: int
    prizes: tuple[tuple[str, int, int], ...]
    specials: int


@dataclass(frozen=True)
class ListPaper:
    """Everything that a file of the list says, and nothing that belongs to one kind of file.

    annex      "附件1", "" for none
    group_names   what the headings are, outer before inner, for files without headings
    foot       sentences below the table: counts, approval, money
    closing    issuers and date
    notes      small print: that it is a draft, that one person ran it, digest and head of the log
    """

    title: str
    subtitle: str
    annex: str
    is_draft: bool
    columns: tuple[ListColumnSpec, ...]
    groups: tuple[ListRows, ...]
    group_names: tuple[str, ...]
    counts: Counts
    foot: tuple[str, ...]
    closing: tuple[str, ...]
    notes: tuple[str, ...]
    issuers: tuple[str, ...]
    at: datetime
    language: str = "zh"

    def said(self, column: ListColumnSpec) -> str:
        return column.en if self.language == "en" else column.zh

    @property
    def heading(self) -> str:
        """The title, which says that it is a draft."""
        if not self.is_draft:
            return self.title
        return f"{self.title} (draft)" if self.language == "en" else f"{self.title}（草案）"


def list_paper(award_list: AwardList, style: ListStyle, *, named: frozenset[int] | None = None) -> ListPaper:
    """The list in this style, from a fixed number of queries.

    named   entries of which names may stand in full, where the style has full names; None: all of them
    """
    contest = award_list.contest
    language = "en" if contest.settings.get("certificate_language") == "en" else "zh"
    may_name = named if style.names == ListNames.FULL else frozenset()
    lines = level_lines(award_list, language, may_name)
    specials = special_groups(award_list, language, may_name)
    columns = columns_of(contest, style, lines)
    rows = (
        *grouped(in_order(lines, style), style, columns),
        *(ListRows(headed(heading, len(of)), 1, tabled(of, columns)) for heading, of in specials),
        *(
            ListRows(headed(heading, len(of)), 1, tabled(of, columns))
            for heading, of in title_rows(award_list, language, name_in(columns), is_full=may_name is None)
        ),
    )
    every = [*lines, *(line for _, of in specials for line in of)]
    counts = Counts(
        len({one.entry for one in every}), distinct(every, "people"), distinct(every, "tutor_people"),
        prize_counts(lines), sum(len(of) for _, of in specials),
    )  # fmt: skip
    is_draft = award_list.state == ListState.DRAFT
    issuers = tuple(contest.settings.get("issuers", []))
    title = (
        f"{contest.label_en or contest.label_zh} · Award list" if language == "en" else f"{contest.label_zh}获奖名单"
    )
    return ListPaper(
        title=title,
        subtitle="" if language == "en" else contest.label_en,
        annex=annex_text(style.annex, language),
        is_draft=is_draft,
        columns=columns,
        groups=rows,
        group_names=tuple(COLUMNS[code].en if language == "en" else COLUMNS[code].zh for code in style.groups),
        counts=counts,
        foot=(counted(contest, counts, language), *approved(award_list), *money_lines(award_list)),
        closing=(*issuers, date_text(contest.local_as_of.date(), language)),
        notes=tuple(notes_of(award_list, style, language)),
        issuers=issuers,
        at=contest.local_as_of,
        language=language,
    )


def name_in(columns: Sequence[ListColumnSpec]) -> str:
    """The column in which the name of a unit, school or tutor with a title stands."""
    codes = [one.code for one in columns]
    places = (ListColumn.TITLE, ListColumn.AUTHORS, ListColumn.SCHOOL)
    return next((code for code in places if code in codes), ListColumn.NUMBER)


def columns_of(contest: Contest, style: ListStyle, lines: Sequence[Line]) -> tuple[ListColumnSpec, ...]:
    """What heads a group is no column; neither is what nobody has, nor the title where it is the winner's name."""
    is_award = contest.kind == ContestKind.AWARD
    left_out = set(style.groups)
    if not any(line.division for line in lines):
        left_out.add(ListColumn.DIVISION)
    if is_award:
        left_out.add(ListColumn.TITLE)
    shown = [COLUMNS[code] for code in style.columns if code not in left_out]
    if is_award:
        shown = [NOMINEE if one.code == ListColumn.AUTHORS else one for one in shown]
        if NOMINEE not in shown:
            shown.append(NOMINEE)
    return tuple(shown)


def grouped(lines: Sequence[Line], style: ListStyle, columns: Sequence[ListColumnSpec]) -> Iterator[ListRows]:
    """Groups within groups; the serial number runs through all of them."""
    serial = 1

    def nested(of: Sequence[Line], depth: int) -> Iterator[ListRows]:
        nonlocal serial
        if depth == len(style.groups):
            yield ListRows("", depth or 1, tabled(of, columns, serial))
            serial += len(of)
            return
        code = style.groups[depth]
        for _key, found in groupby(of, key=lambda line: line.sorts[code]):
            members = list(found)
            heading = headed(group_words(members[0], code), len(members))
            if depth + 1 < len(style.groups):
                yield ListRows(heading, depth + 1)
                yield from nested(members, depth + 1)
            else:
                yield ListRows(heading, depth + 1, tabled(members, columns, serial))
                serial += len(members)

    yield from nested(lines, 0)


def headed(words: str, number: int) -> str:
    return f"{words or '—'}（{number}）"


def tabled(lines: Iterable[Line], columns: Sequence[ListColumnSpec], first: int = 1) -> tuple[tuple[Cell, ...], ...]:
    codes = [one.code for one in columns]
    return tuple(
        tuple(at if code == ListColumn.SERIAL else line.cells.get(code) for code in codes)
        for at, line in enumerate(lines, first)
    )


def distinct(lines: Iterable[Line], which: str) -> int:
    """Whoever has two works counts once."""
    return len({one for line in lines for one in getattr(line, which)})


def prize_counts(lines: Sequence[Line]) -> tuple[tuple[str, int, int], ...]:
    works = Counter((line.level, line.prize) for line in lines)
    return tuple(
        (prize, number, distinct([one for one in lines if (one.level, one.prize) == (level, prize)], "people"))
        for (level, prize), number in sorted(works.items())
    )


def counted(contest: Contest, counts: Counts, language: str) -> str:
    is_award = contest.kind == ContestKind.AWARD
    if language == "en":
        each = [f"{prize} {number}" for prize, number, _ in counts.prizes]
        each += [f"special prizes {counts.specials}"] if counts.specials else []
        if is_award:
            return f"In all {counts.works} winners: {', '.join(each)}."
        people = f"{counts.people} students and {counts.tutors} tutors, everybody counted once"
        return f"In all {counts.works} works ({', '.join(each)}), {people}."
    unit = "名" if is_award else "件"
    each = [f"{prize}{number}{unit}" for prize, number, _ in counts.prizes]
    each += [f"专项奖{counts.specials}项"] if counts.specials else []
    middle = f"（{'，'.join(each)}）" if each else ""
    if is_award:
        return f"共计获奖者{counts.works}名{middle}。"
    people = f"获奖学生{counts.people}人，辅导教师{counts.tutors}人"
    return f"共计获奖作品{counts.works}件{middle}，{people}（同一人只计一次）。"


def annex_text(annex: str, language: str) -> str:
    if not annex:
        return ""
    return f"Annex {annex}" if language == "en" else f"附件{annex}"


def approved(award_list: AwardList) -> tuple[str, ...]:
    """By whose decisions the list stands."""
    return tuple(
        f"经{one.body}批准（{'，'.join(filter(None, [one.number, day_zh(one.decided_on)]))}）。"
        for one in approval_of(award_list).holds
    )


def notes_of(award_list: AwardList, style: ListStyle, language: str) -> Iterator[str]:
    if award_list.state == ListState.DRAFT:
        yield "A draft: not locked, may still change." if language == "en" else "草案：尚未锁定，仍可能变动。"
    if alone := alone_foot(award_list.contest):
        yield alone
    if not style.digest:
        return
    yield f"名单摘要 Digest: {award_list.digest}" if language == "zh" else f"Digest of the list: {award_list.digest}"
    locked = Event.objects.filter(chain__contest=award_list.contest, action="awardlist.locked").order_by("seq").last()
    if locked and award_list.state != ListState.DRAFT:
        words = "Log head at the lock" if language == "en" else "锁定时日志链首 Log head"
        yield f"{words}: {locked.seq} {locked.hash}"
