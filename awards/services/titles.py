"""表彰: titles without level for units, schools and tutors: their rules, whom the committee names, and its word on
ties."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from awards.access import why_not_name_recognised, why_not_rule_recognitions, why_not_settle_titles
from awards.dues import has_tutor_prizes
from awards.models import RecognitionDecision, RecognitionRule
from awards.services.recognitions import (
    RECIPIENTS,
    REPORTED,
    Ranked,
    TitleTie,
    entries_of,
    field_of,
    following,
    ranked,
    reports_of,
)
from awards.services.specials import contest_for, propose_again
from awards.states import RecognitionKind, Ties
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.upsert import upsert


@dataclass(frozen=True)
class RecognitionDetails:
    """`points`: prize code (or "entry") -> points, as text; the rest as in `RecognitionRule`."""

    name: str
    name_en: str
    kind: str
    number: int
    points: dict[str, str]
    ties: Ties = Ties.EXTEND
    fewest: int = 0
    per_district: int | None = None
    is_by_committee: bool = False
    follows: Sequence[Sequence[str]] = ()

    @property
    def values(self) -> dict[str, Any]:
        """As the row has them, without kind and title, by which it is found."""
        names = ("number", "points", "ties", "fewest", "per_district", "is_by_committee")
        values = {"label_en": self.name_en} | {name: getattr(self, name) for name in names}
        return values | {"follows": [list(one) for one in self.follows]}


@transaction.atomic
def save_recognition_rules(
    *, contest: Contest, rules: Sequence[RecognitionDetails], by: User | None, at: datetime
) -> None:
    """Make these the rules in force, each found by whom it is about and its title."""
    saved = upsert(
        contest.recognition_rules.all(),
        ["kind", "label_zh"],
        [
            RecognitionRule(contest=contest, kind=rule.kind, label_zh=rule.name, order=order, **rule.values)
            for order, rule in enumerate(rules, 1)
        ],
        [
            "order", "number", "points", "ties", "label_en", "fewest", "per_district", "is_by_committee", "follows",
            "is_in_force",
        ],
    )  # fmt: skip
    given_up = RecognitionRule.objects.filter(pk__in=[rule.pk for rule in saved.unwanted], is_in_force=True)
    if given_up.update(is_in_force=False) or saved.has_changes:
        events.record(contest, "recognitions.saved", contest, by=by, at=at, body={"rules": len(rules)})


@transaction.atomic
def save_recognition(
    *, contest: Contest, details: RecognitionDetails, by: User, at: datetime, rule: RecognitionRule | None = None
) -> RecognitionRule:
    """A new rule, or `rule` as it is to be from now on; whom it is about stays.

    A title that was given up and comes again is its old row: older lists rest on it.
    raises   Refused "title-twice", "title-number", "title-over-number", "title-without-points", and why the contest
             takes none
    """
    contest = contest_for(contest, why_not_rule_recognitions, by=by, at=at)
    kind = rule.kind if rule else details.kind
    same = contest.recognition_rules.filter(kind=kind, label_zh=details.name)
    others = same.filter(is_in_force=True)
    if (others.exclude(pk=rule.pk) if rule else others).exists():
        raise Refused(Denial("title-twice", {"title": details.name}))
    if details.number < 1 or details.per_district == 0:
        raise Refused(Denial("title-number", {"title": details.name}))
    if not details.is_by_committee and not any(map(Decimal, details.points.values())):
        raise Refused(Denial("title-without-points", {"title": details.name}))
    if kind != RecognitionKind.DISTRICT and REPORTED.keys() & details.points.keys():
        raise Refused(Denial("title-reported-of-units", {"title": details.name}))
    if rule and details.is_by_committee and rule.decisions.filter(terms="").count() > details.number:
        raise Refused(Denial("title-over-number", {"title": details.name, "number": details.number}))
    if rule is None:
        last = contest.recognition_rules.order_by("-order").values_list("order", flat=True).first() or 0
        rule = same.first() or RecognitionRule(contest=contest, kind=kind)
        rule.order = last + 1
    elif rule.is_by_committee != details.is_by_committee and rule.decisions.filter(terms="").exists():
        raise Refused(Denial("title-given", {"title": rule.label}))
    for name, value in (details.values | {"label_zh": details.name, "is_in_force": True}).items():
        setattr(rule, name, value)
    rule.save()
    record(rule, "recognition.saved", {"number": rule.number}, by=by, at=at)
    propose_again(contest, by=by, at=at)
    return rule


@transaction.atomic
def drop_recognition(*, rule: RecognitionRule, by: User, at: datetime) -> None:
    """The title is given no more; older lists keep it.

    raises   Refused "title-given" while the committee has named somebody
    """
    contest = contest_for(rule.contest, why_not_rule_recognitions, by=by, at=at)
    if rule.decisions.filter(terms="").exists():
        raise Refused(Denial("title-given", {"title": rule.label}))
    if RecognitionRule.objects.filter(pk=rule.pk, is_in_force=True).update(is_in_force=False):
        rule.decisions.all().delete()  # of its ties: where it comes again, they are decided anew
        record(rule, "recognition.dropped", {}, by=by, at=at)
        propose_again(contest, by=by, at=at)


@transaction.atomic
def name_recognised(*, rule: RecognitionRule, key: str, minutes: str, by: User, at: datetime) -> RecognitionDecision:
    """The committee names one of those who sent entries.

    key      of the unit, school or tutor
    raises   Refused "title-without-minutes", "title-nobody", "title-has-it", "title-over-number", "title-limits",
             "title-gone", and why the contest takes none
    """
    rule = rule_for(rule, why_not_name_recognised, by=by, at=at)
    if not rule.is_by_committee:
        raise Refused(Denial("title-gone", {"title": rule.label}))
    if not minutes.strip():
        raise Refused(Denial("title-without-minutes", {"title": rule.label}))
    found = ranking_of(rule)
    figures = dict(zip(found.keys, found.figures, strict=True))
    recipient = RECIPIENTS[rule.kind].objects.filter(key=key, pk__in=found.keys).first()
    if recipient is None:
        raise Refused(Denial("title-nobody", {"title": rule.label}))
    rule.decisions.exclude(terms="").delete()  # of ties, from when points decided
    given = {getattr(one, field_of(rule.kind)) for one in rule.decisions.all()}
    if recipient.pk in given:
        raise Refused(Denial("title-has-it", {"title": rule.label}))
    if len(given) >= rule.number:
        raise Refused(Denial("title-over-number", {"title": rule.label, "number": rule.number}))
    of_district = sum(figures[pk].district == figures[recipient.pk].district for pk in given if pk in figures)
    is_full = rule.per_district is not None and of_district >= rule.per_district
    if is_full or figures[recipient.pk].passed < rule.fewest:
        raise Refused(Denial("title-limits", {"title": rule.label}))
    made: RecognitionDecision = rule.decisions.create(
        is_named=True, minutes=minutes.strip(), decided_at=at, decided_by=by, **{field_of(rule.kind): recipient.pk}
    )
    body = {"recipient": key, "why": rule.contest.mint.commitment(minutes.strip())}
    record(rule, "recognition.named", body, by=by, at=at)
    propose_again(rule.contest, by=by, at=at)
    return made


@transaction.atomic
def take_recognised_back(*, rule: RecognitionRule, key: str, by: User, at: datetime) -> None:
    """As if the committee had not named it; the log keeps that it did."""
    rule = rule_for(rule, why_not_name_recognised, by=by, at=at)
    recipients = RECIPIENTS[rule.kind].objects.filter(key=key)
    deleted, _rows = rule.decisions.filter(**{field_of(rule.kind) + "__in": recipients}, terms="").delete()
    if deleted:
        record(rule, "recognition.taken-back", {"recipient": key}, by=by, at=at)
        propose_again(rule.contest, by=by, at=at)


@transaction.atomic
def settle_title_tie(
    *, rule: RecognitionRule, terms: str, named: Collection[str], minutes: str, by: User, at: datetime
) -> None:
    """Who of equals at the last place has the title; the others of the tie have not.

    terms    of the tie as the page had it
    named    keys of those who have it
    raises   Refused "title-tie-changed", "title-without-minutes", "title-over-seats", and why the contest takes none
    """
    rule = rule_for(rule, why_not_settle_titles, by=by, at=at)
    tie = tie_of(rule, terms)
    if not minutes.strip():
        raise Refused(Denial("title-without-minutes", {"title": rule.label}))
    keys = dict(RECIPIENTS[rule.kind].objects.filter(pk__in=tie.keys).values_list("pk", "key"))
    if not set(named) <= set(keys.values()) or tie.decisions:
        raise Refused(Denial("title-tie-changed", {"title": rule.label}))
    chosen = {pk for pk, key in keys.items() if key in named}
    found = ranking_of(rule)
    districts = Counter(one.district for pk, one in zip(found.keys, found.figures, strict=True) if pk in chosen)
    if len(chosen) > tie.seats or any(districts[one] > most for one, most in tie.most.items()):
        raise Refused(Denial("title-over-seats", {"title": rule.label, "seats": tie.seats}))
    rule.decisions.filter(**{field_of(rule.kind) + "__in": tie.keys}).delete()  # of ties that are no more
    RecognitionDecision.objects.bulk_create(
        RecognitionDecision(
            rule=rule, is_named=pk in chosen, minutes=minutes.strip(), terms=terms, decided_at=at, decided_by=by,
            **{field_of(rule.kind): pk},
        )
        for pk in sorted(tie.keys)
    )  # fmt: skip
    body = {"named": len(chosen), "of": len(tie.keys), "who": digest(sorted(named)),
            "why": rule.contest.mint.commitment(minutes.strip())}  # fmt: skip
    record(rule, "recognition.settled", body, by=by, at=at)
    propose_again(rule.contest, by=by, at=at)


@transaction.atomic
def reopen_title_tie(*, rule: RecognitionRule, terms: str, by: User, at: datetime) -> None:
    """As if nothing had been decided of this tie, be it still one or not."""
    rule = rule_for(rule, why_not_settle_titles, by=by, at=at)
    deleted, _rows = rule.decisions.filter(terms=terms).exclude(terms="").delete()
    if deleted:
        record(rule, "recognition.reopened", {"of": deleted}, by=by, at=at)
        propose_again(rule.contest, by=by, at=at)


@transaction.atomic
def rule_tutor_prizes(*, contest: Contest, is_on: bool, by: User, at: datetime) -> None:
    """Whether tutors get a prize of the level of their entry; fixed once a list was locked."""
    contest = contest_for(contest, why_not_rule_recognitions, by=by, at=at)
    if is_on == has_tutor_prizes(contest):
        return
    contest.settings |= {"tutor_prizes": is_on}
    contest.save(update_fields=["settings"])
    events.record(contest, "tutor-prizes.ruled", contest, by=by, at=at, body={"is_on": is_on})


def rule_for(rule: RecognitionRule, access: Any, *, by: User, at: datetime) -> RecognitionRule:
    """As it stands once the contest is locked."""
    contest = contest_for(rule.contest, access, by=by, at=at)
    found = contest.recognition_rules.filter(pk=rule.pk, is_in_force=True).first()
    if found is None:
        raise Refused(Denial("title-gone", {"title": rule.label}))
    return found


def ranking_of(rule: RecognitionRule) -> Ranked:
    """By the awards of the list that stands; by entries alone while there is none."""
    contest: Contest = rule.contest
    standing = contest.award_lists.standing().first()
    if rule.follows:
        return following(rule, standing.awards.all() if standing else (), tuple(rule.decisions.all()))
    awards = dict(standing.awards.values_list("entry", "code")) if standing else {}
    reports = reports_of(contest, [rule])
    return ranked(rule, entries_of(contest), awards, tuple(rule.decisions.all()), reports)


def tie_of(rule: RecognitionRule, terms: str) -> TitleTie:
    tie = next((one for one in ranking_of(rule).ties if one.terms == terms), None)
    if tie is None:
        raise Refused(Denial("title-tie-changed", {"title": rule.label}))
    return tie


def record(rule: RecognitionRule, action: str, body: dict[str, Any], *, by: User, at: datetime) -> None:
    """`content`: the rule without whom it names, so that the log proves what was asked for."""
    said = [rule.kind, rule.number, rule.points, rule.ties, rule.fewest, rule.per_district, rule.is_by_committee]
    body = {"title": rule.label_zh, **body, "content": digest(said)}
    events.record(rule.contest, action, rule, by=by, at=at, body=body)
