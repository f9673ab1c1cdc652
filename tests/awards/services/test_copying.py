"""What an edition does not take over from the one before it."""

import pytest

from competition.services.setting_up import copy_contest
from tests.factories.contests import AT, decided
from tests.factories.noticing import office_of
from tests.factories.sheets import small


@pytest.mark.django_db
def test_the_next_edition_says_anew_what_each_has_to_say():
    past = decided(small())
    office = office_of(past)
    past.settings |= dict.fromkeys(("move_majority", "move_minutes", "school_certificates"), "said")
    past.save(update_fields=["settings"])
    made = copy_contest(contest=past, by=office, at=AT)
    made.refresh_from_db()
    assert made.settings and not {"move_majority", "move_minutes", "school_certificates"} & made.settings.keys()
