"""A dry run asks the database no more for 100 entries than for 3: it is done while others wait."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from awards.services.minutes import SaidInMinutes, save_minutes
from awards.services.planning import stored_groups
from awards.services.proposals import plan_in_force
from awards.services.running import decide
from competition.models import Contest, Entry, StoredFile, Track, User
from competition.services.accounts import create_account, grant_role
from competition.states import RoleKind
from judging.models import Mark
from tests.config.test_query_counts import FEW, MANY, Ask, asked, grown
from tests.factories import panels
from tests.factories.analysing import marked_contest
from tests.factories.contests import bare_contest
from tests.factories.entering import NOW

pytestmark = pytest.mark.django_db
SOME = 60  # as many decisions as SQLite takes in one piece


def dry_runs(number: int) -> dict[str, Ask]:
    """So many works, and a list that is no longer what their marks give: the last is the best now."""
    contest = marked_contest(number, number, 3, ordinal=number)
    Contest.objects.filter(pk=contest.pk).update(year=2200 - number)  # no edition before the other
    decide(contest=contest, by=None, at=NOW)
    contest = Contest.objects.get(pk=contest.pk)
    last = contest.entries.order_by("-order")[0]
    Mark.objects.filter(sheet__assignment__entry=last).update(points=panels.MOST)
    office = Client()
    office.force_login(User.objects.get(username="丙"))
    [group] = stored_groups(plan_in_force(contest))
    data = {"base": 1, "cap_kind": "", "cap": "", "rounding": group.rounding, "ties": group.ties,
            "levels-TOTAL_FORMS": 1, "levels-INITIAL_FORMS": 0, "levels-0-prize": "first", "levels-0-kind": "count",
            "levels-0-value": "1", "levels-0-label_zh": "", "reason": "经费", "minutes": "纪要", "do": "look"}  # fmt: skip
    return {
        "decide": partial(office.post, reverse("decide", args=[contest.key])),
        "plan": partial(office.post, reverse("plan-group", args=[contest.key, group.track.order]), data),
    }


def minutes(number: int) -> dict[str, Ask]:
    """So many paintings, each with a prize by minutes, and half of them with another one now."""
    contest = bare_contest(ordinal=number)
    track = Track.objects.create(contest=contest, code="幻", label_zh="幻", order=1, is_by_minutes=True)
    entries = Entry.objects.bulk_create(
        Entry(contest=contest, track=track, number=f"B{at}", title="画", state="passed", order=at,
              key=contest.mint.key("entry", at))
        for at in range(number)
    )  # fmt: skip
    paper, _ = StoredFile.objects.get_or_create(
        sha256="a" * 64, defaults={"size": 1, "kind": "pdf", "media_type": "application/pdf", "stored_at": NOW}
    )
    office, user = Client(), User.objects.get(username="丙")
    office.force_login(user)
    said = SaidInMinutes("纪要", dict.fromkeys((one.key for one in entries), "first"))
    save_minutes(track=track, said=said, base=0, by=user, at=NOW, paper=paper)
    decide(contest=contest, by=user, at=NOW)
    data = {"base": 1, "name": "纪要 2 号", "do": "look",
            **{f"prize-{one.key}": "second" if one.order % 2 else "first" for one in entries}}  # fmt: skip
    to = reverse("minutes", args=[contest.key, 1])
    return {
        "minutes": partial(office.get, to),
        "minutes looked at": partial(office.post, to, data),
        "minutes as a list": partial(office.get, reverse("minutes-list", args=[contest.key, 1])),
        "plan": partial(office.get, reverse("plan", args=[contest.key])),
    }


def test_minutes_ask_no_more_for_60_entries_than_for_3() -> None:
    office = create_account(username="丙", name="丙", password=None, by=None, at=NOW)
    grant_role(user=office, kind=RoleKind.ORGANISER, by=None, at=NOW)
    few = asked(minutes(FEW))
    assert grown(few, asked(minutes(SOME), is_warm=True)) == {}


def test_a_dry_run_asks_no_more_for_100_works_than_for_3() -> None:
    office = create_account(username="丙", name="丙", password=None, by=None, at=NOW)
    grant_role(user=office, kind=RoleKind.ORGANISER, by=None, at=NOW)
    few = asked(dry_runs(FEW))
    assert grown(few, asked(dry_runs(MANY), is_warm=True)) == {}
