"""The event log of a contest, newest first."""

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from competition import events, parts
from competition.access import why_not_organise
from competition.models import Contest, Entry, Event, User
from competition.states import Via
from competition.views.doors import allowed
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

ACTIONS = {
    "contest.created": _("The contest was made"),
    "contest.changed": _("The contest was changed"),
    "contest.judging": _("Judging began"),
    "contest.decision": _("Judging ended, the decision began"),
    "contest.locked": _("The contest was decided"),
    "contest.published": _("The contest was published"),
    "two-persons.on": _("From here on it takes two persons"),
    "two-persons.off": _("From here on it takes one person"),
    "agreement.open": _("A step was proposed to a second person"),
    "agreement.agreed": _("A second person approved a step"),
    "agreement.returned": _("A second person sent a step back"),
    "agreement.withdrawn": _("A proposed step was withdrawn"),
    "agreement.lapsed": _("A proposed step lapsed"),
    "tracks.saved": _("Tracks were saved"),
    "divisions.saved": _("Divisions were saved"),
    "subjects.saved": _("Subjects were saved"),
    "entries.imported": _("Entries came in"),
    "contest.setup": _("The contest went back to set-up"),
    "contest.entry": _("Entries opened"),
    "track.changed": _("A track was changed"),
    "materials.asked": _("What a track asks for was changed"),
    "pledges.asked": _("Pledges were changed"),
    "quotas.saved": _("Quotas were saved"),
    "forwards.saved": _("It was said whether entries of lower contests are taken"),
    "forward-ties.saved": _("It was said what tracks and divisions are in a higher contest"),
    "forward-consent.saved": _("It was said which pledge agrees to passing entries on"),
    "entries.forwarded": _("Entries went up to a higher contest"),
    "entries.received": _("Entries came from a lower contest"),
    "forwarding.taken-back": _("An entry was taken back from a higher contest"),
    "unit-reports.asked": _("It was said whether units report the numbers of their own contests"),
    "unit-report.filled": _("A unit filled in the numbers of its own contest"),
    "unitreport.stamped": _("The stamped report of a unit's own contest came in"),
    "unitreport.confirmed": _("The report of a unit's own contest was confirmed"),
    "unitreport.returned": _("The report of a unit's own contest was returned"),
    "unitreport.replaced": _("The report of a unit's own contest was replaced by a newer version"),
    "up-layouts.saved": _("The columns of a form of the higher contest were saved"),
    "numbers-above.saved": _("Numbers that the higher contest gave were entered"),
    "late-terms.saved": _("It was said what is asked of those who go up"),
    "late.chosen": _("Entries were chosen of which details are asked"),
    "late.dropped": _("Nothing more is asked of an entry, its details were erased"),
    "late-consent.recorded": _("A school recorded consent to giving details"),
    "late-consent.taken-back": _("A consent was taken back, its details were erased"),
    "late.answered": _("A school gave details of those who go up"),
    "late.followed": _("Details followed a corrected name"),
    "late.erased": _("The details of those who went up were erased"),
    "announcement.made": _("An announcement was made"),
    "announcement.hidden": _("An announcement was taken off"),
    "drafts.imported": _("A list of drafts came in"),
    "material.named": _("A file was named"),
    "material.stored": _("A file came in"),
    "material.removed": _("A file was taken out"),
    "material.cleared": _("Names found in a file were let pass"),
    "entry.handed-in": _("An entry was handed in"),
    "entry.draft": _("An entry was taken up again"),
    "entry.submitted": _("An entry went to its unit"),
    "entry.recommended": _("An entry was recommended, or went to the office"),
    "entry.not_recommended": _("An entry was not recommended"),
    "entry.returned": _("An entry was returned for correction"),
    "entry.passed": _("An entry passed the check"),
    "entry.not_passed": _("An entry did not pass the check"),
    "entry.withdrawn": _("An entry was withdrawn"),
    "entry.corrected": _("An entry was corrected"),
    "entry.joined": _("An entry that passed late takes part in the judging"),
    "entries.ranked": _("A unit put its entries in order"),
    "form.signed": _("A signed form came in"),
    "summary.stamped": _("A stamped summary came in"),
    "names.confirmed": _("A school confirmed its names"),
    "prizes.shown": _("Units were shown their prizes to check"),
    "prizes.answered": _("A unit answered on its prizes"),
    "prizes.closed": _("The check of prizes ended"),
    "rounds.saved": _("Rounds were saved"),
    "attendance.asked": _("Units were asked who comes"),
    "attendance.replied": _("A unit said who comes"),
    "roundentry.expected": _("It is open again whether an entry comes"),
    "roundentry.coming": _("An entry comes"),
    "roundentry.cancelled": _("An entry does not come"),
    "roundentry.present": _("An entry has arrived"),
    "roundentry.absent": _("An entry was absent"),
    "room.saved": _("A room was saved"),
    "room.removed": _("A room was taken away"),
    "places.drawn": _("Rooms and turns were drawn"),
    "places.cleared": _("Rooms and turns were taken back"),
    "places.ordered": _("The turns of a room were put in order"),
    "booths.given": _("Booths were given"),
    "schedule.published": _("Rooms and times were published"),
    "schedule.taken-back": _("Rooms and times were taken back"),
    "assignments.rooms": _("Judges of rooms were assigned"),
    "rounds.filled": _("Entries were put into rounds"),
    "rubrics.saved": _("Rubrics were saved"),
    "finalists.chosen": _("Finalists were chosen"),
    "finalists.published": _("The list of finalists was published"),
    "finalists.taken-back": _("The list of finalists was taken back"),
    "conflicts.followed": _("Conflicts of judges followed a corrected name"),
    "judges.imported": _("Judges came in"),
    "job.queued": _("A long work was begun, or goes on"),
    "job.running": _("A long work is under way"),
    "job.done": _("A long work is done"),
    "job.failed": _("A long work was stopped by a fault"),
    "job.cancelled": _("A long work was cancelled"),
    "mails.queued": _("Mails were written"),
    "mail.queued": _("A mail waits to be sent once more"),
    "mail.sent": _("A mail was sent"),
    "mail.unsure": _("A mail was cut off and is perhaps sent"),
    "mail.failed": _("A mail could not be sent"),
    "mail.cancelled": _("A mail was cancelled"),
    "judges.invited": _("Judges were given links"),
    "judge.added": _("A judge was put on the list"),
    "judge.changed": _("The facts of a judge were changed"),
    "judge.invited": _("A judge was invited"),
    "judge.accepted": _("A judge accepted"),
    "judge.declined": _("A judge declined"),
    "judge.answered": _("A judge changed the answer"),
    "judge.dismissed": _("A judge left"),
    "judge.taken-back": _("A judge was taken back"),
    "panel.saved": _("A panel was saved"),
    "panel.deleted": _("A panel was deleted"),
    "panels.copied": _("Panels were taken along from the last edition"),
    "conflict.added": _("A conflict was put on the list"),
    "conflict.taken": _("A conflict was taken off the list"),
    "hint.decided": _("It was decided whether something is a conflict"),
    "round.dated": _("A round was given dates"),
    "assignment.added": _("A judge was given an entry by hand"),
    "assignment.taken": _("An entry was taken from a judge by hand"),
    "assignment.moved": _("An entry went from one judge to another by hand"),
    "assignment.moved-back": _("A move of an entry was undone"),
    "assignment.swapped": _("Two judges exchanged two entries by hand"),
    "assignment.swapped-back": _("An exchange of two entries was undone"),
    "sheet.submitted": _("A sheet was handed in, or counts again"),
    "sheet.recused": _("A judge knew the work and does not judge it"),
    "sheet.reopened": _("A sheet was opened again"),
    "sheet.superseded": _("A sheet was replaced"),
    "draft.set-aside": _("A draft was set aside: the paper counts"),
    "draft.brought-back": _("A draft that was set aside came back"),
    "question.asked": _("A judge has a question"),
    "question.answered": _("A question of a judge was answered"),
    "assignments.workbook": _("Assignments came in with the workbook"),
    "assignments.solver": _("Judges were assigned by the system"),
    "assignments.linked": _("Cross reviews were added"),
    "assignments.extra": _("Reviews were added where prizes are uncertain"),
    "common.chosen": _("Common entries were chosen"),
    "common.dropped": _("Common entries are entries like others again"),
    "common.released": _("Judges see how they marked common entries"),
    "common.taken-back": _("The comparison of common entries was taken back"),
    "practice.offered": _("Judges may practise"),
    "practice.dropped": _("The practice works were taken away"),
    "practice.work-added": _("A practice work was put in"),
    "practice.work-changed": _("A practice work was changed"),
    "practice.work-removed": _("A practice work was taken away"),
    "practice.reference-set": _("The office said what it would give a practice work"),
    "practice.released": _("Judges see how they marked practice works"),
    "practice.taken-back": _("The comparison of practice works was taken back"),
    "practice.handed-in": _("A judge practised"),
    "assignments.sheet": _("Assignments were read from the sheets"),
    "sheets.recorded": _("Sheets came in"),
    "attempt.entered": _("The result of an attempt was entered"),
    "attempt.differing": _("A second person read the result of an attempt otherwise"),
    "attempt.confirmed": _("The result of an attempt was confirmed"),
    "attempt.superseded": _("The result of an attempt was replaced"),
    "referee.added": _("Somebody became a referee"),
    "referee.removed": _("Somebody is a referee no more"),
    "measuring.ruled": _("It was decided whether one person may enter and confirm results"),
    "plan.saved": _("The prize plan was saved"),
    "minutes.saved": _("Prizes by minutes were saved"),
    "recognitions.saved": _("Rules of recognition were saved"),
    "tutor-prizes.ruled": _("It was decided whether tutors get prizes"),
    "recognition.saved": _("A title was saved"),
    "recognition.dropped": _("A title is given no more"),
    "recognition.named": _("The committee named whom a title goes to"),
    "recognition.taken-back": _("A title was taken back"),
    "recognition.settled": _("The committee settled a tie for a title"),
    "recognition.reopened": _("A tie for a title was opened again"),
    "delegation.recorded": _("A delegation was recorded"),
    "decisions.saved": _("Decisions of the committee were saved"),
    "ballots.ruled": _("It was decided how the committee votes"),
    "member.added": _("A member of the committee was named"),
    "member.dropped": _("A member of the committee was taken off the list"),
    "member.invited": _("A member of the committee was given a link"),
    "meeting.opened": _("A meeting of the committee was opened"),
    "meeting.ended": _("A meeting of the committee ended"),
    "attendance.taken": _("It was written down which members are present"),
    "ballot.opened": _("A round of the ballot was opened"),
    "ballot.cast": _("A member voted"),
    "ballot.counted": _("A round of the ballot was counted from paper"),
    "ballot.closed": _("A round of the ballot was closed"),
    "ballot.voided": _("A round of the ballot was declared void"),
    "moves.ruled": _("It was decided whether the committee may move entries"),
    "move.proposed": _("A move of an entry to another prize was proposed"),
    "move.voted": _("The committee voted on a move"),
    "move.taken-back": _("A move of the committee was taken back"),
    "special.saved": _("A special prize was saved"),
    "special.dropped": _("A special prize is given no more"),
    "special.given": _("A special prize was given"),
    "special.taken-back": _("A special prize was taken back"),
    "workbook.loaded": _("A workbook was loaded"),
    "standings.computed": _("Standings were computed"),
    "list.styled": _("The form of the award list was chosen"),
    "ceremony.planned": _("How prizes are given out was chosen"),
    "certificates.schools": _("Whether schools may download certificates was set"),
    "results.detail": _("What schools read of results was set"),
    "analysis.opened": _("The analysis was opened"),
    "analysis.shut": _("The analysis was shut"),
    "list.proposed": _("A list of awards was proposed"),
    "awardlist.locked": _("The list was locked"),
    "awardlist.published": _("The list was published"),
    "awardlist.superseded": _("The list was replaced"),
    "list.early": _("Something did not wait for the notice or for an answer"),
    "training.saved": _("A training was saved"),
    "training.dropped": _("A training was dropped"),
    "training.erased": _("The names of a training were erased"),
    "participants.imported": _("A list of participants came in"),
    "participant.changed": _("A participant on the list was corrected"),
    "participant.removed": _("A participant was taken off the list"),
    "attendance.issued": _("Certificates of attendance were issued"),
    "participant.issued": _("A certificate of attendance was issued"),
    "participant.revoked": _("A certificate of attendance was revoked"),
    "participant.reissued": _("A certificate of attendance was replaced"),
    "notice.opened": _("A public notice was opened"),
    "notice.taken-down": _("A public notice was taken down"),
    "notice.terms": _("The rules of notice and answer were changed"),
    "objection.received": _("An objection came in"),
    "objection.upheld": _("An objection was upheld"),
    "objection.rejected": _("An objection was rejected"),
    "objection.withdrawn": _("An objection was withdrawn"),
    "achievements.recorded": _("Achievements were recorded"),
    "claim.added": _("An achievement with a document was sent in"),
    "claim.confirmed": _("An achievement with a document was confirmed"),
    "claim.refused": _("An achievement with a document was refused"),
    "claim.dropped": _("An achievement with a document was taken out, it was said of somebody else by a slip"),
    "results.columns": _("The columns of lists of another contest were named"),
    "results.imported": _("Published results of another contest came in"),
    "template.saved": _("A template of certificates was saved"),
    "seal.authorised": _("The use of a seal or a signature was authorised"),
    "seal.withdrawn": _("The authorisation of a seal or a signature was withdrawn"),
    "certificates.printed": _("Certificates were printed"),
    "signingkey.made": _("A key for signing certificates was made"),
    "signingkey.retired": _("A key for signing certificates was replaced"),
    "signingkey.withdrawn": _("A key for signing certificates was withdrawn"),
    "certificates.issued": _("Certificates were issued"),
    "certificate.revoked": _("A certificate was revoked"),
    "approval.ruled": _("It was decided which bodies approve the award after the committee"),
    "resolution.recorded": _("The decision of a body above the committee was recorded"),
    "titles.acknowledged": _("It was acknowledged that titles follow to others than when the list was approved"),
    "resolution.withdrawn": _("A recorded decision was withdrawn"),
    "terms.saved": _("Terms of the award were saved"),
    "eligibility.saved": _("Ways to be eligible were saved"),
    "nominations.saved": _("Nominations were saved"),
    "eligibility.checked": _("Eligibility was checked"),
    "rules.saved": _("Rules of the award were saved"),
    "selfnomination.sent": _("Somebody sent a self-nomination"),
    "selfnomination.returned": _("A self-nomination was returned to be mended"),
    "selfnomination.taken": _("A self-nomination was taken up as a nominee"),
    "selfnomination.put-back": _("A self-nomination that was taken up waits for the office again"),
    "selfnomination.declined": _("A self-nomination was not taken up"),
    "self-nomination.taken-back": _("A self-nomination was taken back and erased"),
    "self-nominations.cleared": _("Drafts of self-nominations were erased, since hundreds were begun at once"),
    "self-nominations.erased": _("Self-nominations were erased, their day had come"),
    "nominee.nominated": _("Nominated"),
    "nominee.admitted": _("The office let a nominee in"),
    "nominee.kept-out": _("The office kept a nominee out"),
    "nominee.by-rules": _("A nominee stands by the rules again"),
    "votes.recorded": _("Votes were recorded"),
}
FACTS = {
    "approves": _("prizes approved (digest)"),
    "outcome": _("outcome"),
    "seen": _("prizes put before it (digest)"),
    "serial": _("number of the decision"),
    "step": _("body"),
    "steps": _("bodies"),
    "struck": _("left out"),
    "on": _("day"),
    "achievements": _("achievements"),
    "assignment": _("assignment"),
    "budget": _("budget"),
    "barred": _("was in conflict before"),
    "closes": _("closes"),
    "conflict": _("conflict"),
    "entry": _("entry"),
    "grace": _("minutes of grace"),
    "is_conflict": _("is a conflict"),
    "judge": _("judge"),
    "kind": _("kind"),
    "round": _("round"),
    "majority": _("majority"),
    "number": _("number"),
    "present": _("present"),
    "prize": _("prize"),
    "prizes": _("prizes"),
    "specials": _("special prizes"),
    "recognitions": _("recognitions"),
    "recipient": _("recipient"),
    "is_on": _("is on"),
    "named": _("named"),
    "of": _("of"),
    "who": _("who"),
    "title": _("title"),
    "in_favour": _("in favour"),
    "against": _("against"),
    "abstained": _("abstained"),
    "recused": _("recused"),
    "is_carried": _("carried"),
    "seed": _("seed"),
    "made": _("new assignment"),
    "source": _("assigned before by"),
    "to": _("to"),
    "undone": _("undoes line"),
    "answer_days": _("working days for an answer"),
    "due": _("answer due"),
    "from": _("from"),
    "list": _("version of the list"),
    "notice_days": _("working days of a notice"),
    "notice_required": _("all waits for the notice"),
    "reason": _("reason"),
    "until": _("until"),
    "why": _("reason"),
    "waits": _("waits for"),
    "alternatives": _("ways to be eligible"),
    "answers": _("values"),
    "assignments": _("assignments"),
    "awards": _("awards"),
    "ballots": _("ballots"),
    "changed": _("changed"),
    "conflicts": _("conflicts"),
    "content": _("content"),
    "corrected": _("corrected"),
    "created": _("created"),
    "criteria": _("criteria"),
    "decisions": _("decisions"),
    "digest": _("digest"),
    "districts": _("districts"),
    "divisions": _("divisions"),
    "dropped": _("dropped"),
    "eligible": _("eligible"),
    "entries": _("entries"),
    "erase_on": _("erased on"),
    "erased": _("erased"),
    "fields": _("fields"),
    "files": _("files"),
    "found": _("found"),
    "sha256": _("SHA-256"),
    "size": _("size"),
    "groups": _("groups"),
    "in": _("taking part"),
    "input": _("input"),
    "issued": _("issued"),
    "judges": _("judges"),
    "tally": _("tally of the sheets"),
    "kept": _("kept"),
    "kinds": _("kinds"),
    "left": _("who left"),
    "mails": _("mails"),
    "members": _("members"),
    "new": _("new"),
    "nominees": _("nominees"),
    "out": _("taken out"),
    "people": _("people"),
    "removed": _("removed"),
    "referee": _("referee"),
    "result": _("result"),
    "revoked": _("revoked"),
    "rounds": _("rounds"),
    "rules": _("rules"),
    "schools": _("schools"),
    "pupils": _("pupils"),
    "works": _("works"),
    "asked": _("asked for"),
    "subjects": _("subjects"),
    "taken_back": _("taken back"),
    "tracks": _("tracks"),
    "version": _("version"),
    "votes": _("votes"),
}
VIA = {Via.WEB: _("page"), Via.API: _("API"), Via.COMMAND: _("command")}


