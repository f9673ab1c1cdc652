"""A school's own page: its entries, their state, and after publication what they won."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.access import EARLY, result_detail
from awards.models import Award, AwardList, Certificate, Recognition, SpecialAward
from awards.states import CertificateState, ListState, ResultDetail
from competition.access import why_not_open_for_entries, why_not_see_school
from competition.events import record_look
from competition.late import Progress, progress_among
from competition.models import Contest, Entry, LateTerms, School
from competition.models.contest import ENTERED_BY_SCHOOLS
from competition.numbers_above import GIVEN
from competition.selectors import in_full
from competition.states import ContestKind, ContestState, EntryState, SchoolState
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_school


@dataclass
class SchoolLine:
    entry: Entry
    award: Award | None = None
    specials: list[SpecialAward] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    late: tuple[LateTerms, Progress] | None = None


@dataclass
class ContestPart:
    """The entries of the school in one contest; prizes only once the list is public."""

    contest: Contest
    is_public: bool
    is_open: bool = False
    is_explained: bool = False
    certificates: int = 0
    lines: list[SchoolLine] = field(default_factory=list)
    recognitions: list[Recognition] = field(default_factory=list)

    @property
    def has_drafts(self) -> bool:
        return any(line.entry.state == EntryState.DRAFT for line in self.lines)


@require_GET
@allowed(why_not_see_school, find_school)
def school(request: SignedIn, found: School) -> HttpResponse:
    now = timezone.now()
    parts = parts_of(found, at=now)
    record_look(request.user, "school", found, at=now)
    is_active = found.state == SchoolState.ACTIVE
    facts = {"school": found, "parts": parts, "is_active": is_active, "awards": awards_for(found)}
    return render(request, "awards/school.html", facts)


def awards_for(school: School) -> list[Contest]:
    """Awards to which the school may send achievements with a document."""
    is_told = Q(state=ContestState.ENTRY) | Q(entries__school=school)
    return list(Contest.objects.filter(is_told, kind=ContestKind.AWARD, state__in=EARLY).distinct())


def parts_of(school: School, *, at: datetime) -> list[ContestPart]:
    """Contests that take entries first, whether the school has begun one or not; then the newest."""
    entries = in_full(school.entries.select_related("contest")).prefetch_related("tutors__person", GIVEN)
    published = AwardList.objects.filter(state=ListState.PUBLISHED, contest__state=ContestState.PUBLISHED)
    awards = {one.entry_id: one for one in Award.objects.filter(list__in=published, entry__school=school)}
    numbers, specials = certificate_numbers(school, published), defaultdict(list)
    for special in SpecialAward.objects.filter(list__in=published, entry__school=school).order_by("order"):
        specials[special.entry_id].append(special)
    late = progress_among(Entry.objects.filter(school=school), at=at)
    parts = {
        one.pk: ContestPart(one, is_public=False, is_open=why_not_open_for_entries(one, at=at) is None)
        for one in Contest.objects.filter(ENTERED_BY_SCHOOLS, state=ContestState.ENTRY).order_by("closes_at")
    }
    for entry in entries.order_by("-contest__as_of", "contest", "order"):
        is_public = entry.contest.state == ContestState.PUBLISHED
        part = parts.setdefault(entry.contest_id, ContestPart(entry.contest, is_public))
        part.is_explained = is_public and result_detail(entry.contest) != ResultDetail.PRIZE
        award = awards.get(entry.pk)
        part.lines.append(SchoolLine(entry, award, specials[entry.pk], numbers[entry.pk], late.get(entry.pk)))
    for one in Recognition.objects.filter(list__in=published, school=school).select_related("rule", "list"):
        if one.list.contest_id in parts:
            parts[one.list.contest_id].recognitions.append(one)
    for pk, number in downloadable(school).items():
        if pk in parts:
            parts[pk].certificates = number
    return list(parts.values())


def downloadable(school: School) -> dict[int, int]:
    """contest -> how many certificates the school may download there."""
    let = Contest.objects.filter(state=ContestState.PUBLISHED, settings__school_certificates=True)
    found = Certificate.objects.filter(contest__in=let).out().of_school(school)
    return dict(found.order_by().values_list("contest").annotate(number=Count("pk")))


def certificate_numbers(school: School, published) -> dict[int, list[str]]:
    """entry -> numbers of its valid certificates."""
    mine = Q(award__entry__school=school) | Q(special__entry__school=school)
    valid = Certificate.objects.filter(mine, state=CertificateState.VALID, list__in=published)
    found: dict[int, list[str]] = defaultdict(list)
    for award, special, number in valid.order_by("serial").values_list("award__entry", "special__entry", "number"):
        found[award or special].append(number)
    return found
