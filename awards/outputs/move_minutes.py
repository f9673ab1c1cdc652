"""合议调整记录: each move with its reason and vote; what is not typed in yet is left blank, to be filled by hand."""

from collections.abc import Mapping
from datetime import datetime

from awards.models import AwardList, PrizeMove
from awards.models.moves import VOTE
from awards.outputs.facts import results_of
from awards.outputs.minutes import SIGNATURES
from awards.outputs.moves import levels_by_code, steps_in_words
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.moved import standing_moves
from awards.states import MoveMajority

COLUMNS = (
    Column("作品编号", "Entry", 1.0), Column("作品名称", "Title", 2.8), Column("得分", "Score", 0.8, "center"),
    Column("原奖项", "From", 0.9, "center"), Column("调整为", "To", 0.9, "center"), Column("理由", "Reason", 3.0),
)  # fmt: skip
RULES = {
    MoveMajority.HALF: "参加表决的到会委员过半数同意",
    MoveMajority.TWO_THIRDS: "参加表决的到会委员三分之二以上同意",
}
BLANK = "____"


def move_minutes_pdf(award_list: AwardList, *, at: datetime) -> bytes:
    contest = award_list.contest
    moves = standing_moves(contest)
    entries = [step.entry for move in moves for step in move.steps.all()]
    results = results_of(award_list, entries)
    words = {code: level.label_zh for code, level in levels_by_code(contest).items()} | {"": "不授奖"}
    paper = TablePaper(
        title=f"{contest.label_zh}奖项合议调整记录",
        subtitle=f"获奖名单第 {award_list.version} 版 · {len(moves)} 项调整",
        columns=COLUMNS,
        groups=tuple(Group(heading(one), lines(one, words, results), 1) for one in moves),
        landscape=True,
        closing=SIGNATURES[1:],
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def heading(move: PrizeMove) -> str:
    return f"第 {move.number} 项 · 须{RULES[MoveMajority(move.majority)]}"


def lines(move: PrizeMove, words: Mapping[str, str], results: Mapping[int, str]) -> tuple[tuple[str, ...], ...]:
    steps = [
        (entry.number, entry.title, results.get(entry.pk, ""), before, after, "" if at else move.reason)
        for at, (entry, before, after) in enumerate(steps_in_words(move, words))
    ]
    return *steps, vote_line(move)


def vote_line(move: PrizeMove) -> tuple[str, ...]:
    count = move.count
    said = [BLANK] * 5 if count is None else [str(getattr(count, name)) for name in VOTE]
    vote = "实到 {} 人，同意 {} 人，不同意 {} 人，弃权 {} 人，回避 {} 人".format(*said)
    result = "" if count is None else "通过" if move.is_carried else "未通过"
    return "表决", vote, "", "结果", result, f"会议纪要：{move.minutes}"
