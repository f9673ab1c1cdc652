"""双人复核 in a Mayor's Award: it asks for two wherever its contest does."""

import pytest

from awards.services.lists import lock_list
from awards.services.running import decide
from competition.access import has_two_persons
from competition.models import Contest, Event
from competition.services.agreeing import switch_two_persons
from competition.states import ContestKind, StepKind
from tests.awards.services.test_notices import refused
from tests.factories.agreeing import approver, both, of_two, organiser
from tests.factories.contests import decided, loaded
from tests.factories.noticing import NOW
from tests.factories.sheets import small, votes, with_mayor

pytestmark = pytest.mark.django_db
LINES = [line for n in (1, 2) for line in votes(f"M{n}", yes="abcdefghi")]
SHEETS = with_mayor(small(), {f"M{n}": (90 - n,) * 3 for n in range(1, 5)}, LINES)


def award_of(contest: Contest) -> Contest:
    return Contest.objects.get(belongs_to=contest, kind=ContestKind.AWARD)


def test_an_award_is_switched_on_with_its_contest():
    contest = loaded(SHEETS).contest
    of_two(contest)
    award = award_of(contest)
    assert award.settings["two_persons"] is True
    assert Event.objects.filter(chain__contest=award, action="two-persons.on").count() == 1


def test_an_award_that_is_made_later_takes_two_from_the_start():
    contest = of_two(loaded(small()).contest)
    award = award_of(loaded(SHEETS).contest)
    assert award.settings["two_persons"] is True
    assert [event.action for event in Event.objects.filter(chain__contest=award)][:2] == [
        "contest.created",
        "two-persons.on",
    ]
    loaded(SHEETS)
    assert Event.objects.filter(chain__contest=award, action="two-persons.on").count() == 1
    assert contest.settings["two_persons"] is True


def test_a_delegation_is_decided_elsewhere_and_follows_nobody():
    contest = of_two(loaded(small()).contest)
    made = Contest(kind=ContestKind.CONTEST, belongs_to=contest)
    assert not has_two_persons(made)


def test_an_award_asks_for_two_even_where_its_own_setting_was_never_said():
    contest = of_two(decided(SHEETS))
    award = award_of(contest)
    award.settings.pop("two_persons")
    award.save(update_fields=["settings"])
    refused("second-person-missing", lambda: lock_list(contest=award, by=organiser(award), at=NOW))


def test_an_award_does_without_only_after_its_contest():
    contest = of_two(loaded(SHEETS).contest)
    award, first = award_of(contest), organiser(contest)
    office, second = organiser(award, "office"), approver(contest)
    off = lambda: switch_two_persons(contest=award, is_on=False, by=office, at=NOW)  # noqa: E731
    refused("two-persons-of-contest", off)
    both(contest, StepKind.ONE_PERSON, first, second, reason="一人")
    award.refresh_from_db()
    assert award.settings["two_persons"] is True
    refused("second-person-missing", off)
    both(award, StepKind.ONE_PERSON, office, second, reason="一人")
    assert not has_two_persons(award)


def test_a_second_person_of_the_contest_approves_in_its_award():
    contest = of_two(decided(SHEETS))
    award, second = award_of(contest), approver(contest)
    office = organiser(contest)
    both(contest, StepKind.LOCK, office, second)
    of_award = organiser(award, "office")
    decide(contest=award, by=of_award, at=NOW)
    both(award, StepKind.LOCK, of_award, second)
    award.refresh_from_db()
    assert award.state == "locked"
