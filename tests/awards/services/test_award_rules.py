"""Rules of an award on the web: versions, what is refused after votes and after a lock, the office's word, copies."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from awards.models import Alternative, AwardTerms, Nomination, RulesVersion
from awards.presets import kind_of, rules_presets
from awards.services.award_rules import KindDetails, Vote, Why, change_alternatives, change_terms, version_of
from awards.services.editions import EditionDetails, create_edition
from awards.services.eligibility import check_eligibility, say_of_nominee, tried
from awards.services.lists import lock_list
from awards.services.mayor import mayor_groups
from awards.services.nominators import nominators_of
from awards.services.running import decide
from awards.views.eligible import alternative_text
from competition.errors import Refused
from competition.models import Contest, Event, Role, User
from competition.services.setting_up import copy_contest
from competition.states import ContestState, RoleKind
from judging.models import Rubric
from tests.factories.contests import AT, WHO, loaded
from tests.factories.sheets import Sheets, small, votes, with_mayor

pytestmark = pytest.mark.django_db
POINTS = {"M1": (90,) * 3, "M2": (85,) * 3, "M3": (80,) * 3, "M4": (75,) * 3}


def account(kind: RoleKind = RoleKind.ORGANISER, contest: Contest | None = None) -> User:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=kind, contest=contest)
    return user


def award_of(sheets: Sheets) -> Contest:
    below = loaded(sheets).contest
    Contest.objects.filter(pk=below.pk).update(state=ContestState.LOCKED)
    return below.companions.get(kind="award")


@pytest.fixture
def award() -> Contest:
    """Four nominees; nobody has voted."""
    return award_of(with_mayor(small(), POINTS, []))


@pytest.fixture
def office(award: Contest) -> User:
    return account()


def voted() -> Contest:
    return award_of(with_mayor(small(), POINTS, votes("M1", yes="abcdefghi")))


def way(award: Contest, **more: Any) -> Alternative:
    return Alternative(contest=award, order=1, **({"level": "nation", "prize_order": 2} | more))


def change(award: Contest, by: User, *ways: Alternative, **more: Any) -> None:
    why = Why(more.pop("base", version_of(award)), **more)
    change_alternatives(contest=award, alternatives=ways, why=why, by=by, at=AT)


def refused(code: str, act: Any) -> None:
    before = Event.objects.count(), RulesVersion.objects.count()
    with pytest.raises(Refused) as fault:
        act()
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (Event.objects.count(), RulesVersion.objects.count()) == before


def test_changed_rules_are_a_version_and_the_old_one_stays_readable(award, office):
    change(award, office, way(award))
    change(award, office, way(award), way(award, level="province", prize_order=1))
    one, two = award.rules_versions.all()
    assert (len(one.content["alternatives"]), len(two.content["alternatives"])) == (1, 2)
    assert Event.objects.filter(action="rules.saved").count() == 2
    change(award, office, *award.alternatives.all())  # nothing differs
    assert version_of(award) == 2


def test_equal_ways_stand_once_and_what_no_contest_gave_has_no_prize(award, office):
    change(award, office, way(award), way(award), way(award, kind="patent", tracks_excluded=["科幻画"]))
    found = list(award.alternatives.values_list("order", "kind", "prize_order", "tracks_excluded"))
    assert found == [(1, "prize", 2, []), (2, "patent", None, [])]


def test_who_looked_at_older_rules_saves_nothing(award, office):
    change(award, office, way(award))
    refused("rules-changed", lambda: change(award, office, way(award, prize_order=3), base=0))


def test_after_the_first_vote_rules_change_with_a_reason_and_minutes_alone():
    award = voted()
    office = account()
    refused("rules-without-reason", lambda: change(award, office, way(award)))
    refused("rules-without-minutes", lambda: change(award, office, way(award), reason="文件有误"))
    change(award, office, way(award), reason="文件有误", minutes="纪要3号")
    made = award.rules_versions.get()
    assert (made.reason, made.minutes) == ("文件有误", "纪要3号")
    assert "文件有误" not in str(Event.objects.get(action="rules.saved").body)


def test_once_a_list_was_locked_rules_stay():
    award = voted()
    office = account()
    check_eligibility(contest=award, **WHO)
    decide(contest=award, **WHO)
    lock_list(contest=award, **WHO)
    nomination = Nomination.objects.filter(entry__contest=award).first()
    refused("rules-fixed", lambda: change(award, office, way(award), reason="r", minutes="m"))
    said = {"nomination": nomination, "word": False, "why": "x", "minutes": "m", "by": office, "at": AT}
    refused("wrong-state", lambda: say_of_nominee(**said))


def test_who_does_not_run_the_award_changes_nothing(award):
    stranger = account(RoleKind.ORGANISER, award.belongs_to)
    refused("hidden", lambda: change(award, stranger, way(award)))


def test_terms_keep_a_kind_with_nominees_and_refuse_what_is_no_share(award, office):
    def act(*kinds: KindDetails, vote: Vote = Vote(), most: int | None = None) -> None:
        why = Why(version_of(award))
        change_terms(contest=award, kinds=kinds, vote=vote, places_in_all=most, why=why, by=office, at=AT)

    refused("rules-without-kind", lambda: act())
    refused("rules-kind-used", lambda: act(KindDetails("tutor", 1)))
    refused("rules-share", lambda: act(KindDetails("student", 1), vote=Vote(3, 2)))
    act(KindDetails("student", 2, 1, "每人3000元", ("junior",)), KindDetails("school", 1), most=2)
    terms = {kind_of(one.track): one for one in AwardTerms.objects.filter(track__contest=award)}
    assert (terms["student"].money, terms["student"].stages, terms["school"].places) == ("每人3000元", ["junior"], 1)
    award.refresh_from_db()
    assert award.settings["places_in_all"] == 2


def test_a_kind_that_comes_later_is_marked_like_the_others(award, office):
    kinds = [KindDetails("student", 2), KindDetails("tutor", 1)]
    change_terms(contest=award, kinds=kinds, vote=Vote(), places_in_all=None, why=Why(0), by=office, at=AT)
    rubrics = Rubric.objects.filter(track__contest=award).order_by("pk")
    first, later = ([one.label_zh for one in rubric.criteria.all()] for rubric in rubrics)
    assert first and first == later


def test_the_workbook_again_leaves_the_offices_word_alone():
    sheets = with_mayor(small(), POINTS, [])
    award = award_of(sheets)
    office = account()
    one = Nomination.objects.get(entry__contest=award, entry__number="M1")
    say_of_nominee(nomination=one, word=False, why="材料不实", by=office, at=AT)
    loaded(sheets)
    one.refresh_from_db()
    assert (one.is_admitted, one.why, one.entry.state) == (False, "材料不实", "not_passed")
    award.refresh_from_db()
    say_of_nominee(nomination=one, word=True, why="复核", by=office, at=AT)
    loaded(sheets)
    one.refresh_from_db()
    assert (one.is_admitted, award.entries.get(number="M1").state) == (True, "passed")


def test_the_database_takes_no_word_without_a_reason(award):
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(entry__contest=award).update(said_at=AT)


def test_more_winners_than_places_in_all_are_found_by_the_list_check():
    award = award_of(with_mayor(small(), POINTS, votes("M1", yes="abcdefghi") + votes("M2", yes="abcdefghi")))
    check_eligibility(contest=award, **WHO)
    decide(contest=award, **WHO)
    award.refresh_from_db()
    assert "over-total" not in [one.code for one in mayor_groups(award)[1]]
    award.settings["places_in_all"] = 1
    award.save()
    assert [one.facts for one in mayor_groups(award)[1] if one.code == "over-total"] == [{"found": 2, "places": 1}]


def test_the_offices_word_stands_above_the_rules_and_can_be_taken_back(award, office):
    change(award, office, way(award, level="world"))
    assert check_eligibility(contest=award, **WHO) == 0
    nomination = Nomination.objects.filter(entry__contest=award).first()
    refused("word-without-reason", lambda: say_of_nominee(nomination=nomination, word=True, why=" ", by=office, at=AT))
    say_of_nominee(nomination=nomination, word=True, why="主席批示", by=office, at=AT)
    assert check_eligibility(contest=award, **WHO) == 1
    event = Event.objects.get(action="nominee.admitted")
    assert event.body["entry"] == nomination.entry.number and "主席批示" not in str(event.body)
    say_of_nominee(nomination=nomination, word=None, why="撤回", by=office, at=AT)
    assert award.entries.countable().count() == 0
    nomination.refresh_from_db()
    assert (nomination.said_at, nomination.why, nomination.is_admitted) == (None, "", True)


def test_after_the_first_vote_a_word_names_minutes():
    award = voted()
    office = account()
    nomination = Nomination.objects.filter(entry__contest=award).first()
    said = {"nomination": nomination, "word": False, "why": "材料不实", "by": office, "at": AT}
    refused("word-without-minutes", lambda: say_of_nominee(**said))
    say_of_nominee(**said, minutes="纪要4号")
    assert check_eligibility(contest=award, **WHO) == 3


def test_an_unknown_stage_leaves_the_nominee_to_the_office(award, office):
    AwardTerms.objects.filter(track__contest=award).update(stages=["junior"])
    assert {one.found.is_eligible for one in tried(award)} <= {None, False}
    assert any(one.found.is_eligible is None for one in tried(award))
    assert check_eligibility(contest=award, **WHO) == 0


def details(**more: Any) -> EditionDetails:
    usual = {"series": "晴川市青少年科技创新市长奖", "title": "市长奖", "title_en": "Mayor's Award", "level": "city",
             "year": 2018, "ordinal": 1}  # fmt: skip
    return EditionDetails(**(usual | more))


def create(by: User, rules: str = "changzhou", kinds: tuple[str, ...] = ("student",), **more: Any) -> Contest:
    return create_edition(
        details=details(**more), rules=rules_presets()[rules], kinds=kinds, belongs_to=None, by=by, at=AT
    )


@pytest.mark.parametrize("rules", rules_presets())
def test_an_edition_is_made_with_the_rules_of_a_city(rules):
    made = create(account(), rules, ("student", "tutor"))
    assert (made.kind, made.label_zh, made.state) == ("award", "第一届晴川市青少年科技创新市长奖", "setup")
    assert made.alternatives.count() == len(rules_presets()[rules].alternatives)
    assert {kind_of(one.track) for one in AwardTerms.objects.filter(track__contest=made)} == {"student", "tutor"}
    assert Rubric.objects.filter(track__contest=made).count() == 2
    assert all(alternative_text(one) for one in made.alternatives.all())
    assert version_of(made) == 1


def test_the_next_edition_takes_rules_along_and_moves_its_windows():
    """Of an award of every second year."""
    office = account()
    made = create(office)
    Contest.objects.filter(pk=made.pk).update(closes_at=datetime(2018, 11, 10, 1, tzinfo=UTC))
    made.refresh_from_db()
    made.alternatives.filter(order=1).update(since=date(2016, 2, 29))
    AwardTerms.objects.filter(track__contest=made).update(born_since=date(2000, 9, 1), money="3000元")
    after = copy_contest(contest=made, by=office, at=AT)
    assert (after.kind, after.label_zh, after.ordinal, after.year) == (
        "award",
        "第二届晴川市青少年科技创新市长奖",
        2,
        2020,
    )
    first = after.alternatives.first()
    assert (first.since, first.years, first.names) == (
        date(2018, 3, 1),
        2,
        ["全国青少年科技创新大赛", "中国青少年科技创新大赛"],
    )
    assert "2018-11-10 至 2020-11-10" in alternative_text(first)
    terms = AwardTerms.objects.get(track__contest=after)
    assert (terms.born_since, terms.money, terms.track.contest) == (date(2002, 9, 1), "3000元", after)
    assert {one.track.contest for one in after.alternatives.all()} == {after}
    assert version_of(after) == 1


def test_a_sentence_reads_back_what_was_filled_in(award):
    said = way(award, prize_order=2, contest_name="全国赛", other_names=["明天小小科学家"], role="author",
               first_author_only=True, tracks_excluded=["科幻画"], since=date(2016, 1, 1))  # fmt: skip
    assert alternative_text(said) == (
        "在国家级的“全国赛”或“明天小小科学家”中获二等奖及以上，为第一作者，2016-01-01 起，不含赛项：科幻画。"
    )


# what is known of the rules of each city: winners by kind, nomination prizes, places in all, years between editions,
# ways to be eligible, who nominates, bodies above the committee, titles that follow with their number
CITIES = {
    "changzhou": ({"student": 10}, 10, None, 2, 8, "schools", [], [("tutor", 0), ("school", 0)]),
    "huangshan": ({"student": 5}, 0, None, 1, 3, "office", [], [("school", 0)]),
    "nantong": ({"student": 10}, 0, None, 2, 0, "units", ["government"], [("school", 0)]),
    "tongcheng": ({"student": 6, "tutor": 6}, 0, None, 2, 0, "office", ["council"], []),
    "linyi": ({"student": 10}, 10, None, 1, 0, "office", [], [("school", 10), ("tutor", 10)]),
    "chuzhou": ({"student": 10, "tutor": 10}, 0, 10, 1, 0, "office", [], []),
    "hefei": ({"student": 0}, 0, None, 1, 0, "office", [], []),
    "taizhou": ({"student": 10}, 0, None, 1, 0, "office", [], []),
    "shanghai": ({"student": 10}, 0, None, 2, 0, "office", [], []),
    "chongqing": ({"student": 10}, 10, None, 1, 0, "schools", ["government"], []),
    "hangzhou": ({"student": 10}, 0, None, 2, 0, "office", [], []),
}


def test_the_rules_of_every_city_are_known():
    assert set(CITIES) == set(rules_presets()) - {"own"}


@pytest.mark.parametrize("city", CITIES)
def test_what_is_known_of_a_city_is_what_its_edition_asks_for_and_no_more(city):
    places, nominated, in_all, every, ways, nominators, bodies, follows = CITIES[city]
    made = create(account(), city, tuple(places))
    terms = {kind_of(one.track): one for one in AwardTerms.objects.filter(track__contest=made)}
    assert {kind: one.places for kind, one in terms.items()} == places
    assert terms["student"].nomination_places == nominated
    assert (made.settings.get("places_in_all"), made.settings.get("every", 1)) == (in_all, every)
    assert made.alternatives.count() == ways
    assert nominators_of(made) == nominators
    assert [step for step, _name in made.settings.get("approval", [])] == bodies
    assert [(one.kind, one.number) for one in made.recognition_rules.all()] == follows


def test_an_award_of_every_second_year_comes_again_two_years_later():
    office = account()
    made = create(office, "shanghai")
    Contest.objects.filter(pk=made.pk).update(closes_at=datetime(2018, 11, 10, 1, tzinfo=UTC))
    AwardTerms.objects.filter(track__contest=made).update(born_since=date(1977, 7, 1))
    made.refresh_from_db()
    after = copy_contest(contest=made, by=office, at=AT)
    assert (after.year, after.ordinal, after.closes_at) == (2020, 2, datetime(2020, 11, 10, 1, tzinfo=UTC))
    assert AwardTerms.objects.get(track__contest=after).born_since == date(1979, 7, 1)
    assert after.settings["every"] == 2
