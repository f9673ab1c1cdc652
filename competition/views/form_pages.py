"""Long lists whose rows are filled in: turning a page or searching sends along what the page holds."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict

GO = "go"


def asked_page(request: HttpRequest, names: Iterable[str]) -> str | None:
    """Where the pressed button leads: the address that it names, or what the search bar says; None: another button.

    names   the fields of the search bar. Left as they were, the page stays
    """
    if GO not in request.POST:
        return None
    names, asked = tuple(names), request.POST[GO]
    said = QueryDict(asked.removeprefix("?")) if asked.startswith("?") else request.POST
    found = {name: said.get(name, "") for name in names}
    stays = said is request.POST and all(found[name] == request.GET.get(name, "") for name in names)
    pages = request.GET if said is request.POST else said
    found["size"] = pages.get("size", "")
    found["page"] = pages.get("page", "") if stays or said is not request.POST else ""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in found.items() if value})
    return f"{request.path}?{query.urlencode()}" if query else request.path
