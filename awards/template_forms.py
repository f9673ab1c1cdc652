"""Forms of certificate templates: look, words, pre-printed paper, places; and of seals."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.certificate_template import (
    CUSTOM,
    LEAST_MM,
    MOST_LINE,
    MOST_MM,
    MOVED,
    PLACES,
    PORTRAIT,
    TITLE_EN,
    Template,
)
from awards.models import CertificateTemplate, Training
from awards.services.seals import LEAST_WIDE, MOST_WIDE, Authorised
from awards.states import PrintedAs, SealKind, TemplateKind
from competition.forms.setup import DayInput
from competition.models import Contest

ALL = "all"  # the kind "" in an address
DESIGN_NAMES = [
    ("classic", gettext_lazy("classic: woven border")), ("science", gettext_lazy("science: graticule and atoms")),
    ("modern", gettext_lazy("modern: white, strong corners")), ("ink", gettext_lazy("meander: Chinese key pattern")),
]  # fmt: skip
COLOUR_NAMES = [
    ("gold-red", gettext_lazy("gold and red")), ("blue", gettext_lazy("blue")), ("green", gettext_lazy("green")),
    ("grey-red", gettext_lazy("grey and red")), ("bronze-wine", gettext_lazy("bronze and wine red")),
    ("black", gettext_lazy("black")),
]  # fmt: skip
PAPER_NAMES = [
    ("A4 landscape", gettext_lazy("A4, landscape")), (PORTRAIT, gettext_lazy("A4, portrait")),
    (CUSTOM, gettext_lazy("another size")),
]  # fmt: skip
LANGUAGE_NAMES = [
    ("zh", gettext_lazy("Chinese")), ("en", gettext_lazy("English")), ("both", gettext_lazy("Chinese and English")),
]  # fmt: skip
DATE_NAMES = [
    ("chinese", "二〇一七年十二月十七日"), ("digits", "2017年12月17日"), ("english", "17 December 2017"),
    ("none", gettext_lazy("no date")),
]  # fmt: skip
STOCK_NAMES = [
    ("title", gettext_lazy("Title of the certificate")), ("issuers", gettext_lazy("Issuers")),
    ("signature", gettext_lazy("Signature line")), ("date", gettext_lazy("Date")),
    ("line", gettext_lazy("Line at the foot")),
]  # fmt: skip


OF_TRAINING = ("title", "title_en", "closing", "issuers", "signature", "is_per_author")  # a training says these itself


def kinds_of(contest: Contest | None) -> list[TemplateKind]:
    """Those that this contest gives; the office of the installation (None) has trainings alone."""
    if contest is None:
        return [TemplateKind.ATTENDANCE]
    if contest.is_award:
        return [TemplateKind.AWARD, TemplateKind.SCHOOL, TemplateKind.TITLE]
    return [one for one in TemplateKind if one != TemplateKind.AWARD]


class TemplateForm(forms.Form):
    """All that one version says. Sentences: of its kind, or of all kinds that the contest gives."""

    design = forms.ChoiceField(label=gettext_lazy("Design"), choices=DESIGN_NAMES, widget=forms.RadioSelect)
    colours = forms.ChoiceField(label=gettext_lazy("Colours"), choices=COLOUR_NAMES)
    paper = forms.ChoiceField(label=gettext_lazy("Paper of the certificate"), choices=PAPER_NAMES)
    wide = forms.IntegerField(label=gettext_lazy("Width, mm"), min_value=LEAST_MM, max_value=MOST_MM)
    high = forms.IntegerField(label=gettext_lazy("Height, mm"), min_value=LEAST_MM, max_value=MOST_MM)
    language = forms.ChoiceField(label=gettext_lazy("Language of the certificate"), choices=LANGUAGE_NAMES)
    title = forms.CharField(label=gettext_lazy("Title of the certificate"), max_length=60)
    title_en = forms.CharField(label=gettext_lazy("Second title below it"), max_length=80, required=False)
    closing = forms.CharField(label=gettext_lazy("Closing words"), max_length=60, required=False)
    issuers = forms.CharField(
        label=gettext_lazy("Issuers in their order, one a line"), max_length=900, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    signature = forms.CharField(
        label=gettext_lazy("Who signs"), max_length=20, required=False,
        help_text=gettext_lazy("Such as 市长: a line to sign on. Blank: none."),
    )  # fmt: skip
    dates = forms.ChoiceField(label=gettext_lazy("Date"), choices=DATE_NAMES)
    is_line_on = forms.BooleanField(label=gettext_lazy("Print the line at the foot"), required=False)
    line = forms.CharField(label=gettext_lazy("Line at the foot"), max_length=MOST_LINE, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why it is left out"), max_length=300, required=False,
        help_text=gettext_lazy("Only where the line is not printed. It goes into the log."),
    )  # fmt: skip
    is_per_author = forms.BooleanField(label=gettext_lazy("Each author of a team gets one"), required=False)
    on_paper = forms.MultipleChoiceField(
        label=gettext_lazy("What the pre-printed paper has already"), choices=STOCK_NAMES, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Left out when text only is printed. Border and seals are never printed there."),
    )  # fmt: skip
    prints_background = forms.BooleanField(
        label=gettext_lazy("Print the background in place of the design"), required=False
    )
    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, contest: Contest | None, kind: str, template: Template, base: int, reason: str = ""):
        kinds = [TemplateKind(kind)] if kind else kinds_of(contest)
        super().__init__(data, initial=values_of(template) | {"base": base, "reason": reason})
        self.kinds, self.template = kinds, template
        for one in kinds:
            for language in ("zh", "en"):
                self.fields[f"text_{one}_{language}"] = sentence_field(one, language)
        for part in self.parts:
            for way, label in (("right", _("to the right, mm")), ("down", _("down, mm"))):
                self.fields[f"{way}_{part}"] = forms.DecimalField(
                    label=label, min_value=-60, max_value=60, max_digits=3, decimal_places=1, required=False
                )
        if TemplateKind.AUTHOR not in kinds:
            del self.fields["is_per_author"]
        if self.is_of_trainings:
            for name in set(OF_TRAINING) & set(self.fields):
                del self.fields[name]
            on_paper = [one for one in STOCK_NAMES if one[0] != "signature"]
            self.fields["on_paper"].choices = on_paper  # type: ignore[attr-defined]

    @property
    def is_of_trainings(self) -> bool:
        """Of nothing else: title, issuers and what follows them stand in each training."""
        return self.kinds == [TemplateKind.ATTENDANCE]

    @property
    def parts(self) -> list[str]:
        return [part for part in MOVED if part != "signature" or not self.is_of_trainings]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("is_line_on") and not (said.get("reason") or "").strip():
            self.add_error("reason", _("Say why the line is left out: certificates for pupils carry it."))
        return said

    def sentences(self) -> Iterator[tuple[Any, str, list[BoundField]]]:
        """Kind, the places it knows, its fields."""
        for kind in self.kinds:
            places = " ".join(f"{{{place}}}" for place in PLACES[kind])
            yield kind.label, places, [self[f"text_{kind}_{language}"] for language in ("zh", "en")]

    def moves(self) -> Iterator[tuple[str, list[BoundField]]]:
        for part in self.parts:
            yield part, [self[f"right_{part}"], self[f"down_{part}"]]

    def made(self) -> Template:
        said = self.cleaned_data
        plain = ("design", "colours", "paper", "wide", "high", "language", "dates", "is_line_on", "prints_background")
        texts = {
            f"{kind}.{language}": said[f"text_{kind}_{language}"].strip().replace("\r\n", "\n")
            for kind in self.kinds
            for language in ("zh", "en")
        }
        offsets = {part: (tenths(said[f"right_{part}"]), tenths(said[f"down_{part}"])) for part in self.parts}
        return Template(
            **{name: said[name] for name in plain},
            **(self.words_of_training() if self.is_of_trainings else self.words()),
            line=said["line"].strip(),
            texts={name: text for name, text in texts.items() if text},
            on_paper=tuple(said["on_paper"]),
            is_per_author=said.get("is_per_author", self.template.is_per_author),
            offsets={part: by for part, by in offsets.items() if any(by)},
        )

    def words(self) -> dict[str, Any]:
        said = self.cleaned_data
        issuers = tuple(line.strip() for line in said["issuers"].splitlines() if line.strip())
        plain = {name: said[name].strip() for name in ("title", "title_en", "closing", "signature")}
        return plain | {"issuers": issuers}

    def words_of_training(self) -> dict[str, Any]:
        """As they stand; whether there is a second title follows the language."""
        kept = {name: getattr(self.template, name) for name in ("title", "title_en", "closing", "signature", "issuers")}
        language = self.cleaned_data["language"]
        if language != self.template.language:
            kept["title_en"] = TITLE_EN if language == "both" else ""
        return kept


def sentence_field(kind: TemplateKind, language: str) -> forms.CharField:
    label = _("Sentence in Chinese") if language == "zh" else _("Sentence in English")
    return forms.CharField(label=label, required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


def tenths(value: Any) -> int:
    return round((value or 0) * 10)


def values_of(template: Template) -> dict[str, Any]:
    values: dict[str, Any] = dict(vars(template))
    values |= {f"text_{name.replace('.', '_')}": text for name, text in template.texts.items()}
    for part, (right, down) in template.offsets.items():
        values |= {f"right_{part}": f"{right / 10:g}", f"down_{part}": f"{down / 10:g}"}
    return values | {"issuers": "\n".join(template.issuers), "on_paper": list(template.on_paper)}


INVENTED = "invented"


class LookForm(forms.Form):
    """What the preview shows; nothing of it is saved. Where nothing is said, the first of each."""

    shown_kind = forms.ChoiceField(label=gettext_lazy("Certificate"))
    shown_as = forms.ChoiceField(label=gettext_lazy("Printed"), choices=PrintedAs.choices)
    shown_data = forms.ChoiceField(
        label=gettext_lazy("With"),
        choices=[("real", gettext_lazy("a real entry")), ("longest", gettext_lazy("the longest title and names"))],
    )  # fmt: skip
    shown_training = forms.ChoiceField(label=gettext_lazy("Training"))

    def __init__(self, data: Any, kinds: Sequence[TemplateKind], trainings: Sequence[Training]):
        """trainings   that a page of attendance may show, the newest first"""
        self.kinds, self.found = kinds, {one.key: one for one in trainings}
        of_trainings = [(key, one.label) for key, one in self.found.items()]
        choices: dict[str, list[tuple[str, Any]]] = {
            "shown_kind": [(one.value, one.label) for one in kinds],
            "shown_as": list(PrintedAs.choices),
            "shown_training": [*of_trainings, (INVENTED, _("an invented one"))],
            "shown_data": list(self.base_fields["shown_data"].choices),  # type: ignore[attr-defined]
        }
        self.first = {name: some[0][0] for name, some in choices.items()}
        super().__init__({name: data.get(name, first) for name, first in self.first.items()})
        for name in ("shown_kind", "shown_training"):
            self.fields[name].choices = choices[name]  # type: ignore[attr-defined]
            if len(choices[name]) == 1:
                self.fields[name].widget = forms.HiddenInput()
        if kinds != [TemplateKind.ATTENDANCE]:
            del self.fields["shown_training"]
        else:
            of_list = [("real", _("one of the list")), ("longest", _("the longest name and unit of the list"))]
            self.fields["shown_data"].choices = of_list  # type: ignore[attr-defined]

    @property
    def kind(self) -> str:
        return self.said("shown_kind")

    @property
    def printed_as(self) -> str:
        return self.said("shown_as")

    @property
    def is_longest(self) -> bool:
        return self.said("shown_data") == "longest"

    @property
    def training(self) -> Training | None:
        """Whose list it is, of attendance alone; None: an invented one."""
        return self.found.get(self.said("shown_training")) if self.kind == TemplateKind.ATTENDANCE else None

    def said(self, name: str) -> str:
        return self.cleaned_data.get(name, self.first[name]) if self.is_valid() else self.first[name]


class BackgroundForm(forms.Form):
    background = forms.FileField(
        label=gettext_lazy("PDF or picture of the paper"),
        help_text=gettext_lazy("At most 20 MB. Of a PDF the first page."),
    )  # fmt: skip


class TakeForm(forms.Form):
    """Another version, kind or contest to copy from."""

    source = forms.ChoiceField(label=gettext_lazy("Copy from"))

    def __init__(self, data: Any, sources: Sequence[CertificateTemplate]):
        super().__init__(data)
        self.found = {one.key: one for one in sources}
        choices = [(one.key, source_name(one)) for one in sources]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]


def source_name(one: CertificateTemplate) -> str:
    kind = one.get_kind_display() if one.kind else _("all kinds")
    said = {"contest": one.contest.label if one.contest else _("The office itself"), "kind": kind}
    return _("%(contest)s: %(kind)s, version %(version)s") % {**said, "version": one.version}


class PrintForm(forms.Form):
    printed_as = forms.ChoiceField(
        label=gettext_lazy("Print"), choices=PrintedAs.choices, widget=forms.RadioSelect, initial=PrintedAs.PLAIN
    )


class PrintShopForm(PrintForm):
    separators = forms.BooleanField(
        label=gettext_lazy("A page before each school, and a cover"), required=False, initial=True,
        help_text=gettext_lazy("With school, unit, how many and their numbers, so that piles are told apart."),
    )  # fmt: skip
    backs = forms.BooleanField(
        label=gettext_lazy("Blank backs, for a machine that prints both sides"), required=False,
        help_text=gettext_lazy("An empty page after each, so that nothing is printed on the back of a certificate."),
    )  # fmt: skip


class TrainingShopForm(PrintShopForm):
    """A list says schools and workplaces, and no units over them."""

    separators = forms.BooleanField(
        label=gettext_lazy("A page before each school or workplace, and a cover"), required=False, initial=True,
        help_text=gettext_lazy("With its name, how many and their numbers, so that piles are told apart."),
    )  # fmt: skip


class SealForm(forms.Form):
    """A seal or signature with who authorised its use."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Seal or signature"), choices=SealKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("Office or person"), max_length=120,
        help_text=gettext_lazy("An issuer exactly as it stands under the certificates; of a signature, who signs."),
    )  # fmt: skip
    picture = forms.FileField(
        label=gettext_lazy("Picture (PNG)"), required=False,
        help_text=gettext_lazy("At most 5 MB; white paper becomes transparent. Without one a seal is drawn."),
    )  # fmt: skip
    wide = forms.IntegerField(
        label=gettext_lazy("Width of the seal, mm"), min_value=LEAST_WIDE, max_value=MOST_WIDE, required=False,
        help_text=gettext_lazy("Blank: as large as there is room."),
    )  # fmt: skip
    authorised_by = forms.CharField(
        label=gettext_lazy("Who authorised it"), max_length=120, help_text=gettext_lazy("Name and office.")
    )
    document = forms.CharField(
        label=gettext_lazy("By which document"), max_length=200,
        help_text=gettext_lazy("Such as the request for the use of a seal and its number."),
    )  # fmt: skip
    authorised_on = forms.DateField(label=gettext_lazy("On which day"), widget=DayInput)

    @property
    def said(self) -> Authorised:
        values = self.cleaned_data
        names = ("name", "authorised_by", "document", "authorised_on")
        return Authorised(
            kind=SealKind(values["kind"]), wide=values["wide"] or 0, **{name: values[name] for name in names}
        )


class WithdrawSealForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
