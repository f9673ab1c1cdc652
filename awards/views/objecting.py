"""The public objects to a list under notice, and asks later what became of it. No account is needed."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from awards.access import running_notice, why_not_see_notice
from awards.models import Notice, Objection
from awards.outputs.public import PublicLine, notice_lines, notice_specials
from awards.services.objections import MOST_FILES, Said, find_objection, receive_objection
from awards.states import ObjectionWay
from awards.views.public_notice import unlisted
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from competition.services.papers import MB, PAPER_MB, paper_of
from competition.states import Via
from competition.tries import WAIT_MINUTES, Tries, address_of
from competition.views.doors import allowed
from competition.views.finding import find_contest
from competition.views.signed_forms import ManyFiles

RECEIPT = "objection-receipt"
WHOLE = "list"
TYPED = ("reason", "name", "contact")


class Attachments(forms.FileField):
    """None or some files, each a PDF or a picture; what they really are the inspection says."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        found = [super(Attachments, self).clean(one, initial) for one in data or []]
        if len(found) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files.") % {"most": MOST_FILES})
        if any(one.size > PAPER_MB * MB for one in found):
            raise forms.ValidationError(_("The file has more than %(most)s MB."), params={"most": PAPER_MB})
        return found


class ObjectionForm(forms.Form):
    """What everyone says who objects. The office's own form asks for less: see `OfficeObjectionForm`."""

    entry = forms.ChoiceField(label=gettext_lazy("Which entry"))
    reason = forms.CharField(
        label=gettext_lazy("What is wrong, and why"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    evidence = Attachments(
        label=gettext_lazy("What shows it"), required=False,
        widget=ManyFiles(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Your real name"), min_length=2, max_length=100,
        help_text=gettext_lazy("Only the office sees it. The entry, its school and the judges do not learn it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    contact = forms.CharField(
        label=gettext_lazy("Phone or e-mail"), min_length=5, max_length=200,
        help_text=gettext_lazy("The answer goes there. With it and the receipt number you ask how far it is."),
    )  # fmt: skip

    def __init__(self, *args: Any, notice: Notice, **more: Any):
        super().__init__(*args, **more)
        listed = notice_lines(notice)
        has_level = {line.award.entry_id for line, _public in listed}
        lines = [*listed, *(pair for pair in notice_specials(notice) if pair[0].award.entry_id not in has_level)]
        self.entries = {line.award.entry.key: line.award.entry for line, _public in lines}
        named = [(line.award.entry.key, called(public)) for line, public in lines]
        self.fields["entry"].choices = [("", "—"), (WHOLE, _("the list as a whole")), *named]  # type: ignore[attr-defined]
        facts = {"files": MOST_FILES, "most": PAPER_MB}
        self.fields["evidence"].help_text = _("Up to %(files)s PDF files or photos, %(most)s MB each.") % facts

    @property
    def said(self) -> Said:
        found = self.cleaned_data
        way = ObjectionWay(found.get("way", ObjectionWay.WEB))
        return Said(way, found["name"], found["contact"], found["reason"], self.chosen)

    @property
    def chosen(self) -> Entry | None:
        return self.entries.get(self.cleaned_data["entry"])


def called(line: PublicLine) -> str:
    """An entry as the notice shows it: no number, no name that it does not show."""
    return " · ".join(filter(None, [line.title or line.authors, line.school, line.prize]))


def tries_of(request: HttpRequest, contest: Contest) -> Tries:
    return Tries(f"objection {contest.key}", address_of(request), anywhere=None)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_notice, find_contest)
def object_to(request: HttpRequest, contest: Contest) -> HttpResponse:
    notice, tries = running_notice(contest, at=timezone.now()), tries_of(request, contest)
    if notice is None:
        return too_late(request, contest)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ObjectionForm(*sent, notice=notice)
    if form.is_bound and tries.is_over():
        form.add_error(None, _("Too many came from here. Wait %(minutes)s minutes.") % {"minutes": WAIT_MINUTES})
    elif form.is_bound and form.is_valid():
        tries.count()
        if made := received(form, contest, by=None):
            request.session[RECEIPT] = made.number
            return redirect("objection-status", contest.key)
    facts = {"contest": contest, "notice": notice, "form": form}
    return unlisted(render(request, "awards/object.html", facts, status=422 if form.errors else 200))


def too_late(request: HttpRequest, contest: Contest) -> HttpResponse:
    """What was typed while the notice ended is shown once more, to be copied; names of the list are not."""
    typed = [
        (field.label, request.POST[name].strip())
        for name, field in ObjectionForm.base_fields.items()
        if name in TYPED and request.POST.get(name, "").strip()
    ]
    facts = {"contest": contest, "denial": Denial("notice-over", {"contest": contest}), "typed": typed}
    return unlisted(render(request, "awards/object_late.html", facts, status=403))


def received(form: ObjectionForm, contest: Contest, *, by: User | None) -> Objection | None:
    """None where it was not taken; the form says why then, and nothing is kept."""
    at = timezone.now()
    try:
        with events.via(Via.WEB), ExitStack() as papers:
            evidence = [papers.enter_context(paper) for paper in papers_of(form.cleaned_data["evidence"])]
            return receive_objection(contest=contest, said=form.said, evidence=evidence, by=by, at=at)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def papers_of(uploads: Sequence[UploadedFile]) -> list[Any]:
    return [paper_of(name=one.name or "", chunks=one.chunks(), at=timezone.now()) for one in uploads]


class StatusForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Receipt number"), max_length=20)
    contact = forms.CharField(label=gettext_lazy("Phone or e-mail, as you gave it"), max_length=200)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_notice, find_contest)
def objection_status(request: HttpRequest, contest: Contest) -> HttpResponse:
    """What number and contact ask for comes by POST: neither stands in an address."""
    tries = Tries(f"objection status {contest.key}", address_of(request), anywhere=None)
    receipt = request.session.pop(RECEIPT, "") if request.method == "GET" else ""
    form = StatusForm(request.POST if request.method == "POST" else None, initial={"number": receipt})
    found = None
    if form.is_bound and tries.is_over():
        form.add_error(None, _("Too many wrong tries. Wait %(minutes)s minutes.") % {"minutes": WAIT_MINUTES})
    elif form.is_bound and form.is_valid():
        found = find_objection(contest, **form.cleaned_data)
        if found is None:
            tries.count()
            form.add_error(None, _("No objection has this number together with this contact. Compare both."))
    facts = {"contest": contest, "form": form, "found": found, "receipt": receipt}
    return unlisted(render(request, "awards/objection_status.html", facts, status=422 if form.errors else 200))
