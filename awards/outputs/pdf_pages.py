"""Papers one after the other in one file, for one print."""

from collections.abc import Iterable
from io import BytesIO

from pikepdf import Pdf

KEPT = ("/Metadata", "/OutputIntents", "/Lang")  # what the first paper says of itself holds of all: they are ours


def one_after_another(papers: Iterable[bytes]) -> bytes:
    """Equal papers give equal bytes."""
    with Pdf.new() as whole:
        for data in papers:
            with Pdf.open(BytesIO(data)) as paper:
                if not whole.pages:
                    for name in KEPT:
                        kept = paper.Root[name]
                        whole.Root[name] = whole.copy_foreign(kept) if kept.is_indirect else kept
                whole.pages.extend(paper.pages)
        made = BytesIO()
        whole.save(made, deterministic_id=True)
    return made.getvalue()
