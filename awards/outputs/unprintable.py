"""Why a paper cannot be printed, in the words of the house."""

from awards.pdf import DoesNotFit, GlyphMissing
from competition.errors import Denial


def denial_of(fault: GlyphMissing | DoesNotFit) -> Denial:
    if isinstance(fault, GlyphMissing):
        return Denial("glyph-missing", {"where": fault.where, "characters": " ".join(sorted(fault.characters))})
    return Denial("does-not-fit", {"where": str(fault)})
