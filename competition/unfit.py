"""Why a file was not taken, as a sentence: what is wrong, and what to do."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from competition.inspection import Unfit

SENTENCES = {
    "empty-file": _("The file is empty. Choose it again."),
    "too-large": _("It has %(size)s; at most %(most)s are taken. Make it smaller."),
    "kind-not-allowed": _("This kind of file is not asked for here."),
    "unknown-kind": _("It is none of the kinds of file that are taken here, whatever its name says."),
    "broken": _("It cannot be opened: the file is damaged. Save it anew and add it again."),
    "encrypted": _("It asks for a password. Save it without one."),
    "has-script": _("It carries a program (a script or macro). Save it without, for example as a plain PDF."),
    "too-many-pages": _("It has more pages than are allowed. Shorten it."),
    "too-long-video": _("The video is longer than allowed. Cut it."),
    "too-many-pixels": _("The picture is larger than can be shown. Save it smaller."),
    "bomb": _("Unpacked it would be far too large. Save it anew."),
    "took-too-long": _(
        "Looking into it took too long, so it was not taken. Save it simpler, for example as a plain PDF."
    ),
    "took-too-much-memory": _(
        "Looking into it took too much memory, so it was not taken. Save it simpler, for example as a plain PDF."
    ),
}
SIZES = ("size", "most")


def sentence(fault: Unfit) -> str:
    facts = {name: filesizeformat(value) if name in SIZES and fault.code == "too-large" else value
             for name, value in fault.facts.items()}  # fmt: skip
    return str(SENTENCES[fault.code]) % facts
