"""Accounts, roles, links for one use, and schools that register themselves."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from competition.core.tokens import KEY_LENGTH
from competition.errors import Refused
from competition.models import District, Event, Role, School, SignInLink, User
from competition.services import accounts
from competition.services.accounts import (
    LINK_DAYS,
    create_account,
    digest_of,
    free_name,
    give_role,
    grant_role,
    invite,
    invite_schools,
    make_link,
    open_link,
    register_school,
    set_password,
    take_role,
    use_link,
)
from competition.services.entering import start_entry
from competition.services.places import decide_school, save_contacts, save_people, save_places
from competition.states import SCHOOL_MOVES, RoleKind, SchoolState
from tests.factories.contests import MINT
from tests.factories.entering import NOW, TICK, Open, everything, recorded, refusal

pytestmark = pytest.mark.django_db
EXPIRY = NOW + timedelta(days=LINK_DAYS)
GOOD = "三月的雨下在晴川 2026"


# ---- accounts and roles


def test_create_account_once_a_name(made: Open) -> None:
    with recorded("account.created"):
        user = create_account(username="anna", name="安娜", password=None, by=made["office"], at=NOW)
    assert not user.has_usable_password()
    assert len(user.key) == KEY_LENGTH
    with refusal("name-taken"):
        create_account(username="anna", name="另一个", password=GOOD, by=made["office"], at=NOW)


def test_a_role_is_given_once_and_taken_with_an_event(made: Open) -> None:
    who: dict[str, Any] = {"user": made["stranger"], "kind": RoleKind.SCHOOL, "school": made.schools["晴川一中"]}
    with recorded("role.granted"):
        role = grant_role(by=made["office"], at=NOW, **who)
        assert grant_role(by=made["office"], at=NOW, **who) == role
    assert Event.objects.latest("pk").body == {"kind": "school", "where": made.schools["晴川一中"].key}
    with recorded("role.taken"):
        take_role(role=role, by=made["office"], at=NOW)
    assert not Role.objects.filter(user=made["stranger"]).exists()
    assert User.objects.filter(pk=made["stranger"].pk).exists()


def test_whose_role_is_taken_enters_nothing_any_more(made: Open) -> None:
    take_role(role=Role.objects.get(user=made["晴川一中"]), by=made["office"], at=NOW)
    with refusal("hidden"):
        start_entry(
            contest=made.contest,
            school=made.schools["晴川一中"],
            track=made.tracks["创新"],
            by=made["晴川一中"],
            at=NOW,
        )


@pytest.mark.parametrize("password", ["", "kurz", "1234567", "password", "29384756"])
def test_a_weak_password_is_refused_with_what_is_wrong(made: Open, password: str) -> None:
    with refusal("weak-password"):
        set_password(user=made["stranger"], password=password, by=made["stranger"], at=NOW)


def test_set_password_sets_it_with_one_event(made: Open) -> None:
    with recorded("account.password-set"):
        set_password(user=made["stranger"], password=GOOD, by=made["stranger"], at=NOW)
    assert User.objects.get(pk=made["stranger"].pk).check_password(GOOD)
    assert GOOD not in str(everything())


OTHERS = ("host", "stranger", "晴川一中", "东区")


def office_services(made: Open) -> dict[str, Any]:
    """name -> service that only the office of the installation may use."""
    school: dict[str, Any] = {"kind": RoleKind.SCHOOL, "school": made.schools["晴川一中"]}
    role = Role.objects.get(user=made["晴川二中"])
    return {
        "grant": lambda **who: grant_role(user=made["stranger"], **school, **who),
        "grant office": lambda **who: grant_role(user=made["stranger"], kind=RoleKind.ORGANISER, **who),
        "take": lambda **who: take_role(role=role, **who),
        "link": lambda **who: make_link(user=made["晴川一中"], **who),
        "link of the office": lambda **who: make_link(user=made["office"], **who),
        "link of nobody": lambda **who: make_link(user=made["stranger"], **who),
        "invite": lambda **who: invite(name="周老师", **school, **who),
        "invite schools": lambda **who: invite_schools(schools=list(made.schools.values()), **who),
        "contacts": lambda **who: save_contacts(place=made.schools["晴川一中"], contact="x", phone="", **who),
    }


@pytest.mark.parametrize("name", ["grant", "grant office", "take", "link", "link of the office", "link of nobody",
                                  "invite", "invite schools", "contacts"])  # fmt: skip
def test_what_is_the_offices_is_refused_to_everybody_else(made: Open, name: str) -> None:
    service = office_services(made)[name]
    for who in OTHERS:
        with refusal("not-organiser"):
            service(by=made[who], at=NOW)
    with refusal("sign-in"):
        service(by=AnonymousUser(), at=NOW)


def test_who_organises_a_contest_gives_and_takes_roles_in_it_alone(made: Open) -> None:
    user = made["stranger"]
    role = grant_role(user=user, kind=RoleKind.JUDGE, contest=made.contest, by=made["host"], at=NOW)
    assert make_link(user=user, by=made["host"], at=NOW)
    give_role(user=user, kind=RoleKind.SCHOOL, school=made.schools["晴川一中"], by=None, at=NOW)
    with refusal("not-organiser"):  # the link would sign in as the school too
        make_link(user=user, by=made["host"], at=NOW)
    take_role(role=role, by=made["host"], at=NOW)
    with refusal("hidden"):
        grant_role(user=user, kind=RoleKind.JUDGE, contest=made.contest, by=made["东区"], at=NOW)


def test_the_installation_itself_needs_no_right(made: Open) -> None:
    school = made.schools["晴川一中"]
    role = grant_role(user=made["stranger"], kind=RoleKind.SCHOOL, school=school, by=None, at=NOW)
    assert make_link(user=made["stranger"], by=None, at=NOW)
    take_role(role=role, by=None, at=NOW)
    save_contacts(place=school, contact="孙主任", phone="", by=None, at=NOW)


# ---- schools that nobody acts for


def test_each_school_without_people_gets_an_account_and_a_link(made: Open) -> None:
    Role.objects.filter(school__in=[made.schools["晴川一中"], made.schools["晴川二中"]]).delete()
    School.objects.filter(name="晴川一中").update(contact="孙主任")
    with recorded(*["account.created", "role.granted", "link.made"] * 2):
        found = invite_schools(schools=list(made.schools.values()), by=made["office"], at=NOW)
    assert {one.school.name: one.user.name for one in found} == {"晴川一中": "孙主任", "晴川二中": "晴川二中"}
    for one in found:
        assert use_link(token=one.token, at=NOW) == one.user
        assert one.user.roles.get().school == one.school


def test_inviting_twice_leaves_the_links_that_were_handed_out(made: Open) -> None:
    schools = [made.schools["晴川一中"]]
    Role.objects.filter(school__in=schools).delete()
    (one,) = invite_schools(schools=schools, by=made["office"], at=NOW)
    with refusal("nobody-to-invite"):
        invite_schools(schools=schools, by=made["office"], at=NOW)
    assert open_link(one.token, at=NOW)


@pytest.mark.parametrize("state", [SchoolState.PENDING, SchoolState.REFUSED])
def test_a_school_that_is_not_approved_is_not_invited(made: Open, state: SchoolState) -> None:
    school = made.schools["晴川一中"]
    Role.objects.filter(school=school).delete()
    School.objects.filter(pk=school.pk).update(state=state)
    with refusal("nobody-to-invite"):
        invite_schools(schools=[school], by=made["office"], at=NOW)


# ---- links


def test_a_link_signs_in_once(made: Open) -> None:
    with recorded("link.made"):
        token = make_link(user=made["东区"], by=made["office"], at=NOW)
    assert open_link(token, at=NOW).user == made["东区"]
    with recorded("link.used"):
        assert use_link(token=token, at=NOW) == made["东区"]
    assert open_link(token, at=NOW) is None
    with refusal("no-such-link"):
        use_link(token=token, at=NOW)


def test_looking_at_a_link_does_not_use_it_up(made: Open) -> None:
    token = make_link(user=made["东区"], by=made["office"], at=NOW)
    for _ in range(3):
        assert open_link(token, at=NOW)
    assert use_link(token=token, at=NOW) == made["东区"]


def test_a_link_ends_to_the_microsecond(made: Open) -> None:
    token = make_link(user=made["东区"], by=made["office"], at=NOW)
    with refusal("no-such-link"):
        use_link(token=token, at=EXPIRY)
    assert use_link(token=token, at=EXPIRY - TICK) == made["东区"]


def test_a_newer_link_takes_the_older_back_and_nobody_elses(made: Open) -> None:
    old, other = (make_link(user=made[who], by=made["office"], at=NOW) for who in ("东区", "西区"))
    new = make_link(user=made["东区"], by=made["office"], at=NOW)
    with refusal("no-such-link"):
        use_link(token=old, at=NOW)
    assert [use_link(token=one, at=NOW).name for one in (new, other)] == ["东区", "西区"]


def test_a_used_link_stays_used_when_a_new_one_is_made(made: Open) -> None:
    use_link(token=make_link(user=made["东区"], by=made["office"], at=NOW), at=NOW)
    make_link(user=made["东区"], by=made["office"], at=NOW)
    first, second = SignInLink.objects.filter(user=made["东区"])
    assert (first.used_at, first.revoked_at, second.used_at) == (NOW, None, None)


def test_a_link_of_a_closed_account_opens_nothing(made: Open) -> None:
    token = make_link(user=made["东区"], by=made["office"], at=NOW)
    User.objects.filter(name="东区").update(is_active=False)
    with refusal("no-such-link"):
        use_link(token=token, at=NOW)


@pytest.mark.parametrize("token", ["", "x", "0" * 22])
def test_a_token_nobody_made_opens_nothing(made: Open, token: str) -> None:
    with refusal("no-such-link"):
        use_link(token=token, at=NOW)


def test_only_the_digest_of_a_token_is_kept(made: Open) -> None:
    token = make_link(user=made["东区"], by=made["office"], at=NOW)
    assert len(token) >= 22
    assert token not in str(everything())
    assert SignInLink.objects.get().digest == digest_of(token)


def test_of_two_at_once_the_second_is_refused(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have found the link open before either has used it."""
    token = make_link(user=made["东区"], by=made["office"], at=NOW)
    link = open_link(token, at=NOW)
    monkeypatch.setattr(accounts, "open_link", lambda token, *, at: link)
    assert use_link(token=token, at=NOW) == made["东区"]
    with refusal("no-such-link"):
        use_link(token=token, at=NOW)


