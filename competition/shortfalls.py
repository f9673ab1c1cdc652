"""What an entry lacks, as a sentence: the rule, and the way out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from competition.core.entering import Shortfall
from competition.core.grades import STAGES
from competition.wording import speaks_chinese

SENTENCES = {
    "title-missing": gettext_lazy("Give the work a title."),
    "division-missing": gettext_lazy("Choose the division."),
    "subject-missing": gettext_lazy("Choose the subject; each division has its own."),
    "abstract-missing": gettext_lazy("Describe the work in a few sentences."),
    "abstract-too-long": gettext_lazy("The description has %(found)s characters; at most %(most)s fit. Shorten it."),
    "recommendation-missing": gettext_lazy("Write the recommendation."),
    "recommendation-too-long": gettext_lazy(
        "The recommendation has %(found)s characters; at most %(most)s fit. Shorten it."
    ),
    "nominee-missing": gettext_lazy("Name the nominee."),
    "finished-missing": gettext_lazy("Say when the work was finished."),
    "finished-early": gettext_lazy(
        "Only work finished since %(since)s may enter this edition. Correct the date, or enter another work."
    ),
    "finished-late": gettext_lazy("The work must be finished by %(until)s. Correct the date."),
    "lower-contest-missing": gettext_lazy(
        "Only entries of a lower contest may take part here. Name that contest and its year."
    ),
    "group-name-missing": gettext_lazy("This track is entered under the name of a group. Fill it in."),
    "group-has-authors": gettext_lazy(
        "This track is entered under the name of a group; a personal name disqualifies. Take the authors out."
    ),
    "authors-missing": gettext_lazy("Name the author, or the authors in order."),
    "too-many-authors": gettext_lazy("%(found)s authors; this track allows %(most)s. Take some out."),
    "name-missing": gettext_lazy("Author %(place)s has no name. Fill it in or take the line out."),
    "grade-missing": gettext_lazy("Choose the grade of %(name)s."),
    "born-missing": gettext_lazy("This track has an age limit: fill in the date of birth of %(name)s."),
    "too-young": gettext_lazy("%(name)s is younger than %(min)s. This track is for older pupils."),
    "too-old": gettext_lazy("%(name)s is older than %(max)s. Enter the work in another track."),
    "author-elsewhere": gettext_lazy(
        "%(name)s is in “%(other)s” already; a pupil may enter %(limit)s. Withdraw one of the two. "
        "If they are two pupils of one name, give both a student number."
    ),
    "person-twice": gettext_lazy("%(name)s stands here twice. Take one out, or tell the two apart by student numbers."),
    "stages-differ": gettext_lazy("All authors of a team attend the same stage of school. Check the grades."),
    "school-unknown": gettext_lazy(
        "“%(school)s” of %(name)s is no school that is known here. "
        "Write it as the list has it, or ask the office to add it."
    ),
    "areas-differ": gettext_lazy("All authors of a team come from the same county or district. Check the schools."),
    "division-differs": gettext_lazy(
        "The first author attends %(stage)s, the division is %(division)s. Correct the grade or the division."
    ),
    "too-many-tutors": gettext_lazy("%(found)s tutors; this track allows %(most)s. Take some out."),
    "tutor-name-missing": gettext_lazy("Tutor %(place)s has no name. Fill it in or take the line out."),
    "tutor-stage-missing": gettext_lazy("Choose the stage of school that %(name)s teaches."),
    "tutor-stage-differs": gettext_lazy("%(name)s teaches another stage of school than the authors attend."),
    "tutor-area-differs": gettext_lazy("%(name)s teaches in another county or district than the authors."),
    "material-missing": gettext_lazy("“%(label)s” is missing. Add the file."),
    "pledge-missing": gettext_lazy("“%(label)s” is not confirmed yet."),
    "quota-full": gettext_lazy(
        "All places of this track are taken. Withdraw another entry first, or ask your unit or the office."
    ),
}


def sentence(one: Shortfall) -> str:
    return str(SENTENCES[one.code]) % {name: shown(value) for name, value in one.facts.items()}


def shown(value: Any) -> str:
    """A stage as its word, a day as the language writes it."""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if value in STAGES:
        return STAGES[value][0 if speaks_chinese() else 1]
    return str(value)


def by_field(found: list[Shortfall]) -> Mapping[str, str]:
    """Input -> the first sentence about it."""
    return {one.where: sentence(one) for one in reversed(found)}
