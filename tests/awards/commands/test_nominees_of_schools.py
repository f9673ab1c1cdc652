"""A workbook that comes again leaves alone whom schools nominated on the web."""

import pytest

from awards.models import Nomination
from awards.services.handing_in import begin_nomination
from competition.errors import Refused
from competition.models import Contest, Role, School, User
from competition.services.entering import save_draft, submit_entry
from competition.services.reviewing import review_entry
from competition.states import ContestState, ReviewStep, RoleKind, Verdict
from judging.models import RoundEntry
from tests.factories.contests import AT, loaded
from tests.factories.sheets import small, with_mayor

pytestmark = pytest.mark.django_db
SHEETS = {"M1": (90,) * 3}


def with_one_of_a_school() -> tuple[Contest, Nomination, User]:
    award = loaded(with_mayor(small(), SHEETS, [])).contest.companions.get(kind="award")
    office = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER)
    Contest.objects.filter(pk=award.pk).update(
        state=ContestState.ENTRY, has_unit_step=False, settings=award.settings | {"nominators": "schools"}
    )
    award.refresh_from_db()
    track, school = award.tracks.first(), School.objects.first()
    entry = begin_nomination(contest=award, school=school, track=track, name="网上人", by=office, at=AT)
    people = [{"name": "网上人", "grade": 8}]
    save_draft(entry=entry, changes={"title": "伞", "abstract": "好", "authors": people}, by=office, at=AT)
    submit_entry(entry=entry, by=office, at=AT)
    review_entry(entry=entry, step=ReviewStep.OFFICE, verdict=Verdict.PASSED, by=office, at=AT)
    return award, Nomination.objects.get(entry=entry), office


def test_it_stays_as_it_is_with_its_round():
    award, nomination, _office = with_one_of_a_school()
    Contest.objects.filter(pk=award.pk).update(state=ContestState.SETUP)
    entry = nomination.entry
    RoundEntry.objects.create(round=award.rounds.first(), entry=entry)
    before = (entry.state, entry.number, entry.title)
    again = loaded(with_mayor(small(), SHEETS, [])).contest.companions.get(kind="award")
    entry.refresh_from_db()
    assert again.pk == award.pk and (entry.state, entry.number, entry.title) == before
    assert entry.authors.get().person.name == "网上人" and RoundEntry.objects.filter(entry=entry).exists()
    assert again.settings["nominators"] == "schools"


def test_a_number_of_it_is_refused():
    _award, nomination, _office = with_one_of_a_school()
    sheets = with_mayor(small(), SHEETS, [])
    sheets["候选人"][0]["候选人编号"] = nomination.entry.number
    sheets["评分"] = [{**row, "作品编号": nomination.entry.number} if row.get("作品编号") == "M1" else row
                      for row in sheets["评分"]]  # fmt: skip
    with pytest.raises(Refused) as fault:
        loaded(sheets)
    assert fault.value.denial.code == "nominee-number-of-school"
    nomination.entry.refresh_from_db()
    assert nomination.entry.title == "伞"
