"""What the public saw before: every published version of a list, and what each changed of the one before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from awards.models import Award, AwardList, Recognition, SpecialAward
from awards.outputs.facts import line_of
from awards.outputs.public import PublicLine, public_line, public_recognition
from competition.models import Contest

Awards = dict[int, dict[int, Award]]  # list -> entry -> award
Titles = dict[int, set[tuple[str, str, str]]]
Special = tuple[str, int, str, str]  # prize, entry, title, school
Specials = dict[int, set[Special]]


@dataclass(frozen=True)
class Changed:
    """One value of one entry or title. `was` or `now` is blank where there was or is none. Both are as the page masks:
    they may read the same where only what is masked has changed."""

    thing: str
    what: str
    was: str
    now: str


@dataclass(frozen=True)
class PublicVersion:
    """`reason` and `changes` say what became of the version before it; blank and empty for the first."""

    list: AwardList
    reason: str
    changes: tuple[Changed, ...]


def public_versions(contest: Contest) -> list[PublicVersion]:
    """Newest first. Four queries, however many versions and awards there are."""
    lists = list(contest.award_lists.filter(published_at__isnull=False).select_related("contest").order_by("version"))
    awards, titles, specials = awards_by_list(lists), titles_by_list(lists), specials_by_list(lists)
    made = [PublicVersion(one, "", ()) for one in lists[:1]]
    for was, now in pairwise(lists):
        changes = differing(was, now, awards, titles, specials)
        made.append(PublicVersion(now, reason_of(was, changes), changes))
    return made[::-1]


def changes_since(was: AwardList, now: AwardList) -> tuple[Changed, ...]:
    """What one version says otherwise than another."""
    both = [was, now]
    return differing(was, now, awards_by_list(both), titles_by_list(both), specials_by_list(both))


def differing(
    was: AwardList, now: AwardList, awards: Awards, titles: Titles, specials: Specials
) -> tuple[Changed, ...]:
    return (
        *award_changes(awards.get(was.pk, {}), awards.get(now.pk, {}), now.contest.kind),
        *special_changes(specials.get(was.pk, set()), specials.get(now.pk, set())),
        *title_changes(titles.get(was.pk, set()), titles.get(now.pk, set())),
    )


def reason_of(was: AwardList, changes: Sequence[Changed]) -> str:
    if was.replaced_because:
        return was.replaced_because
    prizes = {_("prize"), _("special prize"), _("title of honour")}
    if changes and not any(one.what in prizes for one in changes):
        return _("Names, titles or schools were put right; the prizes are the same.")
    return _("Corrected by the office.")


def awards_by_list(lists: Sequence[AwardList]) -> Awards:
    rows = Award.objects.filter(list__in=lists).select_related(
        "entry__track", "entry__division", "entry__school__district"
    )
    found: Awards = {}
    for award in rows.order_by("entry__track__order", "order", "entry__order"):
        found.setdefault(award.list_id, {})[award.entry_id] = award
    return found


def titles_by_list(lists: Sequence[AwardList]) -> Titles:
    rows = Recognition.objects.filter(list__in=lists).select_related(
        "rule", "district", "school__district", "person__school"
    )
    found: Titles = {}
    for one in rows:
        found.setdefault(one.list_id, set()).add(public_recognition(one))
    return found


def specials_by_list(lists: Sequence[AwardList]) -> Specials:
    found: Specials = {}
    for one in SpecialAward.objects.filter(list__in=lists):
        line = (one.label, one.entry_id, one.said["title"], one.said["school"])
        found.setdefault(one.list_id, set()).add(line)
    return found


def special_changes(was: set[Special], now: set[Special]) -> Iterator[Changed]:
    """By prize and entry; that its title was put right is said of the award where it has one."""
    before, after = ({(prize, entry) for prize, entry, *_words in side} for side in (was, now))
    for prize, entry, title, school in sorted(was | now):
        if ((prize, entry) in before) != ((prize, entry) in after):
            thing = " · ".join(filter(None, [title, school]))
            is_lost = (prize, entry) in before
            yield Changed(thing, _("special prize"), prize if is_lost else "", "" if is_lost else prize)


def award_changes(was: dict[int, Award], now: dict[int, Award], kind: str) -> Iterator[Changed]:
    for entry in dict.fromkeys([*now, *was]):
        before, after = was.get(entry), now.get(entry)
        old, new = (public_line(line_of(one), kind) if one else None for one in (before, after))
        shown = new or old
        if shown is None:
            continue
        thing = " · ".join(filter(None, [(old or shown).title or (old or shown).authors, (old or shown).school]))
        if old is None or new is None:
            yield Changed(thing, _("prize"), old.prize if old else "", new.prize if new else "")
        elif before is not None and after is not None:
            yield from value_changes(thing, old, new, is_renamed=people_of(before) != people_of(after))


def people_of(award: Award) -> list[object]:
    return [award.said.get(name) for name in ("authors", "group", "nominee")]


def value_changes(thing: str, old: PublicLine, new: PublicLine, *, is_renamed: bool) -> Iterator[Changed]:
    values = ((_("prize"), "prize"), (_("title"), "title"), (_("school"), "school"))
    for what, name in values:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Changed(thing, what, before, after)
    if is_renamed:
        yield Changed(thing, _("name"), old.authors, new.authors)


def title_changes(was: set[tuple[str, str, str]], now: set[tuple[str, str, str]]) -> Iterator[Changed]:
    for title, name, home in sorted(was ^ now):
        thing = " · ".join(filter(None, [name, home]))
        is_lost = (title, name, home) in was
        yield Changed(thing, _("title of honour"), title if is_lost else "", "" if is_lost else title)
