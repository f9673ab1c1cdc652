"""The edition after the demo year, open for entries: something for schools, units and the office to do."""

from datetime import date, datetime, timedelta

from competition.models import Contest, District, MaterialKind, Pledge, Quota, School, User
from competition.presets import presets
from competition.services.announcing import announce
from competition.services.entering import save_draft, start_entry, submit_entry
from competition.services.materials import add_material
from competition.services.reviewing import review_entry
from competition.services.setting_up import copy_contest, open_contest, save_basics
from competition.states import ReviewStep, Verdict

ABOUT = (
    "本届大赛面向全市中小学生，按创新、创意、实践、科学幻想画四类征集作品。\n"
    "作品由学校申报、区县推荐，市科协审查后组织评审。参赛不收取任何费用。"
)
CONTACT = "市科协办公室（演示），电话 0550-0000000，工作日 8:30–17:30"
# title, track (place), authors with grade, tutor, description, how far it has come
ENTRIES = (
    ("会提醒浇水的阳台花架", 1, (("钱小禾", 5), ("孙一诺", 5)), "周老师", "用湿度传感器判断缺水，亮灯提醒。", "passed"),
    ("校门口雨天接送车流的观察与建议", 1, (("李沐阳", 8),), "吴老师", "记录三周车流，提出分时办法。", "recommended"),
    ("不怕倒的拐杖", 2, (("郑可", 6),), "周老师", "拐杖底部可以展开成三角支架。", "submitted"),
    ("给视障同学的触摸地图", 2, (("王雨桐", 7), ("冯辰", 7)), "吴老师", "用不同材料表示教学楼、路和台阶。", "returned"),
    ("月球上的图书馆", 4, (("陈果果", 3),), "褚老师", "图书馆像贝壳，打开就是穹顶。", "draft"),
)  # fmt: skip
PIXEL = (
    b"\x89PNG\r\n\x1a\n"
    b"\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx"
    b"\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"
)


def open_next_edition(
    *, was: Contest, school: School, office: User, entrant: User, unit: User, at: datetime
) -> Contest:
    """Copied from the demo year by the same service that the office uses, with dates around today."""
    contest = copy_contest(contest=was, by=office, at=at)
    dates = {
        "opens_at": at - timedelta(days=12),
        "closes_at": at + timedelta(days=20),
        "unit_closes_at": at + timedelta(days=27),
        "grace_minutes": 120,
        "work_since": None,
        "work_until": None,
        "about": ABOUT,
        "contact": CONTACT,
        "entries_per_student": 1,
    }
    save_basics(contest=contest, values=dates, by=office, at=at)
    ask_for_materials(contest)
    Quota.objects.bulk_create(
        Quota(contest=contest, district=one, most=12, team_percent=50) for one in District.objects.all()
    )
    open_contest(contest=contest, by=office, at=at)
    announce(
        contest=contest, title="关于开展申报工作的通知", body="请各单位在截止时间前完成申报和推荐。", by=office, at=at
    )
    for line in ENTRIES:
        enter(contest, school, line, entrant=entrant, unit=unit, office=office, at=at)
    return contest


def ask_for_materials(contest: Contest) -> None:
    """As the preset of the city's four tracks has it; the form itself is signed later."""
    preset = presets()["chuzhou"]
    for track, like in zip(contest.tracks.all(), preset.tracks, strict=True):
        kinds = [kind for kind in like.materials if kind["code"] != "form"]
        MaterialKind.objects.bulk_create(MaterialKind(track=track, order=n, **kind) for n, kind in enumerate(kinds, 1))
    Pledge.objects.bulk_create(Pledge(contest=contest, order=n, **one) for n, one in enumerate(preset.pledges, 1))


def enter(
    contest: Contest, school: School, line: tuple, *, entrant: User, unit: User, office: User, at: datetime
) -> None:
    title, place, authors, tutor, abstract, state = line
    track = contest.tracks.get(order=place)
    entry = start_entry(contest=contest, school=school, track=track, by=entrant, at=at)
    changes = {
        "title": title,
        "abstract": abstract,
        "division": "primary" if authors[0][1] < 7 else "junior",
        "authors": [
            {
                "name": name,
                "grade": grade,
                **({"born_on": date(at.year - grade - 6, 3, 1).isoformat()} if track.max_age else {}),
            }
            for name, grade in authors
        ],
        "tutors": [{"name": tutor}],
    }
    if state != "draft":
        changes["pledges"] = list(contest.pledges.values_list("code", flat=True))
    save_draft(entry=entry, changes=changes, by=entrant, at=at)
    if state == "draft":
        return
    for kind in track.material_kinds.filter(is_required=True):
        name, data = sample(kind, title)
        add_material(entry=entry, kind=kind, name=name, size=len(data), chunks=[data], by=entrant, at=at)
    submit_entry(entry=entry, by=entrant, at=at)
    entry.refresh_from_db()
    if state == "submitted":
        return
    review_entry(entry=entry, step=ReviewStep.UNIT, verdict=Verdict.RECOMMENDED, by=unit, at=at)
    if state == "passed":
        review_entry(entry=entry, step=ReviewStep.OFFICE, verdict=Verdict.PASSED, by=office, at=at)
    elif state == "returned":
        review_entry(
            entry=entry, step=ReviewStep.OFFICE, verdict=Verdict.RETURNED, reasons=["names-in-material"],
            text="第 1 页页眉有学校名称。", by=office, at=at,
        )  # fmt: skip


def sample(kind: MaterialKind, title: str) -> tuple[str, bytes]:
    """A page that says what it stands for."""
    if "pdf" not in kind.formats:
        return f"{kind.code}.png", PIXEL
    from awards.pdf import Column, Group, TablePaper, table_pdf

    rows = (("题目", title), ("说明", "演示用的材料，由系统生成。"))
    paper = TablePaper(f"{kind.label_zh}", title, (Column("项目", "", 1), Column("内容", "", 4)), (Group("", rows, 1),))
    return f"{kind.code}.pdf", table_pdf(paper, at=datetime.fromisoformat("2018-01-01T00:00:00+08:00"), author="")
