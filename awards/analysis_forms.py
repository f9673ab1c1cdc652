"""What is asked of the analysis: how many reviews a certainty takes, and how many a person would spend."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.services.beside import Place
from awards.services.certainty import Source, nearest

MOST_ENTRIES = 5_000
MOST_BUDGET, MOST_EACH, USUAL_EACH = 1_000, 5, 2
USUAL_LOAD, USUAL_WANTED = 40, 80


class PlanningForm(forms.Form):
    """`source` by its code."""

    entries = forms.IntegerField(label=_("Entries"), min_value=1, max_value=MOST_ENTRIES)
    load = forms.IntegerField(
        label=_("Entries a judge"), min_value=1, max_value=MOST_ENTRIES,
        help_text=_("How many one judge takes at most."),
    )  # fmt: skip
    wanted = forms.DecimalField(
        label=_("Wanted share in the right prize, in %"), min_value=1, max_value=100, decimal_places=1,
        help_text=_("Of all entries, those that get the prize, or none, that their true quality deserves."),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("Whose variances"),
        help_text=_("How far works, judges and chance scattered there. Marks out of another total are converted."),
    )

    def __init__(self, data: Any, sources: Sequence[Source], place: Place, entries: int):
        usual = nearest(sources, place)
        initial = {"entries": entries or None, "load": USUAL_LOAD, "wanted": USUAL_WANTED}
        super().__init__(data, initial=initial | ({"source": usual.code} if usual else {}))
        self.fields["source"].choices = [(one.code, one.label) for one in sources]  # type: ignore[attr-defined]


class BorderlineForm(forms.Form):
    budget = forms.IntegerField(
        label=_("Further reviews in all"), min_value=1, max_value=MOST_BUDGET,
        help_text=_("Half a review an entry, placed like this, gained two to three times as much in our simulations as "
                    "spread evenly."),
    )  # fmt: skip
    most = forms.IntegerField(
        label=_("At most for one entry"), min_value=1, max_value=MOST_EACH,
        help_text=_("Beyond what the rubric asks for, what was added before included."),
    )  # fmt: skip

    def __init__(self, data: Any, entries: int):
        super().__init__(data, initial={"budget": max(-(-entries // 2), 1), "most": USUAL_EACH})
