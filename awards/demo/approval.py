"""The demo year is decided, and the city government approves its Mayor's Award."""

from datetime import datetime

from django.db import transaction

from awards.models import AwardList
from awards.pdf import Letter, letter_pdf
from awards.services.above import Above, set_above
from awards.services.lists import standing_list
from awards.services.resolving import Decided, record_resolution
from awards.services.running import Outcome, run_all, settle
from awards.states import ApprovalStep, ResolutionOutcome
from awards.wording import date_text
from competition.models import Contest, User
from competition.services.papers import keep_paper
from competition.states import ContestKind

GOVERNMENT, NUMBER = "滁州市人民政府", "演示〔2017〕1号"


@transaction.atomic
def decide_year(contest: Contest) -> None:
    """From proposed lists to fixed ones; the award's then waits for the city."""
    award = Contest.objects.get(belongs_to=contest, kind=ContestKind.AWARD)
    set_above(award, Above({ApprovalStep.GOVERNMENT: GOVERNMENT}, signatory="市长"), by=None, at=contest.as_of)
    higher = tuple(contest.companions.filter(delegation__isnull=False).order_by("pk"))
    run_all(contest=contest, delegations=higher, award=award, by=None, at=contest.as_of)


def approve_award(award: Contest, *, office: User, at: datetime) -> None:
    """Outside the transaction of the year: the document is looked into by a process of its own."""
    award_list = standing_list(award)
    paper = keep_paper(name="approval.pdf", chunks=[reply_pdf(award_list)], at=at)
    day = award.local_as_of.date()
    decided = Decided(
        ApprovalStep.GOVERNMENT, ResolutionOutcome.APPROVED, day, standing_list(award).version, NUMBER
    )  # fmt: skip
    with transaction.atomic():
        record_resolution(contest=award, decided=decided, paper=paper, by=office, at=award.as_of)
        settle(Contest.objects.get(pk=award.pk), Outcome(), by=None, at=award.as_of)


def reply_pdf(award_list: AwardList) -> bytes:
    """What the city would answer, and plainly invented."""
    contest = award_list.contest
    letter = Letter(
        title=f"关于同意{contest.label_zh}评审结果的批复（演示）",
        salutation="市科学技术协会：",
        paragraphs=(
            f"你会报送的{contest.label_zh}获奖名单（第 {award_list.version} 版）收悉。经研究，同意评审委员会评审结果。",
            "此件为演示数据，不是真实公文。",
        ),
        closing=(GOVERNMENT, date_text(contest.local_as_of.date(), "zh")),
        foot=NUMBER,
    )
    return letter_pdf(letter, at=contest.local_as_of, author=GOVERNMENT)
