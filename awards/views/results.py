"""What the public sees: a published list with a whitelist of columns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from awards.access import why_not_see_results
from awards.models import AwardList
from awards.outputs.facts import award_lines
from awards.outputs.history import public_versions
from awards.outputs.public import public_line, public_recognitions, public_specials
from awards.selectors import list_that_stands, public_list
from awards.services.approvals import approval_of
from awards.views.lists import counted, grouped
from competition.models import Contest
from competition.views.doors import allowed
from competition.views.finding import find_contest


@require_GET
@allowed(why_not_see_results, find_contest)
def results(request: HttpRequest, contest: Contest) -> HttpResponse:
    published = public_list(contest)
    return results_page(request, contest, published or list_that_stands(contest), is_public=published is not None)


@require_GET
@allowed(why_not_see_results, find_contest)
def results_version(request: HttpRequest, contest: Contest, version: int) -> HttpResponse:
    """What was published stays readable, in each of its versions."""
    shown = get_object_or_404(AwardList, contest=contest, version=version, published_at__isnull=False)
    return results_page(request, contest, shown, is_public=True)


def results_page(request: HttpRequest, contest: Contest, shown: AwardList | None, *, is_public: bool) -> HttpResponse:
    lines = award_lines(shown) if shown else []
    versions = public_versions(contest) if is_public else []
    facts = {
        "contest": contest,
        "shown": shown,
        "is_public": is_public,
        "versions": versions,
        "newest": versions[0].list if versions else shown,
        "approved_by": approval_of(shown).holds if shown else (),
        "groups": grouped([public_line(line, contest.kind) for line in lines]),
        "counts": counted(lines),
        "specials": public_specials(shown) if shown else [],
        "recognitions": public_recognitions(shown) if shown else [],
    }
    return render(request, "awards/results.html", facts)
