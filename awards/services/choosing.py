"""What an office chose for a paper or a page, kept among the settings of its contest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from competition import events
from competition.access import why_not_organise
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest


class Style(Protocol):
    @property
    def is_known(self) -> bool: ...

    @property
    def stored(self) -> dict[str, Any]: ...


@transaction.atomic
def keep_style(
    contest: Contest, setting: str, style: Style, *, refusal: str, action: str, told: Sequence[str], by: User,
    at: datetime,
) -> None:  # fmt: skip
    """It says nothing about who has which prize, so it may be chosen at any time.

    told     what of it the log says in plain words, beside the digest of all
    raises   Refused `refusal` where it has a value that nobody knows
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    if not style.is_known:
        raise Refused(Denial(refusal, {"contest": contest}))
    wanted = style.stored
    if contest.settings.get(setting) == wanted:
        return
    contest.settings |= {setting: wanted}
    contest.save(update_fields=["settings"])
    body = {name: wanted[name] for name in told} | {"style": digest(wanted)}
    events.record(contest, action, contest, by=by, at=at, body=body)
