"""The form of how prizes are given out."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from awards.ceremony_style import (
    MOST_LEADERS,
    MOST_ROWS,
    MOST_SEATS,
    MOST_TABLES,
    NOBODY,
    CeremonyStyle,
    MailSheet,
    Seated,
    SeatOrder,
)
from awards.list_style import ListNames


class CeremonyForm(forms.Form):
    """prizes: (code, label) of those that may stand alone, the highest first."""

    alone = forms.ChoiceField(
        label=gettext_lazy("On the screen each winner has a slide alone"), required=False,
        help_text=gettext_lazy("Of this prize and of those that are called after it. The others share slides."),
    )  # fmt: skip
    names = forms.ChoiceField(
        label=gettext_lazy("Names on the screen"), choices=[*ListNames.choices][::-1], widget=forms.RadioSelect,
        help_text=gettext_lazy("The hall reads them, and so does whoever films it."),
    )  # fmt: skip

    tables = forms.IntegerField(
        label=gettext_lazy("Tables at which certificates are collected"), min_value=1, max_value=MOST_TABLES,
        help_text=gettext_lazy("Schools go to them in order of unit and school, about equally many certificates each."),
    )  # fmt: skip

    rows = forms.IntegerField(
        label=gettext_lazy("Rows of the hall"), min_value=0, max_value=MOST_ROWS,
        help_text=gettext_lazy("0: no seating is made."),
    )  # fmt: skip
    seats = forms.IntegerField(label=gettext_lazy("Seats in each row"), min_value=0, max_value=MOST_SEATS)
    front = forms.IntegerField(
        label=gettext_lazy("Rows in front that are kept for guests"), min_value=0, max_value=MOST_ROWS
    )
    seated = forms.ChoiceField(label=gettext_lazy("Who has a seat"), choices=Seated.choices)
    leaders = forms.IntegerField(
        label=gettext_lazy("Seats more for each school"), min_value=0, max_value=MOST_LEADERS,
        help_text=gettext_lazy("For whoever leads it, or parents."),
    )  # fmt: skip
    order = forms.ChoiceField(label=gettext_lazy("Schools from the front"), choices=SeatOrder.choices)

    mail_sheet = forms.ChoiceField(
        label=gettext_lazy("Sheets of labels for envelopes"), choices=MailSheet.choices,
        help_text=gettext_lazy("Print at full size, without fitting to the page."),
    )  # fmt: skip

    def __init__(self, data: Any, now: CeremonyStyle, prizes: Sequence[tuple[str, str]]):
        self.now = now
        super().__init__(data, initial=asdict(now))
        alone = self.fields["alone"]
        alone.is_asked = True  # type: ignore[attr-defined]  # a blank one is the highest prize
        if not prizes:
            alone.disabled = True
            alone.choices = [(now.alone, _("chosen once the award list is locked"))]  # type: ignore[attr-defined]
            return
        first, *lower = prizes
        choices = [(NOBODY, pgettext("slide alone", "nobody")), ("", _("with %(prize)s") % {"prize": first[1]})]
        choices += [(code, _("from %(prize)s on") % {"prize": label}) for code, label in lower]
        alone.choices = choices  # type: ignore[attr-defined]
        if now.alone not in dict(choices):
            self.initial["alone"] = ""

    def style(self) -> CeremonyStyle:
        return replace(self.now, **self.cleaned_data)
