"""What is wrong with a cell, as a sentence: what was found, what is expected."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from competition.core.reading import Problem
from competition.wording import in_a_row

SENTENCES = {
    "not-a-workbook": gettext_lazy(
        "This file cannot be read as a workbook (%(detail)s). Save it as .xlsx and try again."
    ),
    "sheet-missing": gettext_lazy("The sheet “%(zh)s” (%(en)s) is missing."),
    "sheet-empty": gettext_lazy("This sheet has no row yet."),
    "sheet-twice": gettext_lazy("This sheet means the same as “%(other)s”. Keep one of the two."),
    "column-missing": gettext_lazy("The column “%(zh)s” (%(en)s) is missing."),
    "column-twice": gettext_lazy("This heading stands here twice. Keep one of the two."),
    "column-meant-twice": gettext_lazy("This heading means the same as “%(other)s”. Rename or remove one of the two."),
    "too-many-rows": gettext_lazy("%(found)s rows; at most %(most)s are read."),
    "value-missing": gettext_lazy("This cell must not be blank."),
    "excel-error": gettext_lazy("The cell holds the error %(found)s. Mend its formula or type the value."),
    "digits-lost": gettext_lazy(
        "%(found)s has more digits than a number cell keeps, so some may be lost. Type it as text."
    ),
    "too-long": gettext_lazy("%(found)s characters; at most %(longest)s fit."),
    "names-with-space": gettext_lazy(
        "“%(found)s”: one name or several? Separate names with 、 and write each without spaces."
    ),
    "not-a-number": gettext_lazy("“%(found)s” is not a number."),
    "not-whole": gettext_lazy("“%(found)s” is not a whole number."),
    "too-low": gettext_lazy("“%(found)s” is less than %(low)s."),
    "too-high": gettext_lazy("“%(found)s” is more than %(high)s."),
    "not-half-hours": gettext_lazy("“%(found)s”: hours are whole or half ones."),
    "glyph-missing": gettext_lazy("No font has “%(found)s”, so it cannot be printed. Is it typed as it should be?"),
    "issued-otherwise": gettext_lazy(
        "A certificate was issued that says “%(found)s”. Correct it on the participant's page: a list does not."
    ),
    "revoked-before": gettext_lazy(
        "This person's certificate %(found)s was revoked. Take the row out; if a new one is meant, say why in the "
        "remarks."
    ),
    "not-yes-no": gettext_lazy("“%(found)s” is neither yes (是) nor no (否)."),
    "not-a-choice": gettext_lazy("“%(found)s” is not one of: %(choices)s."),
    "not-a-date": gettext_lazy("“%(found)s” is not a date such as 2017-12-17."),
    "kind-disagrees": gettext_lazy("“%(found)s”, but row %(first)s says “%(other)s” of the same unit."),
    "written-otherwise": gettext_lazy("“%(found)s” stands further up as “%(other)s”. Write it in one way."),
    "name-of-another": gettext_lazy("“%(found)s” is what “%(school)s” of the same unit is called already."),
    "school-not-here": gettext_lazy(
        "No school that this list may speak of is called “%(found)s”. Write its official name, or ask the office to "
        "add this one as another name."
    ),
    "twice": gettext_lazy("“%(found)s” stands in row %(other)s already."),
    "entry-not-counting": gettext_lazy("“%(found)s” is no entry of this contest that passed the check."),
    "title-of-another": gettext_lazy(
        "“%(found)s” is not the title of this entry, which is “%(title)s”. Is the row one off? Mend it, or leave the "
        "title out."
    ),
    "number-with-space": gettext_lazy("“%(found)s” has a space in it. One number a cell, without spaces."),
    "number-of-another": gettext_lazy("“%(found)s” belongs to entry %(entry)s already."),
    "bad-pattern": gettext_lazy(
        "“%(found)s” must contain {serial}, and besides it only {year} and {ordinal} in braces."
    ),
    "bad-weight": gettext_lazy("The weight %(found)s must be more than 0 and have at most %(places)s decimals."),
    "bad-maximum": gettext_lazy("The maximum %(found)s must be more than 0 and have at most 2 decimals."),
    "unknown-track": gettext_lazy("There is no track “%(found)s”."),
    "unknown-round": gettext_lazy("There is no round “%(found)s”."),
    "unknown-division": gettext_lazy("There is no division “%(found)s”."),
    "unknown-school": gettext_lazy("The school “%(found)s” is not in the sheet of schools."),
    "unknown-entry": gettext_lazy("There is no entry “%(found)s”."),
    "unknown-judge": gettext_lazy("There is no judge “%(found)s”."),
    "unknown-criterion": gettext_lazy("“%(found)s” is not a criterion of this entry's rubric."),
    "unknown-subject": gettext_lazy("“%(found)s” is no subject of this division."),
    "unknown-nominee": gettext_lazy("There is no nominee “%(found)s”."),
    "unknown-prize": gettext_lazy("“%(found)s” is not a prize of this entry's plan."),
    "unknown-conflict": gettext_lazy("“%(found)s” is no entry, school or person of this workbook."),
    "track-without-rubric": gettext_lazy("“%(found)s” has no criteria for the round “%(round)s”."),
    "track-without-plan": gettext_lazy("“%(found)s” has no prize plan."),
    "plan-twice": gettext_lazy("“%(found)s” has a plan as a whole and one by division. Keep one of the two."),
    "division-without-plan": gettext_lazy("The plan of this track goes by division and has none for “%(found)s”."),
    "district-missing": gettext_lazy("The district of “%(found)s” is not known. Fill in the district."),
    "school-in-several-districts": gettext_lazy("“%(found)s” exists in several districts. Fill in the district."),
    "school-elsewhere": gettext_lazy("The sheet of schools does not have “%(school)s” in “%(found)s”."),
    "authors-missing": gettext_lazy("The entry has no author."),
    "group-has-authors": gettext_lazy("This track is entered under a group's name; a personal name disqualifies."),
    "group-without-name": gettext_lazy("This track is entered under a group's name; fill it in."),
    "too-many-authors": gettext_lazy("%(found)s authors; this track allows %(most)s."),
    "too-many-tutors": gettext_lazy("%(found)s tutors; this track allows %(most)s."),
    "codes-do-not-fit": gettext_lazy("%(found)s codes for %(authors)s authors; give one for each."),
    "grades-do-not-fit": gettext_lazy("%(found)s grades for %(authors)s authors; give one for each, or one for all."),
    "unknown-grade": gettext_lazy("“%(found)s” is no grade, such as 小学五年级, 初二 or 高一."),
    "entry-handed-in": gettext_lazy(
        "“%(found)s” is here already and is “%(state)s”: a list does not change what was handed in."
    ),
    "entry-of-other-school": gettext_lazy("“%(found)s” is an entry of “%(school)s”."),
    "entry-of-other-track": gettext_lazy("“%(found)s” is entered in “%(track)s”; a list does not change the track."),
    "title-of-several": gettext_lazy("%(entries)s entries are called “%(found)s”: give the number."),
    "person-twice": gettext_lazy("The same person stands here twice: “%(found)s”."),
    "prize-by-marks": gettext_lazy(
        "“%(track)s” is decided by marks, so its prizes are computed. Leave this cell blank."
    ),
    "student-over-limit": gettext_lazy(
        "“%(found)s” is in entry “%(other)s” already; a student may enter %(limit)s. "
        "Two students of one name in one school are told apart by student codes."
    ),
    "in-conflict": gettext_lazy(
        "Judge “%(found)s” is in conflict with entry “%(entry)s” (“%(reason)s”) and may not mark it."
    ),
    "not-a-finalist": gettext_lazy("Entry “%(found)s” is no finalist, so it has no sheet in “%(round)s”."),
    "not-assigned": gettext_lazy("Judge “%(found)s” is not assigned to entry “%(entry)s”."),
    "sheet-twice-marked": gettext_lazy("“%(found)s” is marked in row %(other)s already."),
    "heading-near": gettext_lazy("“%(found)s” is no column of this sheet, so it would not be read."),
    "sheet-near": gettext_lazy("“%(found)s” is no sheet that is read."),
    "judge-of-other-track": gettext_lazy(
        "Judge “%(found)s” is not asked for “%(track)s”. Add the track to the judge, or take the line out."
    ),
    "prize-order": gettext_lazy("“%(found)s” stands below a lower prize. Write the prizes from the best down."),
    "rest-twice": gettext_lazy("A second prize of this group takes all that is left. Only one can."),
    "unknown-breaker": gettext_lazy("“%(found)s” is no criterion, round or comparison that this track has."),
    "special-not-open": gettext_lazy(
        "Entry “%(found)s” is of another track or division than this prize is for, or did not pass the check."
    ),
    "special-too-many": gettext_lazy("It is given to %(found)s entries, and there are %(most)s."),
    "breaker-twice": gettext_lazy("“%(found)s” is compared already."),
    "breakers-many": gettext_lazy("%(found)s comparisons; %(most)s are the most."),
    "too-many-members": gettext_lazy("%(found)s members voted; the committee has %(most)s. Is a name misspelt?"),
    "vote-missing": gettext_lazy(
        "“%(found)s” voted in ballot %(ballot)s, but not on “%(nominee)s”. Write 弃权 (abstained) or 回避 (recused)."
    ),
    "mark-twice": gettext_lazy("“%(found)s” has a mark in row %(other)s of this sheet already. Keep one of the two."),
    "criterion-of-another-track": gettext_lazy(
        "This criterion is not in this entry's rubric, so “%(found)s” cannot count."
    ),
    "mark-out-of-range": gettext_lazy("%(found)s is not between 0 and %(maximum)s."),
    "mark-too-fine": gettext_lazy("%(found)s has more than %(places)s decimals."),
    "total-differs": gettext_lazy("The total says %(found)s, the marks add up to %(sum)s."),
    "criterion-name-taken": gettext_lazy(
        "“%(found)s” is what another column of the marks is called. Name it otherwise."
    ),
    "share-or-percent": gettext_lazy("“%(found)s”: 1 per cent or the whole? Write 1%% or 100%%."),
    "bad-seats": gettext_lazy("“%(found)s” is not a number of prizes."),
    "group-disagrees": gettext_lazy("The rows of this group disagree: “%(other)s”. Say it in one of them."),
    "cap-missing": gettext_lazy("“%(found)s” takes its share of a total; fill in the cap of the group."),
    "contest-disagrees": gettext_lazy(
        "Row %(other)s has another date or level for this contest in the same year. One contest has one."
    ),
    "achievement-of-nobody": gettext_lazy("No nominee is “%(found)s” of this school, so nobody would get this prize."),
    "unknown-level-prize": gettext_lazy(
        "“%(found)s” is no prize with a level, so it cannot be compared. Write one of “%(known)s”."
    ),
    "no-mayors-award": gettext_lazy("This sheet belongs to the Mayor's Award, which the workbook does not describe."),
    "award-without-rubric": gettext_lazy("The rubric has no criteria for the Mayor's Award."),
    "vote-twice": gettext_lazy("“%(found)s” voted on this nominee in row %(other)s already."),
}


def sentence(problem: Problem) -> str:
    """With a hint at the nearest known word where there is one."""
    facts = {name: shown(value) for name, value in problem.facts.items()}
    text = str(SENTENCES[problem.code]) % facts
    near = problem.facts.get("near")
    return in_a_row([text, _("Did you mean “%(near)s”?") % {"near": near}]) if near else text


def shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(word_of(code, words) for code, words in value.items())
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def word_of(code: Any, words: Any) -> str:
    """The word for a choice in the reader's language; the first is Chinese, the second English."""
    if not words:
        return str(code)
    return str(words[0] if (get_language() or "zh").startswith("zh") else words[min(1, len(words) - 1)])


def place(problem: Problem) -> str:
    """Sheet, row and column as people say them."""
    parts = [f"“{problem.sheet}”" if problem.sheet else ""]
    if problem.row:
        parts.append(_("row %(row)s") % {"row": problem.row})
    if problem.column or problem.heading:
        parts.append(_("column %(column)s") % {"column": " ".join(filter(None, [problem.column, problem.heading]))})
    return " ".join(part for part in parts if part)


def as_json(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "heading": problem.heading,
        "code": problem.code,
        "message": sentence(problem),
    }