@dataclass(frozen=True)
class LogLine:
    """`proofs`: what is for machines to compare, digests and keys."""

    event: Event
    action: str
    via: str
    facts: list[tuple[str, str]]
    proofs: list[tuple[str, str]]
    entry: Entry | None = None
    words: str = ""
    proposer: str = ""


@require_GET
@allowed(why_not_organise, find_contest)
def log(request: HttpRequest, contest: Contest) -> HttpResponse:
    newest_first = Event.objects.filter(chain__contest=contest).select_related("actor").order_by("-seq")
    page = page_of(request, newest_first)
    facts = {
        "contest": contest,
        "page": page,
        "lines": lines_of(contest, list(page)),
        "size": size_of(request),
        "broken": events.first_broken(contest),
        "tab": "log",
    }
    return render(request, "competition/log.html", facts)


def lines_of(contest: Contest, shown: list[Event]) -> list[LogLine]:
    """With the entry that each is about and whoever proposed it, found for the whole page at once."""
    keys = {event.subject.removeprefix("competition.entry:") for event in shown}
    entries = {one.key: one for one in contest.entries.entered().filter(key__in=keys)}
    words = parts.explained(contest, {event.subject for event in shown})
    proposers = {one.key: str(one) for one in User.objects.filter(key__in={proposer_of(event) for event in shown})}
    return [
        replace(
            line_of(event),
            entry=entries.get(event.subject.removeprefix("competition.entry:")),
            words=words.get(event.subject, ""),
            proposer=proposers.get(proposer_of(event), ""),
        )
        for event in shown
    ]


