"""The stamped summary of a unit, and shares of its quota."""

import pytest

from awards.outputs.entry_papers import entry_form_pdf, unit_summary_pdf
from competition.core.form_codes import read_summary_code, summary_code
from competition.models import Entry, StoredFile
from competition.services.papers import keep_paper
from competition.services.quotas import QuotaDetails, save_quotas
from competition.services.summaries import (
    codes_on,
    recommended_by,
    stamp_summary,
    stamped_units,
    standing_summary,
    summary_digest,
)
from competition.states import ContestState, Verdict
from tests.factories.entering import (
    NOW,
    handed_in,
    office_says,
    recommended,
    recorded,
    refusal,
    ruled,
    submitted_again,
    unit_says,
)


@pytest.fixture
def paper(made) -> StoredFile:
    return StoredFile.objects.create(sha256="1" * 64, size=1, kind="pdf", media_type="application/pdf", stored_at=NOW)


def stamp(made, paper, unit: str = "东区", by: str | None = None):
    return stamp_summary(contest=made.contest, unit=made.units[unit], paper=paper, by=made[by or unit], at=NOW)


def test_a_summary_fits_until_something_else_is_recommended(made, paper):
    recommended(made)
    with recorded("summary.stamped"):
        stamp(made, paper)
    unit = made.units["东区"]
    assert stamped_units(made.contest) == {unit.pk: True}
    recommended(made, "风车")
    assert stamped_units(made.contest) == {unit.pk: False}
    again = stamp(made, paper)
    assert stamped_units(made.contest) == {unit.pk: True}
    assert standing_summary(made.contest, unit) == again


def test_a_unit_that_takes_its_recommendation_back_no_longer_fits(made, paper):
    entry = recommended(made)
    recommended(made, "风车")
    stamp(made, paper)
    unit_says(made, entry, Verdict.NOT_RECOMMENDED)
    assert list(stamped_units(made.contest).values()) == [False]


def test_nothing_recommended_is_nothing_to_stamp(made, paper):
    handed_in(made)
    with refusal("nothing-recommended"):
        stamp(made, paper)


@pytest.mark.parametrize("who", ["西区", "晴川一中", "stranger"])
def test_only_the_unit_and_the_office_hand_it_in(made, paper, who):
    recommended(made)
    with refusal("hidden"):
        stamp(made, paper, by=who)
    assert stamp(made, paper, by="office")


def test_after_judging_no_paper_proves_anything(made, paper):
    recommended(made)
    ruled(made, state=ContestState.DECISION)
    with refusal("wrong-state"):
        stamp(made, paper)


def keep(made, most: int, **shares: int) -> None:
    quotas = [QuotaDetails(made.units["东区"], most)]
    save_quotas(contest=made.contest, quotas=quotas, shares=shares, by=made["office"], at=NOW)
    made.contest.refresh_from_db()


def test_what_is_kept_for_a_division_nobody_else_takes(made):
    """Four places, half of them kept for juniors: primary pupils get the two that are free."""
    keep(made, 4, junior=50)
    recommended(made, "一")
    recommended(made, "二")
    third = handed_in(made, "三")
    with refusal("share-kept") as found:
        unit_says(made, third)
    assert "初中 2" in str(found[0])
    keep(made, 4)  # without the share it goes up
    assert unit_says(made, third).state == "recommended"


def test_more_than_the_whole_is_refused(made):
    with refusal("shares-too-many"):
        keep(made, 4, junior=60, primary=50)


def test_shares_alone_are_a_change(made):
    keep(made, 4)
    with recorded("quotas.saved"):
        keep(made, 4, junior=50)
    with recorded():
        keep(made, 4, junior=50)


def printed_code(made) -> tuple[str, str]:
    found = read_summary_code(
        summary_code(made.units["东区"].key, summary_digest(recommended_by(made.units["东区"], made.contest)))
    )
    assert found
    return found


def test_paper_of_before_is_not_the_summary_of_now(made, paper):
    recommended(made)
    code = printed_code(made)
    recommended(made, "风车")
    with refusal("summary-out-of-date"):
        stamp_summary(contest=made.contest, unit=made.units["东区"], paper=paper, codes=[code], by=made["东区"], at=NOW)
    now = printed_code(made)
    assert stamp_summary(
        contest=made.contest, unit=made.units["东区"], paper=paper, codes=[now], by=made["东区"], at=NOW
    )


def test_the_paper_of_another_unit_is_refused(made, paper):
    recommended(made)
    code = (made.units["西区"].key, "0" * 8)
    with refusal("summary-of-other"):
        stamp_summary(contest=made.contest, unit=made.units["东区"], paper=paper, codes=[code], by=made["东区"], at=NOW)


def test_the_code_of_a_printed_summary_is_read(made):
    recommended(made)
    unit = made.units["东区"]
    data = unit_summary_pdf(unit, made.contest, recommended_by(unit, made.contest), at=NOW)
    assert codes_on(keep_paper(name="a.pdf", chunks=[data], at=NOW)) == [printed_code(made)]


def test_what_comes_back_to_the_office_keeps_to_the_shares(made):
    """Returned, put into another division, handed in anew: the places kept for juniors stay theirs."""
    keep(made, 2, junior=50)
    recommended(made, "一")
    entry = recommended(made, "二", division="junior", authors=[{"name": "孙小", "grade": 7}])
    entry = office_says(made, entry, Verdict.RETURNED)
    Entry.objects.filter(pk=entry.pk).update(division=made.contest.divisions.get(code="primary"))
    entry.draft["authors"][0]["grade"] = 5
    entry.save(update_fields=["draft"])
    with refusal("share-kept"):
        submitted_again(made, entry)


def test_a_place_given_up_is_asked_for_again(made):
    keep(made, 1)
    first = office_says(made, recommended(made, "一"), Verdict.NOT_PASSED)
    recommended(made, "二")
    with refusal("quota-reached"):
        office_says(made, first, Verdict.PASSED)


def test_a_name_put_right_needs_no_other_stamp(made, paper):
    entry = recommended(made)
    stamp(made, paper)
    Entry.objects.filter(pk=entry.pk).update(title="更正后的题目")
    assert list(stamped_units(made.contest).values()) == [True]


def test_the_form_of_an_entry_is_no_summary(made):
    entry = recommended(made)
    form = keep_paper(name="a.pdf", chunks=[entry_form_pdf(entry, entry.submissions.get())], at=NOW)
    with refusal("summary-of-other"):
        stamp_summary(contest=made.contest, unit=made.units["东区"], paper=form, codes=codes_on(form), by=made["东区"],
                      at=NOW)  # fmt: skip
