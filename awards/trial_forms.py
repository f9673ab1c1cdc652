"""What a prize plan is tried on."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.services.planning import GroupKey, group_name, key_of
from awards.services.plans import GroupDetails
from competition.models import Contest

MADE_UP = "made-up"
MOST_ENTRIES = 20_000
USUAL_SEED, USUAL_SHARED = 1, 20


class TrialForm(forms.Form):
    """Made-up scores, or an earlier edition by its key; for made-up ones a number of entries for each group."""

    source = forms.ChoiceField(label=_("Scores to try it on"))
    seed = forms.IntegerField(
        label=_("Seed"), min_value=0, max_value=999_999, initial=USUAL_SEED,
        help_text=_("Of made-up scores: the same number gives the same scores again, another one others."),
    )  # fmt: skip
    shared = forms.IntegerField(
        label=_("Entries that share a score, in %"), min_value=0, max_value=100, initial=USUAL_SHARED,
        help_text=_("Of made-up scores: they are rounded until about so many share theirs."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any,
        groups: Sequence[GroupDetails],
        counted: Mapping[GroupKey, int],
        editions: Sequence[Contest],
    ):
        super().__init__(data)
        made_up = (MADE_UP, _("made-up scores"))
        self.fields["source"].choices = [made_up, *((one.key, one.label) for one in editions)]  # type: ignore[attr-defined]
        self.named_groups: list[tuple[str, GroupDetails]] = []
        for at, group in enumerate(groups, 1):
            self.named_groups.append((f"number_{at}", group))
            self.fields[f"number_{at}"] = forms.IntegerField(
                label=group_name(group), min_value=0, max_value=MOST_ENTRIES, required=False,
                initial=counted.get(key_of(group), 0),
            )  # fmt: skip

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("source", "seed", "shared")]

    @property
    def number_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _group in self.named_groups]
