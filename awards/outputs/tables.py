"""Award list and standings as spreadsheets."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from awards.models import AwardList
from awards.outputs.facts import AwardLine, award_lines, recognition_lines, sheet_lines, special_lines, standing_lines
from awards.outputs.reasons import why
from awards.wording import joined
from competition.models import Contest
from competition.spreadsheets import Heading, Sheet, workbook_bytes

AWARD_HEADINGS = (
    Heading("序号", "No.", 6, 0),
    Heading("赛项", "Track", 20),
    Heading("组别", "Division", 10),
    Heading("奖项", "Prize", 14),
    Heading("名次", "Place", 8, 0),
    Heading("作品编号", "Entry number", 12),
    Heading("作品名称", "Title", 44),
    Heading("作者", "Authors", 24),
    Heading("学校", "School", 28),
    Heading("推荐单位", "District", 14),
    Heading("辅导教师", "Tutors", 22),
)


def award_rows(lines: Sequence[AwardLine]) -> list[list[Any]]:
    return [
        [index, one.track, one.division, one.prize, one.place, one.number, one.title, one.authors, one.school,
         one.district, one.tutors]
        for index, one in enumerate(lines, 1)
    ]  # fmt: skip


def award_list_xlsx(lists: Sequence[AwardList]) -> bytes:
    """The lists of a run: each contest on a sheet, then special prizes, recognitions and totals."""
    sheets = []
    titles = sheet_titles([award_list.contest for award_list in lists])
    for award_list, title in zip(lists, titles, strict=True):
        sheets.append(Sheet(title, AWARD_HEADINGS, award_rows(award_lines(award_list))))
    specials = [row for award_list in lists for row in special_rows(award_list)]
    if specials:
        of_special = (Heading("专项奖", "Special prize", 24), Heading("设奖单位", "Sponsor", 24), *AWARD_HEADINGS[5:],
                    Heading("纪要", "Minutes", 24))  # fmt: skip
        sheets.append(Sheet("专项奖 Special prizes", of_special, specials))
    recognitions = [row for award_list in lists for row in recognition_rows(award_list)]
    if recognitions:
        headings = (
            Heading("称号", "Title", 24), Heading("名次", "Place", 8, 0), Heading("名称", "Name", 30),
            Heading("所在单位", "Of", 28), Heading("积分", "Points", 10, 2),
        )  # fmt: skip
        sheets.append(Sheet("表彰 Recognitions", headings, recognitions))
    sheets.append(totals_sheet(lists))
    first = lists[0].contest
    return workbook_bytes(sheets, at=first.local_as_of, title=first.label_zh)


def sheet_titles(contests: Sequence[Contest]) -> list[str]:
    """One each; where several delegations were sent, they are numbered."""
    titles = [title_of(contest) for contest in contests]
    return [
        f"{title} {titles[: at + 1].count(title)}" if titles.count(title) > 1 else title
        for at, title in enumerate(titles)
    ]


def title_of(contest: Contest) -> str:
    if contest.kind == "award":
        return "市长奖 Mayor's Award"
    return "代表队 Delegation" if contest.belongs_to_id else "获奖名单 Awards"


def special_rows(award_list: AwardList) -> list[list[Any]]:
    return [
        [one.label, one.sponsor, line.number, line.title, line.authors, line.school, line.district, line.tutors,
         one.minutes]
        for one, line in special_lines(award_list)
    ]  # fmt: skip


def recognition_rows(award_list: AwardList) -> list[list[Any]]:
    """Whom the committee named has no place."""
    found = recognition_lines(award_list)
    return [[one.rule.label, one.place or None, name, home, one.points] for one, name, home in found]


def totals_sheet(lists: Sequence[AwardList]) -> Sheet:
    """Works and people by contest, track and prize: the two counts differ."""
    works: Counter[tuple[str, str, str]] = Counter()
    people: Counter[tuple[str, str, str]] = Counter()
    for award_list in lists:
        for line in award_lines(award_list):
            key = (award_list.contest.label, line.track, line.prize)
            works[key] += 1
            people[key] += line.people
    headings = (
        Heading("大赛", "Contest", 40), Heading("赛项", "Track", 24), Heading("奖项", "Prize", 16),
        Heading("作品（件）", "Works", 12, 0), Heading("作者（人）", "Authors", 12, 0),
    )  # fmt: skip
    return Sheet("汇总 Totals", headings, [[*key, number, people[key]] for key, number in works.items()])


STANDING_HEADINGS = (
    Heading("赛项", "Track", 20),
    Heading("组别", "Division", 10),
    Heading("名次", "Place", 8, 0),
    Heading("得分", "Score", 10),
    Heading("奖项", "Prize", 12),
    Heading("作品编号", "Entry number", 12),
    Heading("作品名称", "Title", 40),
    Heading("作者", "Authors", 22),
    Heading("学校", "School", 26),
    Heading("推荐单位", "District", 12),
    Heading("辅导教师", "Tutors", 20),
    Heading("审查结果", "State", 10),
    Heading("评分表", "Sheets", 8, 0),
    Heading("各评委总分", "Totals by judge", 40),
    Heading("依据", "Why", 60),
)


def standings_xlsx(lists: Sequence[AwardList]) -> bytes:
    """Every entry of every contest of the run, and every sheet mark by mark."""
    sheets = []
    for award_list in lists:
        contest = award_list.contest
        sheets.append(standing_sheet(award_list))
        if contest.rounds.exists():
            sheets.append(marks_sheet(contest))
    first = lists[0].contest
    return workbook_bytes(sheets, at=first.local_as_of, title=first.label_zh)


def standing_sheet(award_list: AwardList) -> Sheet:
    contest = award_list.contest
    lines = standing_lines(award_list)
    has_time = any(line.time for line in lines)
    extras = list(dict.fromkeys(name for line in lines for name in line.entry.extra))
    places = contest.places
    headings = [*STANDING_HEADINGS, *(Heading(name, "", 20) for name in extras)]
    headings[3] = Heading("得分", "Score", 10, places)
    if has_time:
        headings.insert(4, Heading("用时", "Time", 10))
    rows = []
    for line in lines:
        entry = line.entry
        rows.append(
            [
                entry.track.label,
                entry.division.label if entry.division else "",
                line.place,
                float(line.score) if line.score else None,
                *([line.time] if has_time else []),
                line.prize,
                entry.number,
                entry.title,
                joined([author.person.name for author in entry.authors.all()]) or entry.group_name,
                entry.school.name if entry.school else "",
                entry.school.district.label if entry.school else "",
                joined([tutor.person.name for tutor in entry.tutors.all()]),
                entry.get_state_display(),
                line.standing.sheets if line.standing else None,
                "；".join(f"{one}: {total}" for one, total in (*line.sheets, *line.attempts)),
                why(line),
                *(entry.extra.get(name, "") for name in extras),
            ]
        )
    return Sheet(f"排名 {title_of(contest)}", headings, rows)


def marks_sheet(contest: Contest) -> Sheet:
    """One row a sheet, one column a criterion."""
    lines = [line for _, line in sheet_lines(contest)]
    names = list(dict.fromkeys(name for line in lines for name, _ in line.marks))
    headings = [
        Heading("轮次", "Round", 10), Heading("赛项", "Track", 20), Heading("作品编号", "Entry number", 12),
        Heading("评委编号", "Judge", 10), Heading("状态", "State", 12),
        *(Heading(name, "", 12, 2) for name in names), Heading("合计", "Total", 10, 2),
    ]  # fmt: skip
    rows = []
    for line in lines:
        marks: dict[str, str] = defaultdict(str, line.marks)
        points = [float(marks[name]) if marks[name] else None for name in names]
        total = float(line.total) if line.total else None
        rows.append([line.round, line.track, line.number, line.judge, line.state, *points, total])
    return Sheet(f"评分 {title_of(contest)}", headings, rows)
