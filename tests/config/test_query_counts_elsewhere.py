"""No page of results from elsewhere asks the database more for many rows than for few."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Achievement, Claim, ResultList
from awards.services.delegations import Sent, send_delegation
from competition.models import Contest, Person
from tests.awards.views.test_elsewhere import upload
from tests.config.test_query_counts import Ask, asked, grown
from tests.factories.contests import Made, small_contest
from tests.factories.elsewhere import EDITION, SERIES, WON_ON, award_of, bring, claim_of, csv_of
from tests.factories.noticing import NOW, client_of, office_of

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 100


def rows(number: int) -> list[tuple[str, ...]]:
    return [(f"作品{n}", f"新生{n}、学生A1", "晴川一中", f"老师{n}", "三等奖", "工程") for n in range(number)]


def pages(made: Made, client: Client, sent: Contest, number: int) -> dict[str, Ask]:
    return {
        "lists": partial(client.get, reverse("elsewhere", args=[made.contest.key]), {"size": 100}),
        "preview": partial(upload, client, made, csv_of(rows(number))),
        "delegation": partial(client.get, reverse("delegation", args=[sent.key])),
        "delegations": partial(client.get, reverse("delegations", args=[made.contest.key])),
    }


def more(made: Made, sent: Contest, number: int, *, start: int = 0) -> None:
    """So many lists and entries sent, each with a prize."""
    first, series = ResultList.objects.get(name=EDITION), sent.series
    track, person = sent.tracks.get(), Person.objects.filter(kind="student").first()
    assert person
    for at in range(start, start + number):
        made.contest.result_lists.create(
            series=series, name=f"届{at}", won_on=WON_ON, digest="x", at=NOW, by=first.by, delegation=sent.delegation
        )
        entry = sent.entries.create(track=track, number=f"S{at}", order=100 + at, title=f"送{at}", state="passed",
                                    school=person.school)  # fmt: skip
        entry.authors.create(person=person, order=1)
        Achievement.objects.create(
            person=person, entry=entry, source=made.contest, result_list=first, contest_name=EDITION, level="province",
            prize_code="first", prize_name="一等奖", prize_order=1, role="author", won_on=WON_ON, work=f"送{at}",
        )  # fmt: skip


def test_no_page_asks_more_for_a_hundred_rows_than_for_three() -> None:
    made = small_contest()
    office = office_of(made.contest)
    about = Sent(series=SERIES, name=EDITION, level="province", held_on=WON_ON, numbers=["A1"])
    sent = send_delegation(sender=made.contest, sent=about, by=office, at=NOW).contest
    bring(made.contest, office, rows(FEW))
    more(made, sent, FEW)
    few = asked(pages(made, client_of(office), sent, FEW))
    bring(made.contest, office, rows(MANY), name="大名单")
    more(made, sent, MANY, start=FEW)
    assert grown(few, asked(pages(made, client_of(office), sent, MANY), is_warm=True)) == {}


def claims(award: Contest, number: int, like: Claim) -> None:
    """So many people of a school, each with a document that waits and one that was confirmed."""
    for at in range(number):
        person = Person.objects.create(kind="student", name=f"申报{number}-{at}", school=like.person.school)
        for state in ("to_check", "confirmed"):
            one = Claim.objects.create(
                contest=award, person=like.person if at % 2 else person, kind="prize", state=state, level="world",
                said_of=f"展{number}-{at}", prize_code="first", prize_name="一等奖", role="author", won_on=WON_ON,
                paper=like.paper, said_at=NOW, said_by=like.said_by,
            )  # fmt: skip
            if state == "confirmed":
                Claim.objects.filter(pk=one.pk).update(decided_at=NOW, decided_by=like.said_by)
                Achievement.objects.create(
                    person=one.person, source=award, claim=one, contest_name=one.said_of, level="world",
                    prize_code="first", prize_name="一等奖", prize_order=1, role="author", won_on=WON_ON,
                )  # fmt: skip


def test_no_page_of_documents_asks_more_for_a_hundred_than_for_three() -> None:
    made = small_contest()
    award = award_of(made, "学生A1")
    office, school = office_of(award), made.schools["东区", "晴川一中"]
    like = claim_of(award, school, office)
    client = client_of(office)
    found: dict[str, Ask] = {
        "queue": partial(client.get, reverse("claims", args=[award.key]), {"size": 100}),
        "one": partial(client.get, reverse("claim", args=[award.key, like.key])),
        "school": partial(client.get, reverse("school-claims", args=[award.key, school.key]), {"size": 100}),
        "nominee": partial(client.get, reverse("entry", args=[award.key, award.entries.get().key])),
    }
    claims(award, FEW, like)
    few = asked(found)
    claims(award, MANY, like)
    assert grown(few, asked(found, is_warm=True)) == {}
