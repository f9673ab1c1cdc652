"""The facts of a contest's day board. `next_steps` says what to do, `step_bar` how far it has come."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from awards.core.listcheck import Finding
from awards.models import AwardList, Notice
from awards.selectors import CertificateCounts, certificate_counts, list_that_stands
from awards.services.approvals import Approval, approval_of
from awards.services.early import objections_open, why_not_after_notice
from awards.services.lists import check_list, finding_sentence, tracks_without_minutes
from awards.services.notices import live_notice
from awards.services.proposals import tracks_unplanned
from awards.services.superseding import OF_LIST
from awards.states import ListState
from competition.access import has_two_persons
from competition.models import Agreement, Contest
from competition.selectors import TrackCounts, counts_by_track, states_in
from competition.states import AgreementState, ContestKind, ContestState
from judging.attempts import AttemptCounts, all_attempts
from judging.selectors import SheetCounts, sheet_counts

TIES = {"tie-across-cut"}
DECIDED = (ContestState.LOCKED, ContestState.PUBLISHED)


@dataclass
class Board:
    """Facts of one contest; every number is read once."""

    contest: Contest
    tracks: list[TrackCounts] = field(init=False)
    sheets: SheetCounts = field(init=False)
    attempts: AttemptCounts = field(init=False)
    certificates: CertificateCounts = field(init=False)
    award_list: AwardList | None = field(init=False)
    notice: Notice | None = field(init=False)
    objections_open: int = field(init=False)
    asked: list[Agreement] = field(init=False)

    def __post_init__(self) -> None:
        self.tracks = counts_by_track(self.contest)
        self.sheets = sheet_counts(self.contest)
        self.attempts = all_attempts(self.contest)
        self.certificates = certificate_counts(self.contest)
        self.award_list = list_that_stands(self.contest)
        self.notice = live_notice(self.award_list, at=timezone.now()) if self.award_list else None
        self.objections_open = objections_open(self.contest)
        waiting = self.contest.agreements.filter(state=AgreementState.OPEN)
        self.asked = list(waiting.select_related("proposed_by").order_by("pk"))

    @cached_property
    def checked(self) -> list[Finding]:
        return check_list(self.award_list) if self.award_list else []

    @property
    def findings(self) -> list[str]:
        return [finding_sentence(one) for one in self.checked]

    @property
    def waits_for_ties(self) -> bool:
        """Nothing but ties stands in the way: while marks are missing they may still go."""
        return bool(self.checked) and not self.is_award and {one.code for one in self.checked} <= TIES

    @property
    def totals(self) -> list[tuple[str, str, int]]:
        return states_in(self.tracks)

    @property
    def entries(self) -> int:
        return sum(one.total for one in self.tracks)

    def in_state(self, *states: str) -> int:
        return sum(number for state, _, number in self.totals if state in states)

    @property
    def is_award(self) -> bool:
        return self.contest.kind == ContestKind.AWARD

    @cached_property
    def is_delegation(self) -> bool:
        return hasattr(self.contest, "delegation")

    @cached_property
    def has_award(self) -> bool:
        return self.contest.companions.filter(kind=ContestKind.AWARD).exists()

    @property
    def needs_marks(self) -> bool:
        return any(not one.track.is_by_minutes for one in self.tracks)

    @cached_property
    def unplanned(self) -> list[str]:
        """Tracks without prizes in the plan, where one is needed and may still be made."""
        if self.is_award or self.is_delegation or self.contest.state in DECIDED or not self.needs_marks:
            return []
        return [track.label for track in tracks_unplanned(self.contest)]

    @cached_property
    def without_minutes(self) -> list[str]:
        """Tracks that were decided elsewhere, and nobody has said how."""
        return [] if self.is_award else tracks_without_minutes(self.contest)

    @property
    def is_judged(self) -> bool:
        """Every sheet and every confirmed attempt that is expected is here."""
        expected = self.sheets.expected or self.attempts.expected
        return bool(expected) and not self.sheets.missing and self.attempts.is_complete

    @property
    def waits_for(self) -> Contest | None:
        """An award rests on the prizes of its contest: before those are fixed nobody is eligible."""
        below = self.contest.belongs_to
        return below if self.is_award and below is not None and below.state not in DECIDED else None

    @cached_property
    def lacks_certificates(self) -> bool:
        if self.is_delegation or self.award_list is None:
            return False
        shown = self.award_list
        is_due = shown.awards.exists() or shown.recognitions.exists() or shown.specials.exists()
        return is_due and (not self.certificates.valid or bool(self.certificates.stale))

    @cached_property
    def approval(self) -> Approval:
        """How far the locked list of an award has come through the bodies above the committee."""
        is_asked = self.is_award and self.award_list is not None and self.award_list.state != ListState.DRAFT
        return approval_of(self.award_list) if is_asked and self.award_list else Approval(())

    @cached_property
    def notice_is_missing(self) -> bool:
        """The contest asks for a notice of this list, and none ran, runs or will."""
        award_list = self.award_list
        if award_list is None or award_list.state != ListState.LOCKED or self.notice:
            return False
        return why_not_after_notice(award_list, at=timezone.now()) is not None

    @property
    def has_two_persons(self) -> bool:
        return has_two_persons(self.contest)

    @property
    def asked_of_list(self) -> Agreement | None:
        """What waits for a second person, and the list with it."""
        return next((one for one in self.asked if one.step in OF_LIST), None)

    def url(self, name: str, **query: str) -> str:
        return reverse(name, args=[self.contest.key], query=query or None)
