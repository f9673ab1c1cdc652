"""A template of certificates: edited with a preview beside it, its versions, its background, its calibration page."""

import base64
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access_to_certificates import DesignOf, why_not_design_kind
from awards.access_to_trainings import has_numbers
from awards.core.certificate_template import Template
from awards.models import CertificateTemplate, Templates
from awards.outputs.template_previews import PART_NAMES, Shown, calibration_page, preview_png
from awards.pdf import DoesNotFit, GlyphMissing
from awards.selectors import templates_to_copy, trainings_to_show
from awards.services.certificate_templates import follow_all_kinds, newest, save_template, take_template, version_of
from awards.states import TemplateKind
from awards.template_forms import ALL, BackgroundForm, LookForm, TakeForm, TemplateForm, kinds_of
from awards.views.files import unprintable
from awards.views.moves import refusal_of
from competition.errors import Refused
from competition.events import record_look
from competition.models import StoredFile
from competition.services.papers import paper_of
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import PDF, download
from competition.views.finding import find_contest


def find_design(request: HttpRequest, key: str, kind: str) -> DesignOf:
    """key: "" for the office of the installation."""
    if not key:
        return DesignOf(None, TemplateKind.ATTENDANCE)
    contest = find_contest(request, key)
    if kind != ALL and kind not in kinds_of(contest):
        raise Http404(_("There is no such kind of certificate."))
    return DesignOf(contest, "" if kind == ALL else kind)


def url_of(design: DesignOf, name: str = "certificate-template") -> str:
    return reverse(name, args=[design.contest.key, design.kind or ALL] if design.contest else [])


def back_to(request: SignedIn, design: DesignOf) -> str:
    """The editor, with the training that was looked at."""
    training = request.POST.get("shown_training", "")
    return url_of(design) + (f"?{urlencode({'shown_training': training})}" if training else "")


@dataclass(frozen=True)
class Editor:
    """What stands now, and the forms over it. `row`: the version in force, which may be that of all kinds."""

    latest: CertificateTemplate | None
    row: CertificateTemplate | None
    template: Template
    form: TemplateForm
    look: LookForm

    @property
    def background(self) -> StoredFile | None:
        return self.row.background if self.row else None


def editor_of(request: SignedIn, design: DesignOf) -> Editor:
    contest, kind = design.contest, design.kind
    templates, trainings = Templates(contest), trainings_to_show(contest)
    latest, row, template = templates.rows.get(kind), templates.row(kind), templates.of(kind)
    data = request.POST or None
    form = TemplateForm(data, contest, kind, template, version_of(latest), row.reason if row else "")
    look = LookForm(data or request.GET, form.kinds, trainings)
    return Editor(latest, row, template, form, look)


@require_http_methods(["GET", "POST"])
@allowed(why_not_design_kind, find_design)
def template(request: SignedIn, design: DesignOf) -> HttpResponse:
    editor, refused = editor_of(request, design), ""
    if request.method == "POST":
        refused = _("Not saved yet: look at the form.")
        if editor.form.is_valid():
            refused = refusal_of(partial(save_template, **saved(editor, design), by=request.user, at=timezone.now()))
        if not refused:
            messages.success(request, _("Saved as the next version. Certificates are printed like this from now on."))
            return redirect(back_to(request, design))
    return page(request, design, editor, refused=refused)


def saved(editor: Editor, design: DesignOf) -> dict[str, Any]:
    said = editor.form.cleaned_data
    return {
        "contest": design.contest, "kind": design.kind, "template": editor.form.made(), "base": said["base"],
        "reason": said["reason"], "background": editor.background,
    }  # fmt: skip


@require_POST
@allowed(why_not_design_kind, find_design)
def template_preview(request: SignedIn, design: DesignOf) -> HttpResponse:
    """As typed, saved or not: the picture alone for htmx, the whole page with it for everyone else."""
    editor = editor_of(request, design)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "awards/_template_preview.html", shown_of(request, design, editor))
    return page(request, design, editor)


def page(request: SignedIn, design: DesignOf, editor: Editor, *, refused: str = "") -> HttpResponse:
    contest = design.contest
    sources = templates_to_copy(request.user, contest)
    versions = CertificateTemplate.objects.filter(contest=contest, kind=design.kind)
    facts = {
        "contest": contest,
        "design": design,
        "kind": design.kind or ALL,
        "kinds": [(ALL, _("all kinds")), *((one.value, one.label) for one in kinds_of(contest))] if contest else [],
        "addresses": {name: url_of(design, f"template-{name}") for name in ("preview", "take", "follow", "background")},
        "seals": reverse("seals", args=[contest.key] if contest else []),
        "editor": editor,
        "form": editor.form,
        "moves": [(PART_NAMES[part], fields) for part, fields in editor.form.moves()],
        "refused": refused,
        "versions": versions.select_related("by").order_by("-version"),
        "take": TakeForm(None, sources) if sources else None,
        "background_form": BackgroundForm(),
        "tab": "certificates",
        **shown_of(request, design, editor),
    }
    return render(request, "awards/certificate_template.html", facts, status=422 if refused else 200)


