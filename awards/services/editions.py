"""Editions of an award made on the web: from the rules of a city, or from its last edition."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.access import why_not_make_award
from awards.models import Alternative, AwardTerms
from awards.presets import RulesPreset, contest_preset, kind_of
from awards.services.above import above_of, record_bodies, set_above
from awards.services.award_rules import Why, remember
from awards.services.nominators import set_nominators
from awards.states import Nominators
from competition import events
from competition.access import why_not_organise
from competition.core.ordinals import english_ordinal, numeral
from competition.errors import Refused
from competition.models import Contest, User
from competition.services.setting_up import contest_from_preset, save_basics, years_between, years_later

NOTHING = Why(0)


@dataclass(frozen=True)
class EditionDetails:
    """series: what all editions share, such as 滁州市青少年科技创新市长奖; title: as certificates call the prize."""

    series: str
    title: str
    title_en: str
    level: str
    year: int
    ordinal: int | None
    series_en: str = ""

    @property
    def label_zh(self) -> str:
        return f"第{numeral(self.ordinal)}届{self.series}" if self.ordinal else self.series

    @property
    def label_en(self) -> str:
        if not self.series_en:
            return ""
        return f"{english_ordinal(self.ordinal)} {self.series_en}" if self.ordinal else self.series_en


@transaction.atomic
def create_edition(
    *,
    details: EditionDetails,
    rules: RulesPreset,
    kinds: Collection[str],
    belongs_to: Contest | None,
    by: User,
    at: datetime,
    two_persons: bool | None = None,
) -> Contest:
    """An edition with the rules of a preset; the office changes what differs.

    raises   Refused "edition-there-already", and why this user makes none
    """
    denial = why_not_organise(by, None, at=at)
    if belongs_to is not None:
        denial = denial or why_not_make_award(by, belongs_to, at=at)
    if denial:
        raise Refused(denial)
    values = {
        "kind": "award", "label_en": details.label_en, "belongs_to": belongs_to, "entries_per_student": None,
        "has_unit_step": False, "settings": settings_of(details, rules),
    }  # fmt: skip
    contest = contest_from_preset(
        preset=contest_preset(rules.code, kinds, details.level, values), label_zh=details.label_zh, year=details.year,
        series_zh=details.series, ordinal=details.ordinal, by=by, at=at, two_persons=two_persons,
    )  # fmt: skip
    tracks = {kind_of(track): track for track in contest.tracks.all()}
    AwardTerms.objects.bulk_create(
        AwardTerms(track=track, **{"places": 0, **rules.kinds.get(kind, {})}) for kind, track in tracks.items()
    )
    ways = [dict(one) for one in rules.alternatives if one["track"] in tracks]
    Alternative.objects.bulk_create(
        Alternative(contest=contest, order=order, **{**one, "track": tracks[one["track"]]})
        for order, one in enumerate(ways, 1)
    )
    set_above(contest, above_of(rules), by=by, at=at)
    set_nominators(contest, Nominators(rules.nominators), by=by, at=at)
    remember(contest, NOTHING, by=by, at=at)
    return contest


def settings_of(details: EditionDetails, rules: RulesPreset) -> dict[str, Any]:
    said: dict[str, Any] = {"title": details.title, "title_en": details.title_en}
    said |= {"every": rules.every} if rules.every > 1 else {}
    return said | ({"places_in_all": rules.places_in_all} if rules.places_in_all else {})


@transaction.atomic
def save_edition(
    *, contest: Contest, values: Mapping[str, Any], title: str, title_en: str, belongs_to: Contest | None, by: User,
    at: datetime, every: int = 1,
) -> Contest:  # fmt: skip
    """Its names, dates and the contest that it belongs to, before judging begins.

    every   years from one edition to the next
    """
    contest = save_basics(contest=contest, values=values, by=by, at=at)
    if belongs_to is not None and (denial := why_not_make_award(by, belongs_to, at=at)):
        raise Refused(denial)
    settings = {name: value for name, value in contest.settings.items() if name != "every"}
    settings |= {"title": title, "title_en": title_en, **({"every": every} if every > 1 else {})}
    changed = [
        name for name, now in (("settings", settings), ("belongs_to", belongs_to)) if getattr(contest, name) != now
    ]
    if changed:
        contest.settings, contest.belongs_to = settings, belongs_to
        contest.save(update_fields=changed)
        events.record(contest, "contest.changed", contest, by=by, at=at, body={"fields": changed})
    return contest


def move_on(was: Contest, made: Contest, *, by: User, at: datetime) -> None:
    """The next edition: windows and births move with it, and it belongs to the contest of its own year, if any."""
    for way in made.alternatives.all():
        for name in ("since", "until"):
            day = getattr(way, name)
            setattr(way, name, day and years_later(day, years_between(was)))
        way.save(update_fields=["since", "until"])
    for terms in AwardTerms.objects.filter(track__contest=made, born_since__isnull=False):
        terms.born_since = years_later(terms.born_since, years_between(was))
        terms.save(update_fields=["born_since"])
    if was.belongs_to is not None:
        same = Contest.objects.filter(series=was.belongs_to.series, year=made.year, kind=was.belongs_to.kind)
        made.belongs_to = same.order_by("pk").first()
        made.save(update_fields=["belongs_to"])
    if made.settings.get("approval"):
        record_bodies(made, by=by, at=at)  # its own log says it too
    remember(made, NOTHING, by=by, at=at)
