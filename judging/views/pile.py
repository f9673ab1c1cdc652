"""A judge's own pile. No author, school, district, tutor or original file is ever near these pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from competition.views.doors import allowed
from judging.access import why_not_see_pile, why_not_see_sheet
from judging.models import Judge, Sheet
from judging.selectors import row_of, rows_of_judge, rubrics_of
from judging.views.finding import find_judge, find_sheet


@require_GET
@allowed(why_not_see_pile, find_judge)
def pile(request: HttpRequest, judge: Judge) -> HttpResponse:
    rows = rows_of_judge(judge)
    done = sum(row.is_done for row in rows)
    facts = {"judge": judge, "contest": judge.contest, "rows": rows, "done": done, "total": len(rows)}
    return render(request, "judging/pile.html", facts)


@require_GET
@allowed(why_not_see_sheet, find_sheet)
def sheet(request: HttpRequest, found: Sheet) -> HttpResponse:
    one = found.assignment
    row = row_of(one, found, rubrics_of([one]).get((one.round_id, one.entry.track_id)))
    facts = {"judge": one.judge, "contest": one.judge.contest, "row": row, "sheet": found}
    return render(request, "judging/sheet.html", facts)
