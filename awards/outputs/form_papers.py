"""The paper to sign of what was handed in: 申报表 of an entry, 推荐表 of a nomination; one, or a pile for one print."""

from collections.abc import Iterable
from io import BytesIO

from pikepdf import Pdf

from awards.outputs.entry_papers import entry_form_pdf
from awards.outputs.nomination_paper import nomination_form_pdf
from competition.models import Entry, Submission


def form_pdf(entry: Entry, receipt: Submission) -> bytes:
    make = nomination_form_pdf if entry.contest.is_award else entry_form_pdf
    return make(entry, receipt)


def forms_pdf(entries: Iterable[Entry]) -> bytes:
    """The forms of these entries one after the other, each as it is printed alone."""
    with Pdf.new() as whole:
        for entry in entries:
            with Pdf.open(BytesIO(form_pdf(entry, entry.submissions.latest("version")))) as form:
                whole.pages.extend(form.pages)
        made = BytesIO()
        whole.save(made, deterministic_id=True)
    return made.getvalue()
