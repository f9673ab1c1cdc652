"""Who reaches results of other contests and delegations: the office alone."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import Delegation
from competition.models import Contest, Event

ROLES = ("school", "unit", "judge", "committee", "", "organiser")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_office_alone_reaches_results_of_other_contests(role, demo_year, client: Client):
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    own = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    award = Contest.objects.filter(kind="award").first()
    sent = Delegation.objects.select_related("contest").first()
    assert award and sent
    addresses = [
        (method, reverse(name, args=[contest.key]))
        for contest in (own, award)
        for method, name in (("get", "elsewhere"), ("post", "elsewhere"), ("post", "elsewhere-columns"),
                             ("post", "elsewhere-apply"))
    ]  # fmt: skip
    addresses += [("get", reverse("claims", args=[award.key]))]
    addresses += [("get", reverse("delegation", args=[sent.contest.key]))]
    addresses += [(method, reverse("delegations", args=[own.key])) for method in ("get", "post")]
    before = Event.objects.count()
    for method, address in addresses:
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in {200, 302, 422}, (method, address, status)
        else:
            assert status in ({302} if not role else {403, 404}), (method, address, status)
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_the_delegation_of_the_demo_tells_its_sentence(demo_year, client: Client):
    assert client.login(username="organiser", password=DEMO_PASSWORD)
    sent = Delegation.objects.select_related("contest").first()
    assert sent
    page = client.get(reverse("delegation", args=[sent.contest.key])).content.decode()
    assert (
        "组织66件作品参加2017年安徽省青少年科技创新大赛，63件作品获奖，其中一等奖1项、二等奖20项、三等奖42项。" in page
    )


@pytest.mark.django_db
def test_an_award_and_a_delegation_send_nobody(demo_year, client: Client):
    assert client.login(username="organiser", password=DEMO_PASSWORD)
    award, sent = Contest.objects.filter(kind="award").first(), Delegation.objects.first()
    assert award and sent
    for contest in (award, sent.contest):
        assert client.get(reverse("delegations", args=[contest.key])).status_code == 404
