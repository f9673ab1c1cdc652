"""What the lower app needs from the apps above it, without naming them: they register here from their apps.py."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Copier = Callable[..., None]
_copiers: list[Copier] = []


def on_copy(copier: Copier) -> Copier:
    """copier(was, made, *, by, at) takes along what its app keeps of a contest, such as rubrics and prize plans."""
    _copiers.append(copier)
    return copier


def copied_from(was: Any, made: Any, *, by: Any, at: datetime) -> None:
    for copier in _copiers:
        copier(was, made, by=by, at=at)


Restater = Callable[..., None]
_restaters: list[Restater] = []


def on_correction(restater: Restater) -> Restater:
    """restater(contest, *, touched, renamed, reason, by, at) says names anew where its app had written them down, or
    refuses.

    touched   {("person" | "school" | "district", pk)}: whom the correction is about, before and after
    renamed   [(person before, person now)]: what its app knows of the one holds for the other
    reason    of the correction
    """
    _restaters.append(restater)
    return restater


def corrected(
    contest: Any, *, touched: set[tuple[str, int]], renamed: list[tuple[int, int]], reason: str, by: Any, at: datetime
) -> None:
    for restater in _restaters:
        restater(contest, touched=touched, renamed=renamed, reason=reason, by=by, at=at)


Explainer = Callable[..., dict[str, str]]
_explainers: list[Explainer] = []


def on_log(explainer: Explainer) -> Explainer:
    """explainer(contest, subjects) -> subject -> words that its app keeps of a change and the log only commits to."""
    _explainers.append(explainer)
    return explainer


def explained(contest: Any, subjects: set[str]) -> dict[str, str]:
    return {name: words for explainer in _explainers for name, words in explainer(contest, subjects).items()}


Taker = Callable[..., None]
_takers: list[Taker] = []


def on_passed(taker: Taker) -> Taker:
    """taker(entry, *, by, at) lets an entry that has just passed the check take part in what has begun already."""
    _takers.append(taker)
    return taker


def passed(entry: Any, *, by: Any, at: datetime) -> None:
    for taker in _takers:
        taker(entry, by=by, at=at)


_receivers: list[Taker] = []


def on_hand_in(receiver: Taker) -> Taker:
    """receiver(entry, *, by, at) makes of an entry what its app makes of it, once its people are rows; or refuses."""
    _receivers.append(receiver)
    return receiver


def handed_in(entry: Any, *, by: Any, at: datetime) -> None:
    for receiver in _receivers:
        receiver(entry, by=by, at=at)


Teller = Callable[[Any], dict[str, Any]]
_tellers: list[Teller] = []


def on_receipt(teller: Teller) -> Teller:
    """teller(entry) -> plain values that are written down with what is handed in."""
    _tellers.append(teller)
    return teller


def told_with(entry: Any) -> dict[str, Any]:
    return {name: value for teller in _tellers for name, value in teller(entry).items()}


_keepers: list[Taker] = []


def on_withdraw(keeper: Taker) -> Taker:
    """keeper(entry, *, by, at) refuses where its app needs the entry to stay as it is."""
    _keepers.append(keeper)
    return keeper


def withdrawn(entry: Any, *, by: Any, at: datetime) -> None:
    for keeper in _keepers:
        keeper(entry, by=by, at=at)


_followers: list[Taker] = []


def on_checked(follower: Taker) -> Taker:
    """follower(entry, *, by, at) lets its app follow what the office has just decided of an entry."""
    _followers.append(follower)
    return follower


def checked(entry: Any, *, by: Any, at: datetime) -> None:
    for follower in _followers:
        follower(entry, by=by, at=at)


@dataclass(frozen=True)
class Panel:
    """What a higher app shows beside an entry, wherever that is typed, read or decided on."""

    template: str
    facts: dict[str, Any]


Paneller = Callable[[Any], Panel | None]
_panellers: list[Paneller] = []


def on_panel(paneller: Paneller) -> Paneller:
    """paneller(entry) -> a Panel, or None where its app has nothing to say."""
    _panellers.append(paneller)
    return paneller


def panels_of(entry: Any) -> list[Panel]:
    return [panel for paneller in _panellers if (panel := paneller(entry)) is not None]


PublicPaneller = Callable[..., Panel | None]
_public_panellers: list[PublicPaneller] = []


def on_contest_page(paneller: PublicPaneller) -> PublicPaneller:
    """paneller(contest, *, at) -> a Panel of the public page of a contest, or None. Where there is one, the page is
    public before schools enter, too."""
    _public_panellers.append(paneller)
    return paneller


def public_panels_of(contest: Any, *, at: datetime) -> list[Panel]:
    return [panel for paneller in _public_panellers if (panel := paneller(contest, at=at)) is not None]


Maker = Callable[..., None]
_makers: list[Maker] = []


def on_preset(maker: Maker) -> Maker:
    """maker(preset, made, *, by, at) adds what its app knows of a preset to a new contest, such as rubrics."""
    _makers.append(maker)
    return maker


def made_from(preset: Any, made: Any, *, by: Any, at: datetime) -> None:
    for maker in _makers:
        maker(preset, made, by=by, at=at)


Gate = Callable[..., Any]
_gates: dict[str, Gate] = {}


def on_mail(kind: str, gate: Gate) -> None:
    """gate(mail, *, at) says why this person gets no such mail (any more), a Denial, or None. Asked when it is sent."""
    _gates[kind] = gate


def why_not_get(mail: Any, *, at: datetime) -> Any:
    """A kind that nobody answers for is a fault of ours, and sends nothing."""
    return _gates[mail.kind](mail, at=at)


@dataclass(frozen=True)
class Step:
    """A step that one person does, or that two persons take together; both as `asked`, an Agreement, has it.

    do    do(asked, *, by, at): the services by which it is done, in one transaction; they refuse what cannot be
    seen  seen(asked, *, at): plain values that change with everything a person looks at before it
    """

    do: Callable[..., Any]
    seen: Callable[..., Any]


_steps: dict[str, Step] = {}


def on_step(kind: str, step: Step) -> None:
    _steps[kind] = step


def step_of(kind: str) -> Step:
    return _steps[kind]


def nothing_chosen(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def as_usual(usual: int) -> int:
    return usual


def never() -> bool:
    return False


@dataclass(frozen=True)
class Bearer:
    """What long work can be of, such as a contest.

    rows        rows() -> all such things, each with its contest
    why_not     why_not(user, thing, *, at): who knows of its work at all
    contest_of  contest_of(thing) -> the contest in whose log the work stands; None: the installation
    locked      locked(thing) -> the thing as it is now; work of it begins, ends and is forgotten one at a time
    urls        with what the names of its pages begin, before "job"
    crumbs      the template of the way back from them, which knows the thing by the name of its model
    """

    rows: Callable[[], Any]
    why_not: Callable[..., Any]
    contest_of: Callable[[Any], Any]
    locked: Callable[[Any], Any]
    urls: str
    crumbs: str


CONTEST = "competition.contest"
_bearers: dict[str, Bearer] = {}


def on_bearer(label: str, bearer: Bearer) -> None:
    """label   of its model, as the event log has it"""
    _bearers[label] = bearer


def bearer_of(label: str) -> Bearer:
    return _bearers[label]


@dataclass(frozen=True)
class Work:
    """How long work of a kind is done: one file an item, packed together. `thing` is what it is of.

    why_not  why_not(user, thing, *, at): who may begin it, and get what it made
    items    items(thing) -> primary keys of what is made, in order
    terms    terms(thing, options) -> a digest of all that the files depend on: another one, and nothing is handed
             out; refuses, with facts that may be kept, where such work cannot be begun
    names    names(thing, keys) -> name of each file in the pack, all different, no names of people
    make     make(thing, keys, options) -> bytes of each, the same however often unless it `varies`; refuses with
             facts that may be kept
    title    title(thing) -> what it is, for people
    file     file(thing) -> name of the pack
    of       what it is of: the label of a `Bearer`
    tab      the page of the contest to which it belongs, as `competition/_tabs.html` calls it; "" where there is none
    options  options(sent) -> what its reader chose, from what a page sends: plain values, no names
    is_one   it has one item, whose file is given as it is
    size     size(thing) -> how many things are in it; None: as many as items
    done     done(job, thing, *, at) in the transaction in which it ends
    batch    batch(usual) -> how many are made while something waits: the lease, or who began it
    varies   varies() -> whether what is made again differs, as signed files do, though it says the same
    """

    why_not: Callable[..., Any]
    items: Callable[[Any], list[int]]
    terms: Callable[..., str]
    names: Callable[[Any, list[int]], list[str]]
    make: Callable[..., list[bytes]]
    title: Callable[[Any], str]
    file: Callable[[Any], str]
    of: str = CONTEST
    tab: str = "board"
    options: Callable[[Mapping[str, Any]], dict[str, Any]] = nothing_chosen
    is_one: bool = False
    size: Callable[[Any], int] | None = None
    done: Callable[..., None] | None = None
    batch: Callable[[int], int] = as_usual
    varies: Callable[[], bool] = never


_works: dict[str, Work] = {}


def on_work(kind: str, work: Work) -> None:
    _works[kind] = work


def works() -> Mapping[str, Work]:
    return _works


Shower = Callable[..., Any]
_showers: list[Shower] = []


def on_moves(shower: Shower) -> Shower:
    """shower(request, contest, do, *, to, done, heading, button) does what moves prizes once its reader has seen whose,
    and answers; None where there is nothing to show."""
    _showers.append(shower)
    return shower


Pager = Callable[..., Any]
_pagers: list[Pager] = []


def on_page_before(pager: Pager) -> Pager:
    """pager(request, contest, do, *, to, heading, button) does it, or answers the page that shows whose prize it would
    move; then nothing is done."""
    _pagers.append(pager)
    return pager


def page_before(request: Any, contest: Any, do: Callable[[], Any], **said: str) -> Any:
    """None: it is done, and the caller says so. What is refused is the caller's to say."""
    for pager in _pagers:
        return pager(request, contest, do, **said)
    do()
    return None


def shown_first(request: Any, contest: Any, do: Callable[[], Any], **said: str) -> Any:
    answers = (shower(request, contest, do, **said) for shower in _showers)
    return next((one for one in answers if one is not None), None)


Eraser = Callable[..., int]
_erasers: dict[str, Eraser] = {}


def on_erase_due(name: str, eraser: Eraser) -> None:
    """eraser(*, at) really deletes whatever its day has come for, and says of how many things that was.

    name   what they are, in the words of the command that is run every night
    """
    _erasers[name] = eraser


def erasers() -> dict[str, Eraser]:
    return dict(_erasers)


def each_erased(due: Sequence[Any], erase: Callable[[Any], Any]) -> int:
    """How many there were. What cannot be erased keeps none of the others from it.

    raises   ExceptionGroup of all faults, once all were tried
    """
    faults: list[Exception] = []
    for one in due:
        try:
            erase(one)
        except Exception as fault:  # noqa: BLE001 - raised below, with all others
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{len(faults)} of {len(due)} were not erased", faults)
    return len(due)
