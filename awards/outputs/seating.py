"""座位表: the seats of each school in the hall, as a list and as a plan of its rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from awards.ceremony_style import CeremonyStyle, Seated, SeatOrder
from awards.core.name_order import pinyin_key
from awards.core.seating import Block, Hall, blocks_of
from awards.models import AwardList
from awards.outputs.guests import Delegation, delegations_of
from awards.outputs.pdf_pages import one_after_another
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.stroke_order import stroke_places
from awards.wording import joined
from competition.models import Contest


@dataclass(frozen=True)
class Seating:
    """One school and where it sits."""

    school: str
    unit: str
    students: int
    tutors: int
    leaders: int
    blocks: tuple[Block, ...]

    @property
    def count(self) -> int:
        return self.students + self.tutors + self.leaders


def hall_of(style: CeremonyStyle) -> Hall:
    return Hall(style.rows, style.seats, style.front)


def seatings_of(lists: Sequence[AwardList], style: CeremonyStyle) -> list[Seating]:
    """raises   TooFewSeats"""
    delegations = delegations_of(lists)
    if style.order == SeatOrder.UNITS:
        delegations.sort(key=by_unit)
    heads = [heads_of(one, style) for one in delegations]
    seats = blocks_of([sum(one) for one in heads], hall_of(style))
    return [
        Seating(one.name, one.unit.label_zh if one.unit else "", *counts, tuple(blocks))
        for one, counts, blocks in zip(delegations, heads, seats, strict=True)
    ]


def by_unit(one: Delegation) -> tuple[object, ...]:
    """Those who come from no school stand last."""
    return one.unit is None, one.unit.pk if one.unit else 0, pinyin_key(one.name, stroke_places())


def heads_of(one: Delegation, style: CeremonyStyle) -> tuple[int, int, int]:
    """Students, tutors, leaders."""
    tutors = one.count(tutors=True) if style.seated == Seated.BOTH else 0
    return one.count(tutors=False), tutors, style.leaders if one.school else 0


def seating_pdf(contest: Contest, lists: Sequence[AwardList], style: CeremonyStyle) -> bytes:
    """The list of schools, then the plan of rows. raises   TooFewSeats, GlyphMissing, DoesNotFit"""
    seatings = seatings_of(lists, style)
    author = joined(contest.settings.get("issuers", [])) or contest.label_zh
    papers = (list_paper(contest, seatings), plan_paper(contest, seatings, style))
    return one_after_another([table_pdf(one, at=contest.local_as_of, author=author) for one in papers])


LIST = (
    Column("学校", "School", 2.4), Column("推荐单位", "Unit", 1.2), Column("座位", "Seats", 2.4),
    Column("学生", "Pupils", 0.6, "center"), Column("教师", "Tutors", 0.6, "center"),
    Column("领队", "Leaders", 0.6, "center"), Column("合计", "All", 0.6, "center"),
)  # fmt: skip


def list_paper(contest: Contest, seatings: Sequence[Seating]) -> TablePaper:
    """By seat."""
    rows = tuple(
        (one.school, one.unit, joined([seats_text(block) for block in one.blocks]), *map(str, numbers(one)))
        for one in seatings
        if one.count
    )
    subtitle = f"{contest.label_zh}　{len(rows)}所学校　{sum(one.count for one in seatings)}人"
    return TablePaper("座位表", subtitle, LIST, (Group("", rows),))


def numbers(one: Seating) -> tuple[int, int, int, int]:
    return one.students, one.tutors, one.leaders, one.count


def seats_text(block: Block) -> str:
    return f"第{block.row}排{span(block)}号"


def span(block: Block) -> str:
    return str(block.first) if block.first == block.last else f"{block.first}–{block.last}"


PLAN = (Column("排", "Row", 0.5, "center"), Column("座位号（从左到右）", "Seats from the left", 6))


def plan_paper(contest: Contest, seatings: Sequence[Seating], style: CeremonyStyle) -> TablePaper:
    """Row by row from the stage."""
    told: dict[int, list[str]] = defaultdict(list)
    for one in seatings:
        for block in one.blocks:
            told[block.row].append(f"{span(block)}号 {one.school}")
    rows = tuple((f"{row}", row_text(row, told[row], style)) for row in range(1, style.rows + 1))
    subtitle = f"{contest.label_zh}　{style.rows}排，每排{style.seats}座　（前方为舞台）"
    return TablePaper("座位平面", subtitle, PLAN, (Group("", rows),), landscape=True)


def row_text(row: int, told: Sequence[str], style: CeremonyStyle) -> str:
    if row <= style.front:
        return "嘉宾席"
    return "　".join(told) or "空"
