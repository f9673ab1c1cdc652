"""Scans of papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competition.services.papers import MB, PAPER_MB


class PaperForm(forms.Form):
    """One PDF or picture; what it really is the inspection says."""

    paper = forms.FileField(
        label=gettext_lazy("Scan or photo"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        error_messages={"required": gettext_lazy("No file was chosen. Choose one and add it again.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["paper"].help_text = _("PDF or photo, at most %(most)s MB.") % {"most": PAPER_MB}

    def clean_paper(self) -> Any:
        found = self.cleaned_data["paper"]
        if found.size > PAPER_MB * MB:
            raise forms.ValidationError(_("The file has more than %(most)s MB."), params={"most": PAPER_MB})
        return found
