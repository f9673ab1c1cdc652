"""One participant of a training: the certificate printed again, corrected, revoked."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.access_to_trainings import why_not_organise_participant
from awards.models import Participant
from awards.services.printing import print_attendance
from awards.services.trainings import correct_participant, remove_participant, revoke_participant
from awards.states import ParticipantState
from awards.template_forms import PrintForm
from awards.training_forms import ParticipantForm, RevokeForm
from awards.views.certificates import chosen, download_or_refuse
from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer


def find_participant(request: HttpRequest, key: str, participant: str) -> Participant:
    rows = Participant.objects.select_related("training__contest", "replaces", "replaced_by")
    return get_object_or_404(rows, training__key=key, key=participant)


def address_of(one: Participant) -> str:
    return reverse("participant", args=[one.training.key, one.key])


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise_participant, find_participant)
def participant(request: SignedIn, participant: Participant) -> HttpResponse:
    """The page; posted to, it corrects what is printed."""
    form = ParticipantForm(request.POST if request.method == "POST" else None, participant)
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            with events.via(Via.WEB):
                now_is = correct_participant(
                    participant=participant, details=form.details, reason=form.cleaned_data.get("reason", ""),
                    by=request.user, at=timezone.now(),
                )  # fmt: skip
        except Refused as denied:
            refused = str(denied)
        else:
            said = _("Corrected: %(number)s counts now. Print it.") if now_is.number else _("Corrected on the list.")
            messages.success(request, said % {"number": now_is.number})
            return redirect("participant", now_is.training.key, now_is.key)
    record_look(request.user, "participant", participant, at=timezone.now())
    is_open = participant.training.erased_at is None
    facts = {
        "training": participant.training,
        "one": participant,
        "form": form if is_open and participant.state in (ParticipantState.LISTED, ParticipantState.ISSUED) else None,
        "revoke": RevokeForm(),
        "print_form": PrintForm(),
        "prints": participant.prints.select_related("by").order_by("-pk"),
        "refused": refused,
        "is_open": is_open,
        "after": Participant.objects.filter(replaces=participant).first(),
    }
    return render(request, "awards/participant.html", facts, status=422 if form.is_bound else 200)


@require_POST
@allowed(why_not_organise_participant, find_participant)
def participant_print(request: SignedIn, participant: Participant) -> HttpResponse:
    """This one again, as often as it is wanted, under its number."""
    now = timezone.now()
    do = partial(
        print_attendance, training=participant.training, participant=participant, printed_as=chosen(request),
        by=request.user, at=now,
    )  # fmt: skip
    response = download_or_refuse(request, do, f"{participant.number}.pdf", address_of(participant))
    if response.status_code == HTTPStatus.OK:
        record_look(request.user, "certificate.pdf", participant, at=now)
    return response


@require_POST
@allowed(why_not_organise_participant, find_participant)
def participant_revoke(request: SignedIn, participant: Participant) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:300]
    do = partial(revoke_participant, participant=participant, reason=reason, by=request.user, at=timezone.now())
    return answer(request, do, address_of(participant), _("The certificate is revoked. The public check says so."))


@require_POST
@allowed(why_not_organise_participant, find_participant)
def participant_remove(request: SignedIn, participant: Participant) -> HttpResponse:
    do = partial(remove_participant, participant=participant, by=request.user, at=timezone.now())
    try:
        with events.via(Via.WEB):
            do()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(address_of(participant))
    messages.success(request, _("Taken off the list."))
    return redirect("training", participant.training.key)
