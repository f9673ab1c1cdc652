"""The words of what is asked late: fields, whose they are, and why a value does not fit."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

AUTHOR, TUTOR = "author", "tutor"

FIELD_LABELS = {
    "id_number": gettext_lazy("ID number"),
    "birth_date": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "photo": gettext_lazy("Photo"),
    "address": gettext_lazy("Postal address"),
    "guardian_name": gettext_lazy("Name of a guardian"),
    "guardian_phone": gettext_lazy("Phone of a guardian"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
}
SEXES = {"male": gettext_lazy("male"), "female": gettext_lazy("female")}
FAULTS = {
    "number-as-float": gettext_lazy(
        "the spreadsheet turned this number into powers of ten and lost digits. Type it from the document."
    ),
    "number-length": gettext_lazy("an ID number has 18 characters: 17 digits, then a digit or X. Look at it again."),
    "number-check-digit": gettext_lazy(
        "the last character does not fit the others, so one of them is wrong. Look at it again."
    ),
    "number-day": gettext_lazy("the 7th to 14th digit are no day of birth. Look at it again."),
    "number-of-another": gettext_lazy("somebody else in this entry has the same number."),
    "other-number": gettext_lazy("the number of a document has 5 to 30 letters and digits."),
    "other-day-than-number": gettext_lazy("does not go with the day in the ID number. One of the two is wrong."),
    "other-sex-than-number": gettext_lazy("does not go with the ID number. One of the two is wrong."),
    "no-day": gettext_lazy("this is no day on which anybody was born. Write it as 2012-05-01."),
    "no-choice": gettext_lazy("choose one of the words."),
    "no-phone": gettext_lazy("a phone number has 7 to 20 digits."),
    "no-email": gettext_lazy("this is no e-mail address."),
    "too-long": gettext_lazy("this is too long."),
}


def field_label(field: str) -> str:
    return str(FIELD_LABELS[field])


def person_label(kind: str, place: int, name: str) -> str:
    who = _("Author %(place)s") if kind == AUTHOR else _("Tutor %(place)s")
    return f"{who % {'place': place}} {name}"


def fault_sentence(code: str) -> str:
    return str(FAULTS[code])


def value_text(field: str, value: str) -> str:
    """As people read it."""
    return str(SEXES.get(value, value)) if field == "sex" else value
