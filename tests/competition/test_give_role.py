"""The command by which whoever runs the server makes the first organiser, and a second person."""

import io

import pytest
from django.core.management import CommandError, call_command

from competition.models import Event, Role, SignInLink, User
from competition.services.accounts import digest_of
from tests.factories.contests import bare_contest

pytestmark = pytest.mark.django_db


def give(*words: str) -> str:
    out = io.StringIO()
    call_command("give_role", *words, "--language=en", stdout=out)
    return out.getvalue()


def test_a_new_account_gets_the_role_and_a_link_that_signs_in():
    contest = bare_contest()
    said = give("li", "approver", "--contest", contest.label_zh, "--person", "李四")
    role = Role.objects.get()
    assert (role.user.username, role.user.name, role.kind, role.contest) == ("li", "李四", "approver", contest)
    token = said.split("/link/")[1].strip().strip("/")
    assert SignInLink.objects.get().digest == digest_of(token)
    granted = Event.objects.get(action="role.granted")
    assert (granted.actor, granted.via) == (None, "command")


def test_an_account_that_is_there_keeps_its_way_in():
    User.objects.create_user("li", name="李四")
    said = give("li", "organiser")
    assert Role.objects.get().contest is None
    assert "link" not in said
    assert give("li", "organiser")
    assert Role.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_is_made():
    with pytest.raises(CommandError, match="--person"):
        give("li", "approver")
    with pytest.raises(CommandError, match="Give one of these keys"):
        give("li", "approver", "--contest", "nothing", "--person", "李四")
    with pytest.raises(CommandError):
        give("li", "judge", "--person", "李四")
    assert not User.objects.exists()
