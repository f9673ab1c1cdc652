"""What the office says of works to practise on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.forms.setup import SeveralFilesField, SeveralFilesInput
from competition.models.entering import ENDINGS
from judging.forms.marking import clean
from judging.models import Criterion, PracticeSheet, Rubric
from judging.sheet_rows import field_of, points_text

REMARK = "remark-{}"


class PracticeForm(forms.Form):
    is_first = forms.BooleanField(
        label=_("Practice comes first"), required=False,
        help_text=_("A judge hands all practice works in before the first real work of this track and round opens."),
    )  # fmt: skip


class PracticeWorkForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    abstract = forms.CharField(
        label=_("Abstract"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    added = SeveralFilesField(
        label=_("Files"), required=False, max_length=200,
        help_text=_("PDF, Word, Excel, PowerPoint or pictures; up to 5, each at most 20 MB. Judges get copies without "
                    "metadata under neutral names; names inside the work you take out yourself."),
        widget=SeveralFilesInput(
            attrs={"accept": ",".join(ENDINGS[kind] for kind in ("pdf", "word", "sheet", "slides", "image"))}
        ),
    )  # fmt: skip


def remark_of(criterion: Criterion) -> str:
    return REMARK.format(criterion.order)


def remarks_from(data: Any, rubric: Rubric) -> dict[Criterion, str]:
    return {one: clean(data.get(remark_of(one))).strip()[:500] for one in rubric.criteria.all()}


def reference_values(reference: PracticeSheet | None, rubric: Rubric) -> dict[str, str]:
    """What stands in the fields."""
    marks = {mark.criterion_id: mark for mark in reference.marks.all()} if reference else {}
    found: dict[str, str] = {}
    for one in rubric.criteria.all():
        if one.pk in marks:
            found[field_of(one)] = points_text(marks[one.pk].points, rubric.places)
            found[remark_of(one)] = marks[one.pk].remark
    return found
