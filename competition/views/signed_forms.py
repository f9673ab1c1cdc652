"""Signed entry forms: a pile of scans for a contest, or one at its entry; and who still owes one."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import why_not_see_form, why_not_send_forms, why_not_sign_form
from competition.errors import Refused
from competition.events import record_look
from competition.forms.papers import PaperForm
from competition.models import Contest, Entry, SignedForm, Submission, User
from competition.selectors import in_full
from competition.services.papers import MB, PAPER_MB, PAPER_PAGES, paper_of
from competition.services.signed_forms import Found, attach_by_hand, attach_scan
from competition.states import EntryState, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, stored
from competition.views.entering import find_entry
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

MOST_FILES = 20
PILE_MB = 100


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            raise forms.ValidationError(_("No file was chosen. Choose one and add it again."))
        return [super(ManyFilesField, self).clean(one, initial) for one in data]


class PileForm(forms.Form):
    scans = ManyFilesField(
        label=gettext_lazy("Scans or photos"), widget=ManyFiles(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"})
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        facts = {"files": MOST_FILES, "most": PAPER_MB, "pages": PAPER_PAGES}
        self.fields["scans"].help_text = (
            _("Up to %(files)s PDF files or photos, %(most)s MB each. One PDF may hold a pile of %(pages)s pages.")
            % facts
        )

    def clean_scans(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["scans"]
        if len(found) > MOST_FILES or sum(one.size for one in found) > PILE_MB * MB:
            facts = {"files": MOST_FILES, "most": PILE_MB}
            raise forms.ValidationError(_("At most %(files)s files and %(most)s MB at once."), params=facts)
        return found


def signable(user: User, contest: Contest) -> QuerySet[Entry]:
    """Handed-in entries that this person acts for."""
    return Entry.objects.visible_to(user).entered().filter(contest=contest).exclude(state=EntryState.WITHDRAWN)


def unsigned(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those whose present version has no signed form."""
    mine = Submission.objects.filter(entry=OuterRef("pk"), corrections=None)
    last = mine.order_by("-version").values("version")[:1]
    shown = entries.annotate(last=Subquery(last)).filter(last__isnull=False)
    signed = SignedForm.objects.filter(entry=OuterRef("pk"), submission__version__gte=OuterRef("last"))
    return shown.exclude(Exists(signed)).order_by("school", "order")


@require_http_methods(["GET", "POST"])
@allowed(why_not_send_forms, find_contest)
def signed_forms(request: SignedIn, contest: Contest) -> HttpResponse:
    """Send the pile; then read what became of every page."""
    form = PileForm(request.POST, request.FILES) if request.method == "POST" else PileForm()
    outcome: list[tuple[str, list[Found], str]] = []
    if request.method == "POST" and form.is_valid():
        outcome = attached(contest, form.cleaned_data["scans"], by=request.user, at=timezone.now())
    entries = signable(request.user, contest)
    record_look(request.user, "signed-forms", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "form": form,
        "outcome": outcome,
        "done": sum(one.denial is None for _name, found, _why in outcome for one in found),
        "total": entries.count(),
        "page": page_of(request, in_full(unsigned(entries))),
        "size": size_of(request),
    }
    return render(request, "competition/signed_forms.html", facts, status=422 if form.errors else 200)


def attached(contest: Contest, scans: Sequence[Any], *, by: User, at: datetime) -> list[tuple[str, list[Found], str]]:
    """(file, what became of its pages, why it could not be read at all)"""
    entries = signable(by, contest).select_related("contest", "school__district")
    outcome: list[tuple[str, list[Found], str]] = []
    for scan in scans:
        try:
            with events.via(Via.WEB), paper_of(name=scan.name, chunks=scan.chunks(), at=at) as paper:
                found = attach_scan(scan=paper, find=lambda key: entries.filter(key=key).first(), by=by, at=at)
        except Refused as refused:
            outcome.append((scan.name, [], str(refused)))
        else:
            outcome.append((scan.name, found, ""))
    return outcome


@require_POST
@allowed(why_not_sign_form, find_entry)
def sign(request: SignedIn, entry: Entry) -> HttpResponse:
    """One scan for one entry, by hand: where the code cannot be read."""
    form = PaperForm(request.POST, request.FILES)
    to = reverse("form", args=[entry.key])
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["paper"])))
        return redirect(to)
    do = partial(signed_by_hand, entry, form, by=request.user, at=timezone.now())
    return answer(request, do, to, str(_("The signed form is here.")))


def signed_by_hand(entry: Entry, form: PaperForm, *, by: User, at: datetime) -> SignedForm:
    upload = form.cleaned_data["paper"]
    with paper_of(name=upload.name, chunks=upload.chunks(), at=at) as paper:
        return attach_by_hand(entry=entry, scan=paper, by=by, at=at)


@require_GET
@allowed(why_not_see_form, find_entry)
def signed_form(request: SignedIn, entry: Entry, form: str) -> FileResponse:
    found = get_object_or_404(entry.signed_forms.select_related("file"), key=form)
    record_look(request.user, "signed-form", entry, at=timezone.now())
    return stored(found.file, f"signed-{entry.number}{ENDINGS.get(found.file.media_type, '')}")
