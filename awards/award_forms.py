"""Forms of an award: the edition, its kinds of winner, one way to be eligible, the office's word on a nominee."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Alternative, AwardTerms
from awards.presets import LABELS, rules_presets
from awards.prizes import KNOWN, LAST
from awards.services.award_rules import KindDetails, Vote, Why
from awards.services.editions import EditionDetails
from awards.states import AchievementKind, AchievementRole, Majority, Nominators, NomineeKind
from competition.core.grades import STAGES
from competition.forms.setup import DayInput, moment
from competition.models import Contest, Track
from competition.states import Level
from competition.wording import speaks_chinese

FIRST_AUTHOR = "first"


def lines_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=help_text)


def lines_of(text: str) -> list[str]:
    """Names, one a line or with 、 between them."""
    parts = text.replace("、", "\n").replace("；", "\n").replace(";", "\n").splitlines()
    return list(dict.fromkeys(name.strip()[:200] for name in parts if name.strip()))[:20]


def stage_choices() -> list[tuple[str, str]]:
    return [(code, zh if speaks_chinese() else en) for code, (zh, en) in STAGES.items() if code != "kindergarten"]


def contest_choices(contests: Iterable[Contest]) -> list[tuple[str, str]]:
    return [("", "—"), *((one.key, one.label) for one in contests)]


class NewEditionForm(forms.Form):
    series = forms.CharField(
        label=_("Name of the award"), max_length=180,
        help_text=_("In full and without the number of the edition, as certificates will print it."),
    )  # fmt: skip
    series_en = forms.CharField(label=_("Name in English"), max_length=280, required=False)
    title = forms.CharField(label=_("Short title"), max_length=150, help_text=_("市长奖, 区长奖, 省长奖 …"))
    title_en = forms.CharField(label=_("Short title in English"), max_length=200, required=False)
    level = forms.ChoiceField(label=_("Level"))
    ordinal = forms.IntegerField(label=_("Edition (届)"), min_value=1, max_value=999, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2200)
    belongs_to = forms.ChoiceField(
        label=_("Belongs to the contest"), required=False,
        help_text=_("Then it waits until the prizes of that contest are fixed, since it counts them."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Who is honoured"), choices=NomineeKind.choices, widget=forms.CheckboxSelectMultiple
    )
    rules = forms.ChoiceField(label=_("Begin with the rules"), widget=forms.RadioSelect)
    is_one_person = forms.BooleanField(label=_("Our office is one person"), required=False)

    def __init__(self, data: Any, *, contests: Iterable[Contest], initial: Any):
        super().__init__(data, initial=initial)
        levels = [(one.value, one.label) for one in (Level.COUNTY, Level.CITY, Level.PROVINCE)]
        presets = [
            (one.code, _("%(name)s: %(text)s") % {"name": one.label, "text": one.about})
            for one in rules_presets().values()
        ]
        for name, choices in (("level", levels), ("rules", presets), ("belongs_to", contest_choices(contests))):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def details(self) -> EditionDetails:
        said = self.cleaned_data
        names = ("series", "series_en", "title", "title_en", "level", "year", "ordinal")
        return EditionDetails(**{name: said[name] for name in names})


class EditionForm(forms.Form):
    """Names and dates of an edition that is there."""

    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    label_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    title = forms.CharField(label=_("Short title"), max_length=150)
    title_en = forms.CharField(label=_("Short title in English"), max_length=200, required=False)
    belongs_to = forms.ChoiceField(label=_("Belongs to the contest"), required=False)
    every = forms.IntegerField(
        label=_("Years from one edition to the next"), min_value=1, max_value=10, required=False,
        help_text=_("The next edition and its dates are so many years later."),
    )  # fmt: skip
    opens_at = moment(_("Applications open"))
    closes_at = moment(_("Applications close"), _("Windows such as “within 2 years” are counted back from this day."))
    unit_closes_at = moment(_("Units recommend until"))
    contact = forms.CharField(label=_("Whom to ask"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, data: Any, contest: Contest, contests: Iterable[Contest]):
        names = ("label_zh", "label_en", "opens_at", "closes_at", "unit_closes_at", "contact")
        said = {name: getattr(contest, name) for name in names}
        said |= {name: contest.settings.get(name, "") for name in ("title", "title_en")}
        said["every"] = contest.settings.get("every", 1)
        super().__init__(data, initial=said | {"belongs_to": contest.belongs_to.key if contest.belongs_to else ""})
        self.fields["belongs_to"].choices = contest_choices(contests)  # type: ignore[attr-defined]
        if not contest.has_unit_step:
            del self.fields["unit_closes_at"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        opens, closes, units = found.get("opens_at"), found.get("closes_at"), found.get("unit_closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("It has to close after it opens."))
        if closes and units and units < closes:
            self.add_error("unit_closes_at", _("Units need time after the entries close: this is earlier."))
        return found


class KindForm(forms.Form):
    """One kind of winner."""

    is_honoured = forms.BooleanField(label=_("Is honoured"), required=False)
    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=999, required=False)
    nomination_places = forms.IntegerField(
        label=_("Places for nomination prizes"), min_value=0, max_value=999, required=False
    )
    money = forms.CharField(
        label=_("Prize money"), max_length=100, required=False, help_text=_("Shown, not paid here.")
    )
    stages = forms.MultipleChoiceField(
        label=_("Only of these stages of school"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any. Whose stage is not known is left to the office."),
    )  # fmt: skip
    born_since = forms.DateField(
        label=_("Born on this day or later"), required=False, widget=DayInput,
        help_text=_("Whose birth date is not known is left to the office."),
    )  # fmt: skip

    def __init__(self, data: Any, kind: str, terms: AwardTerms | None):
        names = ("places", "nomination_places", "money", "stages", "born_since")
        said = {name: getattr(terms, name) for name in names} if terms else {"places": 0, "nomination_places": 0}
        super().__init__(data, prefix=kind, initial=said | {"is_honoured": terms is not None})
        self.kind, self.label = kind, NomineeKind(kind).label
        self.fields["stages"].choices = stage_choices()  # type: ignore[attr-defined]
        if kind == NomineeKind.SCHOOL:
            del self.fields["stages"]
        if kind != NomineeKind.STUDENT:
            del self.fields["born_since"]

    def details(self) -> KindDetails | None:
        said = self.cleaned_data
        if not said["is_honoured"]:
            return None
        return KindDetails(
            self.kind, said["places"] or 0, said["nomination_places"] or 0, said["money"],
            tuple(said.get("stages") or ()), said.get("born_since"),
        )  # fmt: skip


class ShareField(forms.CharField):
    """2/3, 0.5 or 1/2: a part of the whole."""

    def clean(self, value: Any) -> Fraction:
        try:
            found = Fraction(str(super().clean(value)).strip())
        except (ValueError, ZeroDivisionError):
            raise forms.ValidationError(_("Type a share such as 2/3.")) from None
        if not 0 < found <= 1 or found.denominator > 1000:
            raise forms.ValidationError(_("Type a share such as 2/3."))
        return found


class WhyForm(forms.Form):
    """Why rules change; asked for once members have voted. `base`: the version that was looked at."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is changed"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    minutes = forms.CharField(label=_("Minutes of the committee"), max_length=300, required=False)

    def __init__(self, data: Any, *, base: int, is_asked: bool, initial: Any = None):
        super().__init__(data, initial={"base": base, **(initial or {})})
        if not is_asked:
            del self.fields["reason"], self.fields["minutes"]

    def why(self) -> Why:
        said = self.cleaned_data
        return Why(said["base"], said.get("reason", ""), said.get("minutes", ""))


