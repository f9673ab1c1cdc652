"""公示 on paper: the same lines as on its page, with how and until when to object, and the issuers."""

from datetime import datetime
from itertools import groupby

from awards.models import Notice
from awards.outputs.alone import alone_foot
from awards.outputs.facts import recognition_lines
from awards.outputs.papers import bilingual, special_heading
from awards.outputs.public import notice_lines, notice_specials, public_recognition
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.wording import date_text, day_zh, joined

COLUMNS = (
    Column("序号", "No.", 0.5, "center"),
    Column("奖项", "Prize", 1.0),
    Column("作品名称", "Title", 3.4),
    Column("作者", "Authors", 1.7),
    Column("学校", "School", 2.4),
)


def notice_pdf(notice: Notice, *, at: datetime) -> bytes:
    contest = notice.contest
    issuers = contest.settings.get("issuers", [])
    paper = TablePaper(
        title=f"{contest.label_zh}获奖名单公示",
        subtitle=f"公示期：{days_zh(notice)}（第 {notice.version} 版）",
        columns=COLUMNS,
        groups=groups_of(notice),
        closing=(*how_to_object(notice), *issuers, date_text(notice.first_day, "zh")),
        foot=alone_foot(contest),
    )
    return table_pdf(paper, at=at, author=joined(issuers) or contest.label_zh)


def days_zh(notice: Notice) -> str:
    return f"{day_zh(notice.first_day)}至{day_zh(notice.last_day)}"


def how_to_object(notice: Notice) -> tuple[str, ...]:
    contact = "；".join(line.strip() for line in notice.contest.contact.splitlines() if line.strip())
    said = (
        f"对名单如有异议，请于{day_zh(notice.last_day)}前（含当日）以书面形式或通过公示网页提出，"
        "注明异议人真实姓名、联系方式、所涉作品、异议内容并附有关证据材料。匿名异议予以登记，不作答复。"
    )
    return (said, f"受理方式：{contact}") if contact else (said,)


def groups_of(notice: Notice) -> tuple[Group, ...]:
    groups, serial = [], 0
    of_group = groupby(
        notice_lines(notice), key=lambda pair: (pair[0].award.entry.track, pair[0].award.entry.division)
    )  # fmt: skip
    for (track, division), lines in of_group:
        rows = []
        for line, public in lines:
            serial += 1
            rows.append((str(serial), line.award.label_zh, public.title, public.authors, public.school))
        heading = bilingual(track.label_zh, track.label_en)
        groups.append(Group(f"{heading} · {division.label_zh}" if division else heading, tuple(rows), 1))
    for _prize, pairs in groupby(notice_specials(notice), key=lambda pair: pair[0].award.order):
        found = list(pairs)
        rows = [
            (str(at), line.award.label_zh, public.title, public.authors, public.school)
            for at, (line, public) in enumerate(found, 1)
        ]
        groups.append(Group(special_heading(found[0][0].award), tuple(rows), 1))
    for rule, honoured in groupby(recognition_lines(notice.list), key=lambda row: row[0].rule):
        shown = [public_recognition(one) for one, _name, _home in honoured]
        rows = [(str(place), "", "", name, home) for place, (_title, name, home) in enumerate(shown, 1)]
        groups.append(Group(bilingual(rule.label_zh, rule.label_en), tuple(rows), 1))
    return tuple(groups)