def shown_of(request: SignedIn, design: DesignOf, editor: Editor) -> dict[str, Any]:
    """The preview as the address of a picture, or why there is none."""
    form, look = editor.form, editor.look
    if subject := look.training or design.contest:
        record_look(request.user, "template-preview", subject, at=timezone.now())
    facts: dict[str, Any] = {"look": look, "preview": "", "fault": "", "form": form}
    facts |= {"calibration": calibration_url(design, look), "keeps_words": keeps_words(look)}
    if form.is_bound and not form.is_valid():
        return facts | {"fault": _("Look at the form: the preview waits for it.")}
    made = form.made() if form.is_bound else editor.template
    shown = Shown(look.kind, look.training, look.is_longest)
    try:
        data = preview_png(design.contest, shown, made, editor.background, look.printed_as)
    except (GlyphMissing, DoesNotFit) as fault:
        return facts | {"fault": unprintable(fault)}
    except KeyError as fault:
        return facts | {"fault": _("“{%(place)s}” is no place of these certificates.") % {"place": fault.args[0]}}
    return facts | {"preview": f"data:image/png;base64,{base64.b64encode(data).decode()}"}


def calibration_url(design: DesignOf, look: LookForm) -> str:
    """Of what the preview shows; nothing of it is a name."""
    names: tuple[str, ...] = ("shown_kind", "shown_training")
    said = {name: look.said(name) for name in names if name in look.fields}
    return f"{url_of(design, 'template-calibration')}?{urlencode(said)}"


def keeps_words(look: LookForm) -> bool:
    """Whether this training's certificates were issued, so that new sentences are not theirs."""
    return look.training is not None and has_numbers(look.training)


@require_POST
@allowed(why_not_design_kind, find_design)
def template_take(request: SignedIn, design: DesignOf) -> HttpResponse:
    """A copy, or an earlier version once more, as the next version."""
    form = TakeForm(request.POST, templates_to_copy(request.user, design.contest))
    if not form.is_valid():
        raise Http404(_("There is no such version."))
    source = form.found[form.cleaned_data["source"]]
    do = partial(
        take_template, contest=design.contest, kind=design.kind, source=source, by=request.user, at=timezone.now(),
        base=version_of(newest(design.contest, design.kind)),
    )  # fmt: skip
    return answer(request, do, url_of(design), _("Taken over as the next version."))


@require_POST
@allowed(why_not_design_kind, find_design)
def template_follow(request: SignedIn, design: DesignOf) -> HttpResponse:
    do = partial(
        follow_all_kinds, contest=design.contest, kind=design.kind, by=request.user, at=timezone.now(),
        base=version_of(newest(design.contest, design.kind)),
    )  # fmt: skip
    return answer(request, do, url_of(design), _("This kind has the template of all kinds again."))


@require_POST
@allowed(why_not_design_kind, find_design)
def template_background(request: SignedIn, design: DesignOf) -> HttpResponse:
    """Uploaded, or taken off: a version of its own that says all else as before."""
    form = BackgroundForm(request.POST, request.FILES)
    is_off = request.POST.get("off") == "1"
    if not is_off and not form.is_valid():
        messages.error(request, _("Choose a PDF or a picture first."))
        return redirect(url_of(design))
    now, upload = timezone.now(), None if is_off else form.cleaned_data["background"]
    try:
        scan = paper_of(name=upload.name or "", chunks=upload.chunks(), at=now) if upload else nullcontext()
        with scan as paper:
            do = partial(under_all, design, paper, request)
            return answer(request, do, url_of(design), _("The background is changed."))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(url_of(design))


def under_all(design: DesignOf, paper: StoredFile | None, request: SignedIn) -> CertificateTemplate:
    templates = Templates(design.contest)
    latest, row, template = templates.rows.get(design.kind), templates.row(design.kind), templates.of(design.kind)
    if paper is None and template.prints_background:
        template = replace(template, prints_background=False)
    return save_template(
        contest=design.contest, kind=design.kind, template=template, base=version_of(latest), by=request.user,
        at=timezone.now(), reason=row.reason if row else "", background=paper,
    )  # fmt: skip


@require_GET
@allowed(why_not_design_kind, find_design)
def template_calibration(request: SignedIn, design: DesignOf) -> HttpResponse:
    """Of the version that is saved."""
    templates = Templates(design.contest)
    kinds = [TemplateKind(design.kind)] if design.kind else kinds_of(design.contest)
    look = LookForm(request.GET, kinds, trainings_to_show(design.contest))
    shown = Shown(look.kind, look.training, is_longest=True)
    try:
        data = calibration_page(design.contest, shown, templates.of(design.kind))
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect(url_of(design))
    if subject := look.training or design.contest:
        record_look(request.user, "calibration.pdf", subject, at=timezone.now())
    return download(data, "calibration.pdf", PDF)