def test_without_its_compare_and_swap_a_link_would_sign_in_twice(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: a link that is looked up and saved without asking whether it is still unused."""
    token = make_link(user=made["东区"], by=made["office"], at=NOW)
    link = open_link(token, at=NOW)
    monkeypatch.setattr(accounts, "open_link", lambda token, *, at: link)

    class Careless:
        @staticmethod
        def filter(**where: Any) -> Any:
            return SignInLink.objects.filter(pk=where["pk"])

    monkeypatch.setattr(accounts, "SignInLink", type("Row", (), {"objects": Careless}))
    assert [use_link(token=token, at=NOW) for _ in range(2)] == [made["东区"]] * 2


# ---- invitations


@pytest.mark.parametrize(("kind", "place"), [(RoleKind.SCHOOL, "晴川一中"), (RoleKind.DISTRICT, "西区")])
def test_an_invitation_is_account_role_and_link(made: Open, kind: RoleKind, place: str) -> None:
    scope = {"school": made.schools[place]} if kind == RoleKind.SCHOOL else {"district": made.units[place]}
    with recorded("account.created", "role.granted", "link.made"):
        user, token = invite(name="周老师", kind=kind, by=made["office"], at=NOW, **scope)
    assert (user.name, user.has_usable_password()) == ("周老师", False)
    assert "周" not in user.username
    assert use_link(token=token, at=NOW) == user
    assert user.roles.get().kind == kind


def test_an_invitation_is_for_a_place(made: Open) -> None:
    with pytest.raises(ValueError, match="school or a unit"):
        invite(name="周老师", kind=RoleKind.SCHOOL, by=made["office"], at=NOW)


def test_free_name_passes_over_names_that_are_taken(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 8])
    monkeypatch.setattr(accounts.secrets, "randbelow", lambda most: next(drawn))
    create_account(username="s000007", name="x", password=None, by=None, at=NOW)
    assert free_name("s") == "s000008"


# ---- a school that registers itself


def registering(made: Open, **more: Any) -> School:
    said: dict[str, Any] = {
        "district": made.units["东区"], "name": "晴川三中", "contact": "周老师", "phone": "0550-1", "username": "qc3",
        "password": GOOD, "at": NOW,
    } | more  # fmt: skip
    return register_school(**said)


def test_a_school_that_registered_enters_nothing_until_it_is_approved(made: Open) -> None:
    with recorded("account.created", "account.password-set", "role.granted", "school.registered"):
        school = registering(made)
    user = User.objects.get(username="qc3")
    assert (school.state, user.check_password(GOOD)) == (SchoolState.PENDING, True)
    entering: dict[str, Any] = {"contest": made.contest, "track": made.tracks["创新"], "by": user, "at": NOW}
    with refusal("school-not-approved"):
        start_entry(school=school, **entering)
    with recorded("school.refused"):
        decide_school(school=school, is_approved=False, by=made["office"], at=NOW)
    with refusal("school-not-approved"):
        start_entry(school=school, **entering)
    with recorded("school.active"):
        decide_school(school=school, is_approved=True, by=made["office"], at=NOW)
    assert start_entry(school=school, **entering).school == school


@pytest.mark.parametrize(
    ("code", "more"),
    [("school-there-already", {"name": "晴川一中"}), ("name-taken", {"username": "u0"}),
     ("weak-password", {"password": "12345678"})],
)  # fmt: skip
def test_registering_is_refused_whole(made: Open, code: str, more: dict[str, Any]) -> None:
    with refusal(code):
        registering(made, **more)
    assert registering(made).pk


def test_schools_of_one_name_in_two_districts_are_two(made: Open) -> None:
    assert registering(made, name="西山中学").district == made.units["东区"]


@pytest.mark.parametrize("was", SchoolState)
@pytest.mark.parametrize("is_approved", [True, False])
def test_schools_are_decided_only_as_the_table_allows(made: Open, was: SchoolState, is_approved: bool) -> None:
    school = made.schools["晴川一中"]
    School.objects.filter(pk=school.pk).update(state=was)
    school.refresh_from_db()
    to = SchoolState.ACTIVE if is_approved else SchoolState.REFUSED
    if to in SCHOOL_MOVES[was]:
        with recorded(f"school.{to}"):
            decide_school(school=school, is_approved=is_approved, by=made["office"], at=NOW)
    else:
        with refusal("no-such-move"):
            decide_school(school=school, is_approved=is_approved, by=made["office"], at=NOW)


def test_a_school_does_not_approve_itself(made: Open) -> None:
    school = registering(made)
    with pytest.raises(Refused):
        decide_school(school=school, is_approved=True, by=User.objects.get(username="qc3"), at=NOW)


# ---- places and people


def test_contacts_change_with_one_event_without_their_words(made: Open) -> None:
    for place in (made.schools["晴川一中"], made.units["西区"]):
        with recorded("place.contacts"):
            save_contacts(place=place, contact="孙主任", phone="0550-7", by=made["office"], at=NOW)
            save_contacts(place=place, contact="孙主任", phone="0550-7", by=made["office"], at=NOW)
    assert "孙主任" not in str(list(Event.objects.values("body", "subject")))
    assert District.objects.get(label_zh="西区").phone == "0550-7"


def test_places_and_people_are_made_once(made: Open) -> None:
    places = [("东区", "", "晴川一中", ""), ("北区", "North", "北山小学", "")]
    with recorded("places.added"):
        for _ in range(2):
            found = save_places(places=places, mint=MINT, by=None, at=NOW)
    assert found["东区", "晴川一中"] == made.schools["晴川一中"]
    school = made.schools["晴川一中"]
    keys = [("student", "张三", school, ""), ("student", "张三", school, "2"), ("tutor", "张三", school, ""),
            ("student", "张三", None, ""), ("student", "张三", school, "")]  # fmt: skip
    with recorded("people.added"):
        first = save_people(people=keys, mint=MINT, by=None, at=NOW)
        assert save_people(people=keys, mint=MINT, by=None, at=NOW) == first
    assert len({one.pk for one in first.values()}) == 4