def proposer_of(event: Event) -> str:
    return str(event.body.get("proposer", ""))


def line_of(event: Event) -> LogLine:
    action = str(ACTIONS.get(event.action, event.action))
    facts, proofs = facts_of(event)
    return LogLine(event, action, str(VIA.get(Via(event.via), event.via)), facts, proofs)


def facts_of(event: Event) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(facts, proofs): the body in words is for reading, hashes prove it. A move says in its action where it led."""
    body = {name: value for name, value in event.body.items() if name not in ("agreement", "proposer")}
    if set(body) == {"from", "to"} and event.action in ACTIONS:
        return [], []
    facts, proofs = [], []
    for name, value in body.items():
        label = str(FACTS.get(name, name))
        if is_proof(value):
            proofs.append((label, plain(value)))
        elif value != []:
            facts.append((label, in_words(event, name, value)))
    return facts, proofs


PROOF = re.compile(r"(sha256|hmac)[:0-9a-z-]*:[0-9a-f]+|[0-9a-f]{64}|[a-z2-7]{26}")


def is_proof(value: object) -> bool:
    """A digest, a commitment or a key, or nothing but such."""
    if isinstance(value, dict):
        return True
    if isinstance(value, list):
        return bool(value) and all(is_proof(one) for one in value)
    return isinstance(value, str) and bool(PROOF.fullmatch(value))


def plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def in_words(event: Event, name: str, value: object) -> str:
    """Yes and no, and the words of a choice of what the event is about."""
    if isinstance(value, list):
        return ", ".join(in_words(event, name, one) for one in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value is None or value == "":
        return "—"
    return choices_of(event.subject.partition(":")[0], name).get(str(value), str(value))


OTHER_NAMES = {"from": "state", "to": "state", "kind": "step"}  # a fact that is not called like its field


@cache
def fields_with_choices(label: str) -> dict[str, Any]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return {}
    return {one.name: one for one in model._meta.get_fields() if getattr(one, "choices", None)}


def choices_of(label: str, name: str) -> dict[str, str]:
    """The words of a field of this model, in the reader's language; none where it has no choices."""
    fields = fields_with_choices(label)
    field = fields.get(name) or fields.get(OTHER_NAMES.get(name, ""))
    return {str(value): str(word) for value, word in field.flatchoices} if field else {}
