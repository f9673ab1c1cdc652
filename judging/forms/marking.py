"""What stands on the page of one entry, as it was typed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.errors import Denial, Refused
from judging.core.marks import points_of
from judging.models import Criterion, Rubric
from judging.services.marking import Typed
from judging.sheet_rows import field_of, points_text
from judging.states import QuestionKind

LONGEST = 4000


def typed_from(data: Mapping[str, Any], rubric: Rubric) -> Typed:
    """The marks and comments of a form or of JSON.

    raises   Refused "mark-out-of-range" with every field that is wrong
    """
    marks, wrong = {}, {}
    for criterion in rubric.criteria.all():
        text = clean(data.get(field_of(criterion)))
        try:
            points = points_of(text, places=rubric.places, maximum=criterion.maximum)
        except ValueError:
            wrong[field_of(criterion)] = facts_of(criterion, rubric, text)
        else:
            if points is not None:
                marks[criterion] = points
    if wrong:
        fields = {name: Denial("mark-out-of-range", facts).message for name, facts in wrong.items()}
        raise Refused(Denial("mark-out-of-range", next(iter(wrong.values())), fields=fields))
    return Typed(marks, *(clean(data.get(name))[:LONGEST].strip() for name in ("comment", "feedback")))


def clean(said: Any) -> str:
    """What no database keeps is left out: halves of characters and zero bytes, which a broken keyboard sends."""
    text = "" if said is None else str(said)
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def facts_of(criterion: Criterion, rubric: Rubric, text: str) -> dict[str, str]:
    most, step = points_text(criterion.maximum, rubric.places), points_text(1, rubric.places)
    return {"criterion": criterion.label, "found": text[:20], "most": most, "step": step}


class RecuseForm(forms.Form):
    reason = forms.CharField(
        label=_("How do you know it?"), max_length=300,
        help_text=_("Such as: I teach at this school; I advised this team. Only the office reads it."),
    )  # fmt: skip


class QuestionForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it about?"), choices=QuestionKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What did you notice?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It goes to the office and the committee. It changes no mark, and the school does not see it."),
    )  # fmt: skip
