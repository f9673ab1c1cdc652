"""A contest in the middle of its judging whose judges have addresses."""

from datetime import datetime

from competition.models import Mail
from judging import letters
from judging.models import Judge
from judging.services.mailing import invite_by_mail, remind_by_mail
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest


def mailed_contest() -> Judged:
    judged = judged_contest()
    for judge in judged.contest.judges.all():
        Judge.objects.filter(pk=judge.pk).update(email=address(judge.code))
    return judged


def address(code: str) -> str:
    return f"{code.lower()}@example.org"


def invite(judged: Judged, *codes: str, at: datetime = AT) -> list[Mail]:
    keys = [judged.judge(code).key for code in codes]
    shown = letters.invitations(judged.contest, keys, by=judged.office).digest
    return invite_by_mail(contest=judged.contest, keys=keys, shown=shown, by=judged.office, at=at)


def remind(judged: Judged, *, at: datetime = AT) -> list[Mail]:
    shown = letters.reminders(judged.contest).digest
    return remind_by_mail(contest=judged.contest, shown=shown, by=judged.office, at=at)
