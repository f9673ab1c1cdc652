"""The paper to sign of what was handed in: 申报表 of an entry, 推荐表 of a nomination; one, or a pile for one print."""

from collections.abc import Iterable

from awards.outputs.entry_papers import entry_form_pdf
from awards.outputs.nomination_paper import nomination_form_pdf
from awards.outputs.pdf_pages import one_after_another
from competition.models import Entry, Submission


def form_pdf(entry: Entry, receipt: Submission) -> bytes:
    make = nomination_form_pdf if entry.contest.is_award else entry_form_pdf
    return make(entry, receipt)


def forms_pdf(entries: Iterable[Entry]) -> bytes:
    """The forms of these entries one after the other, each as it is printed alone."""
    return one_after_another(form_pdf(one, one.submissions.latest("version")) for one in entries)
