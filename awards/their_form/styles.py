"""The looks of cells: the same look for text, with line breaks, or of a heading without its weight and colour."""

from copy import deepcopy

from awards.their_form.book import Tree, child, named

TEXT = "49"  # Excel's own number of the format @


class Styles:
    """is_changed   whether a look was added"""

    def __init__(self, root: Tree):
        self.root, self.looks = root, child(root, "cellXfs")
        self.known: dict[tuple[int, str], int] = {}
        self.is_changed = False

    def of(self, style: int, kind: str) -> int:
        """kind   "text", "lines" or "body"; the number of that look"""
        if (style, kind) not in self.known:
            self.known[style, kind] = self.made(style, kind)
        return self.known[style, kind]

    def made(self, style: int, kind: str) -> int:
        if self.looks is None or style >= len(self.looks):
            return 0
        look = deepcopy(self.looks[style])
        if kind == "body":
            look.set("fontId", self.light(int(look.get("fontId", 0))))
            look.set("fillId", "0")
        else:
            look.set("numFmtId", TEXT)
            look.set("applyNumberFormat", "1")
        if kind == "lines":
            wrap(look)
        self.looks.append(look)
        self.looks.set("count", str(len(self.looks)))
        self.is_changed = True
        return len(self.looks) - 1

    def light(self, font: int) -> str:
        fonts = child(self.root, "fonts")
        if fonts is None or font >= len(fonts) or child(fonts[font], "b") is None:
            return str(font)
        fonts.append(deepcopy(fonts[font]))
        for one in list(named(fonts[-1], "b")):
            fonts[-1].remove(one)
        fonts.set("count", str(len(fonts)))
        return str(len(fonts) - 1)


def wrap(look: Tree) -> None:
    aligned = child(look, "alignment")
    if aligned is None:
        aligned = look.makeelement(f"{look.tag.removesuffix('xf')}alignment", {})
        look.insert(0, aligned)
    aligned.set("wrapText", "1")
    look.set("applyAlignment", "1")
