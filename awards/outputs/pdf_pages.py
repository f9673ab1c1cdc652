"""Papers one after the other in one file, for one print."""

from collections.abc import Iterable
from io import BytesIO

from pikepdf import Pdf


def one_after_another(papers: Iterable[bytes]) -> bytes:
    """Equal papers give equal bytes."""
    with Pdf.new() as whole:
        for data in papers:
            with Pdf.open(BytesIO(data)) as paper:
                whole.pages.extend(paper.pages)
        made = BytesIO()
        whole.save(made, deterministic_id=True)
    return made.getvalue()
