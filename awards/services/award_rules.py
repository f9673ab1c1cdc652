"""The rules of an award made on the web: kinds of winner and their terms, ways to be eligible. Every saved state is a
version; once members have voted it says why and under which minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from awards.access import why_not_rule_award
from awards.models import Alternative, AwardTerms, RecognitionRule, RulesVersion, SelfNomination
from awards.presets import LABELS, kind_of, stands_as
from awards.services.eligibility import has_votes
from awards.services.mayor import save_alternatives, save_terms
from awards.services.nominators import nominators_of, set_nominators
from awards.services.self_terms import SelfAsked, self_terms_said, set_self_terms
from awards.states import AchievementKind, Majority, Nominators, NomineeKind, RoundState
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Track, User
from competition.services.copying import copied
from competition.services.locks import locked_contest
from judging.models import Rubric

TERMS = (
    "places", "nomination_places", "majority_num", "majority_den", "majority_of", "quorum_num", "quorum_den", "stages",
    "born_since", "money",
)  # fmt: skip
WAYS = (
    "kind", "level", "contest_name", "other_names", "prize_order", "role", "first_author_only", "tracks_excluded",
    "tracks_included", "since", "until", "years",
)  # fmt: skip


@dataclass(frozen=True)
class KindDetails:
    """What the rules say of one kind of winner."""

    kind: str
    places: int
    nomination_places: int = 0
    money: str = ""
    stages: tuple[str, ...] = ()
    born_since: date | None = None


@dataclass(frozen=True)
class Vote:
    """By which majority and quorum the committee decides, of every kind."""

    majority_num: int = 2
    majority_den: int = 3
    majority_of: str = Majority.CAST
    quorum_num: int = 2
    quorum_den: int = 3


@dataclass(frozen=True)
class Why:
    """base: the version that was looked at. reason, minutes: needed once members have voted."""

    base: int
    reason: str = ""
    minutes: str = ""


def version_of(contest: Contest) -> int:
    """Of the rules as they were last saved on the web; 0 for never."""
    found = contest.rules_versions.order_by("-version").values_list("version", flat=True).first()
    return found or 0


@transaction.atomic
def change_terms(
    *,
    contest: Contest,
    kinds: Sequence[KindDetails],
    vote: Vote,
    places_in_all: int | None,
    why: Why,
    by: User,
    at: datetime,
    nominators: Nominators | None = None,
    self_asked: SelfAsked | None = None,
) -> None:
    """Who is honoured, with how many places, by which votes.

    nominators   who nominates; None: as it was
    self_asked   whether people nominate themselves, until when; None: as it was
    raises   Refused "rules-without-kind", "rules-kind-used", "rules-kind-self", "rules-share", "terms-counted",
             "nominators-used", as `set_self_terms` does, and as `opened` does
    """
    contest = opened(contest, why, by, at)
    if contest.ballots.filter(state=RoundState.CLOSED).exclude(meeting=None).exists():
        raise Refused(Denial("terms-counted", {"contest": contest}))
    if not kinds:
        raise Refused(Denial("rules-without-kind"))
    if not (0 < vote.majority_num <= vote.majority_den and 0 < vote.quorum_num <= vote.quorum_den):
        raise Refused(Denial("rules-share"))
    tracks = tracks_for(contest, [one.kind for one in kinds])
    rows = [
        AwardTerms(
            track=tracks[one.kind], places=one.places, nomination_places=one.nomination_places, money=one.money,
            stages=list(one.stages), born_since=one.born_since, **vars(vote),
        )
        for one in kinds
    ]  # fmt: skip
    save_terms(contest=contest, terms=rows, by=by, at=at)
    contest.settings = {name: value for name, value in contest.settings.items() if name != "places_in_all"}
    contest.settings |= {"places_in_all": places_in_all} if places_in_all else {}
    contest.save(update_fields=["settings"])
    if nominators is not None:
        set_nominators(contest, nominators, by=by, at=at)
    if self_asked is not None:
        set_self_terms(contest, self_asked, by=by, at=at)
    remember(contest, why, by=by, at=at)


def tracks_for(contest: Contest, kinds: Sequence[str]) -> dict[str, Track]:
    """A track a kind; one that is no longer wanted goes, unless somebody is nominated in it, or by themselves
    wants to be."""
    have = {kind_of(track): track for track in contest.tracks.all()}
    dropped = [track for kind, track in have.items() if kind not in kinds]
    for track in dropped:
        if track.entries.exists():
            raise Refused(Denial("rules-kind-used", {"kind": track.label}))
        if SelfNomination.objects.filter(track=track).exists():
            raise Refused(Denial("rules-kind-self", {"kind": track.label}))
    model = next(iter(have.values()), None)
    for order, kind in enumerate(NomineeKind, 1):
        if kind in kinds and kind not in have:
            zh, en = LABELS[kind]
            have[kind] = Track.objects.create(
                contest=contest, code=zh, label_zh=zh, label_en=en, order=order_of(contest, order),
                **stands_as(kind),
            )  # fmt: skip
            if model is not None:
                same_rubrics(model, have[kind])
    for track in dropped:
        contest.alternatives.filter(track=track).delete()
        track.delete()
    return have


def same_rubrics(model: Track, fresh: Track) -> None:
    """A new kind of winner is marked like the others until somebody says otherwise."""
    for rubric in Rubric.objects.filter(track=model).prefetch_related("criteria"):
        twin = copied(rubric, track=fresh)
        for criterion in rubric.criteria.all():
            copied(criterion, rubric=twin)


def order_of(contest: Contest, wanted: int) -> int:
    """A place that no other track has: pages name a track by it."""
    taken = set(contest.tracks.values_list("order", flat=True))
    return wanted if wanted not in taken else max(taken) + 1


@transaction.atomic
def change_alternatives(
    *, contest: Contest, alternatives: Sequence[Alternative], why: Why, by: User, at: datetime
) -> None:
    """The ways to be eligible, in this order; of equal ones the first stays.

    raises   as `opened` does
    """
    contest = opened(contest, why, by, at)
    said: list[Any] = []
    rows: list[Alternative] = []
    for one in alternatives:
        if (content := [one.track_id, *(getattr(one, name) for name in WAYS)]) not in said:
            said.append(content)
            rows.append(copy_of(one, contest, len(rows) + 1))
    save_alternatives(contest=contest, alternatives=rows, by=by, at=at)
    remember(contest, why, by=by, at=at)


def copy_of(one: Alternative, contest: Contest, order: int) -> Alternative:
    """As a new row in its place. What no contest gave has neither prize nor track."""
    values: dict[str, Any] = {name: getattr(one, name) for name in WAYS}
    if one.kind != AchievementKind.PRIZE:
        values |= {"level": "", "prize_order": None, "tracks_excluded": [], "tracks_included": []}
    return Alternative(contest=contest, track_id=one.track_id, order=order, **values)


def opened(contest: Contest, why: Why, by: User, at: datetime) -> Contest:
    """The award, locked for a change of its rules.

    raises   Refused "rules-changed", "rules-without-reason", "rules-without-minutes", and why it takes no other rules
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_rule_award(by, contest, at=at):
        raise Refused(denial)
    if why.base != version_of(contest):
        raise Refused(Denial("rules-changed", {"contest": contest}))
    if has_votes(contest):
        for name in ("reason", "minutes"):
            if not getattr(why, name).strip():
                raise Refused(Denial(f"rules-without-{name}", {"contest": contest}))
    return contest


