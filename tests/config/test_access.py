"""Default deny: every address has a rule, and who may not know of a thing gets 404."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import AccessRecord, Contest, Person, School
from config.access import rule_of
from config.urls import urlpatterns as real_addresses
from judging.models import Judge


def patterns(resolver=None):
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


@pytest.mark.parametrize("pattern", list(patterns()), ids=lambda one: one.name or str(one.pattern))
def test_every_address_has_a_rule(pattern: URLPattern):
    assert rule_of(pattern.callback, pattern.name) is not None


def without_rule(request):
    return HttpResponse("seen by everybody")


urlpatterns = [path("forgotten/", without_rule, name="forgotten"), *real_addresses]


@override_settings(ROOT_URLCONF="tests.config.test_access")
def test_a_view_without_a_rule_does_not_exist(client: Client):
    assert client.get("/forgotten/").status_code == 404


@pytest.fixture
def year(demo_year):
    """The demo year with its accounts, and the addresses of one thing of each kind."""
    contest = Contest.objects.get(belongs_to=None, state="published")
    award = Contest.objects.get(kind="award")
    school = School.objects.get(roles__user__username="school")
    other = School.objects.filter(entries__isnull=False).exclude(pk=school.pk).distinct()[0]
    judge = Judge.objects.get(user__username="judge", contest=contest)
    another = Judge.objects.filter(contest=contest).exclude(pk=judge.pk)[0]
    entry = contest.entries.exclude(authors=None)[0]
    inside = ["board", "entries", "standings", "pictures", "award-list", "certificates", "log", "progress"]
    inside += ["entries-xlsx"]
    office = [reverse(name, args=[contest.key]) for name in inside]
    return {
        "office": [
            *office,
            reverse("entry", args=[contest.key, entry.key]),
            reverse("api-standings", args=[contest.key]),
        ],
        "school": [reverse("school", args=[school.key])],
        "other school": [reverse("school", args=[other.key])],
        "judge": [reverse("judge", args=[judge.key])],
        "other judge": [reverse("judge", args=[another.key])],
        "room": [reverse("room", args=[award.key])],
        "public": [
            "/",
            reverse("results", args=[contest.key]),
            reverse("api-awards", args=[contest.key]),
            *map(reverse, ("certificate-check", "certificate-offline", "certificate-keys", "certificate-list")),
        ],
    }


SEES = {
    "organiser": {"office", "school", "other school", "room", "public"},
    "school": {"school", "public"},
    "judge": {"judge", "public"},
    "committee": {"room", "public"},
    "": {"public"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(SEES))
def test_each_role_sees_its_own_and_nothing_else(role, year, client: Client):
    if role:
        assert client.login(username=role, password=DEMO_PASSWORD)
    for kind, addresses in year.items():
        for address in addresses:
            status = client.get(address).status_code
            if kind in SEES[role]:
                assert status in (200, 302), (role, address, status)
            else:
                assert status in ((302, 401, 404, 409) if not role else (404,)), (role, address, status)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", "judge"])
def test_no_name_of_a_child_reaches_the_public_or_a_judge(role, year, client: Client):
    if role:
        client.login(username=role, password=DEMO_PASSWORD)
    names = [name for name in Person.objects.filter(kind="student").values_list("name", flat=True) if len(name) > 2]
    for address in year["public"] + (year["judge"] if role else []):
        text = client.get(address, follow=True).content.decode()
        assert not [name for name in names if name in text], address


@pytest.mark.django_db
def test_a_look_at_names_is_recorded(year, client: Client):
    client.login(username="organiser", password=DEMO_PASSWORD)
    before = AccessRecord.objects.count()
    client.get(year["office"][-2])
    assert AccessRecord.objects.count() == before + 1
