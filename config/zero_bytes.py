"""No zero byte reaches a view: PostgreSQL keeps none, and answers a search for one with an error."""

from django.http import Http404, HttpRequest, QueryDict

ZERO = "\0"


class NoZeroBytes:
    """Leaves them out of what was asked and typed, as a broken keyboard sends them; an address with one is none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if any(ZERO in str(name) for name in kwargs.values()):
            raise Http404("An address has no zero byte.")
        request.GET, request.POST = without(request.GET), without(request.POST)  # type: ignore[assignment]


def without(said: QueryDict) -> QueryDict:
    if not any(ZERO in value for _name, values in said.lists() for value in values):
        return said
    found = said.copy()
    for name, values in said.lists():
        found.setlist(name, [value.replace(ZERO, "") for value in values])
    return found
