"""The pages about what goes up, and what comes back from there."""

import re
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Achievement, Award, AwardList
from awards.outputs.figures import contest_figures, report
from awards.selectors import list_that_stands
from awards.services.achievements import record_achievements
from awards.services.lists import lock_list, standing_list
from competition.models import AccessRecord, Contest, District, Entry, Event, Forwarding, Pledge, Quota, Role, User
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_divisions, save_tracks
from competition.states import Level, RoleKind
from tests.config.test_query_counts import asked, grown
from tests.factories.contests import AT, MINT, WHO, decided
from tests.factories.noticing import NOW, account, client_of, consent, locked_contest, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender() -> Contest:
    return locked_contest()


@pytest.fixture
def higher(sender: Contest) -> Contest:
    return above(sender)


def above(sender: Contest, most: int | None = None) -> Contest:
    details = ContestDetails(name="省赛", series="省赛", year=2026, as_of=AT, level=Level.PROVINCE,
                             settings={"forwards": {"accepts": True, "most": most}})  # fmt: skip
    contest = save_contest(details=details, mint=MINT, has_verification=False, **WHO)
    save_tracks(contest=contest, tracks=[TrackDetails(one.label_zh) for one in sender.tracks.all()], **WHO)
    save_divisions(contest=contest, names=[(one.code, one.label_zh, "") for one in sender.divisions.all()], **WHO)
    Contest.objects.filter(pk=contest.pk).update(state="entry", entries_per_student=None)
    Pledge.objects.create(contest=sender, order=1, code="forwarding", label_zh="上报", text_zh="同意", by="guardian")
    for entry in sender.entries.countable():
        consent(sender, entry.number, "forwarding")
    contest.refresh_from_db()
    return contest


def address(name: str, *of) -> str:
    return reverse(name, args=[one.key for one in of])


def keys_of(sender: Contest) -> list[str]:
    return list(sender.entries.countable().values_list("key", flat=True))


def test_the_first_by_rank_are_proposed_within_the_quota(sender):
    higher = above(sender, most=1)
    office = client_of(office_of(sender))
    page = office.get(address("upward-to", sender, higher))
    assert page.status_code == 200
    lines = list(page.context["page"])
    assert [one.is_proposed for one in lines].count(True) == 1
    assert lines[0].is_proposed
    assert lines[0].code == "first"
    assert AccessRecord.objects.filter(what="upward").exists()


def test_what_was_ticked_stays_ticked_where_it_is_refused(sender):
    higher, keys = above(sender, most=1), keys_of(sender)
    page = client_of(office_of(sender)).post(address("upward-to", sender, higher), {"entry": keys[:2]})
    assert page.status_code == 422
    assert set(re.findall(r'value="(\w+)" aria-label="\w+" checked', page.content.decode())) == set(keys[:2])
    assert not higher.entries.exists()


def test_without_consent_nothing_is_proposed(sender, higher):
    first = list_that_stands(sender).awards.order_by("order").first().entry
    consent(sender, first.number, "integrity")
    page = client_of(office_of(sender)).get(address("upward-to", sender, higher))
    line = next(one for one in page.context["page"] if one.entry == first)
    assert (line.why_not, line.is_proposed) == ("consent", False)


def test_ticked_entries_go_up_and_are_taken_back(sender, higher):
    office = client_of(office_of(sender))
    page = office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)})
    assert page.status_code == 200
    assert page.context["sent"].left_out == []
    assert higher.entries.count() == sender.entries.countable().count()
    one = Forwarding.objects.first()
    text = page.content.decode()
    assert f'form="back-{one.key}"' in text
    assert f'id="back-{one.key}"' in text
    shown = office.get(address("entry", sender, one.sent)).content.decode()
    assert "省赛" in shown
    assert address("entry", higher, one.entry) not in shown
    office.post(address("upward-back", sender, higher, one))
    one.entry.refresh_from_db()
    assert one.entry.state == "withdrawn"


def test_the_higher_office_sees_where_it_came_from(sender, higher):
    client_of(office_of(sender)).post(address("upward-to", sender, higher), {"entry": keys_of(sender)[:1]})
    user = account("province", kind=RoleKind.ORGANISER, contest=higher)
    one = Forwarding.objects.get()
    page = client_of(user).get(address("entry", higher, one.entry)).content.decode()
    assert f"{sender.label_zh} {one.sent.number}" in page
    assert address("entry", sender, one.sent) not in page


