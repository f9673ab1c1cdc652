"""Why a correction of strictness means something or not."""

from django.utils.translation import gettext_lazy as _

# why a correction of strictness means something or not: by judging.core.severity.Reason
REASONS = {
    "no-sheets": _("No complete sheet is here yet."),
    "islands": _(
        "The works fall into %(components)s groups that have no judge in common. Whether one group of judges is strict "
        "or its works are weak, nobody can tell from marks. Cross reviews would link them."
    ),
    "too-few": _(
        "There are %(sheets)s sheets for %(entries)s works and %(judges)s judges: too few to tell strictness from "
        "chance."
    ),
    "no-spread": _("Every sheet says the same."),
    "too-many-judges": _("%(judges)s judges are more than this page can compare at once."),
    "one-panel": _(
        "Every judge marked every work, so a strict judge is strict to all alike. A correction would change no place."
    ),
    "no-severity": _("Judges differ no more than by chance, so a correction would only add chance."),
    "few-of-a-judge": _("One judge or more have under 3 sheets here: what is said of their works is mostly a guess."),
    "weak-links": _(
        "Some groups of judges have hardly a work in common, so how strict one group is against another is uncertain."
    ),
}
