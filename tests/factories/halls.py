"""A hall full of judges for the browser tests, built in the database of their server.

python -m tests.factories.halls             prints the keys of the piles, one a line, in the order of the judges
python -m tests.factories.halls gallery     a hall of pictures, one more than hang on a page of the wall
python -m tests.factories.halls practice    a hall whose judges practise
python -m tests.factories.halls minutes     two contests that were decided on paper; prints their keys
python -m tests.factories.halls room        an award whose experts have marked and whose committee votes next; its key
"""

import os
import sys

JUDGES, ENTRIES = 24, 20
GALLERY, PRACTICE, MINUTES, ROOM = "gallery", "practice", "minutes", "room"


def main(*words: str) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    known = {GALLERY: build_gallery, PRACTICE: build_practice, MINUTES: build_minutes, ROOM: build_room}
    build_one = known[words[0]] if words else build
    for key in build_one():
        print(key)


def build_gallery() -> list[str]:
    from competition.models import Track
    from judging.views.hanging import MOST
    from tests.factories.pictures import hang

    keys = build(judges=2, entries=MOST + 1, name=GALLERY)
    hang(Track.objects.get(contest__judges__key=keys[0]))
    return keys


def build_practice() -> list[str]:
    from judging.services.practice import FEWEST

    return build(judges=2 * FEWEST, entries=3, name=PRACTICE)


def build_minutes() -> list[str]:
    """Each with four entries of one track; one office of both signs in as "minutes"."""
    from awards.demo.accounts import DEMO_PASSWORD
    from competition.core.tokens import random_mint
    from competition.services.accounts import create_account, give_role
    from competition.services.contests import TrackDetails, reach, save_contest, save_tracks
    from competition.services.entries import EntryDetails, save_entries
    from competition.states import ContestState, RoleKind
    from tests.factories.contests import WHO, details

    office = create_account(username=MINUTES, name="纸上评审办公室", password=DEMO_PASSWORD, **WHO)
    keys = []
    for name in ("甲", "乙"):
        edition = details(name=f"纸上评审{name}", series=f"纸上评审{name}")
        contest = save_contest(details=edition, mint=random_mint(), has_verification=False, **WHO)
        tracks = save_tracks(contest=contest, tracks=[TrackDetails("科幻画", is_by_minutes=True)], **WHO)
        wanted = [EntryDetails(f"P{n}", f"未来的桥{n}", tracks["科幻画"], None) for n in range(1, 5)]
        save_entries(contest=contest, entries=wanted, **WHO)
        give_role(user=office, kind=RoleKind.ORGANISER, contest=contest, **WHO)
        reach(contest=contest, state=ContestState.JUDGING, **WHO)
        keys.append(contest.key)
    return keys


def build_room() -> list[str]:
    """Four students are nominated for two places; nobody is named for the committee yet. Its office is "room"."""
    from awards.demo.accounts import DEMO_PASSWORD
    from competition.services.accounts import create_account, give_role
    from competition.states import RoleKind
    from tests.factories.balloting import POINTS, award_of
    from tests.factories.contests import WHO

    award = award_of(POINTS)
    office = create_account(username=ROOM, name="评奖办公室", password=DEMO_PASSWORD, **WHO)
    give_role(user=office, kind=RoleKind.ORGANISER, contest=award, **WHO)
    return [award.key]


def username(number: int, name: str = "hall") -> str:
    return f"{name}{number}"


def build(judges: int = JUDGES, entries: int = ENTRIES, name: str = "hall") -> list[str]:
    """A contest in judging: every judge has accepted, signs in with the demo's password and has every entry.

    name     begins the usernames; its office signs in with it alone
    """
    from awards.demo.accounts import DEMO_PASSWORD
    from competition.core.tokens import random_mint
    from competition.models import Contest
    from competition.services.accounts import create_account, give_role
    from competition.services.contests import TrackDetails, save_contest, save_tracks
    from competition.services.entries import EntryDetails, save_entries
    from competition.states import RoleKind
    from judging.models import Judge
    from judging.services.assignments import save_assignments
    from judging.services.panel import JudgeFacts, add_judge
    from judging.services.rounds import (
        CriterionDetails,
        RoundDetails,
        RubricDetails,
        save_round_entries,
        save_rounds,
        save_rubrics,
    )
    from judging.states import AssignedBy, JudgeState
    from tests.factories.contests import AT, WHO, details

    contest = save_contest(details=details(name=f"大厅评审{name}"), mint=random_mint(), has_verification=False, **WHO)
    tracks = save_tracks(contest=contest, tracks=[TrackDetails("创新")], **WHO)
    wanted = [EntryDetails(f"H{n:02}", f"大厅作品{n:02}", tracks["创新"], None) for n in range(1, entries + 1)]
    saved = save_entries(contest=contest, entries=wanted, **WHO)
    rounds = save_rounds(contest=contest, rounds=[RoundDetails("初评")], **WHO)
    criteria = (CriterionDetails("科学性", 40), CriterionDetails("创新性", 60))
    rubric = RubricDetails("初评", tracks["创新"], criteria, places=0)
    save_rubrics(contest=contest, rounds=rounds, rubrics=[rubric], **WHO)
    save_round_entries(contest=contest, wanted={rounds["初评"]: list(saved.values())}, **WHO)
    office = create_account(username=name, name="大厅办公室", password=DEMO_PASSWORD, **WHO)
    give_role(user=office, kind=RoleKind.ORGANISER, contest=contest, **WHO)
    called = [f"大厅评委{number}" for number in range(1, judges + 1)]
    panel = [add_judge(contest=contest, facts=JudgeFacts(one), by=office, at=AT) for one in called]
    for number, judge in enumerate(panel, 1):
        user = create_account(username=username(number, name), name=judge.person.name, password=DEMO_PASSWORD, **WHO)
        give_role(user=user, kind=RoleKind.JUDGE, contest=contest, **WHO)
        Judge.objects.filter(pk=judge.pk).update(user=user, state=JudgeState.ACCEPTED, pledged_at=AT, answered_at=AT)
    triples = [(rounds["初评"], entry, judge) for entry in saved.values() for judge in panel]
    save_assignments(contest=contest, triples=triples, source=AssignedBy.WORKBOOK, **WHO)
    Contest.objects.filter(pk=contest.pk).update(state="judging")
    return [judge.key for judge in panel]


if __name__ == "__main__":
    main(*sys.argv[1:])
