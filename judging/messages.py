"""Why judging says no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "criterion-has-marks": _(
        "The criterion “%(criterion)s” is gone from the rubric, but judges have marked it. Nothing was changed. "
        "Put it back, or start this contest anew in another folder."
    ),
    "no-judge-left": _(
        "Not every entry can be given its judges: %(cases)s. Nothing was assigned. "
        "Add judges, allow more entries a judge, or ask for fewer judges an entry."
    ),
}
