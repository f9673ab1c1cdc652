"""Which entries all judges mark."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.errors import Denial
from competition.models import Entry
from judging.models import Rubric
from judging.selectors import entries_taking_part

BETWEEN = re.compile(r"[\s,，、;；+]+")
MOST = 20


class CommonForm(forms.Form):
    numbers = forms.CharField(
        label=_("Numbers of the entries"), max_length=1000,
        help_text=_("Two to five do: one strong, one weak, some between. At most 20; with commas or spaces."),
    )  # fmt: skip
    is_first = forms.BooleanField(
        label=_("They come first"), required=False,
        help_text=_("A judge hands them in before other works of this track and round open."),
    )  # fmt: skip

    def __init__(self, rubric: Rubric, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rubric = rubric

    def clean_numbers(self) -> list[Entry]:
        """In the order in which they stand there."""
        named = [one for one in BETWEEN.split(self.cleaned_data["numbers"]) if one]
        if len(named) > MOST:
            raise forms.ValidationError(_("At most 20 entries."))
        found = {one.number: one for one in entries_taking_part(self.rubric).filter(number__in=named)}
        if unknown := [one for one in named if one not in found]:
            raise forms.ValidationError(Denial("common-unknown", {"numbers": "、".join(unknown)}).message)
        return [found[one] for one in dict.fromkeys(named)]
