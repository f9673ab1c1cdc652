"""获奖信息核对: units read their prizes before certificates are printed, and say whether all is right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from awards.access import UnitPrizes, why_not_answer_prizes, why_not_show_prizes
from awards.models import Award, AwardList, PrizeAnswer, PrizeCheck, SpecialAward
from awards.services.lists import standing_list
from competition import events
from competition.access import moment
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, District, User


@transaction.atomic
def show_prizes(*, contest: Contest, until: datetime, by: User, at: datetime) -> PrizeCheck:
    """Let units see their prizes of the locked list until then; a check that runs gets this as its new end.

    raises   Refused "until-past", "wrong-state"
    """
    if denial := why_not_show_prizes(by, contest, at=at):
        raise Refused(denial)
    if until <= at:
        raise Refused(Denial("until-past", {"until": moment(until)}))
    check = contest.prize_checks.filter(closed_at=None).first()
    if check is None:
        check = PrizeCheck.objects.create(
            key=contest.mint.key("prize-check", contest.prize_checks.count() + 1), contest=contest, until=until,
            opened_at=at, opened_by=by,
        )  # fmt: skip
    else:
        check.until = until
        check.save(update_fields=["until"])
    events.record(contest, "prizes.shown", check, by=by, at=at, body={"until": until.isoformat()})
    return check


@transaction.atomic
def close_check(*, contest: Contest, by: User, at: datetime) -> None:
    """Before its last day: everybody has answered, or nobody waits any longer."""
    if denial := why_not_show_prizes(by, contest, at=at):
        raise Refused(denial)
    if contest.prize_checks.filter(closed_at=None).update(closed_at=at):
        events.record(contest, "prizes.closed", contest, by=by, at=at)


@transaction.atomic
def answer_prizes(
    *, contest: Contest, unit: District, is_right: bool, text: str, seen: str, by: User, at: datetime
) -> PrizeAnswer:
    """A unit's word on what it read.

    seen     `prizes_digest` of the page
    raises   Refused "prizes-changed", "say-what-is-wrong", "prize-check-over"
    """
    if denial := why_not_answer_prizes(by, UnitPrizes(contest, unit), at=at):
        raise Refused(denial)
    award_list = standing_list(contest)
    now = prizes_digest(prizes_of(award_list, unit))
    if seen != now:
        raise Refused(Denial("prizes-changed", {"unit": unit}))
    if not is_right and not text.strip():
        raise Refused(Denial("say-what-is-wrong"))
    answer = PrizeAnswer.objects.create(
        check_of=contest.prize_checks.get(closed_at=None), district=unit, list=award_list, is_right=is_right,
        text="" if is_right else text.strip(), digest=now, at=at, by=by,
    )  # fmt: skip
    body = {"unit": unit.key, "is_right": is_right, "content": contest.mint.commitment(now)}
    events.record(contest, "prizes.answered", answer.check_of, by=by, at=at, body=body)
    return answer


Prize = Award | SpecialAward


def prizes_of(award_list: AwardList, unit: District) -> list[Prize]:
    """The awards of a unit's schools, in the order of the list, then their special prizes."""
    awards = award_list.awards.filter(entry__school__district=unit).select_related(
        "entry__track", "entry__division", "entry__school"
    )
    specials = award_list.specials.filter(entry__school__district=unit).select_related("entry__school")
    in_order = awards.order_by("entry__track__order", "order", "place", "entry__order")
    return [*in_order, *specials.order_by("order", "entry__order")]


def prizes_digest(awards: Iterable[Prize]) -> str:
    """Changes with every prize, title and name."""
    return digest([[one.entry.number, one.code, one.label_zh, one.said] for one in awards])


@dataclass(frozen=True)
class UnitAnswer:
    """How far a unit is: its prizes, and its answer where that still is about what the list says."""

    unit: District
    prizes: int
    answer: PrizeAnswer | None


def unit_answers(check: PrizeCheck, award_list: AwardList) -> list[UnitAnswer]:
    """Every unit with a prize; four queries however many there are."""
    awards: dict[int, list[Prize]] = {}
    rows = award_list.awards.select_related("entry__school")
    specials = award_list.specials.select_related("entry__school").order_by("order", "entry__order")
    listed: list[Prize] = [*rows.order_by("entry__track__order", "order", "place", "entry__order"), *specials]
    for award in listed:
        if award.entry.school is not None:
            awards.setdefault(award.entry.school.district_id, []).append(award)
    last = {one.district_id: one for one in check.answers.select_related("by").order_by("pk")}
    units = District.objects.filter(pk__in=awards).order_by("pk")
    found = []
    for unit in units:
        answer = last.get(unit.pk)
        stands = answer if answer and answer.digest == prizes_digest(awards[unit.pk]) else None
        found.append(UnitAnswer(unit, len(awards[unit.pk]), stands))
    return found
