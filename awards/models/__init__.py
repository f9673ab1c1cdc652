from awards.models.achievement import Achievement, Delegation, ResultColumns, ResultList
from awards.models.award import Award, AwardList, Decision, Recognition, RecognitionDecision
from awards.models.certificate import Certificate, CertificatePrint, SigningKey
from awards.models.checking import PrizeAnswer, PrizeCheck
from awards.models.claim import Claim
from awards.models.mayor import Alternative, AwardTerms, Ballot, Member, Nomination, RulesVersion, Vote
from awards.models.meeting import Attendee, BallotCount, Meeting, Voter
from awards.models.minutes import TrackMinutes
from awards.models.moves import MoveStep, PrizeMove
from awards.models.notice import EarlyStep, Notice, Objection
from awards.models.plan import PrizeGroup, PrizeLevel, PrizePlan, RecognitionRule
from awards.models.resolution import Resolution, TitlesAcknowledged
from awards.models.self_nomination import SelfNomination, SelfPaper, SelfTerms
from awards.models.special import SpecialAward, SpecialGrant, SpecialPrize
from awards.models.template import CertificateTemplate, SealUse, Templates
from awards.models.training import Participant, Training
from awards.models.up_form import UpForm

__all__ = [
    "Achievement",
    "Alternative",
    "Attendee",
    "Award",
    "AwardList",
    "AwardTerms",
    "Ballot",
    "BallotCount",
    "Certificate",
    "CertificatePrint",
    "CertificateTemplate",
    "Claim",
    "Decision",
    "Delegation",
    "EarlyStep",
    "Meeting",
    "Member",
    "MoveStep",
    "Nomination",
    "Notice",
    "Objection",
    "Participant",
    "PrizeAnswer",
    "PrizeCheck",
    "PrizeGroup",
    "PrizeLevel",
    "PrizeMove",
    "PrizePlan",
    "Recognition",
    "RecognitionDecision",
    "RecognitionRule",
    "Resolution",
    "ResultColumns",
    "ResultList",
    "RulesVersion",
    "SealUse",
    "SelfNomination",
    "SelfPaper",
    "SelfTerms",
    "SigningKey",
    "SpecialAward",
    "SpecialGrant",
    "SpecialPrize",
    "Templates",
    "TitlesAcknowledged",
    "TrackMinutes",
    "Training",
    "UpForm",
    "Vote",
    "Voter",
]
