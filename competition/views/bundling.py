"""A zip of files named by entry number or title: looked at file by file, then attached with a bar that moves."""

import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from competition import events
from competition.access import Entrance, why_not_bundle
from competition.bundling import NEW, SAME, WRONG, NoBundle, bundle_plan, rows_shown
from competition.events import record_look
from competition.services.bundling import attach_bundle
from competition.services.papers import MB
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.entering import find_entrance
from competition.views.kept import Kept, keep_file, redeemed, sealed, ticket, unsealed

ZIP_MB = 500
SHOWN = 300
SECONDS = 8  # of work in one request, so that the bar moves and nothing runs into a limit


class ZipForm(forms.Form):
    zip = forms.FileField(
        label=gettext_lazy("Zip file"),
        help_text=gettext_lazy("At most 500 MB. Nothing is attached until you say so."),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={"required": gettext_lazy("No file was chosen. Choose one and add it again.")},
    )

    def clean_zip(self) -> Any:
        found = self.cleaned_data["zip"]
        if found.size > ZIP_MB * MB:
            raise forms.ValidationError(_("The file has more than %(most)s MB."), params={"most": ZIP_MB})
        return found


@require_http_methods(["GET", "POST"])
@allowed(why_not_bundle, find_entrance)
def bundle(request: SignedIn, entrance: Entrance) -> HttpResponse:
    form = ZipForm(request.POST, request.FILES) if request.method == "POST" else ZipForm()
    if form.is_bound and form.is_valid():
        kept = Kept(keep_file(form.cleaned_data["zip"].chunks()), "")
        try:
            plan = bundle_plan(kept.path, entrance, by=request.user, at=timezone.now())
        except NoBundle as fault:
            kept.forget()
            form.add_error("zip", str(fault))
        else:
            record_look(request.user, "bundle", entrance.school, at=timezone.now())
            facts = {
                "entrance": entrance,
                "plan": plan,
                "rows": rows_shown(plan, SHOWN),
                "more": max(len(plan.files) - SHOWN, 0),
                "counts": [(one, plan.count(one)) for one in (NEW, SAME, WRONG)],
                "ticket": ticket(request.user, kept.sha256, plan.digest),
            }
            return render(request, "competition/bundle_preview.html", facts)
    facts = {"entrance": entrance, "form": form, "is_open": True}
    return render(request, "competition/bundle.html", facts, status=422 if form.errors else 200)


@require_POST
@allowed(why_not_bundle, find_entrance)
def bundle_apply(request: SignedIn, entrance: Entrance) -> HttpResponse:
    """As many as there is time for; the page goes on by itself, or by its button, until none is left."""
    kept = redeemed(request.user, request.POST.get("ticket", ""))
    now = timezone.now()
    plan = bundle_plan(kept.path, entrance, by=request.user, at=now) if kept and kept.path.exists() else None
    if kept is None or plan is None or plan.digest != kept.shown:
        messages.error(
            request, _("This preview is too old, or entries changed since. What is attached stays. Send the zip again.")
        )
        return redirect("bundle", entrance.contest.key, entrance.school.key)
    state = unsealed(request.POST.get("state", "")) or {"total": len(plan.new), "failed": []}
    failed = dict(state["failed"])
    until = time.monotonic() + SECONDS
    with events.via(Via.WEB):
        tried = attach_bundle(
            path=kept.path, wanted=[one for one in plan.new if one.path not in failed],
            has_time=lambda: time.monotonic() < until, by=request.user, at=now,
        )  # fmt: skip
    failed |= {path: why for path, why in tried if why}
    after = bundle_plan(kept.path, entrance, by=request.user, at=now)
    left = [one for one in after.new if one.path not in failed]
    facts = {
        "entrance": entrance,
        "total": state["total"],
        "done": state["total"] - len(left) - len(failed),
        "failed": sorted(failed.items()),
        "is_going_on": bool(left),
        "ticket": request.POST["ticket"],
        "state": sealed({"total": state["total"], "failed": sorted(failed.items())}),
    }
    if not left:
        kept.forget()
    return render(request, "competition/bundle_attached.html", facts)
