"""A small contest in the middle of its judging: something for the judge and for the office that waits for sheets."""

from datetime import datetime, timedelta
from typing import Any

from awards.demo.paintings import hang
from competition.core.tokens import random_mint
from competition.models import Contest, Entry, Person, School, User
from competition.services.accounts import give_role
from competition.services.contests import ContestDetails, TrackDetails, reach, save_contest, save_divisions, save_tracks
from competition.services.entries import EntryDetails, save_entries
from competition.states import ContestState, PersonKind, RoleKind
from judging.models import Assignment, Criterion, Judge, Rubric
from judging.services.assignments import assign_judges
from judging.services.marking import Typed, ask_question, save_draft, submit_sheet
from judging.services.panel import JudgeAnswer, JudgeFacts, accept_invitation, add_judge, invite_judges
from judging.services.rounds import (
    CriterionDetails,
    RoundDetails,
    RubricDetails,
    date_round,
    fill_rounds,
    save_rounds,
    save_rubrics,
)
from judging.services.sorting import sort_work
from judging.states import QuestionKind, SortedAs

NAME, NAME_EN = "青少年科技创新大赛区级选拔赛（演示）", "District selection, youth science innovation (demo)"
ANCHORS = {
    "自己选题": "16–20：问题来自自己的生活或观察\n10–15：由老师给出，自己有所发展\n0–9：看不出是自己的题目",
    "自己设计和研究": "16–20：方法自己设计，记录完整\n10–15：主要步骤自己完成\n0–9：主要由他人完成",
    "科学性": "16–20：方法恰当，数据支持结论\n10–15：大体恰当，有缺漏\n0–9：结论没有依据",
}
POINTS = (("自己选题", "Own topic", 20), ("自己设计和研究", "Own design and research", 20), ("科学性", "Science", 20),
          ("创新性", "Novelty", 25), ("实用性", "Use", 15))  # fmt: skip
CRITERIA = tuple(CriterionDetails(zh, most, en, anchors=ANCHORS.get(zh, "")) for zh, en, most in POINTS)
ENTRIES = (
    ("会自己关窗的教室", "雨滴传感器和风速计决定什么时候关窗，试用六周，误关两次。"),
    ("校园落叶怎样堆肥最快", "比较四种堆法的温度和时间，加入豆渣的一堆二十三天完成。"),
    ("盲道被占用的调查与提醒牌", "走访十二条街，记录占用原因，设计了会说话的提醒牌。"),
    ("用旧雨伞做的集雨器", "一把旧伞一场中雨能收集四升水，够浇一排花盆。"),
    ("琅琊山蝴蝶的春季观察", "三个月里记录到十九种蝴蝶，比较了三条路线的数量。"),
    ("防止水杯打翻的桌边托", "三种卡口比较，橡胶卡口在五度倾斜时仍不滑落。"),
    ("哪种叶子最能留住灰尘", "用称重法比较八种行道树叶片的滞尘量，女贞最多。"),
    ("给外婆的用药提醒盒", "到时间会亮灯并发出方言提醒，外婆试用四周没有漏服。"),
    ("自行车尾灯的另一种供电", "用刹车片的温差供电，亮度不够，改用转轴发电后可用。"),
    ("教室里的二氧化碳", "一节课后浓度从六百升到一千八，开窗五分钟降到七百。"),
    ("会数数的投篮机", "红外对管计数，和人工计数比较，一百次里差一次。"),
    ("河水变浑之后", "暴雨后七天取样，浊度第三天最高，第六天恢复。"),
)  # fmt: skip
PAINTING_CRITERIA = (
    CriterionDetails(
        "想象力", 50, "Imagination", anchors="40–50：想法独特，看过一眼就记住\n25–39：有自己的想法\n0–24：常见的画面"
    ),
    CriterionDetails("科学性", 25, "Science"),
    CriterionDetails("绘画水平", 25, "Painting"),
)
PAINTINGS = (
    "月球上的向日葵田", "云朵清洗站", "会唱歌的海底图书馆", "给北极熊造冰的飞船", "树叶电站", "我和恐龙的视频通话",
    "能变形的书包飞行器", "地心旅行地铁", "垃圾变彩虹工厂", "火星小学的运动会", "蜗牛快递", "种在太空的水稻",
)  # fmt: skip
SORTED = (SortedAs.SHORTLIST, SortedAs.OUT, SortedAs.SHORTLIST, SortedAs.UNDECIDED)
JUDGES = (("评委甲", "演示大学"), ("评委乙", "演示学院"), ("评委丙", "演示研究所"), ("评委丁", "演示科技馆"))
SEVERITY = (0, -2, 1, -1)


def open_for_judging(*, office: User, judge: User, at: datetime) -> Contest:
    """Entries passed, judges assigned; the demo judge has begun, two others are nearly done, one has not answered. The
    paintings hang and nobody has marked one; the demo judge has sorted the first of them."""
    details = ContestDetails(name=NAME, name_en=NAME_EN, series=NAME, year=at.year, ordinal=1, as_of=at)
    contest = save_contest(details=details, mint=random_mint(), has_verification=True, by=office, at=at)
    enter(contest, at)
    judges = bring_in(contest, office, judge, at)
    fill_rounds(contest=contest, by=office, at=at)
    reach(contest=contest, state=ContestState.JUDGING, by=office, at=at)
    contest.refresh_from_db()
    assign_judges(contest=contest, seed=2018, by=office, at=at)
    for place, one in enumerate(judges[:3]):
        mark(one, place, at)
    sort(judges[0], at)
    return contest