class NominatorsForm(forms.Form):
    nominators = forms.ChoiceField(
        label=_("Who nominates"), choices=Nominators.choices, widget=forms.RadioSelect, required=False,
        help_text=_("The office always may. Schools nominate on their own page, between the first and the last day."),
    )  # fmt: skip

    def wanted(self) -> Nominators | None:
        """None: nothing was said, so it stays."""
        said = self.cleaned_data["nominators"]
        return Nominators(said) if said else None


class VoteForm(WhyForm):
    """By which votes the committee decides."""

    majority = ShareField(label=_("Votes that a nominee needs"))
    majority_of = forms.ChoiceField(label=_("Counted"), choices=Majority.choices)
    quorum = ShareField(label=_("Members who have to vote"))
    places_in_all = forms.IntegerField(
        label=_("Places in all"), min_value=1, max_value=999, required=False,
        help_text=_("Over all kinds. Blank: only the places of each kind count."),
    )  # fmt: skip
    field_order = ("base", "majority", "majority_of", "quorum", "places_in_all", "reason", "minutes")

    def vote(self) -> Vote:
        said = self.cleaned_data
        num, den = said["majority"].as_integer_ratio()
        quorum_num, quorum_den = said["quorum"].as_integer_ratio()
        return Vote(num, den, said["majority_of"], quorum_num, quorum_den)


