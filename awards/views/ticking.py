"""Entries ticked in a list of many pages: what is ticked is kept in the session while one searches and turns pages."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from competition.core.canon import digest
from competition.models import Contest
from competition.selectors import entries_matching
from competition.views.doors import SignedIn
from competition.views.entries import EntryFilter
from competition.views.form_pages import asked_page
from competition.views.paging import SIZES, page_of, size_of

FILTERS = ("track", "division", "district", "only")
TICKED = "ticked"
CHANGED = gettext_lazy(
    "What is ticked on other pages is not what it was when this page was shown: it was changed in another window, or "
    "quotas were. Nothing was done. Look at what is ticked, and send it once more."
)


class TickFilter(EntryFilter):
    """more   what the list may be narrowed to besides what is ticked"""

    only = forms.ChoiceField(label=gettext_lazy("Which entries"), required=False)

    def __init__(self, data: Any, contest: Contest, more: Sequence[tuple[str, Any]] = ()):
        super().__init__(data, contest)
        del self.fields["state"]
        choices = [("", gettext_lazy("All")), (TICKED, gettext_lazy("ticked ones")), *more]
        self.fields["only"].choices = choices  # type: ignore[attr-defined]

    def keys(self, contest: Contest, words: str) -> set[str]:
        """Of what the address asks for."""
        found = self.applied_to(contest.entries.countable()).filter(entries_matching(words))
        return set(found.values_list("key", flat=True))

    @property
    def narrowed_to(self) -> str:
        return str(self.cleaned_data.get("only") or "")


class Ticks:
    """Keys of entries that one person has ticked in one list.

    name   of the list in the session
    key    what the list is of
    """

    def __init__(self, request: SignedIn, name: str, key: str):
        self.request, self.name, self.key = request, name, key

    @property
    def kept(self) -> set[str] | None:
        """None: nobody ticked anything yet."""
        found = self.request.session.get(self.name, {}).get(self.key)
        return None if found is None else set(found)

    def keep(self, keys: Iterable[str]) -> None:
        self.request.session[self.name] = {**self.request.session.get(self.name, {}), self.key: sorted(keys)}

    def forget(self) -> None:
        rest = {key: keys for key, keys in self.request.session.get(self.name, {}).items() if key != self.key}
        self.request.session[self.name] = rest

    def sent(self, was: set[str]) -> set[str]:
        """What is ticked after a form came: its page says what it showed, other pages keep theirs. A form that does not
        say it showed everything."""
        typed = set(self.request.POST.getlist("entry"))
        return was - set(self.request.POST["shown"].split()) | typed if "shown" in self.request.POST else typed

    def knew(self, was: set[str]) -> bool:
        """Whether the page that was sent knew what is ticked on others: another window may have changed it, or quotas
        what is proposed. Nothing goes unseen."""
        if "shown" not in self.request.POST:
            return True
        elsewhere = was - set(self.request.POST["shown"].split())
        return not elsewhere or digest(sorted(elsewhere)) == self.request.POST.get("elsewhere")


def asked_tick_page(request: SignedIn) -> str | None:
    return asked_page(request, ("q", *FILTERS))


def tick_facts(request: SignedIn, filters: TickFilter, rows: Sequence[Any], keys: list[str], ticked: Collection[str],
               wanted: set[str]) -> dict[str, Any]:  # fmt: skip
    """What a page of the list shows.

    keys     of the entries of the rows
    wanted   those that stand in it
    """
    found = page_of(request, [pair for pair in zip(keys, rows, strict=True) if pair[0] in wanted])
    on_page = [key for key, _row in found]
    found.object_list = [row for _key, row in found]
    elsewhere = set(ticked).difference(on_page)
    return {
        "page": found,
        "filters": filters,
        "is_filtered": any(request.GET.get(name) for name in ("q", *FILTERS)),
        "size": size_of(request),
        "sizes": SIZES,
        "shown": " ".join(on_page),
        "ticked": ticked,
        "elsewhere": len(elsewhere),
        "known_elsewhere": digest(sorted(elsewhere)),
    }
