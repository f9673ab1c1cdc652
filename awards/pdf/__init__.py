"""PDF pages of awards: frozen plain data in, bytes out. No models, no clock, no chance."""

from awards.pdf.certificate_layer import Picture, Seal
from awards.pdf.certificates import (
    CertificateDesign,
    CertificatePage,
    DoesNotFit,
    Place,
    certificate_book,
    certificate_files,
    certificates_pdf,
)
from awards.pdf.fonts import GlyphMissing, normalise, uncovered
from awards.pdf.labels import Label, labels_pdf
from awards.pdf.leaves import Leaf, rows_of_page
from awards.pdf.letters import Letter, letter_pdf
from awards.pdf.score_sheets import ScoreSheet, ScoreSheetLabels, score_sheets_pdf
from awards.pdf.tables import Column, Group, TablePaper, table_pdf

__all__ = [
    "CertificateDesign",
    "CertificatePage",
    "Column",
    "DoesNotFit",
    "GlyphMissing",
    "Group",
    "Label",
    "Leaf",
    "Letter",
    "Picture",
    "Place",
    "ScoreSheet",
    "ScoreSheetLabels",
    "Seal",
    "TablePaper",
    "certificate_book",
    "certificate_files",
    "certificates_pdf",
    "labels_pdf",
    "letter_pdf",
    "normalise",
    "rows_of_page",
    "score_sheets_pdf",
    "table_pdf",
    "uncovered",
]
