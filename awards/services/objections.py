"""异议: what people say against a list under notice, and what somebody outside the panel decides."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.db import transaction
from django.db.models import Sum

from awards.access import notice_objected_to, why_not_object, why_not_see_notices, why_not_see_objection
from awards.calendars import term_of
from awards.models import Notice, Objection
from awards.services.notices import terms_of
from awards.states import ObjectionState, ObjectionWay
from competition import events
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, Entry, StoredFile, User
from competition.services.locks import locked_contest
from competition.services.papers import MB
from judging.models import Judge
from judging.states import JudgeState

SIGNS = 8
MOST_FILES = 5
EVIDENCE_MB = 500  # from the public on one notice: nobody fills the disk of an office
BETWEEN_NAMES = re.compile(r"[、，,;；/&\n]+|和|与|\band\b")
BETWEEN_WORDS = re.compile(r"[、，,;；/&\s]+|和|与")  # 张三 李四


@dataclass(frozen=True)
class Said:
    """What somebody objects. `entry` None: to the list as a whole."""

    way: ObjectionWay
    name: str
    contact: str
    reason: str
    entry: Entry | None = None


@transaction.atomic
def receive_objection(
    *, contest: Contest, said: Said, evidence: Sequence[StoredFile] = (), by: User | None, at: datetime
) -> Objection:
    """Take an objection in and give it a number; from the public while a notice runs, from the office at any time.

    One without a name is recorded and needs no answer; on the page the public gives its name.
    raises   Refused "notice-over", "no-notice", "objection-without-name", "objection-without-reason", "evidence-full"
    """
    contest = locked_contest(contest.pk)
    notice = notice_for(contest, said, by=by, at=at)
    if said.way == ObjectionWay.WEB and not (said.name.strip() and said.contact.strip()):
        raise Refused(Denial("objection-without-name"))
    if not said.reason.strip():
        raise Refused(Denial("objection-without-reason"))
    if said.way == ObjectionWay.WEB and evidence and is_over_evidence(notice, evidence):
        raise Refused(Denial("evidence-full"))
    if said.entry is not None and said.entry.contest_id != contest.pk:
        raise ValueError("The entry is of another contest.")
    serial = contest.objections.count() + 1
    made = Objection.objects.create(
        key=contest.mint.key("objection", serial), contest=contest, notice=notice, number=number_of(contest, serial),
        way=said.way, entry=said.entry, name=said.name.strip(), contact=said.contact.strip(),
        reason=said.reason.strip(), received_at=at, recorded_by=by if said.way != ObjectionWay.WEB else None,
        due_on=due_on(contest, said, at=at),
    )  # fmt: skip
    made.evidence.set(evidence)
    content = [made.name, made.contact, made.reason, *sorted(one.sha256 for one in evidence)]
    body = {
        "kind": str(made.way), "files": len(evidence), "due": made.due_on.isoformat() if made.due_on else "",
        "content": contest.mint.commitment(*content),
    }  # fmt: skip
    events.record(contest, "objection.received", made, by=made.recorded_by, at=at, body=body)
    return made


def is_over_evidence(notice: Notice, evidence: Sequence[StoredFile]) -> bool:
    sent = Objection.evidence.through.objects.filter(objection__notice=notice, objection__way=ObjectionWay.WEB)
    taken = sent.aggregate(size=Sum("storedfile__size"))["size"] or 0
    return taken + sum(one.size for one in evidence) > EVIDENCE_MB * MB


def notice_for(contest: Contest, said: Said, *, by: User | None, at: datetime) -> Notice:
    """The notice that it is about."""
    if said.way == ObjectionWay.WEB:
        denial = why_not_object(by, contest, at=at)
    else:
        denial = why_not_see_notices(by, contest, at=at)
    if denial:
        raise Refused(denial)
    found = notice_objected_to(contest, at=at)
    if found is None:
        raise Refused(Denial("no-notice", {"contest": contest}))
    return found


def due_on(contest: Contest, said: Said, *, at: datetime):
    if not said.name.strip():
        return None
    day = at.astimezone(contest.tz).date()
    return term_of(contest, after=day, days=terms_of(contest).answer_days).last


def number_of(contest: Contest, serial: int) -> str:
    """Twice four characters, drawn so that nobody can guess another's."""
    signs = contest.mint.key("objection-number", serial)[:SIGNS].upper()
    return f"{signs[:4]}-{signs[4:]}"


@dataclass(frozen=True)
class Ruling:
    """What was decided, by whom, and in which office that person decides."""

    outcome: ObjectionState
    decider: str
    decider_role: str
    decision: str


@transaction.atomic
def decide_objection(*, objection: Objection, ruling: Ruling, by: User, at: datetime) -> Objection:
    """Close an objection. Nobody decides who judged in this contest, nor the objector; nor does such a one type it.

    raises   Refused "objection-undecided", "decider-judged", "no-such-move", "changed-meanwhile"
    """
    if denial := why_not_see_objection(by, objection, at=at):
        raise Refused(denial)
    texts = [ruling.decider.strip(), ruling.decider_role.strip(), ruling.decision.strip()]
    if not all(texts):
        raise Refused(Denial("objection-undecided"))
    if involved := who_is_involved(objection, ruling.decider, by):
        raise Refused(Denial("decider-judged", {"name": involved, "contest": objection.contest}))
    decider, role, decision = texts
    content = objection.contest.mint.commitment(*texts)
    move(
        objection, ruling.outcome, by=by, at=at, facts={"content": content}, decider=decider, decider_role=role,
        decision=decision, decided_at=at, decided_by=by,
    )  # fmt: skip
    return objection


def who_is_involved(objection: Objection, decider: str, by: User) -> str:
    """The name of a decider who judged here or objected; "" where none did. Several names may be given at once."""
    contest = objection.contest
    judges = Judge.objects.filter(contest=contest).exclude(state=JudgeState.DECLINED)
    names = [*judges.values_list("person__name", flat=True), *contest.members.values_list("name", flat=True)]
    names += contest.referees.values_list("user__name", flat=True)
    known = {plain(name): name for name in [*names, objection.name] if name.strip()}
    pieces = [decider, *BETWEEN_NAMES.split(decider), *BETWEEN_WORDS.split(decider)]
    given = {plain(piece) for piece in pieces}
    found = next((known[name] for name in sorted(given & known.keys())), "")
    is_panel = judges.filter(user=by).exists() or contest.members.filter(user=by).exists()
    return found or (by.name if is_panel or contest.referees.filter(user=by).exists() else "")


def plain(text: str) -> str:
    """As people type it: full or half width, with spaces or hyphens, in capitals or not."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def find_objection(contest: Contest, *, number: str, contact: str) -> Objection | None:
    """The objection with this number, for whoever gives the contact that stands in it. Strokes alone are none."""
    wanted = plain(number).upper()
    found = contest.objections.filter(number=f"{wanted[:4]}-{wanted[4:]}").first()
    known = plain(found.contact) if found else ""
    return found if known and compare_digest(known.encode(), plain(contact).encode()) else None
