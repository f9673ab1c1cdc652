"""Papers of entering: the entry form to sign, the unit's summary to stamp."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.wording import joined
from competition.core.form_codes import form_code, summary_code
from competition.core.grades import GRADES
from competition.models import Contest, District, Entry, Submission
from competition.services.summaries import summary_digest

ITEM = (Column("项目", "Item", 1.0), Column("内容", "Content", 4.2))
SUMMARY = (
    Column("序号", "No.", 0.5, "center"),
    Column("作品编号", "Entry", 0.9),
    Column("作品名称", "Title", 3.0),
    Column("赛项", "Track", 1.5),
    Column("组别", "Division", 0.8),
    Column("作者", "Authors", 1.6),
    Column("学校", "School", 2.0),
    Column("辅导教师", "Tutors", 1.5),
)


def person_line(said: Mapping[str, Any]) -> str:
    grade = GRADES[said["grade"]][1] if said.get("grade") in GRADES else ""
    return " ".join(filter(None, [said["name"], grade, said.get("code", "")]))


def entry_form_pdf(entry: Entry, receipt: Submission) -> bytes:
    """What was handed in, word for word, to be signed by pupils and guardians and stamped; the code names the version.

    Nothing of it comes from the entry as it stands: that may be typed on, or corrected since.
    """
    said, contest = receipt.content, entry.contest
    work = [
        ("作品编号 No.", said["number"]),
        ("作品名称 Title", said["title"]),
        ("赛项 Track", said["track"]),
        ("组别 Division", said["division"]),
        ("学科 Subject", said.get("subject", "")),
        ("学校 School", said["school"]),
        ("完成日期 Finished on", said["finished_on"]),
        ("作品简介 About", said["abstract"]),
    ]
    people = [("集体名称 Group", said["group_name"])]
    people += [
        ("第一作者 First author" if not at else f"作者 {at + 1} Author", person_line(one))
        for at, one in enumerate(said["authors"])
    ]
    people += [(f"辅导教师 {at + 1} Tutor", one["name"]) for at, one in enumerate(said["tutors"])]
    pledges = [(one.label_zh, one.text_zh) for one in contest.pledges.all() if one.code in said["pledges"]]
    files = [(one["name"], f"SHA-256 {one['sha256'][:16]}…") for one in said["files"]]
    parts = (("作品 Work", work), ("人员 People", people), ("承诺 Pledges", pledges), ("材料 Files", files))
    return table_pdf(
        TablePaper(
            title=f"{contest.label_zh}申报表",
            subtitle=contest.label_en,
            columns=ITEM,
            groups=tuple(Group(name, filled(rows), 1) for name, rows in parts if filled(rows)),
            foot=code_of(entry, receipt),
            qr=form_code(entry.key, receipt.version, receipt.digest),
            closing=(
                "作者签名：                    监护人签名：                    ",
                "学校（盖章）：                    日期：      年    月    日",
            ),
        ),
        at=receipt.at,
        author=contest.label_zh,
    )


def filled(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((name, value) for name, value in rows if value)


def code_of(entry: Entry, receipt: Submission) -> str:
    """Tells on paper which version this is."""
    return f"{entry.number}-{receipt.version}-{receipt.digest[7:15].upper()}"


def unit_summary_pdf(unit: District, contest: Contest, entries: Sequence[Entry], *, at: datetime) -> bytes:
    """推荐汇总表: what the unit sends up, in its order, with the sums, to be stamped."""
    rows = tuple(
        (
            str(place), one.number, one.title, one.track.label_zh, one.division.label_zh if one.division else "",
            joined([str(author) for author in one.authors.all()]) or one.group_name,
            one.school.name if one.school else "", joined([str(tutor) for tutor in one.tutors.all()]),
        )
        for place, one in enumerate(entries, 1)
    )  # fmt: skip
    tracks = Counter(one.track.label_zh for one in entries)
    sums = "；".join(f"{name} {number} 件" for name, number in tracks.items())
    return table_pdf(
        TablePaper(
            title=f"{contest.label_zh}推荐汇总表",
            subtitle=unit.label_zh,
            columns=SUMMARY,
            groups=(
                Group(f"推荐 {len(entries)} 件：{sums}" if entries else _("Nothing is recommended yet."), rows, 1),
            ),
            landscape=True,
            qr=summary_code(unit.key, summary_digest(entries)) if entries else "",
            closing=(f"{unit.label_zh}（盖章）：                    日期：      年    月    日",),
        ),
        at=at,
        author=unit.label_zh,
    )