def enter(contest: Contest, at: datetime) -> None:
    what: dict[str, Any] = {"by": None, "at": at}
    wanted_tracks = [
        TrackDetails("创新", "Innovation"),
        TrackDetails("科幻画", "Science fantasy paintings", max_authors=1),
    ]
    tracks = save_tracks(contest=contest, tracks=wanted_tracks, **what)
    names = [("primary", "小学", "Primary"), ("junior", "初中", "Junior")]
    divisions = list(save_divisions(contest=contest, names=names, **what).values())
    schools = list(School.objects.order_by("pk")[: len(ENTRIES)])
    titles = [("CX", "创新", title) for title, _ in ENTRIES] + [("KH", "科幻画", title) for title in PAINTINGS]
    wanted = []
    for place, (prefix, track, title) in enumerate(titles):
        school, number = schools[place % len(schools)], place % len(ENTRIES) + 1
        person = Person.objects.create(
            kind=PersonKind.STUDENT, name=f"演示学生{place + 1}", school=school, code=contest.key[:8]
        )
        wanted.append(
            EntryDetails(f"{prefix}{number:03}", title, tracks[track], school, division=divisions[number % 2],
                         authors=(person,))
        )  # fmt: skip
    entries = save_entries(contest=contest, entries=wanted, **what)
    for number, (_, abstract) in enumerate(ENTRIES, 1):
        entries[f"CX{number:03}"].abstract = abstract
    Entry.objects.bulk_update(entries.values(), ["abstract"])
    hang(tracks["科幻画"], [one for one in entries.values() if one.track_id == tracks["科幻画"].pk], at=at)
    rounds = save_rounds(contest=contest, rounds=[RoundDetails("初评", "Preliminary round")], **what)
    rubrics = [
        RubricDetails("初评", tracks[track], criteria, reviews=3, places=0)
        for track, criteria in (("创新", CRITERIA), ("科幻画", PAINTING_CRITERIA))
    ]
    save_rubrics(contest=contest, rounds=rounds, rubrics=rubrics, **what)


def bring_in(contest: Contest, office: User, judge: User, at: datetime) -> list[Judge]:
    made = [
        add_judge(contest=contest, facts=JudgeFacts(name=name, institution=institution), by=office, at=at)
        for name, institution in JUDGES
    ]
    made[0].user = judge
    made[0].save(update_fields=["user"])
    give_role(user=judge, kind=RoleKind.JUDGE, contest=contest, by=office, at=at)
    invite_judges(contest=contest, judges=made[1:], by=office, at=at)
    for one in made[:3]:
        one.refresh_from_db()
        accept_invitation(judge=one, answer=JudgeAnswer(institution=one.institution), **as_judge(one, at))
    until = at + timedelta(days=9)
    date_round(
        one=contest.rounds.get(), opens_at=at - timedelta(days=2), closes_at=until, grace_minutes=30, by=office, at=at
    )
    return made


def as_judge(judge: Judge, at: datetime) -> dict[str, Any]:
    return {"by": judge.user, "at": at}


def mark(judge: Judge, place: int, at: datetime) -> None:
    """The demo judge three sheets and a draft; the others all but one."""
    rows = works_of(judge, "创新")
    rubric = Rubric.objects.get(round=rows[0].round, track=rows[0].entry.track)
    for number, one in enumerate(rows if place else rows[:4]):
        marks = {criterion: given(criterion, one, place) for criterion in rubric.criteria.all()}
        typed = Typed(marks, comment="演示评语。" if number == 0 else "")
        common: dict[str, Any] = {"assignment": one, "save": f"demo-{judge.code}-{number}", **as_judge(judge, at)}
        is_last = number == (len(rows) - 1 if place else 3)
        (save_draft if is_last else submit_sheet)(typed=typed, base=0, **common)
    if place == 1:
        ask_question(
            assignment=rows[1], kind=QuestionKind.DOUBT, text="图纸像是专业软件绘制，建议问辩时了解制作过程。",
            save="demo-question", **as_judge(judge, at),
        )  # fmt: skip


def works_of(judge: Judge, track: str) -> list[Assignment]:
    rows = Assignment.objects.filter(judge=judge, entry__track__label_zh=track)
    return list(rows.select_related("judge__contest", "entry__track", "round").order_by("entry__order"))


def sort(judge: Judge, at: datetime) -> None:
    for one, sorted_as in zip(works_of(judge, "科幻画"), SORTED, strict=False):
        sort_work(assignment=one, sorted_as=sorted_as, **as_judge(judge, at))


def given(criterion: Criterion, assignment: Assignment, place: int) -> int:
    """Around three quarters of what may be given, a little more or less by entry, criterion and judge."""
    share = 68 + 5 * ((assignment.entry.order + criterion.order) % 6)
    return min(criterion.maximum, criterion.maximum * share // 100 + SEVERITY[place])
