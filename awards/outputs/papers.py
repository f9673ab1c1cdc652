"""Award list, certificates and score sheets as PDF."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from awards.models import Award, AwardList, SpecialAward
from awards.outputs.alone import alone_foot
from awards.outputs.facts import award_lines, recognition_lines, specials_by_prize
from awards.outputs.money import money_lines
from awards.pdf import Column, Group, ScoreSheet, TablePaper, score_sheets_pdf, table_pdf
from awards.services.approvals import approval_of
from awards.wording import date_text, day_zh, joined
from competition.core.numbers import decimal_text
from competition.models import Contest
from judging.models import Assignment, Rubric

COLUMNS = (
    Column("序号", "No.", 0.5, "center"),
    Column("作品编号", "Entry", 0.9),
    Column("作品名称", "Title", 3.4),
    Column("作者", "Authors", 1.7),
    Column("学校", "School", 2.2),
    Column("推荐单位", "District", 1.0),
    Column("辅导教师", "Tutors", 1.5),
)


def award_list_pdf(lists: Sequence[AwardList]) -> bytes:
    """Grouped by track, division and prize; headings in both languages; the digest stays in the files beside it."""
    first = lists[0].contest
    issuers = first.settings.get("issuers", [])
    title, subtitle = title_of(first)
    return table_pdf(
        TablePaper(
            title=title,
            subtitle=subtitle,
            columns=COLUMNS,
            groups=tuple(
                group for award_list in lists for group in groups_of(award_list, is_first=award_list is lists[0])
            ),
            page_text="第 {page} 页 共 {pages} 页",
            landscape=True,
            closing=(
                *money_lines(lists[0]),
                *approval_words(lists[0]),
                *issuers,
                date_text(first.local_as_of.date(), "zh"),
            ),
            foot=alone_foot(first),
        ),
        at=first.local_as_of,
        author=joined(issuers),
    )


def approval_words(award_list: AwardList) -> tuple[str, ...]:
    """By whose decisions the list stands, for papers in Chinese."""
    return tuple(
        f"经{one.body}批准（{'，'.join(filter(None, [one.number, day_zh(one.decided_on)]))}）。"
        for one in approval_of(award_list).holds
    )


def title_of(contest: Contest) -> tuple[str, str]:
    """Chinese over English; a contest whose papers are English has its title in English."""
    if contest.settings.get("certificate_language") == "en":
        return f"{contest.label_en or contest.label_zh} · Award list", ""
    return f"{contest.label_zh}获奖名单", contest.label_en


def groups_of(award_list: AwardList, *, is_first: bool) -> Iterator[Group]:
    contest = award_list.contest
    if not is_first:
        yield Group(bilingual(contest.label_zh, contest.label_en), (), 1)
    lines = award_lines(award_list)
    serial = 0
    for _, of_track in groupby(lines, key=lambda line: line.award.entry.track_id):
        track_lines = list(of_track)
        track = track_lines[0].award.entry.track
        yield Group(bilingual(track.label_zh, track.label_en), (), 1 if is_first else 2)
        for _, of_prize in groupby(track_lines, key=lambda line: (line.division, line.code)):
            prize_lines = list(of_prize)
            award, division = prize_lines[0].award, prize_lines[0].award.entry.division
            zh = f"{division.label_zh}组 {award.label_zh}" if division else award.label_zh
            en = f"{division.label_en} {award.label_en}" if division and division.label_en else award.label_en
            rows = []
            for line in prize_lines:
                serial += 1
                rows.append(
                    (str(serial), line.number, line.title, line.authors, line.school, line.district, line.tutors)
                )
            heading = f"{bilingual(zh, en)}（{len(prize_lines)}）"
            yield Group(heading, tuple(rows), 2 if is_first else 3)
    yield from special_groups(award_list)
    yield from recognition_groups(award_list)


def special_groups(award_list: AwardList) -> Iterator[Group]:
    for one, lines in specials_by_prize(award_list):
        rows = tuple(
            (str(at), line.number, line.title, line.authors, line.school, line.district, line.tutors)
            for at, line in enumerate(lines, 1)
        )
        yield Group(f"{special_heading(one)}（{len(rows)}）", rows, 1)


def special_heading(one: Award | SpecialAward) -> str:
    sponsor = one.sponsor if isinstance(one, SpecialAward) else ""
    return f"{bilingual(one.label_zh, one.label_en)} · {sponsor}"


def recognition_groups(award_list: AwardList) -> Iterator[Group]:
    for rule, of_rule in groupby(recognition_lines(award_list), key=lambda row: row[0].rule):
        rows = tuple(
            (str(index), "、".join(one.follows), name, "", home, "", "")
            for index, (one, name, home) in enumerate(of_rule, 1)
        )
        yield Group(f"{bilingual(rule.label_zh, rule.label_en)}（{len(rows)}）", rows, 1)


def bilingual(zh: str, en: str) -> str:
    return f"{zh} {en}" if en and en != zh else zh


def score_sheets(contests: Sequence[Contest], *, address: str = "") -> bytes:
    """One to fill in by hand for every assignment, by judge.

    address   of the pages on which the office types them; "" where there are none, and so no codes
    """
    sheets = [sheet for contest in contests for sheet in sheets_of(contest, address)]
    first = contests[0]
    issuers = joined(first.settings.get("issuers", []))
    return score_sheets_pdf(sheets, at=first.local_as_of, title=f"{first.label_zh} 评分表", author=issuers)


def sheets_of(contest: Contest, address: str) -> Iterator[ScoreSheet]:
    criteria = {
        (rubric.round_id, rubric.track_id): tuple(
            (one.label_zh, f"0–{trimmed(one.maximum, rubric.places)}") for one in rubric.criteria.all()
        )
        for rubric in Rubric.objects.filter(round__contest=contest).prefetch_related("criteria")
    }
    assignments = Assignment.objects.filter(round__contest=contest).select_related("round", "judge", "entry__track")
    for one in assignments.order_by("judge__code", "round__order", "entry__order"):
        yield ScoreSheet(
            contest=contest.label_zh,
            round=one.round.label_zh,
            judge=one.judge.code,
            entry_number=one.entry.number,
            entry_title=one.entry.title,
            track=one.entry.track.label_zh,
            criteria=criteria[one.round_id, one.entry.track_id],
            code=f"{address}/P/{one.key}".upper() if address else "",
        )


def trimmed(points: int, places: int) -> str:
    text = decimal_text(points, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
