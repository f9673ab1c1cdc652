"""The form of one group of the prize plan: its levels as lines, and what holds for all of them; and of a tie."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.core.planning import MOST_BREAKERS
from awards.outputs.tie_words import breaker_words
from awards.prizes import KNOWN, is_known, prize_of
from awards.services.deliberation import Tie
from awards.services.planning import fault_sentence, faults_of
from awards.services.plans import GroupDetails, LevelDetails
from awards.states import Rounding, SeatKind, Ties
from competition.core.numbers import decimal_text
from competition.core.reading import nearest
from competition.models import Division, Entry, Track
from competition.wording import speaks_chinese
from judging.core.tiebreaks import TieBreaker

OWN = "own"
SPARE_LEVELS, MOST_LEVELS = 2, 20
COUNT, PERCENT = "count", "percent"
WHY = ("reason", "minutes")


def prize_choices() -> list[tuple[str, Any]]:
    named = [(code, zh if speaks_chinese() else en) for code, zh, en, _words in KNOWN]
    return [("", "—"), *named, (OWN, _("another name"))]


class LevelForm(forms.Form):
    """A line. One without a prize and without a name of its own goes."""

    prize = forms.ChoiceField(label=_("Prize"), required=False)
    label_zh = forms.CharField(label=_("Another name, in Chinese"), max_length=200, required=False)
    label_en = forms.CharField(label=_("in English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Counted as"), choices=SeatKind.choices, required=False)
    value = forms.DecimalField(label=_("Number or share"), min_value=0, max_digits=12, decimal_places=4, required=False)
    minimum = forms.DecimalField(
        label=_("Least score"), min_value=0, max_digits=12, required=False, help_text=_("Blank: none.")
    )

    def __init__(self, *args: Any, places: int, is_timed: bool, **more: Any):
        super().__init__(*args, **more)
        self.places = places
        self.fields["prize"].choices = prize_choices()  # type: ignore[attr-defined]
        for name in ("value", "minimum"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        if is_timed:
            del self.fields["minimum"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        prize, name = found.get("prize", ""), found.get("label_zh", "")
        if "prize" in self.errors:
            return found
        if prize == OWN and not name:
            self.add_error("label_zh", _("What is it called?"))
        elif prize not in ("", OWN) and name:
            self.add_error(
                "label_zh", _("This prize has its name already. Choose “another name”, or leave this blank.")
            )
        elif name and prize_of(name) is None:
            self.add_error("label_zh", _("This means no prize."))
        elif name and not is_known(name) and (near := nearest(name, [zh for _code, zh, _en, _words in KNOWN])):
            self.add_error("label_zh", _("Is this “%(near)s”? Then choose it at the left.") % {"near": near})
        if self.empty_permitted and not prize and not name and found.get("value") is not None:
            self.add_error("prize", _("Which prize?"))
        if self.is_named and not found.get("kind"):
            self.add_error("kind", _("How is it counted?"))
        if (least := found.get("minimum")) is not None and least.scaleb(self.places) % 1:
            self.add_error("minimum", _("This is finer than the points that are published."))
        return found

    @property
    def is_named(self) -> bool:
        return bool(self.cleaned_data.get("prize") or self.cleaned_data.get("label_zh"))

    def details(self) -> LevelDetails:
        said = self.cleaned_data
        word = said["label_zh"] if said["prize"] in ("", OWN) else said["prize"]
        prize = prize_of(word, said["label_en"])
        if prize is None:
            raise ValueError("A level of the plan has a prize.")
        least = said.get("minimum")
        return LevelDetails(
            prize, SeatKind(said["kind"]), said["value"], None if least is None else int(least.scaleb(self.places))
        )


LevelLines = forms.formset_factory(LevelForm, extra=SPARE_LEVELS, max_num=MOST_LEVELS, absolute_max=2 * MOST_LEVELS)


class GroupForm(forms.Form):
    """`base`: the version that was shown. No reason and no minutes are no fault of the form: looking needs none."""

    use_required_attribute = False

    base = forms.IntegerField(widget=forms.HiddenInput)
    cap_kind = forms.ChoiceField(
        label=_("Prizes in all"),
        choices=[("", _("as many as the levels give")), (COUNT, _("at most this number")),
                 (PERCENT, _("at most this % of the entries"))],
        required=False,
        help_text=_("Shares of prizes, a ratio, and all that is left refer to it. A share is rounded down."),
    )  # fmt: skip
    cap = forms.DecimalField(
        label=_("This number or share"), min_value=0, max_digits=9, decimal_places=4, required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    rounding = forms.ChoiceField(label=_("Shares that are not whole"), choices=Rounding.choices)
    ties = forms.ChoiceField(label=_("What is still equal across a cut"), choices=Ties.choices)
    reason = forms.CharField(
        label=_("Why it is changed"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed once results have come in. It stands beside the version."),
    )  # fmt: skip
    minutes = forms.CharField(
        label=_("Minutes of the organising committee"), max_length=300, required=False,
        help_text=_("Needed once results have come in: number or date, as you will find them again."),
    )  # fmt: skip

    def __init__(self, data: Any = None, initial: Any = None, *, needs_reason: bool, known: Mapping[TieBreaker, Any]):
        super().__init__(data, initial=initial)
        for name in WHY:
            self.fields[name].required = needs_reason
        self.known = {breaker_token(one): one for one in known}
        labels = {one: about.label for one, about in known.items() if about is not None}
        choices = [("", "—"), *((breaker_token(one), breaker_words(one, labels)) for one in known)]
        for at in range(1, MOST_BREAKERS + 1 if known else 1):
            label = _("Equal scores across a cut: first compare") if at == 1 else _("then compare")
            self.fields[f"breaker_{at}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def breaker_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("breaker_")]

    @property
    def named_breakers(self) -> list[tuple[str, TieBreaker]]:
        """(field, tie-breaker) of those that were chosen, in their order."""
        chosen = [(field.name, self.cleaned_data.get(field.name)) for field in self.breaker_fields]
        return [(name, self.known[token]) for name, token in chosen if token]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in WHY:
            if not self.data.get(name, "").strip():
                self.errors.pop(name, None)
                found[name] = ""
        kind, cap = found.get("cap_kind"), found.get("cap")
        if "cap" in self.errors or "cap_kind" in self.errors:
            return found
        if kind and cap is None:
            self.add_error("cap", _("How many, or what share?"))
        elif cap is not None and not kind:
            self.add_error("cap_kind", _("A number, or a share of the entries?"))
        elif kind == COUNT and cap is not None and cap % 1:
            self.add_error("cap", _("A number of prizes is whole."))
        return found

    @property
    def caps(self) -> tuple[int | None, Decimal | None]:
        kind, cap = self.cleaned_data["cap_kind"], self.cleaned_data["cap"]
        return (int(cap) if kind == COUNT else None, cap if kind == PERCENT else None)


class PlanPaperForm(forms.Form):
    """Beside the button that saves: a file is lost when a page is shown again."""

    paper = forms.FileField(
        label=_("The signed minutes as a scan"), required=False, help_text=_("PDF or picture, at most 20 MB.")
    )


def details_of(
    track: Track, division: Division | None, form: GroupForm, lines: forms.BaseFormSet
) -> GroupDetails | None:
    """What was typed, as it is saved. Nothing where it cannot be carried out: the fields say why."""
    named = [line for line in lines if line.is_named]
    said = form.cleaned_data
    group = GroupDetails(
        track, division, tuple(line.details() for line in named), Rounding(said["rounding"]), Ties(said["ties"]),
        *form.caps, tuple(one for _name, one in form.named_breakers),
    )  # fmt: skip
    faults = faults_of(group)
    for fault in faults:
        if fault.where == "breaker":
            form.add_error(form.named_breakers[fault.row or 0][0], fault_sentence(fault))
            continue
        at_fault = form if fault.row is None else named[fault.row]
        own = fault.where == "prize" and not at_fault.cleaned_data.get("prize")
        at_fault.add_error("label_zh" if own else fault.where, fault_sentence(fault))
    return None if faults else group


# ---- what stands, and what a plan may begin with


def group_as_values(group: GroupDetails | None) -> dict[str, Any]:
    if group is None:
        return {"rounding": Rounding.HALF_UP, "ties": Ties.HOLD}
    kind = COUNT if group.cap_count is not None else PERCENT if group.cap_percent is not None else ""
    cap = group.cap_count if group.cap_percent is None else plain(group.cap_percent)
    chain = {f"breaker_{at}": breaker_token(one) for at, one in enumerate(group.breakers, 1)}
    said = {"cap_kind": kind, "cap": "" if cap is None else cap, "rounding": group.rounding, "ties": group.ties}
    return said | chain


def breaker_token(one: TieBreaker) -> str:
    """As a page names it."""
    return f"{one.by}:{one.of}"


def levels_as_lines(group: GroupDetails | None, places: int) -> list[dict[str, Any]]:
    return [level_as_line(level, places) for level in group.levels] if group else []


def level_as_line(level: LevelDetails, places: int) -> dict[str, Any]:
    known = {code: english for code, _zh, english, _words in KNOWN}
    prize = level.prize
    english = "" if prize.label_en == known.get(prize.code) else prize.label_en
    return {
        "prize": prize.code if prize.code in known else OWN,
        "label_zh": "" if prize.code in known else prize.label_zh,
        "label_en": english,
        "kind": level.kind,
        "value": "" if level.value is None else plain(level.value),
        "minimum": "" if level.minimum is None else decimal_text(level.minimum, places),
    }


def plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def first_three(kind: SeatKind, *values: str) -> list[dict[str, Any]]:
    return [
        {"prize": code, "kind": kind if value != "rest" else SeatKind.REST, "value": value if value != "rest" else ""}
        for code, value in zip(("first", "second", "third"), values, strict=True)
    ]


# name -> (what the button says, values of the group, lines)
BEGINNINGS: Mapping[str, tuple[Any, dict[str, Any], list[dict[str, Any]]]] = {
    "shares": (
        _("15/35/50 of the prizes, at most 60 % of the entries"),
        {"cap_kind": PERCENT, "cap": "60", "rounding": Rounding.HALF_UP, "ties": Ties.HOLD},
        first_three(SeatKind.PERCENT_PRIZES, "15", "35", "rest"),
    ),
    "ratio": (
        _("1 : 2 : 4"),
        {"cap_kind": PERCENT, "cap": "60", "rounding": Rounding.LARGEST_REMAINDER, "ties": Ties.HOLD},
        first_three(SeatKind.RATIO, "1", "2", "4"),
    ),
    "numbers": (
        _("fixed numbers"),
        {"cap_kind": "", "cap": "", "rounding": Rounding.HALF_UP, "ties": Ties.HOLD},
        first_three(SeatKind.COUNT, "", "", ""),
    ),
}


class TieForm(forms.Form):
    """What the committee gives each entry of a tie; nothing is chosen beforehand."""

    NONE = "none"

    minutes = forms.CharField(
        label=_("Minutes of the committee"),
        max_length=300,
        help_text=_("Number or date, as you will find them again."),
    )

    def __init__(self, data: Any, tie: Tie):
        super().__init__(data)
        self.tie = tie
        prizes = [(level.code, level.label) for level, _number in tie.seats]
        for entry in tie.entries:
            self.fields[f"prize-{entry.key}"] = forms.ChoiceField(
                label=entry.number, choices=[("", "—"), *prizes, (self.NONE, _("no prize"))]
            )

    @property
    def fields_of_entries(self) -> list[tuple[Entry, forms.BoundField]]:
        return [(entry, self[f"prize-{entry.key}"]) for entry in self.tie.entries]

    @property
    def given(self) -> dict[str, str]:
        """Prize code by the key of the entry, "" for none."""
        chosen = {entry.key: self.cleaned_data[f"prize-{entry.key}"] for entry in self.tie.entries}
        return {key: "" if code == self.NONE else code for key, code in chosen.items()}
