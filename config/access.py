"""Default deny: every address has a rule. Our views carry theirs; the addresses of libraries are listed here."""

from django.http import Http404, HttpRequest
from rest_framework.permissions import BasePermission

from competition.access import Rule, why_not_anyone

# What we include from libraries, by URL name. Whatever is not listed does not exist.
LIBRARY_RULES: dict[str, Rule] = {
    "login": why_not_anyone,
    "logout": why_not_anyone,
    "set_language": why_not_anyone,
}


def rule_of(view, url_name: str | None) -> Rule | None:
    """The rule of a view: its own, that of its class, or the one listed for its URL name."""
    owner = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return getattr(view, "rule", None) or getattr(owner, "rule", None) or LIBRARY_RULES.get(url_name or "")


class DefaultDeny:
    """Answers 404 for a view without a rule, so that a forgotten rule shows on the first try."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if rule_of(view, request.resolver_match.url_name if request.resolver_match else None) is None:
            raise Http404("This address has no rule.")


class RuleAsked(BasePermission):
    """The API asks the same rule as the page: the class names it, the view finds the thing."""

    def has_permission(self, request, view) -> bool:
        return getattr(view, "rule", None) is not None
