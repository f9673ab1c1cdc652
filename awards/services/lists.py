"""The list of awards on its way: checked, locked, published."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.core.listcheck import (
    CertificateFacts,
    EntryFacts,
    Finding,
    GroupFacts,
    ListedAward,
    ListFacts,
    list_findings,
)
from awards.dues import listed_names
from awards.messages import FINDINGS
from awards.models import Award, AwardList, Certificate, PrizePlan
from awards.prizes import BY_CODE
from awards.services.approvals import refuse_unapproved
from awards.services.early import pass_gate
from awards.services.mayor import WINNER, mayor_groups, winners_due
from awards.services.proposals import Proposal, entries_outside, plan_in_force, proposal, write_down
from awards.services.recognitions import held_recognitions, ranked_by_rule, stale_titles
from awards.services.special_awards import special_facts, specials_due
from awards.services.superseding import supersede
from awards.states import CertificateState, EarlyKind, ListState
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, Entry, User
from competition.services.agreeing import refuse_alone
from competition.services.locks import locked_contest
from competition.states import ContestKind, ContestState, EntryState, StepKind
from competition.wording import speaks_chinese
from judging.conflicts import conflicted_pairs
from judging.models import Rubric, Sheet
from judging.selectors import absent_entries, begun_sheets, open_reviews
from judging.services.standings import stale_standings


def finding_sentence(finding: Finding) -> str:
    facts = {name: str(value) for name, value in finding.facts.items()}
    if "seats" in finding.facts:
        facts["seats"] = ", ".join(f"{prize_word(code)} × {number}" for code, number in finding.facts["seats"].items())
    if "code" in finding.facts:
        facts["code"] = prize_word(finding.facts["code"])
    return str(FINDINGS[finding.code]) % {"entry": finding.entry, **facts}


def prize_word(code: str) -> str:
    """A prize as people call it; one without a level has its own word for a code."""
    if code == WINNER:
        return str(_("place"))
    prize = BY_CODE.get(code)
    return code if prize is None else prize.label_zh if speaks_chinese() else prize.label_en


def check_list(award_list: AwardList) -> list[Finding]:
    """Everything that stands in the way of fixing this list. Reads only; recomputes the plan on its own."""
    contest = award_list.contest
    is_award = contest.kind == ContestKind.AWARD
    plan = plan_in_force(contest)
    made = proposal(contest, plan, award_list.run)
    groups, findings = mayor_groups(contest) if is_award else (regrouped(made, award_list, plan), [])
    due = winners_due(contest, award_list.run) if is_award and award_list.run else made.awards
    titles = list(ranked_by_rule(contest, award_list.awards.all()))
    findings += [
        Finding("recognition-tied", "", {"title": rule.label, "number": number})
        for rule, number in held_recognitions(titles)
    ]
    findings += [
        Finding("recognition-over", "", {"title": rule.label, "given": sum(found.recognised), "most": rule.number})
        for rule, found in titles
        if rule.is_by_committee and sum(found.recognised) > rule.number
    ]
    return findings + list_findings(
        ListFacts(
            awards=[listed(one) for one in awards_of(award_list)],
            due=[listed(one) for one in write_down(due)],
            entries=entry_facts(award_list),
            groups=groups,
            conflicted_sheets=conflicted_sheets(contest),
            begun_sheets=begun_sheets(contest),
            open_reviews=open_reviews(contest),
            undue_decisions=made.undue_decisions,
            certificates=certificate_facts(award_list),
            stale_standings=stale_numbers(award_list, made),
            stale_titles=stale_titles(award_list, titles),
            outside_plan=[one.number for one in entries_outside(contest, plan)] if plan else (),
            is_plan_newer=not is_award and award_list.plan != plan,
            lapsed_moves=made.lapsed_moves,
            open_moves=made.open_moves,
            specials=special_facts(award_list, write_down(specials_due(contest))),
            without_minutes=tracks_without_minutes(contest),
        )
    )


def tracks_without_minutes(contest: Contest) -> list[str]:
    """Without a word of them a whole track would be locked without a prize. A delegation's come with the workbook."""
    if hasattr(contest, "delegation"):
        return []
    open_tracks = contest.tracks.filter(is_by_minutes=True, minutes=None, entries__in=Entry.objects.countable())
    return [one.label for one in open_tracks.exclude(pk__in=contest.decisions.values("entry__track")).distinct()]


def stale_numbers(award_list: AwardList, made: Proposal) -> list[str]:
    """Entries of which marks say now something else than the standings that the list rests on, or than the list itself
    where tie-breakers were asked."""
    if award_list.run is None:
        return []
    known = award_list.tie_values
    keys = {key for key in {*known, *made.tie_values} if known.get(key) != made.tie_values.get(key)}
    told = award_list.contest.entries.filter(key__in=keys).order_by("order").values_list("number", flat=True)
    return list(dict.fromkeys([*stale_standings(award_list.run), *told]))


def listed(award: Award) -> ListedAward:
    return ListedAward(award.entry.number, award.code, award.by, award.place, award.said)


def awards_of(award_list: AwardList):
    return award_list.awards.select_related("entry").order_by("entry__order")


