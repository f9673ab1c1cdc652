"""报批件: what a body above the committee is given to decide on: figures, list with votes, places for its word."""

from datetime import datetime
from itertools import groupby

from awards.models import AwardList, AwardTerms
from awards.outputs.alone import alone_foot
from awards.outputs.ballot_papers import terms_text
from awards.outputs.facts import AwardLine, award_lines, recognition_lines, results_of
from awards.outputs.money import money_lines
from awards.outputs.papers import bilingual
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.approvals import bodies_of
from awards.services.mayor import KindResult, kind_results, members_of
from awards.wording import date_text
from competition.models import Contest, Entry
from competition.states import EntryState

COLUMNS = (
    Column("序号", "No.", 0.5, "center"), Column("编号", "Entry", 0.8), Column("候选人", "Nominee", 1.4),
    Column("学校", "School", 2.4), Column("推荐单位", "District", 1.1), Column("专家评分", "Experts", 0.8, "center"),
    Column("同意票", "For", 0.8, "center"), Column("奖项", "Prize", 1.4),
)  # fmt: skip
OPINION = ("{body}意见：", "　", "　", "负责人（签名）：________________　　（盖章）　　　　　　　年　　月　　日", "　")


def approval_request_pdf(award_list: AwardList, *, at: datetime) -> bytes:
    contest = award_list.contest
    kinds = kind_results(contest, award_list.run) if award_list.run else []
    opinions = [text.format(body=body.name) for body in bodies_of(contest) for text in OPINION]
    paper = TablePaper(
        title=f"关于{contest.label_zh}评审结果的报批件",
        subtitle=f"获奖名单第 {award_list.version} 版 · {date_text(at.astimezone(contest.tz).date(), 'zh')}",
        columns=COLUMNS,
        groups=(*groups_of(award_list, kinds), *title_groups(award_list)),
        closing=(*figures_of(contest, kinds), *money_lines(award_list), "　", *opinions),
        landscape=True,
        foot=alone_foot(contest),
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def groups_of(award_list: AwardList, kinds: list[KindResult]) -> tuple[Group, ...]:
    lines = award_lines(award_list)
    scores = results_of(award_list, [line.award.entry for line in lines])
    votes = {tally.nominee: f"{tally.yes}" for kind in kinds for ballot in kind.ballots for tally in ballot.tallies}
    found = []
    for (track, prize), of_prize in groupby(lines, key=lambda one: (one.award.entry.track, one.prize)):
        rows = tuple(row_of(place, line, scores, votes) for place, line in enumerate(of_prize, 1))
        found.append(Group(f"{bilingual(track.label_zh, track.label_en)} · {prize}（{len(rows)}）", rows, 1))
    return tuple(found)


def row_of(place: int, line: AwardLine, scores: dict[int, str], votes: dict[str, str]) -> tuple[str, ...]:
    award = line.award
    return (
        str(place), line.number, award.said["nominee"], line.school, line.district,
        scores.get(award.entry_id, ""), votes.get(line.number, ""), award.label_zh,
    )  # fmt: skip


def title_groups(award_list: AwardList) -> tuple[Group, ...]:
    """Titles that follow, with the numbers of those they follow from."""
    found = []
    for rule, of_rule in groupby(recognition_lines(award_list), key=lambda row: row[0].rule):
        rows = tuple(
            (str(place), "、".join(one.follows), name, home, "", "", "", rule.label_zh)
            for place, (one, name, home) in enumerate(of_rule, 1)
        )
        found.append(Group(f"{bilingual(rule.label_zh, rule.label_en)}（{len(rows)}）", rows, 1))
    return tuple(found)


def figures_of(contest: Contest, kinds: list[KindResult]) -> list[str]:
    """How many were nominated and admitted, and how the committee voted."""
    nominated = contest.entries.exclude(state=EntryState.WITHDRAWN).count()
    members = members_of(contest)
    admitted = Entry.objects.countable().filter(contest=contest).count()
    lines = [f"共收到候选人 {nominated} 名（个），资格审查通过 {admitted} 名（个），评审委员会委员 {members} 人。"]
    terms = {one.track_id: one for one in AwardTerms.objects.filter(track__contest=contest)}
    for kind in kinds:
        rounds = "、".join(str(number) for number in kind.rounds) or "无"
        said = terms_text(terms[kind.track.pk])
        lines.append(f"{kind.track.label_zh}：{said}。表决轮次：{rounds}；当选 {len(kind.winners)} 名。")
    return lines
