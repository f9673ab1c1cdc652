"""No page of notices, objections and versions asks the database more for many rows than for few."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.models import (
    Award,
    AwardList,
    MoveStep,
    Notice,
    Objection,
    PrizeMove,
    SpecialAward,
    SpecialGrant,
    SpecialPrize,
)
from awards.services.lists import lock_list, publish_list, standing_list
from awards.services.notices import open_notice
from awards.services.objections import Said, receive_objection
from awards.services.specials import SpecialDetails, give_special, save_special
from awards.states import ObjectionWay
from competition.models import Contest, Entry
from tests.config.test_query_counts import Ask, asked, grown
from tests.factories.contests import decided
from tests.factories.noticing import NOW, client_of, consent, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
ENTRIES = 40


def pages(contest: Contest, office: Client) -> dict[str, Ask]:
    public = Client()
    found: dict[str, Ask] = {
        name: partial(public.get, reverse(name, args=[contest.key]))
        for name in ("notice", "object", "objection-status", "results")
    }
    for name in ("notices", "objections", "award-list", "board", "moves", "specials", "certificates"):
        found[f"office: {name}"] = partial(office.get, reverse(name, args=[contest.key]), {"size": 100})
    one = contest.objections.first()
    assert one
    found["office: objection"] = partial(office.get, reverse("objection", args=[contest.key, one.key]))
    found["office: paper"] = partial(office.get, reverse("notice-paper", args=[contest.key, 1]))
    return found


def add_rows(contest: Contest) -> None:
    """An award for every entry, an objection to each, and ten versions that were published."""
    now_list, notice = standing_list(contest), contest.notices.get(version=1)
    first = now_list.awards.first()
    assert first
    entries = list(contest.entries.all())
    for at in range(10):
        old = AwardList.objects.create(
            contest=contest, version=100 + at, state="superseded", made_at=NOW, published_at=NOW
        )
        Award.objects.bulk_create(copy_of(first, old, entry, at) for entry in entries)
        Notice.objects.create(
            contest=contest, list=old, version=100 + at, opens_at=notice.opens_at, closes_at=notice.closes_at,
            opened_at=NOW, taken_down_at=NOW,
        )  # fmt: skip
    lacking = [one for one in entries if not now_list.awards.filter(entry=one).exists()]
    Award.objects.bulk_create(copy_of(first, now_list, entry, 0) for entry in lacking)
    moved(contest, entries, 1)
    prizes = SpecialPrize.objects.bulk_create(
        SpecialPrize(contest=contest, order=at, number=1, label_zh=f"奖{at}", sponsor="科协") for at in range(2, 12)
    )
    for prize in [*contest.special_prizes.filter(order=1), *prizes]:
        prize.tracks.set(contest.tracks.all())
        SpecialGrant.objects.bulk_create(
            SpecialGrant(prize=prize, entry=entry, minutes="8号", given_at=NOW) for entry in entries[1:]
        )
        SpecialAward.objects.bulk_create(
            SpecialAward(list=now_list, prize=prize, entry=entry, order=prize.order, label_zh=prize.label_zh,
                         sponsor="科协", minutes="8号", said=first.said)
            for entry in entries[1:]
        )  # fmt: skip
    Objection.objects.bulk_create(
        Objection(
            contest=contest, notice=notice, number=f"N-{at}", way="letter", entry=one, reason="r", received_at=NOW
        )
        for at, one in enumerate(entries)
    )
    for entry in entries:
        consent(contest, entry.number, "publishing")


def moved(contest: Contest, entries: list[Entry], number: int) -> None:
    """A move of each that nobody voted on."""
    moves = PrizeMove.objects.bulk_create(
        PrizeMove(contest=contest, number=at, terms="x", majority="half", reason="r", proposed_at=NOW)
        for at, _ in enumerate(entries, number)
    )
    MoveStep.objects.bulk_create(
        MoveStep(move=move, order=1, entry=entry, after="first") for move, entry in zip(moves, entries, strict=True)
    )


def copy_of(first: Award, into: AwardList, entry, at: int) -> Award:
    said = first.said | {"authors": [f"学生{at}"], "title": f"{entry.number} {at}"}
    return Award(list=into, entry=entry, code="third", order=first.order, by="plan", said=said, label_zh=f"{at}")


def test_no_page_asks_more_for_forty_rows_than_for_five() -> None:
    contest = decided(small({f"A{number}": (number, number, number) for number in range(1, ENTRIES + 1)}))
    first = contest.entries.order_by("order").first()
    assert first
    details = SpecialDetails("新奖", "科协", 1, tracks=tuple(contest.tracks.all()))
    give_special(
        prize=save_special(contest=contest, details=details, by=None, at=NOW), number=first.number, minutes="8号",
        by=None, at=NOW,
    )  # fmt: skip
    lock_list(contest=contest, by=None, at=NOW)
    contest.refresh_from_db()
    moved(contest, [first], 1000)
    user, now = office_of(contest), timezone.now()
    office = client_of(user)
    today = now.astimezone(contest.tz).date()
    open_notice(contest=contest, first=today, last=today + timedelta(days=1), by=user, at=now)
    said = Said(ObjectionWay.WEB, "周举报", "13900001111", "抄袭", contest.entries.first())
    publish_list(contest=contest, by=user, at=now)
    receive_objection(contest=contest, said=said, by=None, at=now)
    few = asked(pages(contest, office))
    add_rows(contest)
    assert grown(few, asked(pages(contest, office), is_warm=True)) == {}
