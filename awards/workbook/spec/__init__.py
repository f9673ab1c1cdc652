"""The sheets of a contest's workbook. `manage.py workbook_template` and docs/workbook.md are made from this."""

from awards.workbook.spec.entering import ENTRIES, SCHOOLS
from awards.workbook.spec.marking import ASSIGNMENTS, JUDGES, MARKS
from awards.workbook.spec.mayor import ACHIEVEMENTS, ELIGIBILITY, MAYOR, NOMINEES, VOTES
from awards.workbook.spec.prizes import DECISIONS, DELEGATION, PLAN, RECOGNITIONS, SPECIALS
from awards.workbook.spec.setup import CONTEST, DIVISIONS, ROUNDS, RUBRIC, TRACKS

SHEETS = (
    CONTEST, TRACKS, DIVISIONS, ROUNDS, RUBRIC, SCHOOLS, ENTRIES, JUDGES, ASSIGNMENTS, MARKS,
    PLAN, DECISIONS, SPECIALS, RECOGNITIONS, DELEGATION, MAYOR, ELIGIBILITY, NOMINEES, ACHIEVEMENTS, VOTES,
)  # fmt: skip
