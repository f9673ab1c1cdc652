"""PDF pages of awards: frozen plain data in, bytes out. No models, no clock, no chance."""

from awards.pdf.certificates import CertificateDesign, CertificatePage, DoesNotFit, certificates_pdf
from awards.pdf.fonts import GlyphMissing, normalise, uncovered

__all__ = [
    "CertificateDesign",
    "CertificatePage",
    "DoesNotFit",
    "GlyphMissing",
    "certificates_pdf",
    "normalise",
    "uncovered",
]
