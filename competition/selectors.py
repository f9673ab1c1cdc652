"""What pages of this app show, found without changing anything."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from competition.models import Author, Contest, Entry, Mail, Review, Role, Track, User
from competition.states import EntryState, ReviewStep, RoleKind


def organised_by(user) -> QuerySet[Contest]:
    """The contests that this user drives."""
    scopes = set(user.roles.filter(kind=RoleKind.ORGANISER).values_list("contest", flat=True))
    contests = Contest.objects.select_related("belongs_to")
    return contests if None in scopes else contests.filter(pk__in=scopes)


def second_factor_of(user: User) -> TOTPDevice | None:
    """The app on the person's phone; only what was confirmed with a code is kept."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").first()


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def with_second_factor(users: Iterable[int]) -> set[int]:
    """Which of these accounts have one."""
    return set(TOTPDevice.objects.filter(user__in=users, confirmed=True).values_list("user", flat=True))


LONGEST_SEARCH = 100


def entries_matching(words: str) -> Q:
    """Every word is found in number, title, school, group, or the name of an author. Only so many letters are looked
    at: databases refuse endless ones."""
    found = Q()
    for word in words[:LONGEST_SEARCH].split():
        authors = Author.objects.filter(person__name__icontains=word).values("entry")
        found &= (
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(title_en__icontains=word)
            | Q(school__name__icontains=word)
            | Q(group_name__icontains=word)
            | Q(pk__in=authors)
        )
    return found


@dataclass(frozen=True)
class TrackCounts:
    """The entries of a track: (state, its word, number) for each state that occurs in the contest."""

    track: Track
    states: list[tuple[str, str, int]]

    @property
    def total(self) -> int:
        return sum(number for _, _, number in self.states)


def counts_by_track(contest: Contest) -> list[TrackCounts]:
    """Of what was handed in, as the list of entries shows it."""
    rows = contest.entries.entered().order_by().values_list("track", "state").annotate(number=Count("pk"))
    counted = Counter({(track, state): number for track, state, number in rows})
    present = [state for state in EntryState if any(state == one for _, one in counted)]
    return [
        TrackCounts(track, [(state.value, str(state.label), counted[track.pk, state]) for state in present])
        for track in contest.tracks.all()
    ]


def states_in(counts: list[TrackCounts]) -> list[tuple[str, str, int]]:
    """(state, its word, number) over all tracks."""
    totals: Counter[str] = Counter()
    words = {}
    for one in counts:
        for state, word, number in one.states:
            totals[state] += number
            words[state] = word
    return [(state, word, totals[state]) for state, word in words.items()]


def in_full(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With all that a line of a list names."""
    return entries.select_related("track", "division", "school__district").prefetch_related("authors__person")


AT_THE_OFFICE = (EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.PASSED, EntryState.NOT_PASSED)


def received_by_office(contest: Contest) -> QuerySet[Entry]:
    """What has reached the office; an entry that its unit returned is not here yet."""
    rows = contest.entries.filter(state__in=AT_THE_OFFICE)
    return rows.exclude(state=EntryState.RETURNED, pk__in=returned_by_units(contest))


def returned_by_units(contest: Contest) -> list[int]:
    """Entries whose last review is a return by the unit."""
    last: dict[int, str] = {}
    reviews = Review.objects.filter(entry__contest=contest, entry__state=EntryState.RETURNED).order_by("pk")
    for entry, step in reviews.values_list("entry", "step"):
        last[entry] = step
    return [entry for entry, step in last.items() if step == ReviewStep.UNIT]


def accounts_of_schools(schools: Iterable[int]) -> dict[int, list[User]]:
    """Who acts for each of these schools."""
    found: dict[int, list[User]] = {pk: [] for pk in schools}
    roles = Role.objects.filter(kind=RoleKind.SCHOOL, school__in=found, user__is_active=True).select_related("user")
    for role in roles.order_by("user__username", "pk"):
        if role.school_id and role.user not in found[role.school_id]:
            found[role.school_id].append(role.user)
    return found


def still_acts(mail: Mail, schools: Iterable[int]) -> bool:
    """Whether the person whom the mail is about acts for one of these schools, at the address to which it goes."""
    users = User.objects.filter(key=mail.about.rpartition(":")[2], email=mail.to, is_active=True)
    return users.filter(roles__kind=RoleKind.SCHOOL, roles__school__in=list(schools)).exists()
