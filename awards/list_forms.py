"""The form of how an award list is handed in."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.list_style import (
    ANNEX_MOST,
    TELLING,
    ListColumn,
    ListGroup,
    ListNames,
    ListOrder,
    ListStyle,
)

PLACES = ("first", "second", "third")
ANNEX = RegexValidator(r"^[\w\-－.·]*\Z", gettext_lazy("Digits, letters and hyphens, as in 1 or 2-1."))


class ListStyleForm(forms.Form):
    """Groups from the outside in; a blank one between two others closes up."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns of the list"), choices=ListColumn.choices, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A column by which the list is grouped is left out of the table: its heading says it."),
    )  # fmt: skip
    first = forms.ChoiceField(label=gettext_lazy("Grouped by"), required=False)
    second = forms.ChoiceField(label=gettext_lazy("then by"), required=False)
    third = forms.ChoiceField(label=gettext_lazy("and then by"), required=False)
    order = forms.ChoiceField(
        label=gettext_lazy("Order within a group"), choices=ListOrder.choices,
        help_text=gettext_lazy("Names: the first author's. By strokes, short names before longer ones."),
    )  # fmt: skip
    names = forms.ChoiceField(
        label=gettext_lazy("Names"), choices=ListNames.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Full names are for those to whom the list is handed in. The web page has in full only those whose "
            "guardians agreed that names are published."
        ),
    )  # fmt: skip
    annex = forms.CharField(
        label=gettext_lazy("Number of the annex"), max_length=ANNEX_MOST, required=False, validators=[ANNEX],
        help_text=gettext_lazy("1 prints 附件1 above the title. Blank: none."),
    )  # fmt: skip
    digest = forms.BooleanField(
        label=gettext_lazy("With the list's digest and the head of the log at its foot"), required=False,
        help_text=gettext_lazy("By them anybody can show later that this is the list that was locked."),
    )  # fmt: skip

    def __init__(self, data: Any, now: ListStyle):
        groups = dict(zip(PLACES, now.groups, strict=False))
        said = {"columns": list(now.columns), "order": now.order, "names": now.names, "annex": now.annex}
        super().__init__(data, initial={**said, **groups, "digest": now.digest})
        for name in PLACES:
            self.fields[name].choices = [("", _("nothing")), *ListGroup.choices]  # type: ignore[attr-defined]

    def clean_columns(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["columns"]
        if not TELLING & set(chosen):
            raise forms.ValidationError(_("Without number, title, authors or school nobody is on the list."))
        return chosen

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        groups = [found[name] for name in PLACES if found.get(name)]
        for name in PLACES[1:]:
            if found.get(name) and groups.count(found[name]) > 1:
                self.add_error(name, _("The list is grouped by this already."))
                break
        return found

    def style(self) -> ListStyle:
        said = self.cleaned_data
        groups = tuple(said[name] for name in PLACES if said[name])
        columns = tuple(said["columns"])
        return ListStyle(columns, groups, said["order"], said["names"], said["annex"], said["digest"]).in_order
