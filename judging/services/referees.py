"""The referees of a contest: an account that measures and does nothing else, and the link that signs it in."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Track, User
from competition.services.accounts import create_account, end_links, free_name, give_role, make_link, take_role
from competition.states import RoleKind
from judging.models import Referee
from judging.services.panel import kept_by


@transaction.atomic
def add_referee(*, contest: Contest, name: str, tracks: Sequence[Track], by: User, at: datetime) -> Referee:
    """Somebody who measures. raises   Refused where `by` may not keep who judges here"""
    contest = kept_by(contest, by, at)
    user = create_account(username=free_name("r"), name=name, password=None, by=by, at=at)
    give_role(user=user, kind=RoleKind.REFEREE, contest=contest, by=by, at=at)
    made = Referee.objects.create(contest=contest, user=user)
    made.tracks.set(tracks)
    events.record(contest, "referee.added", made, by=by, at=at, body={"tracks": len(tracks)})
    return made


@transaction.atomic
def link_referee(*, referee: Referee, by: User, at: datetime) -> str:
    """A new link in place of the old; the token is known only here and now."""
    kept_by(referee.contest, by, at)
    return make_link(user=referee.user, by=by, at=at)


@transaction.atomic
def revoke_referee_links(*, referee: Referee, by: User, at: datetime) -> None:
    """Links that were not used yet end. raises   Refused "no-open-link" """
    kept_by(referee.contest, by, at)
    if not end_links(referee.user, at=at):
        raise Refused(Denial("no-open-link"))
    events.record(None, "link.revoked", referee.user, by=by, at=at)


@transaction.atomic
def remove_referee(*, referee: Referee, by: User, at: datetime) -> None:
    """Measures no more, from the next click on. What they entered and confirmed stays, under their name."""
    contest = kept_by(referee.contest, by, at)
    end_links(referee.user, at=at)
    for role in referee.user.roles.filter(kind=RoleKind.REFEREE, contest=contest):
        take_role(role=role, by=by, at=at)
    key = referee.key
    referee.delete()
    events.record(contest, "referee.removed", contest, by=by, at=at, body={"referee": key})
