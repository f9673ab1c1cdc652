"""自荐, as the person does it: begun, saved, sent, taken back. There is no account: whoever calls has asked for the
secret. What is begun and saved stands outside the log, as drafts do."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import transaction
from django.db.models import Sum

from awards.access_to_self import self_terms_of, why_not_edit_self, why_not_self_nominate, why_not_self_over
from awards.core.self_nominating import (
    MOST_PROOFS,
    NUMBER_SIGNS,
    PLACES,
    PLEDGED,
    PROOF,
    SECRET_SIGNS,
    SelfSaid,
    drawn,
    grouped,
    ungrouped,
)
from awards.models import SelfNomination, SelfPaper
from awards.presets import kind_of
from awards.self_nominations import asked_pledges, lacks_of, said_of, sealed_said
from awards.services.self_terms import drop_files
from awards.states import NomineeKind, SelfState
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, StoredFile, Track
from competition.services.papers import MB

MOST_DRAFTS = 3000  # nobody fills the tables of an office
MOST_MB, MOST_MB_IN_ALL = 60, 4000  # of one, and of all of an award
UNTOUCHED = timedelta(days=1)  # a draft that was never saved


@transaction.atomic
def begin_self(*, contest: Contest, track: Track, at: datetime) -> tuple[SelfNomination, str]:
    """An empty draft, and the secret, shown only now.

    raises   Refused "self-not-open", "self-over", "self-full", "nominee-of-another-kind"
    """
    if denial := why_not_self_nominate(contest, self_terms_of(contest), at=at):
        raise Refused(denial)
    if track.contest_id != contest.pk or kind_of(track) == NomineeKind.SCHOOL:
        raise Refused(Denial("nominee-of-another-kind", {"track": track.label}))
    drafts = SelfNomination.objects.filter(contest=contest, state=SelfState.DRAFT)
    drafts.filter(revision=0, papers=None, begun_at__lt=at - UNTOUCHED).delete()
    if drafts.count() >= MOST_DRAFTS:
        raise Refused(Denial("self-full", {"contest": contest.label}))
    number, secret = grouped(drawn(NUMBER_SIGNS, secrets.choice)), drawn(SECRET_SIGNS, secrets.choice)
    made = SelfNomination.objects.create(
        contest=contest, track=track, number=number, digest=digest_of(contest, number, secret), begun_at=at
    )
    return made, grouped(secret)


def digest_of(contest: Contest, number: str, secret: str) -> str:
    """Of 100 bits, so a plain hash will do: nobody tries them all."""
    return hashlib.sha256(f"{contest.key} {number} {secret}".encode()).hexdigest()


def find_self(contest: Contest, *, number: str, secret: str, at: datetime) -> SelfNomination | None:
    """The one with this number, for whoever has its own secret; none from the day of erasure on."""
    number = grouped(ungrouped(number))
    found = SelfNomination.objects.filter(contest=contest, number=number).select_related("track").first()
    known = found.digest if found else ""
    is_right = compare_digest(known, digest_of(contest, number, ungrouped(secret)))
    if found is None or not known or not is_right or why_not_self_over(contest, self_terms_of(contest), at=at):
        return None
    found.contest = contest
    return found


def locked_self(nomination: SelfNomination) -> SelfNomination:
    """raises   Refused "self-gone": it was taken back, or erased, meanwhile"""
    rows = SelfNomination.objects.select_for_update(of=("self",)).select_related("contest", "track")
    if (found := rows.filter(pk=nomination.pk).first()) is None:
        raise Refused(Denial("self-gone"))
    return found


def edited(nomination: SelfNomination, *, at: datetime) -> SelfNomination:
    found = locked_self(nomination)
    if denial := why_not_edit_self(found, self_terms_of(found.contest), at=at):
        raise Refused(denial)
    return found


@transaction.atomic
def save_self(
    *, nomination: SelfNomination, said: SelfSaid, pledges: Iterable[str], revision: int, at: datetime
) -> SelfNomination:
    """What is typed so far, whole or not.

    revision   which the page was made from
    raises     Refused "self-changed-meanwhile", and why it is not changed any more
    """
    found = edited(nomination, at=at)
    if found.revision != revision:
        raise Refused(Denial("self-changed-meanwhile"))
    known = {*(one.code for one in asked_pledges(found.contest)), *PLEDGED}
    found.sealed, found.pledges = sealed_said(said, found), sorted(known.intersection(pledges))
    found.revision += 1
    found.save(update_fields=["sealed", "pledges", "revision"])
    return found


@transaction.atomic
def keep_self_paper(*, nomination: SelfNomination, place: str, paper: StoredFile, at: datetime) -> SelfPaper:
    """A document in its place; what was there goes, of proofs there are several.

    raises   Refused "self-proofs", "self-papers-heavy", "self-papers-full", and why it is not changed any more
    """
    found = edited(nomination, at=at)
    if place not in PLACES:
        raise ValueError(place)
    there = list(found.papers.filter(place=place).select_related("file"))
    if place == PROOF:
        if any(one.file_id == paper.pk for one in there):
            return next(one for one in there if one.file_id == paper.pk)
        if len(there) >= MOST_PROOFS:
            raise Refused(Denial("self-proofs", {"most": MOST_PROOFS}))
        there = []
    refuse_heavy(found, paper, without=there)
    found.papers.filter(pk__in=[one.pk for one in there]).delete()
    made = SelfPaper.objects.create(nomination=found, place=place, file=paper, added_at=at)
    drop_files(there)
    return made


def refuse_heavy(nomination: SelfNomination, paper: StoredFile, *, without: list[SelfPaper]) -> None:
    mine = nomination.papers.exclude(pk__in=[one.pk for one in without])
    if (mine.aggregate(size=Sum("file__size"))["size"] or 0) + paper.size > MOST_MB * MB:
        raise Refused(Denial("self-papers-heavy", {"most": MOST_MB}))
    every = SelfPaper.objects.filter(nomination__contest=nomination.contest)
    if (every.aggregate(size=Sum("file__size"))["size"] or 0) + paper.size > MOST_MB_IN_ALL * MB:
        raise Refused(Denial("self-papers-full", {"contest": nomination.contest.label}))


@transaction.atomic
def drop_self_paper(*, nomination: SelfNomination, key: str, at: datetime) -> None:
    """One of its own; one that is gone already stays so."""
    found = edited(nomination, at=at)
    there = list(found.papers.filter(key=key).select_related("file"))
    found.papers.filter(key=key).delete()
    drop_files(there)


@transaction.atomic
def send_self(*, nomination: SelfNomination, at: datetime) -> SelfNomination:
    """To the office, once everything is there; from then on it is read, not changed.

    raises   Refused "self-incomplete", and why it is not sent any more
    """
    found = edited(nomination, at=at)
    said = said_of(found, at=at)
    if lacks := lacks_of(found, said, at=at):
        raise Refused(Denial("self-incomplete", {"missing": len(lacks)}))
    papers = sorted(found.papers.values_list("file__sha256", flat=True))
    content = found.contest.mint.commitment(digest(said.values()), *found.pledges, *papers)
    facts = {"content": content, "documents": len(papers)}
    move(found, SelfState.SENT, by=None, at=at, facts=facts, sent_at=at, answer="", decided_at=None, decided_by=None)
    return found


@transaction.atomic
def take_back_self(*, nomination: SelfNomination, at: datetime) -> None:
    """Everything of it is erased at once; whoever was taken up asks the office.

    raises   Refused "self-taken", "self-gone"
    """
    found = locked_self(nomination)
    if found.state == SelfState.TAKEN:
        raise Refused(Denial("self-taken", {"number": found.number}))
    papers = list(found.papers.select_related("file"))
    contest, was = found.contest, found.state
    if was != SelfState.DRAFT:
        body = {"from": str(was), "documents": len(papers)}
        events.record(contest, "self-nomination.taken-back", found, by=None, at=at, body=body)
    found.delete()
    drop_files(papers)
