"""The figures of a run: for a script as JSON, for the yearly report as a paragraph, for proof as the log's heads."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from awards.models import AwardList, Certificate, Recognition, RecognitionRule
from awards.outputs.upward import forwarded_figures, forwarded_sentence
from awards.services.mayor import WINNER
from awards.states import CertificateState
from awards.wording import day_zh, joined
from competition import events
from competition.core.canon import digest
from competition.models import Chain, Contest, Entry
from competition.services.unit_reports import reported_in_all
from competition.states import ContestKind, EntryState

PRIZE_CODES = ("first", "second", "third")
KINDS = {"学生": "students", "科技辅导员": "tutors", "学校": "schools"}


def prize_counts(awards: Any) -> dict[str, int]:
    """The three levels always, any other where it was given; in the order of the prizes."""
    counted = Counter(code for _, code in sorted(awards.values_list("order", "code")))
    return {code: counted.get(code, 0) for code in (*PRIZE_CODES, *(c for c in counted if c not in PRIZE_CODES))}


def contest_figures(award_list: AwardList) -> dict[str, Any]:
    contest = award_list.contest
    return {
        "name": contest.label_zh,
        "entries": contest.entries.entered().count(),
        "tracks": [
            {
                "name": track.label_zh,
                "entries": track.entries.entered().count(),
                "prizes": prize_counts(award_list.awards.filter(entry__track=track)),
            }
            for track in contest.tracks.all()
        ],
        "prizes": prize_counts(award_list.awards.all()),
        **reported_figures(contest),
        **forwarded_figures(contest),
    }


def delegation_figures(award_list: AwardList) -> dict[str, Any]:
    entries = award_list.contest.entries.entered().count()
    return {
        "contest": award_list.contest.label_zh,
        "entries": entries,
        "prizes": prize_counts(award_list.awards.all()),
        "without": entries - award_list.awards.count(),
    }


def award_figures(award_list: AwardList) -> dict[str, Any]:
    contest = award_list.contest
    winners = Counter(award_list.awards.filter(code=WINNER).values_list("entry__track__label_zh", flat=True))
    return {
        "name": contest.label_zh,
        "nominees": contest.entries.entered().count(),
        "eligible": Entry.objects.countable().filter(contest=contest).count(),
        **{name: winners.get(label, 0) for label, name in KINDS.items()},
    }


def is_delegation(contest: Contest) -> bool:
    return contest.kind == ContestKind.CONTEST and contest.belongs_to_id is not None


def summary(lists: Sequence[AwardList], problems: Sequence[dict[str, Any]], input_digest: str) -> dict[str, Any]:
    """What a script reads."""
    valid = Certificate.objects.filter(contest__in=[one.contest for one in lists], state=CertificateState.VALID)
    return {
        "contests": [contest_figures(one) for one in lists if is_own(one.contest)],
        "delegations": [delegation_figures(one) for one in lists if is_delegation(one.contest)],
        "mayors_awards": [award_figures(one) for one in lists if one.contest.kind == ContestKind.AWARD],
        "certificates": valid.count(),
        "problems": list(problems),
        "input_digest": input_digest,
        "result_digest": result_digest(lists),
    }


def is_own(contest: Contest) -> bool:
    return contest.kind == ContestKind.CONTEST and contest.belongs_to_id is None


def result_digest(lists: Sequence[AwardList]) -> str:
    """Of every award, recognition and certificate."""
    if not lists:
        return ""
    said: list[Any] = []
    for one in lists:
        recognitions = one.recognitions.order_by("rule__order", "place", "pk")
        certificates = one.certificates.filter(state=CertificateState.VALID).order_by("serial")
        specials = [
            [each.label_zh, each.sponsor, each.entry.number]
            for each in one.specials.select_related("entry").order_by("order", "entry__order")
        ]
        said.append(
            [
                *([specials] if specials else []),  # without any, as before there were any
                one.contest.label_zh,
                one.digest,
                [[row.rule.label_zh, str(row.recipient), str(row.points)] for row in recognitions],
                [[row.number, row.recipients, row.body] for row in certificates],
            ]
        )
    return digest(said)


def verification(contests: Sequence[Contest]) -> dict[str, Any]:
    """The heads of the event log, and whether every link of it holds."""
    return {
        "installation": head_of(None),
        "contests": [{"name": contest.label_zh, "key": contest.key, **head_of(contest)} for contest in contests],
    }


def head_of(contest: Contest | None) -> dict[str, Any]:
    chain = Chain.objects.filter(contest=contest).first()
    return {
        "events": chain.seq if chain else 0,
        "head": chain.hash if chain else "",
        "is_intact": events.first_broken(contest) is None,
    }


NUMERALS = {"grand": "特等奖", "first": "一等奖", "second": "二等奖", "third": "三等奖"}


def report(lists: Sequence[AwardList]) -> str:
    """The paragraph for the yearly report, in the manner of the office's own."""
    parts = [delegation_sentence(one) for one in lists if is_delegation(one.contest)]
    parts += [contest_sentence(one) for one in lists if is_own(one.contest)]
    parts += [award_sentence(one) for one in lists if one.contest.kind == ContestKind.AWARD]
    return "".join(parts) + "\n"


