"""Forms of 上报表样: begun from a file or from the usual columns; its columns, one row each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.up_layouts import (
    LATE_AUTHOR,
    LATE_TUTOR,
    LONGEST,
    MOST,
    NOTHING,
    PER_AUTHOR,
    PER_ENTRY,
    WORDS,
    Layout,
    UpColumn,
    usual_columns,
)
from competition.core.columns import letter
from competition.views.importing import ListForm

SPARE = 5  # rows to add columns in
KINDS = {
    "row": gettext_lazy("Running number"),
    "number": gettext_lazy("Entry number"),
    "title": gettext_lazy("Title"),
    "title_en": gettext_lazy("English title"),
    "track": gettext_lazy("Track"),
    "division": gettext_lazy("Division"),
    "subject": gettext_lazy("Subject"),
    "group_name": gettext_lazy("Group name"),
    "is_team": gettext_lazy("个人 or 集体"),
    "abstract": gettext_lazy("Abstract"),
    "finished_on": gettext_lazy("Finished on"),
    "authors": gettext_lazy("All authors"),
    "first_author": gettext_lazy("First author"),
    "other_authors": gettext_lazy("Other authors"),
    "author": gettext_lazy("Author of the row"),
    "author_order": gettext_lazy("Place of the author"),
    "grades": gettext_lazy("Grade"),
    "tutors": gettext_lazy("All tutors"),
    "first_tutor": gettext_lazy("First tutor"),
    "other_tutors": gettext_lazy("Other tutors"),
    "school": gettext_lazy("School"),
    "school_contact": gettext_lazy("Contact of the school"),
    "school_phone": gettext_lazy("Phone of the school"),
    "district": gettext_lazy("Unit"),
    "authorisation": gettext_lazy("Authorisation number"),
    "number_above": gettext_lazy("Number there"),
    "prize": gettext_lazy("Prize here"),
    "place": gettext_lazy("Place here"),
    LATE_AUTHOR + "id_number": gettext_lazy("ID number of the author"),
    LATE_AUTHOR + "birth_date": gettext_lazy("Date of birth of the author"),
    LATE_AUTHOR + "sex": gettext_lazy("Sex of the author"),
    LATE_AUTHOR + "photo": gettext_lazy("File name of the author's photo"),
    LATE_AUTHOR + "address": gettext_lazy("Postal address of the author"),
    LATE_AUTHOR + "guardian_name": gettext_lazy("Name of a guardian"),
    LATE_AUTHOR + "guardian_phone": gettext_lazy("Phone of a guardian"),
    LATE_TUTOR + "phone": gettext_lazy("Phone of the tutor"),
    LATE_TUTOR + "email": gettext_lazy("E-mail of the tutor"),
    LATE_TUTOR + "id_number": gettext_lazy("ID number of the tutor"),
}
GROUPS = (
    (gettext_lazy("Entry"), ("row", "number", "title", "title_en", "track", "division", "subject", "group_name",
                             "is_team", "abstract", "finished_on")),
    (gettext_lazy("People"), ("authors", "first_author", "other_authors", "author", "author_order", "grades", "tutors",
                              "first_tutor", "other_tutors")),
    (gettext_lazy("School and unit"), ("school", "school_contact", "school_phone", "district")),
    (gettext_lazy("Prizes and numbers"), ("prize", "place", "authorisation", "number_above")),
    (gettext_lazy("Details asked late"), tuple(code for code in WORDS if code.startswith("late-"))),
)  # fmt: skip
WHICH = (
    ("went", gettext_lazy("those that went up")),
    ("chosen", gettext_lazy("those whose details are asked")),
    ("winners", gettext_lazy("those with a prize")),
    ("all", gettext_lazy("all that passed")),
)
ROWS = ((PER_ENTRY, gettext_lazy("one row for each entry")), (PER_AUTHOR, gettext_lazy("one row for each author")))


def choices() -> list[Any]:
    return [(NOTHING, _("stays blank")), *((str(name), [(c, KINDS[c]) for c in codes]) for name, codes in GROUPS)]


class BeginForm(ListForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the form"), max_length=LONGEST,
        help_text=gettext_lazy("Such as the higher contest and what it is for."),
    )  # fmt: skip
    field_order = ("name", "list")

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["list"].required = False
        self.fields["list"].label = _("Their empty form")
        self.fields["list"].help_text = _(
            "Excel (.xlsx), at most 10 MB, as the higher contest sends it out: its headings are read, wherever they "
            "stand, and rows are filled in under them; everything else stays as it is. Without a file you begin with "
            "the usual columns in a plain table."
        )
        self.fields["list"].widget.attrs["accept"] = ".xlsx"

    def clean_list(self) -> Any:
        return super().clean_list() if self.cleaned_data.get("list") else None

    @property
    def layout(self) -> Layout:
        """Without a file."""
        return Layout(self.cleaned_data["name"].strip(), usual_columns())


class LayoutForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the form"), max_length=LONGEST)
    rows = forms.ChoiceField(label=gettext_lazy("What a row is"), choices=ROWS)
    which = forms.ChoiceField(label=gettext_lazy("Which entries"), choices=WHICH)

    def __init__(self, data: Any, layout: Layout):
        super().__init__(data, initial={"name": layout.name, "rows": layout.rows, "which": layout.which})
        self.was = layout

    @property
    def layout(self) -> Layout:
        found = self.cleaned_data
        said = {"name": found["name"].strip(), "rows": found["rows"], "which": found["which"], "is_confirmed": True}
        return replace(self.was, columns=self.columns, **said)

    @property
    def columns(self) -> tuple[UpColumn, ...]:
        """As typed. In their own form columns stay where they are, under their headings."""
        if not self.was.sheet:
            return columns_typed(self.data)
        typed = enumerate(self.was.columns)
        return tuple(replace(one, code=self.data.get(f"code-{at}", NOTHING)) for at, one in typed)


def columns_typed(data: Mapping[str, str]) -> tuple[UpColumn, ...]:
    """In the order of the places that were typed, else as they stand; a row without heading and kind is none."""
    found = []
    for at in range(MOST + SPARE):
        code, heading = data.get(f"code-{at}", ""), data.get(f"heading-{at}", "").strip()
        if not heading and code in WORDS:
            heading = WORDS[code][0]
        if heading:
            place = data.get(f"place-{at}", "").strip()
            found.append((int(place) if place.isdecimal() and len(place) < 6 else at + 1, at, UpColumn(code, heading)))
    return tuple(column for _place, _at, column in sorted(found, key=lambda one: one[:2]))


def slots(columns: tuple[UpColumn, ...]) -> list[tuple[int, str, str, str]]:
    """(which, its place, heading, code) of each row of the table, with some to add columns in; of their own form its
    letter, and no more than it has."""
    if any(one.at for one in columns):
        return [(at, letter(one.at - 1), one.heading, one.code) for at, one in enumerate(columns)]
    there = [(at, str(at + 1), one.heading, one.code) for at, one in enumerate(columns)]
    spare = range(len(columns), min(len(columns) + SPARE, MOST))
    return [*there, *((at, "", "", NOTHING) for at in spare)]
