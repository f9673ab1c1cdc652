"""Schools are written to that their certificates are ready: first what they would get, then one click."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from awards.access_to_certificates import why_not_tell_schools
from awards.services.school_letters import DOWNLOAD, LONGEST_NOTE, certificate_letters, kind_for
from awards.services.telling_schools import tell_schools
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What else they are told"), required=False, max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Such as where and when paper certificates are collected. No names of pupils."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(why_not_tell_schools, find_contest)
def certificates_mail(request: SignedIn, contest: Contest) -> HttpResponse:
    """Without the digest of what was shown this shows it; with it, it is written."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    note = " ".join(form.cleaned_data["note"].split()) if form.is_valid() else ""
    if (shown := request.POST.get("shown", "")) and form.is_valid():
        do = partial(tell_schools, contest=contest, note=note, shown=shown, by=request.user, at=timezone.now())
        done = _("Written: %(result)s. They wait in the outbox and go out by themselves within a minute or so.")
        return answer(request, lambda: len(do()), reverse("outbox", args=[contest.key]), done)
    post = certificate_letters(contest, note)
    record_look(request.user, "schools", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "form": form,
        "note": note,
        "post": post,
        "first": post.letters[0] if post.letters else None,
        "is_download": kind_for(contest) == DOWNLOAD,
        "tab": "certificates",
    }
    return render(request, "awards/certificates_mail.html", facts, status=422 if form.errors else 200)
