"""合议调整记录: each move with its reason and vote; what is not typed in yet is left blank, to be filled by hand."""

from collections.abc import Mapping
from datetime import datetime

from awards.models import AwardList, PrizeMove
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
BLANK = "实到    人，同意    人，不同意    人，弃权    人，回避    人；表决结果："


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
    said = f"第 {move.number} 项 · 须{RULES[MoveMajority(move.majority)]}"
    count = move.count
    if count is None:
        return f"{said} · {BLANK}"
    vote = (
        f"实到 {count.present} 人，同意 {count.in_favour} 人，不同意 {count.against} 人，"
        f"弃权 {count.abstained} 人，回避 {count.recused} 人"
    )
    return f"{said} · {vote}：{'通过' if move.is_carried else '未通过'} · 会议纪要：{move.minutes}"


def lines(move: PrizeMove, words: Mapping[str, str], results: Mapping[int, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (entry.number, entry.title, results.get(entry.pk, ""), before, after, "" if at else move.reason)
        for at, (entry, before, after) in enumerate(steps_in_words(move, words))
    )
