"""An award that takes people who nominate themselves, and what they send."""

import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image

from awards.core.self_nominating import CONSENT, PLEDGED, RECOMMENDATION, SelfSaid, WonOnce
from awards.models import Nomination, SelfNomination, SelfTerms
from awards.services.award_rules import KindDetails, Vote, Why, change_terms, version_of
from awards.services.self_checking import take_up_self
from awards.services.self_nominating import begin_self, keep_self_paper, save_self, send_self
from awards.services.self_terms import SelfAsked
from competition.models import StoredFile
from competition.services.papers import keep_paper
from tests.factories.entering import NOW
from tests.factories.nominating import Award, open_award
from tests.factories.replay import replayed

UNTIL, DAYS = date(2026, 3, 31), 30
ERASED_ON = datetime(2026, 4, 29, 16, tzinfo=NOW.tzinfo)  # 30 April begins in Shanghai
JUST_BEFORE = ERASED_ON - timedelta(microseconds=1)
CLOSED = datetime(2026, 3, 31, 16, tzinfo=NOW.tzinfo)  # 1 April begins
NAME, PHONE, REASON = "林小满", "13900001234", "我从三年级起自己种番茄、量土壤，做了会浇花的伞。"
SCHOOL = "晴川市第一中学"


def asked(**more: Any) -> SelfAsked:
    return SelfAsked(**{"is_on": True, "until": UNTIL, "days": DAYS} | more)


def said_in_rules(award: Award, wanted: SelfAsked, *, at: datetime = NOW) -> None:
    """By the office, in the set-up of the award."""
    kinds = [KindDetails(kind, 3) for kind in ("student", "tutor", "school")]
    change_terms(
        contest=award.contest, kinds=kinds, vote=Vote(), places_in_all=None, why=Why(version_of(award.contest)),
        by=award.office, at=at, self_asked=wanted,
    )  # fmt: skip


@replayed
def taking(rules: str = "nantong", **more: Any) -> Award:
    """Until the last day of March; erased on 30 April."""
    award = open_award(rules)
    said_in_rules(award, asked(**more))
    return award


def terms_of(award: Award) -> SelfTerms:
    return SelfTerms.objects.get(contest=award.contest)


def picture(shade: int = 200) -> bytes:
    """A photo of a paper; another shade is another file."""
    buffer = io.BytesIO()
    Image.new("RGB", (60, 80), (shade, shade, 40)).save(buffer, "JPEG")
    return buffer.getvalue()


def paper(shade: int = 200, name: str = "推荐信.jpg") -> StoredFile:
    return keep_paper(name=name, chunks=[picture(shade)], at=NOW)


def begun(award: Award, kind: str = "student", *, at: datetime = NOW) -> tuple[SelfNomination, str]:
    return begin_self(contest=award.contest, track=award.track(kind), at=at)


def said(**more: Any) -> SelfSaid:
    usual: dict[str, Any] = {"name": NAME, "school": SCHOOL, "grade": 8, "contact": PHONE, "reason": REASON}
    return SelfSaid(**usual | more)


def won(**more: Any) -> WonOnce:
    usual = {"said_of": "省青少年科技创新大赛", "prize": "first", "level": "province", "won_on": "2025-08-01"}
    return WonOnce(**usual | more)


def typed(
    award: Award, kind: str = "student", *, papers: Mapping[str, int] | None = None, **more: Any
) -> SelfNomination:
    """Everything is there; not sent."""
    nomination, _secret = begun(award, kind)
    wanted = {RECOMMENDATION: 200, CONSENT: 210} if papers is None else papers
    for place, shade in wanted.items():
        keep_self_paper(nomination=nomination, place=place, paper=paper(shade), at=NOW)
    return save_self(nomination=nomination, said=said(**more), pledges=[*PLEDGED, "publishing"], revision=0, at=NOW)


def take_up(award: Award, one: SelfNomination, **more: Any) -> Nomination:
    """As somebody new of the award's school."""
    usual = {"person": None, "school": award.school, "shows_reason": False, "by": award.office, "at": NOW}
    return take_up_self(nomination=one, **usual | more)


def sent(
    award: Award, kind: str = "student", *, papers: Mapping[str, int] | None = None, **more: Any
) -> SelfNomination:
    return send_self(nomination=typed(award, kind, papers=papers, **more), at=NOW)