def test_results_come_back_once_they_are_published(sender, higher):
    office = client_of(office_of(sender))
    office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)})
    one = Forwarding.objects.first()
    made = AwardList.objects.create(contest=higher, version=1, state="locked", made_at=AT, locked_at=AT)
    Award.objects.create(list=made, entry=one.entry, code="second", order=2, by="plan", label_zh="二等奖")
    assert "二等奖" not in office.get(address("upward", sender)).content.decode()
    AwardList.objects.filter(pk=made.pk).update(state="published", published_at=AT)
    assert "二等奖" in office.get(address("upward", sender)).content.decode()
    number = sender.entries.countable().count()
    standing = standing_list(sender)
    assert f"推荐{number}件作品参加省赛，1件作品获奖，其中二等奖1项。" in report([standing])
    assert contest_figures(standing)["forwarded"] == [{"contest": "省赛", "entries": number, "prizes": {"second": 1}}]
    record_achievements(award_list=made, by=None, at=AT)
    authors = set(one.sent.authors.values_list("person", flat=True))
    won = Achievement.objects.filter(source=higher, role="author")
    assert set(won.values_list("person", flat=True)) == authors


def test_the_report_says_nothing_where_nothing_went_up(sender):
    assert "推荐" not in report([standing_list(sender)]).split("评出")[-1]
    assert "forwarded" not in contest_figures(standing_list(sender))


def test_terms_and_ties_are_saved(sender, higher):
    office = client_of(office_of(sender))
    office.post(address("upward-terms", sender), {"accepts": "on", "most": "7"})
    office.post(address("upward-ties", sender, higher), {"tracks-0": "?", "consent": "forwarding"})
    sender.refresh_from_db()
    assert sender.settings["forwards"] == {"accepts": True, "most": 7}
    assert sender.settings["forward_ties"][higher.key]["tracks"] == {}
    assert sender.settings["forward_consent"] == "forwarding"


def test_nobody_else_reaches_any_of_it(sender, higher):
    client_of(office_of(sender)).post(address("upward-to", sender, higher), {"entry": keys_of(sender)[:1]})
    one = Forwarding.objects.get()
    school = one.sent.school
    people = [
        account("above", kind=RoleKind.ORGANISER, contest=higher), account("nobody"),
        account("teacher", kind=RoleKind.SCHOOL, school=school),
        account("unit", kind=RoleKind.DISTRICT, district=school.district),
    ]  # fmt: skip
    looks = [address("upward", sender), address("upward-to", sender, higher)]
    acts = [
        address("upward-terms", sender), address("upward-to", sender, higher), address("upward-ties", sender, higher),
        address("upward-back", sender, higher, one),
    ]  # fmt: skip
    before = Event.objects.count()
    for user in people:
        client = client_of(user)
        assert {client.get(one).status_code for one in looks} == {404}
        assert {client.post(one).status_code for one in acts} == {404}
    assert {Client().get(one).status_code for one in looks} == {302}
    assert {Client().post(one).status_code for one in acts} == {302}
    assert Event.objects.count() == before


def test_a_contest_that_takes_nothing_is_not_found(sender, higher):
    office = client_of(office_of(sender))
    Contest.objects.filter(pk=higher.pk).update(settings={})
    assert office.get(address("upward-to", sender, higher)).status_code == 404
    assert office.post(address("upward-to", sender, higher)).status_code == 404
    other = save_contest(details=ContestDetails(name="别", series="别", year=2026, as_of=AT), mint=MINT,
                         has_verification=False, **WHO)  # fmt: skip
    Role.objects.create(user=User.objects.get(username="office"), kind=RoleKind.ORGANISER, contest=other)
    Contest.objects.filter(pk=higher.pk).update(settings={"forwards": {"accepts": True}})
    office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)[:1]})
    one = Forwarding.objects.get()
    assert office.post(address("upward-back", other, higher, one)).status_code == 404


def test_no_page_asks_more_for_a_hundred_entries_than_for_three():
    sender = decided(small({f"A{number}": (number, number, number) for number in range(1, 101)}))
    lock_list(contest=sender, by=None, at=NOW)
    sender.refresh_from_db()
    higher = above(sender)
    for unit in District.objects.all():
        Quota.objects.create(contest=higher, district=unit, most=90)
    office = client_of(office_of(sender))
    hidden = sender.entries.countable()[3:]
    hidden_keys = [one.pk for one in hidden]
    Entry.objects.filter(pk__in=hidden_keys).update(state="withdrawn")
    pages = {
        "upward": partial(office.get, address("upward", sender)),
        "upward-to": partial(office.get, address("upward-to", sender, higher)),
        "found": partial(office.get, address("upward-to", sender, higher) + "?q=A&size=100"),
    }
    office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)[:2]})
    few = asked(pages)
    Entry.objects.filter(pk__in=hidden_keys).update(state="passed")
    office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)[:30]})
    assert Forwarding.objects.count() == 30
    assert grown(few, asked(pages)) == {}
