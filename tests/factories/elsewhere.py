"""Published lists of other contests, and the contest whose office brings them in."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from awards.core.result_columns import guessed_columns
from awards.elsewhere import Plan, Reading, Said, headings_in, read_results, result_plan
from awards.models import Alternative, Claim, Nomination
from awards.services.claims import Claimed, add_claim
from awards.services.elsewhere import Imported, import_results, keep_columns
from competition import files
from competition.models import Contest, Person, School, StoredFile, User
from competition.services.contests import save_contest
from tests.competition.inspection.samples import pdf
from tests.factories.contests import MINT, WHO, Made, details
from tests.factories.noticing import NOW

HEAD = ("项目名称", "作者", "学校", "辅导教师", "奖次", "类别")
SERIES, EDITION = "省青少年科技创新大赛", "第三十二届省青少年科技创新大赛"
WON_ON = date(2026, 4, 16)
ROWS: tuple[Sequence[str], ...] = (
    ("别处作品", "路人甲", "远方市第一中学", "", "一等奖", "工程"),
    ("会浇花的装置", "学生A1", "晴川一中", "新老师", "一等奖", "工程"),
    ("别处作品二", "学生A2", "远方市第二中学", "", "二等奖", "工程"),
    ("会数数的钟", "学生A2、学生A3", "晴川一中", "", "三等奖", "数学"),
)


def csv_of(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> bytes:
    return "\n".join(",".join(row) for row in (head, *rows)).encode()


def said(data: bytes, **more: Any) -> Said:
    found = {"series": SERIES, "name": EDITION, "level": "province", "won_on": WON_ON}
    return Said(**(found | {"columns": guessed_columns(headings_in(data))} | more))


def reading_of(data: bytes) -> Reading:
    return read_results(data, guessed_columns(headings_in(data)))


def plan_of(contest: Contest, rows: Sequence[Sequence[str]] = ROWS, answers: Any = None, **more: Any) -> Plan:
    data = csv_of(rows)
    return result_plan(contest, said(data, **more), reading_of(data), answers)


def bring(
    contest: Contest, office: User, rows: Sequence[Sequence[str]] = ROWS, answers: Mapping[str, str] | None = None,
    shown: str = "", **more: Any,
) -> Imported:  # fmt: skip
    """As from the page: the columns said, the rows looked at, then taken in."""
    data = csv_of(rows)
    about = said(data, **more)
    keep_columns(contest=contest, said=about, by=office, at=NOW)
    shown = shown or result_plan(contest, about, reading_of(data)).digest
    return import_results(
        contest=contest, said=about, reading=reading_of(data), answers=answers or {}, shown=shown, by=office, at=NOW
    )


# ---- an award, and what schools send to it


def award_of(made: Made, name: str) -> Contest:
    """An award that asks for a first prize of the province, with one nominee."""
    award = save_contest(
        details=details(name="市长奖", series="市长奖", kind="award"), mint=MINT, has_verification=False, **WHO
    )
    track = award.tracks.create(code="学生", label_zh="学生", order=1)
    person = Person.objects.get(name=name)
    entry = award.entries.create(track=track, number="N1", order=1, title=name, state="passed", school=person.school)
    Nomination.objects.create(entry=entry, person=person)
    Alternative.objects.create(contest=award, order=1, level="province", prize_order=1)
    return award


def document() -> StoredFile:
    digest = hashlib.sha256(pdf()).hexdigest()
    files.write_whole(files.path_of(digest), pdf())
    facts = {"size": len(pdf()), "kind": "pdf", "media_type": "application/pdf", "pages": 2, "stored_at": NOW}
    return StoredFile.objects.get_or_create(sha256=digest, defaults=facts)[0]


def claimed(**more: Any) -> Claimed:
    said = {"kind": "student", "name": "学生A1", "what": "prize", "said_of": "国际发明展", "level": "province",
            "role": "author", "won_on": WON_ON, "prize": "first"}  # fmt: skip
    return Claimed(**(said | more))


def claim_of(award: Contest, school: School, by: User, **more: Any) -> Claim:
    return add_claim(contest=award, school=school, claimed=claimed(**more), paper=document(), by=by, at=NOW)