def prizes_text(award_list: AwardList) -> str:
    return in_words(prizes_by_word(award_list))


def prizes_by_word(award_list: AwardList) -> Mapping[str, int]:
    return Counter(label for _, label in sorted(award_list.awards.values_list("order", "label_zh")))


def in_words(prizes: Mapping[str, int]) -> str:
    return "、".join(f"{label}{number}项" for label, number in prizes.items())


def delegation_sentence(award_list: AwardList) -> str:
    contest = award_list.contest
    return sent_sentence(contest.label_zh, contest.entries.entered().count(), prizes_by_word(award_list))


def sent_sentence(name: str, sent: int, prizes: Mapping[str, int]) -> str:
    """prizes   how many entries won each, in the order of the prizes"""
    clause = f"，其中{in_words(prizes)}" if prizes else ""
    return f"组织{sent}件作品参加{name}，{sum(prizes.values())}件作品获奖{clause}。"


def contest_sentence(award_list: AwardList) -> str:
    contest = award_list.contest
    day = contest.local_as_of
    passed = contest.entries.filter(state=EntryState.PASSED)
    tracks = "、".join(f"{track.label_zh}{passed.filter(track=track).count()}件" for track in contest.tracks.all())
    districts = passed.values("school__district").distinct().count()
    text = (
        f"{day_zh(day)}，举办{contest.label_zh}，{districts}个单位推荐的{passed.count()}件作品参赛，"
        f"其中{tracks}；评出{prizes_text(award_list)}，共{award_list.awards.count()}项。"
    )
    specials = award_list.specials.count()
    text += f"另颁发专项奖{specials}项。" if specials else ""
    return text + reported_sentence(contest) + recognitions_sentence(award_list) + forwarded_sentence(contest)


def reported_sentence(contest: Contest) -> str:
    """What units reported of their own contests, as far as the office has confirmed it."""
    found = reported_in_all(contest)
    if found is None:
        return ""
    return (
        f"据{found.units}个单位上报，{found.schools}所学校的{found.pupils}名学生、{found.works}件作品参加了基层赛事。"
    )


def reported_figures(contest: Contest) -> dict[str, Any]:
    """For a script; nothing where nothing is confirmed."""
    found = reported_in_all(contest)
    return {"reported": asdict(found)} if found else {}


def recognitions_sentence(award_list: AwardList) -> str:
    """Units and schools by their names; of tutors how many."""
    units = {"district": "个单位", "school": "所学校", "tutor": "名教师"}
    named: dict[RecognitionRule, list[str]] = {}
    for one in award_list.recognitions.select_related("rule", "district", "school", "person"):
        named.setdefault(one.rule, []).append("" if one.person_id else name_zh(one))
    said = []
    for rule, names in named.items():
        who = joined(list(filter(None, names)))
        number = f"{len(names)}{units[rule.kind]}"
        whom = who if who and len(names) == 1 else f"{who}等{number}" if who else number
        said.append(f"{whom}被评为{rule.label_zh}")
    return f"{'，'.join(said)}。" if said else ""


def name_zh(one: Recognition) -> str:
    return one.district.label_zh if one.district else str(one.recipient)


def award_sentence(award_list: AwardList) -> str:
    contest = award_list.contest
    figures = award_figures(award_list)
    kinds = joined([f"{figures[name]}名{label}" for label, name in KINDS.items() if figures[name]])
    return (
        f"根据评奖办法，{figures['nominees']}名候选人申报{contest.label_zh}，{figures['eligible']}名符合条件，"
        f"经专家评审和评审委员会投票，{kinds or '无人'}获奖。"
    )
