"""Who reaches plans, corrections, signed forms, zips, summaries and the check of prizes: every address with every role."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import PrizePlan, TrackMinutes
from competition.models import Contest, District, Entry, Event, School, StoredFile, Track, User
from judging.models import Judge
from tests.factories.entering import NOW

ROLES = ("school", "unit", "organiser", "judge", "committee", "")
OFFICE = {"organiser"}
UNIT = {"unit", "organiser"}
THEIRS = {"school", "unit", "organiser"}
Address = tuple[str, str]


@pytest.fixture
def things(demo_year) -> dict[str, tuple[set[str], list[Address]]]:
    """name -> (who may, addresses)."""
    open_ = Contest.objects.get(state="entry", kind="contest")
    past = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    own = School.objects.get(roles__user__username="school")
    unit = District.objects.get(roles__user__username="unit")
    elsewhere = School.objects.exclude(district=unit).first()
    other_unit = District.objects.exclude(pk=unit.pk).first()
    entry = open_.entries.filter(school=own, state="recommended").first()
    assert entry and elsewhere and other_unit
    foreign = Entry.objects.create(
        contest=open_,
        track=entry.track,
        school=elsewhere,
        order=999,
        title="别校作品",
        number="Z999",
        state="submitted",
    )
    Contest.objects.filter(pk=past.pk).update(settings=past.settings | {"analysis": True, "result_detail": "marks"})
    own_past = past.entries.filter(school=own).first()
    foreign_past = past.entries.exclude(school__district=unit).first()
    assert own_past and foreign_past
    judge = Judge.objects.get(user__username="judge", contest=past)
    in_pile = judge.assignments.first()
    assert in_pile
    paper = StoredFile.objects.create(sha256="1" * 64, size=1, kind="pdf", media_type="application/pdf", stored_at=NOW)
    plan = past.prize_plans.get()
    PrizePlan.objects.filter(pk=plan.pk).update(paper=paper)
    special = past.special_prizes.create(order=1, number=1, label_zh="新奖", sponsor="科协")
    special.grants.create(entry=own_past, minutes="8号", given_at=NOW)
    past.recognition_rules.create(order=99, number=1, label_zh="新称号", kind="school", points={"entry": "1"})
    past.prize_moves.create(number=1, terms="x", majority="half", reason="x", proposed_at=NOW)
    elsewhere_decided = Track.objects.create(contest=open_, code="幻", label_zh="幻", order=99, is_by_minutes=True)
    TrackMinutes.objects.create(
        track=elsewhere_decided, version=1, name="纪要", paper=paper, made_at=NOW, by=User.objects.first(), key="m" * 26
    )
    other_form = foreign.signed_forms.create(
        submission=foreign.submissions.create(version=1, at=NOW, content={}, digest="x"),
        file=paper,
        at=NOW,
        key="z" * 26,
    )
    return {
        "office": (
            OFFICE,
            [
                ("get", reverse("plan", args=[open_.key])),
                ("get", reverse("plan", args=[past.key])),
                ("get", reverse("plan-trial", args=[past.key])),
                ("get", reverse("plan-trial", args=[open_.key]) + "?source=made-up&seed=1&shared=20"),
                ("get", reverse("plan-paper", args=[past.key, plan.version])),
                ("get", reverse("plan-group", args=[open_.key, 1])),
                ("get", reverse("minutes", args=[open_.key, 99])),
                ("post", reverse("minutes", args=[open_.key, 99])),
                ("get", reverse("minutes-list", args=[open_.key, 99])),
                ("get", reverse("minutes-paper", args=[open_.key, 99, 1])),
                ("post", reverse("plan-group", args=[open_.key, 1])),
                ("get", reverse("ties", args=[open_.key])),
                ("get", reverse("ties", args=[past.key])),
                ("post", reverse("ties", args=[past.key])),
                ("get", reverse("ties-minutes", args=[past.key])),
                ("post", reverse("ties-reopen", args=[past.key])),
                ("post", reverse("ties-undue", args=[past.key])),
                ("get", reverse("specials", args=[past.key])),
                ("post", reverse("specials", args=[past.key])),
                ("get", reverse("special", args=[past.key, special.key])),
                ("post", reverse("special", args=[past.key, special.key])),
                ("post", reverse("special-give", args=[past.key, special.key])),
                ("post", reverse("special-drop", args=[past.key, special.key])),
                ("post", reverse("special-back", args=[past.key, special.key, own_past.key])),
                ("get", reverse("recognitions", args=[past.key])),
                ("post", reverse("recognitions", args=[past.key])),
                ("post", reverse("tutor-prizes", args=[past.key])),
                ("get", reverse("recognition", args=[past.key, 99])),
                ("post", reverse("recognition", args=[past.key, 99])),
                ("post", reverse("recognition-drop", args=[past.key, 99])),
                ("post", reverse("recognition-name", args=[past.key, 99])),
                ("post", reverse("recognition-back", args=[past.key, 99])),
                ("post", reverse("recognition-tie", args=[past.key, 99])),
                ("post", reverse("recognition-reopen", args=[past.key, 99])),
                ("get", reverse("moves", args=[past.key])),
                ("post", reverse("moves", args=[past.key])),
                ("get", reverse("move-minutes", args=[past.key])),
                ("post", reverse("move-rule", args=[past.key])),
                ("post", reverse("move-vote", args=[past.key, 1])),
                ("post", reverse("move-back", args=[past.key, 1])),
                ("get", reverse("corrections", args=[open_.key])),
                ("get", reverse("correct", args=[open_.key, entry.key])),
                ("post", reverse("correct", args=[open_.key, entry.key])),
                ("get", reverse("entries-zip", args=[open_.key])),
                ("get", reverse("analysis", args=[past.key])),
                ("get", reverse("analysis-certainty", args=[past.key])),
                ("get", reverse("analysis-pictures", args=[past.key])),
                ("get", reverse("analysis-methods", args=[past.key])),
                ("get", reverse("analysis-borderline", args=[past.key])),
                ("post", reverse("analysis-borderline", args=[past.key])),
                ("post", reverse("analysis-open", args=[past.key])),
                ("post", reverse("result-detail", args=[past.key])),
                ("get", reverse("explanation", args=[foreign_past.key])),
                ("get", reverse("explanation-pdf", args=[foreign_past.key])),
                ("get", reverse("prize-check", args=[past.key])),
                ("post", reverse("prize-check-close", args=[past.key])),
                ("post", reverse("prize-check", args=[past.key])),
                ("get", reverse("unit-prizes", args=[unit.key, past.key])),  # not shown to units yet
                ("get", reverse("unit-prizes-pdf", args=[unit.key, past.key])),
                ("get", reverse("summary-paper", args=[other_unit.key, open_.key])),
                ("post", reverse("summary-add", args=[other_unit.key, open_.key])),
                ("get", reverse("bundle", args=[open_.key, elsewhere.key])),
                ("post", reverse("bundle-apply", args=[open_.key, elsewhere.key])),
                ("post", reverse("sign-form", args=[foreign.key])),
                ("get", reverse("signed-form", args=[foreign.key, other_form.key])),
            ],
        ),
        "unit": (
            UNIT,
            [
                ("get", reverse("summary-paper", args=[unit.key, open_.key])),
                ("post", reverse("summary-add", args=[unit.key, open_.key])),
            ],
        ),
        "school": (
            THEIRS,
            [
                ("get", reverse("signed-forms", args=[open_.key])),
                ("post", reverse("signed-forms", args=[open_.key])),
                ("get", reverse("entry-forms-pdf", args=[open_.key])),
                ("get", reverse("bundle", args=[open_.key, own.key])),
                ("post", reverse("bundle-apply", args=[open_.key, own.key])),
                ("post", reverse("sign-form", args=[entry.key])),
                ("get", reverse("explanation", args=[own_past.key])),
                ("get", reverse("explanation-pdf", args=[own_past.key])),
            ],
        ),
        # published: nobody reads on
        "judge": (set(), [("get", reverse("work", args=[judge.key, in_pile.key]))]),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["office", "unit", "school", "judge"])
def test_who_may_not_know_of_a_thing_is_told_nothing(kind, role, things, client: Client):
    if role:
        assert client.login(username=role, password=DEMO_PASSWORD)
    may, addresses = things[kind]
    before = Event.objects.count()
    for method, address in addresses:
        is_made_up = ("/signed/" in address and address.endswith("z" * 26 + "/")) or "/versions/" in address
        if role in may and (is_made_up or address.endswith("/scan")):
            continue  # its bytes are made up here
        status = getattr(client, method)(address).status_code
        if role in may:
            expected = {404} if "/summary/" in address and method == "get" else {200, 302, 422}
            expected |= {409} if "/ties/" in address or "/moves/rule/" in address else set()  # the list is locked
            assert status in expected, (method, address, status)
        else:
            assert status in ({302} if not role else {403, 404}), (method, address, status)
    if role not in may:
        assert Event.objects.count() == before