class WayForm(WhyForm):
    """One way to be eligible; what is blank asks for nothing."""

    track = forms.ChoiceField(label=_("For"), required=False)
    kind = forms.ChoiceField(label=_("Achievement"), choices=AchievementKind.choices)
    level = forms.ChoiceField(label=_("Level of the contest"), required=False)
    names = lines_field(_("Its name contains"), _("One name a line; any of them will do. Of a title: the title."))
    prize = forms.ChoiceField(label=_("Prize at least"), required=False)
    role = forms.ChoiceField(label=_("As"), required=False)
    years = forms.IntegerField(
        label=_("Within so many years before applications close"), min_value=1, max_value=20, required=False
    )
    since = forms.DateField(label=_("Not before"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Not after"), required=False, widget=DayInput)
    tracks_included = lines_field(_("Only in these tracks"), _("One a line, as the contest calls them."))
    tracks_excluded = lines_field(_("Not in these tracks"), _("One a line, as the contest calls them."))
    field_order = (
        "base", "track", "kind", "level", "names", "prize", "role", "years", "since", "until", "tracks_included",
        "tracks_excluded", "reason", "minutes",
    )  # fmt: skip

    def __init__(self, data: Any, *, tracks: Iterable[Track], way: Alternative | None, **more: Any):
        super().__init__(data, initial=as_values(way) if way else None, **more)
        any_of = ("", _("any"))
        prizes = [(str(at), zh if speaks_chinese() else en) for at, (_code, zh, en, _also) in enumerate(KNOWN)]
        roles = [
            (AchievementRole.AUTHOR, _("author or inventor")),
            (FIRST_AUTHOR, _("first author or first inventor")),
            (AchievementRole.TUTOR, AchievementRole.TUTOR.label),
        ]
        offer: dict[str, list[Any]] = {
            "track": [("", _("all kinds of winner")), *((str(one.order), one.label) for one in tracks)],
            "level": [any_of, *Level.choices],
            "prize": [any_of, *prizes],
            "role": [any_of, *roles],
        }
        for name, choices in offer.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", _("This is before the first day."))
        if found.get("kind") == AchievementKind.TITLE and not lines_of(found.get("names", "")):
            self.add_error("names", _("Which title?"))
        return found

    def way(self, contest: Contest, tracks: Iterable[Track], order: int) -> Alternative:
        said = self.cleaned_data
        first, *others = lines_of(said["names"]) or [""]
        return Alternative(
            contest=contest, order=order, track=next((t for t in tracks if str(t.order) == said["track"]), None),
            kind=said["kind"], level=said["level"], contest_name=first, other_names=others,
            prize_order=int(said["prize"]) if said["prize"] else None,
            role=AchievementRole.AUTHOR if said["role"] == FIRST_AUTHOR else said["role"],
            first_author_only=said["role"] == FIRST_AUTHOR, years=said["years"], since=said["since"],
            until=said["until"], tracks_included=lines_of(said["tracks_included"]),
            tracks_excluded=lines_of(said["tracks_excluded"]),
        )  # fmt: skip


def as_values(way: Alternative) -> dict[str, Any]:
    prize = way.prize_order
    return {
        "track": str(way.track.order) if way.track else "",
        "kind": way.kind,
        "level": way.level,
        "names": "\n".join(way.names),
        "prize": "" if prize is None or prize >= min(len(KNOWN), LAST) else str(prize),
        "role": FIRST_AUTHOR if way.first_author_only else way.role,
        "years": way.years,
        "since": way.since,
        "until": way.until,
        "tracks_included": "\n".join(way.tracks_included),
        "tracks_excluded": "\n".join(way.tracks_excluded),
    }


class WordForm(forms.Form):
    """The office's word on a nominee."""

    WORDS = {"in": True, "out": False, "rules": None}

    word = forms.ChoiceField(
        label=_("The office's word"), widget=forms.RadioSelect,
        choices=[("in", _("let in")), ("out", _("keep out")), ("rules", _("as the rules say"))],
    )  # fmt: skip
    why = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    minutes = forms.CharField(
        label=_("Minutes of the committee"), max_length=300, required=False,
        help_text=_("Needed once members have voted."),
    )  # fmt: skip


KINDS_IN_ORDER = tuple(LABELS)
