"""Typed or pasted rows as the bytes of a list."""

from competition.core.columns import SheetSpec, column_by_heading
from competition.core.separated import separated


def pasted_rows(text: str, spec: SheetSpec) -> bytes:
    """Without headings the columns stand in the order of the spec; people type ，."""
    if "\t" not in text:
        text = text.replace("，", ",")
    lines = [line for line in text.splitlines() if line.strip()]
    first = separated(lines[0].encode())[0] if lines else []
    if not any(column_by_heading(spec, cell) for cell in first):
        mark = "\t" if "\t" in text else ","
        lines.insert(0, mark.join(column.zh for column in spec.columns))
    return "\n".join(lines).encode()
