"""What a second person is shown of a step before approving it: exactly what would be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from awards.models import AwardList, Notice
from awards.outputs.history import Changed, changes_since
from awards.selectors import list_that_stands
from awards.services.approvals import approval_of, bodies_of
from awards.services.early import why_not_publish_yet
from awards.services.resolving import decided_in
from awards.services.superseding import OF_LIST
from awards.states import ApprovalStep, ResolutionOutcome
from competition.models import Agreement, Entry
from competition.models.papers import in_words
from competition.services.correcting import changes_between, wanted_of
from competition.services.steps import also_corrected, corrected_entry, role_asked, wanted_by
from competition.states import AgreementState, StepKind
from competition.wording import in_a_row
from judging.services.steps import round_asked


@dataclass(frozen=True)
class Proposed:
    """effect    what is different afterwards
    facts     (what, value)
    list      the version that it is about
    before    the version that was fixed last, and what this one says otherwise
    """

    effect: str
    facts: Sequence[tuple[str, str]]
    list: AwardList | None = None
    before: AwardList | None = None
    changes: tuple[Changed, ...] = ()
    corrections: Sequence[tuple[str, str, str]] = ()
    entries: Sequence[Entry] = ()


def proposed(agreement: Agreement, *, at: datetime) -> Proposed:
    """As it is now; of what is closed only what was asked."""
    step = StepKind(agreement.step)
    if step in OF_LIST:
        return of_list(agreement, step, at=at)
    if step in (StepKind.FINALISTS, StepKind.FINALISTS_BACK):
        return of_finalists(agreement, step)
    if step == StepKind.CORRECT:
        return of_correction(agreement)
    if step == StepKind.ROLE:
        user, kind = role_asked(agreement)
        facts = [(_("account"), f"{user.name} ({user.username})"), (_("role"), str(kind.label))]
        return Proposed(_("This account has the role in this contest from then on."), facts)
    return Proposed(
        _("From then on one person locks, publishes and changes alone, and every paper of this contest says so."), ()
    )


def of_list(agreement: Agreement, step: StepKind, *, at: datetime) -> Proposed:
    facts = list(special_facts(agreement, step, at=at))
    found = list_that_stands(agreement.contest) if agreement.state == AgreementState.OPEN else None
    if found is None:
        return Proposed(effect_of(step), facts)
    facts += [
        (_("version of the list"), str(found.version)),
        (_("state"), str(found.get_state_display())),
        (_("number of prizes"), str(found.awards.count())),
        (_("number of special prizes"), str(found.specials.count())),
        (_("number of titles"), str(found.recognitions.count())),
        (_("digest"), found.digest),
    ]
    fixed = agreement.contest.award_lists.filter(version__lt=found.version, locked_at__isnull=False)
    before = fixed.order_by("-version").first()
    return Proposed(effect_of(step), facts, found, before, changes_since(before, found) if before else ())


def effect_of(step: StepKind) -> str:
    return {
        StepKind.LOCK: _(
            "This version is fixed: prizes and names stay as they are, and certificates can be issued. A later "
            "correction becomes a new version."
        ),
        StepKind.PUBLISH: _(
            "The public sees tracks, prizes, titles, schools and shortened names. What was published stays readable."
        ),
        StepKind.NOTICE: _("The public reads this list on these days and may object."),
        StepKind.NOTICE_DOWN: _("The public sees the notice no more, and it counts as if it had not run."),
        StepKind.AMEND: _(
            "The contest goes back to the decision. This version stays readable, also to the public if it was "
            "published; a notice of it ends."
        ),
        StepKind.RESOLUTION: _(
            "What this body says of the list counts from then on. Whom it leaves out drops out of the next version."
        ),
        StepKind.RESOLUTION_BACK: _("The decision counts as if it had not been recorded, and stays readable."),
    }[step]


def special_facts(agreement: Agreement, step: StepKind, *, at: datetime) -> list[tuple[str, str]]:
    if step == StepKind.NOTICE:
        first, last = (date.fromisoformat(agreement.facts[name]) for name in ("first", "last"))
        return [(_("first day"), date_format(first)), (_("last day"), date_format(last))]
    if step == StepKind.RESOLUTION:
        return resolution_facts(agreement)
    if step == StepKind.RESOLUTION_BACK:
        back = agreement.contest.resolutions.get(key=agreement.about)
        return [(_("body"), back.body), (_("outcome"), str(back.get_outcome_display()))]
    if step == StepKind.NOTICE_DOWN:
        found = Notice.objects.select_related("contest").get(key=agreement.about)
        days = f"{date_format(found.first_day)} – {date_format(found.last_day)}"
        return [(_("version of the notice"), str(found.version)), (_("days"), days)]
    if step == StepKind.PUBLISH and agreement.state == AgreementState.OPEN:
        standing = list_that_stands(agreement.contest)
        facts = titles_facts(standing) if standing else []
        if standing and (denial := why_not_publish_yet(standing, at=at)):
            facts.append((_("does not wait"), denial.message))
        return facts
    return []


def titles_facts(standing: AwardList) -> list[tuple[str, str]]:
    """Titles that follow to others than when the list was approved, and why."""
    found = approval_of(standing)
    word = found.acknowledged.reason if found.acknowledged else _("not acknowledged")
    return [
        (_("title since the approval: %(title)s") % {"title": one.title},
         f"{in_a_row(one.before) or '—'} → {in_a_row(one.now) or '—'} · {word}")
        for one in found.changes.rows
    ]  # fmt: skip


def resolution_facts(agreement: Agreement) -> list[tuple[str, str]]:
    said = decided_in(agreement.facts)
    names = {body.step: body.name for body in bodies_of(agreement.contest)}
    facts = [
        (_("body"), names.get(ApprovalStep(said.step), str(ApprovalStep(said.step).label))),
        (_("outcome"), str(ResolutionOutcome(said.outcome).label)),
        (_("Number of the document"), said.number),
        (_("day"), date_format(said.decided_on)),
        (_("reason"), said.reason),
    ]
    facts += [(f"{_('left out')} {number}", why) for number, why in said.struck.items()]
    return [(name, value) for name, value in facts if value]


def of_finalists(agreement: Agreement, step: StepKind) -> Proposed:
    effect = _("Everybody finds number, title and school on the contest's page; no scores and no names of pupils.")
    if step == StepKind.FINALISTS_BACK:
        effect = _("The list is not public any more; who takes part stays as it is until it is chosen anew.")
    one = round_asked(agreement)
    if agreement.state != AgreementState.OPEN:
        return Proposed(effect, [(_("round"), one.label)])
    found = Entry.objects.filter(round_entries__round=one).select_related("track", "school")
    entries = list(found.order_by("track__order", "order"))
    return Proposed(effect, [(_("round"), one.label), (_("finalists"), str(len(entries)))], entries=entries)


def of_correction(agreement: Agreement) -> Proposed:
    entry = corrected_entry(agreement)
    facts = [(_("entry"), str(entry))]
    if others := also_corrected(agreement):
        facts.append((_("tutors also in"), in_a_row([str(one) for one in others])))
    effect = _(
        "The list gets its next version with the same prizes, locked and published as this one is; a certificate that "
        "names other people is revoked and issued anew under a new number."
    )
    if agreement.state != AgreementState.OPEN:  # it reads otherwise by now, or will
        return Proposed(effect, facts)
    changes = changes_between(wanted_of(entry), wanted_by(agreement))
    return Proposed(effect, facts, corrections=in_words(changes))