def remember(contest: Contest, why: Why, *, by: User, at: datetime) -> RulesVersion | None:
    """The next version, with its event; none where nothing differs from the last."""
    content = content_of(contest)
    latest = contest.rules_versions.order_by("-version").first()
    if latest and latest.content == content:
        return latest
    version = (latest.version if latest else 0) + 1
    made = RulesVersion.objects.create(
        contest=contest, version=version, content=content, made_at=at, by=by, reason=why.reason.strip(),
        minutes=why.minutes.strip(), key=contest.mint.key("rules", version),
    )  # fmt: skip
    body: dict[str, Any] = {"version": version, "content": digest(content)}
    if made.reason or made.minutes:
        body["why"] = contest.mint.commitment(made.reason, made.minutes)
    events.record(contest, "rules.saved", made, by=by, at=at, body=body)
    return made


def content_of(contest: Contest) -> dict[str, Any]:
    """The rules as plain values."""
    terms = AwardTerms.objects.filter(track__contest=contest).select_related("track").order_by("track__order")
    ways = contest.alternatives.select_related("track").order_by("order")
    return {
        "terms": {one.track.code: {name: plain(getattr(one, name)) for name in TERMS} for one in terms},
        "alternatives": [
            {"track": one.track.code if one.track else "", **{name: plain(getattr(one, name)) for name in WAYS}}
            for one in ways
        ],
        "places_in_all": contest.settings.get("places_in_all"),
        **above_said(contest),
        **({"nominators": str(nominators_of(contest))} if contest.is_entered_by_schools else {}),
        **({"self_nomination": said} if (said := self_terms_said(contest)) else {}),
    }


def above_said(contest: Contest) -> dict[str, Any]:
    """Bodies above the committee, titles that follow, who signs: where there are any, as before there were."""
    rules = contest.recognition_rules.filter(is_in_force=True).exclude(follows=[])
    said = {
        "approval": contest.settings.get("approval"),
        "signatory": contest.settings.get("signatory"),
        "derived": [derived_said(one) for one in rules],
    }
    return {name: value for name, value in said.items() if value}


def derived_said(rule: RecognitionRule) -> list[Any]:
    """A title that follows; with its number, where it has one, as before there were any."""
    said = [rule.label_zh, rule.label_en, rule.kind, rule.follows]
    return [*said, rule.number, rule.ties] if rule.number else said


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def alternatives_said(version: RulesVersion) -> list[Alternative]:
    """The ways of a version as rows that are not saved, to be read."""
    found = []
    for order, said in enumerate(version.content.get("alternatives", []), 1):
        values = {name: said.get(name) for name in WAYS if name in said}
        for name in ("since", "until"):
            values[name] = date.fromisoformat(values[name]) if values.get(name) else None
        found.append(Alternative(contest=version.contest, order=order, **values))
    return found


def why_rules(contest: Contest, subjects: Any) -> dict[str, str]:
    """Reason and minutes of the versions among these subjects of events, for who reads the log."""
    versions = contest.rules_versions.exclude(reason="", minutes="")
    return {name: " · ".join(filter(None, [one.reason, one.minutes])) for one in versions
            if (name := events.name_of(one)) in subjects}  # fmt: skip
