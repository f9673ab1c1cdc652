"""What the office types off a sheet of paper."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.core.marks import FULL_WIDTH
from judging.services.paper import PaperTotal


class FindSheetForm(forms.Form):
    """A scanned code, or the numbers that stand on the paper."""

    q = forms.CharField(
        label=_("Scan the code, or type judge and entry"), max_length=300,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "placeholder": "P01 CX008"}),
    )  # fmt: skip


class PaperTotalForm(forms.Form):
    total = forms.CharField(
        label=_("Total on the paper"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("As the judge wrote it: it shows a slip."),
    )  # fmt: skip
    is_wrong = forms.BooleanField(label=_("The judge added up wrongly; the marks are right"), required=False)

    def clean_total(self) -> Decimal:
        text = self.cleaned_data["total"].strip().translate(FULL_WIDTH)
        if not text.isascii() or text.count(".") > 1 or not text.replace(".", "").isdecimal():
            raise forms.ValidationError(_("This is no number."))
        return Decimal(text)

    def said(self) -> PaperTotal:
        found: dict[str, Any] = self.cleaned_data
        return PaperTotal(found["total"], found["is_wrong"])
