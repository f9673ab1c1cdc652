"""What bears the same name in two contests."""

from collections.abc import Mapping

from competition.core.cells import folded


def same_names(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Our code -> their code, where the names are the same but for width, case and spaces.

    ours, theirs   code -> name; a name that they use twice is nobody's
    """
    named: dict[str, list[str]] = {}
    for code, name in theirs.items():
        named.setdefault(folded(name), []).append(code)
    found = {code: named.get(folded(name), []) for code, name in ours.items()}
    return {code: codes[0] for code, codes in found.items() if len(codes) == 1}