def regrouped(made: Proposal, award_list: AwardList, plan: PrizePlan | None) -> list[GroupFacts]:
    """The plan's groups with what the stored list gives, not with what the plan would give now."""
    given: dict[str, dict[str, int]] = {}
    if plan is None:
        return []
    by_group = {(group.track_id, group.division_id): str(group) for group in plan.groups.all()}
    for award in awards_of(award_list):
        entry = award.entry
        name = by_group.get((entry.track_id, entry.division_id)) or by_group.get((entry.track_id, None), "")
        given.setdefault(name, {}).setdefault(award.code, 0)
        given[name][award.code] += 1
    return [replace(group, given=given.get(group.name, {})) for group in made.groups]


def entry_facts(award_list: AwardList) -> dict[str, EntryFacts]:
    standings = {one.entry_id: one for one in award_list.run.standings.all()} if award_list.run else {}
    absent = absent_entries(award_list.contest)
    measured = tracks_measured(award_list.contest)
    facts = {}
    for entry in award_list.contest.entries.select_related("track"):
        standing = standings.get(entry.pk)
        has_score = standing is not None and standing.score is not None
        is_judged = not entry.track.is_by_minutes and award_list.run is not None
        facts[entry.number] = EntryFacts(
            is_countable=entry.state == EntryState.PASSED,
            needs_marks=is_judged and (has_score or entry.pk not in absent),
            has_score=has_score,
            missing_sheets=standing.missing if standing else 0,
            is_measured=entry.track_id in measured,
            is_without_result=entry.track_id in measured and standing is not None and bool(standing.sheets),
        )
    return facts


def tracks_measured(contest: Contest) -> set[int]:
    return set(Rubric.objects.measured().filter(round__contest=contest).values_list("track", flat=True))


def conflicted_sheets(contest: Contest) -> list[tuple[str, str]]:
    """(entry, judge) of sheets that count although the two are in conflict."""
    pairs = conflicted_pairs(contest)
    sheets = Sheet.objects.standing().filter(
        assignment__round__contest=contest, assignment__entry__state=EntryState.PASSED
    )
    rows = sheets.values_list(
        "assignment__judge", "assignment__entry", "assignment__entry__number", "assignment__judge__code"
    )
    return [(number, code) for judge, entry, number, code in rows if (judge, entry) in pairs]


def certificate_facts(award_list: AwardList) -> list[CertificateFacts]:
    certificates = Certificate.objects.filter(list=award_list, state=CertificateState.VALID)
    names = listed_names(award_list)
    return [CertificateFacts(one.number, tuple(one.recipients), names.get(one.purpose, ())) for one in certificates]


def standing_list(contest: Contest) -> AwardList:
    found = contest.award_lists.standing().first()
    if found is None:
        raise Refused(Denial("no-list", {"contest": contest}))
    return found


def refuse_findings(findings: Sequence[Finding]) -> None:
    if findings:
        facts = {"count": len(findings), "first": finding_sentence(findings[0])}
        raise Refused(Denial("list-not-clean", facts))


@transaction.atomic
def lock_list(*, contest: Contest, by: User | None, at: datetime) -> AwardList:
    """Fix the list that stands. Refused while the check finds anything.

    Nobody changes the prize plan between the check and the lock: both wait for the contest's row.
    raises   Refused "no-list", "list-not-clean", "no-such-move", "second-person-missing"
    """
    locked_contest(contest.pk)
    refuse_alone(contest, StepKind.LOCK, StepKind.CORRECT)
    award_list = standing_list(contest)
    refuse_findings(check_list(award_list))
    move(award_list, ListState.LOCKED, by=by, at=at, locked_at=at)
    move(contest, ContestState.LOCKED, by=by, at=at)
    return award_list


@transaction.atomic
def take_list_back(*, contest: Contest, by: User | None, at: datetime) -> None:
    """Back to judging: the list that stands counts no more, nor do the certificates of it. Both stay readable."""
    award_list = contest.award_lists.standing().first()
    if award_list is None:
        return
    if award_list.state != ListState.DRAFT:
        refuse_alone(contest, StepKind.AMEND)
    supersede(award_list, by=by, at=at)
    for certificate in contest.certificates.filter(state=CertificateState.VALID):
        move(certificate, CertificateState.REVOKED, by=by, at=at)
    if contest.state != ContestState.DECISION:
        move(contest, ContestState.DECISION, by=by, at=at)
    move(contest, ContestState.JUDGING, by=by, at=at)


@transaction.atomic
def publish_list(*, contest: Contest, by: User | None, at: datetime, reason: str = "") -> AwardList:
    """Show the locked list to the public.

    reason   why it does not wait for the notice or for an open objection
    raises   Refused "objections-open", "notice-due", "notice-not-over", "no-list", "no-such-move",
             "second-person-missing", and what the bodies above the committee have not approved
    """
    locked_contest(contest.pk)
    refuse_alone(contest, StepKind.PUBLISH, StepKind.CORRECT)
    contest.refresh_from_db()  # what it asks for now, not when the page was read
    award_list = standing_list(contest)
    refuse_unapproved(award_list)
    pass_gate(award_list, EarlyKind.PUBLISH, reason=reason, by=by, at=at)
    move(award_list, ListState.PUBLISHED, by=by, at=at, published_at=at)
    move(contest, ContestState.PUBLISHED, by=by, at=at)
    return award_list
