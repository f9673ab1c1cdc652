"""Why judging says no."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "criterion-has-marks": _(
        "The criterion “%(criterion)s” is gone from the rubric, but judges have marked it. Nothing was changed. "
        "Put it back, or start this contest anew in another folder."
    ),
    "rubric-missing": _(
        "Nobody has said yet how to mark: %(tracks)s. Nothing was changed. Fill in their rubrics under “Set-up”."
    ),
    "round-twice": _("Two rounds have one name. Nothing was saved."),
    "judges-missing": _(
        "%(entries)s entries would be judged and no judge is here yet. Nothing was changed; entries can still be "
        "corrected. Bring the judges in first: they come with the workbook of the contest."
    ),
    "round-in-use": _("The round “%(found)s” has sheets, so it stays. Nothing was saved."),
    "criterion-twice": _("The criterion “%(found)s” stands here twice. Nothing was saved."),
    "no-judge-left": _(
        "Not every entry can be given its judges: %(cases)s. Nothing was assigned. "
        "Add judges, allow more entries a judge, or ask for fewer judges an entry."
    ),
}
