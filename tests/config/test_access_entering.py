"""Who reaches what of entering: every address with every role, to look and to act."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Contest, District, Entry, Event, School

ROLES = ("school", "unit", "organiser", "judge", "committee", "")
# kind of thing -> roles that may look at it
SEES = {
    "own entry": {"school", "unit", "organiser"},  # it is of that unit
    "own school": {"school", "unit", "organiser"},
    "own unit": {"unit", "organiser"},
    "other entry": {"organiser"},
    "other school": {"organiser"},
    "other unit": {"organiser"},
    "office": {"organiser"},
}
OF_ENTRY = ("form",)
TO_ENTRY = ("form-save", "form-submit", "form-withdraw", "form-take-up", "form-delete")
OF_SCHOOL = ("begin", "import", "import-template")
OF_OFFICE = ("setup", "quotas", "check")
TO_OFFICE = ("setup-open", "contest-copy", "announcement-add", "check-decide")
LOOK_AT_PLACES = ("places-import", "places-invite", "places-list", "places-empty-list")
ACT_ON_PLACES = (
    "places-import",
    "places-import-answer",
    "places-import-apply",
    "places-import-faults",
    "places-invite",
)


@pytest.fixture
def things(demo_year) -> dict[str, list[tuple[str, str]]]:
    """(method, address) of one's own and of another's."""
    contest = Contest.objects.get(state="entry", kind="contest")
    own = School.objects.get(roles__user__username="school")
    entry = contest.entries.filter(school=own).first()
    elsewhere = School.objects.exclude(district=own.district).first()
    assert entry and elsewhere
    other = Entry.objects.create(contest=contest, track=entry.track, school=elsewhere, order=999, title="别校作品")
    unit = District.objects.get(roles__user__username="unit")
    handed_in = contest.entries.filter(state="recommended").first()
    assert handed_in
    assert elsewhere.district != unit
    return {
        "own entry": of_entry(entry),
        "own school": of_school(contest, own),
        "own unit": of_unit(unit),
        "other entry": of_entry(other),
        "other school": of_school(contest, elsewhere),
        "other unit": of_unit(elsewhere.district),
        "office": [
            *(("get", reverse(name, args=[contest.key])) for name in OF_OFFICE),
            *(("post", reverse(name, args=[contest.key])) for name in TO_OFFICE),
            ("get", reverse("check-one", args=[contest.key, handed_in.key])),
            ("get", reverse("places")),
            ("get", reverse("contest-new")),
            ("post", reverse("school-decide", args=[own.key])),
            ("post", reverse("place-invite", args=["school", own.key])),
            ("post", reverse("place-second-factor", args=["school", own.key])),
            ("post", reverse("place-names", args=["school", own.key])),
            *(("get", reverse(name)) for name in LOOK_AT_PLACES),
            *(("post", reverse(name)) for name in ACT_ON_PLACES),
        ],
    }


def of_entry(entry: Entry) -> list[tuple[str, str]]:
    looks = [("get", reverse(name, args=[entry.key])) for name in (*OF_ENTRY, "api-entry")]
    acts = [("post", reverse(name, args=[entry.key])) for name in (*TO_ENTRY, "api-submit", "api-withdraw")]
    kind = entry.track.material_kinds.first()
    assert kind is not None
    files = [("post", reverse(name, args=[entry.key, kind.code])) for name in ("material-add", "material-promise")]
    return looks + acts + files


def of_school(contest: Contest, school: School) -> list[tuple[str, str]]:
    args = [contest.key, school.key]
    looks = [("get", reverse(name, args=args)) for name in OF_SCHOOL]
    return [*looks, ("post", reverse("begin", args=args)), ("post", reverse("import-apply", args=args))]


def of_unit(unit: District) -> list[tuple[str, str]]:
    acts = [("post", reverse(name, args=[unit.key])) for name in ("unit-decide", "unit-rank")]
    return [("get", reverse("unit", args=[unit.key])), *acts]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", SEES)
def test_who_may_not_know_of_a_thing_is_told_nothing(kind, role, things, client: Client, settings):
    """Hidden where it is not theirs, to look and to act, and nothing comes into the log; found where it is."""
    settings.SECOND_FACTOR = "offered"
    if role:
        assert client.login(username=role, password=DEMO_PASSWORD)
    before = Event.objects.count()
    for method, address in things[kind]:
        status = getattr(client, method)(address).status_code
        if role in SEES[kind]:
            assert status not in (403, 404, 500) or method == "post", (method, address, status)
        else:
            assert status in ((302, 401, 403, 404) if not role else (403, 404)), (method, address, status)
    if role not in SEES[kind]:
        assert Event.objects.count() == before
