"""How judging became prizes: plan, decisions, ballots and the list."""

from collections.abc import Iterable, Iterator
from typing import Any

from awards.models import AwardList, AwardTerms, Vote
from awards.services.balloting import round_lines
from awards.services.mayor import members_of
from awards.services.moves import move_lines
from awards.services.plans import decision_lines, plan_lines
from awards.services.resolving import resolution_lines
from awards.services.special_awards import special_lines
from awards.states import RoundState
from competition.models import Contest
from competition.states import EntryState


def deciding_lines(award_list: AwardList) -> dict[str, Iterable[Any]]:
    contest = award_list.contest
    return {
        "plan": plan_lines(award_list.plan) if award_list.plan else [],
        "decisions": decision_lines(contest),
        "terms": terms_lines(contest),
        "votes": vote_lines(contest),
        "lists": [list_line(award_list)],
        "awards": award_lines(award_list),
        **{name: found for name, found in specials_of(award_list).items() if found},
        **({"ballots": ballots} if (ballots := round_lines(contest)) else {}),
        **({"resolutions": resolutions} if (resolutions := resolution_lines(contest)) else {}),
        **({"titles": award_list.titles} if award_list.titles else {}),
        **({"moves": moves} if (moves := move_lines(contest)) else {}),  # without any, as before there were any
    }


def specials_of(award_list: AwardList) -> dict[str, list[dict[str, Any]]]:
    """Special prizes, and who has them; of the minutes what the log keeps of them."""
    contest, given = award_list.contest, award_list.specials.select_related("prize", "entry")
    awards = [
        {"prize": one.prize.key, "entry": one.entry.number, "minutes": contest.mint.commitment(one.minutes)}
        for one in given.order_by("order", "entry__number")
    ]
    return {"specials": special_lines(contest), "special_awards": awards}


def terms_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    """Of an award: what its rules fix for each kind of winner."""
    members = members_of(contest)
    for one in AwardTerms.objects.filter(track__contest=contest).select_related("track").order_by("track__order"):
        yield {
            "track": one.track.code,
            "places": one.places,
            "nomination_places": one.nomination_places,
            "majority": f"{one.majority_num}/{one.majority_den}",
            "majority_of": one.majority_of,
            "quorum": f"{one.quorum_num}/{one.quorum_den}",
            "members": members,
        }


def vote_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    """Members are numbered in the order of their random keys: the number tells nobody who voted how."""
    keys = sorted(contest.members.values_list("key", flat=True))
    codes = {key: f"M{at:02}" for at, key in enumerate(keys, 1)}
    rows = Vote.objects.filter(ballot__contest=contest, ballot__state=RoundState.CLOSED)
    rows = rows.filter(entry__state=EntryState.PASSED)
    found = [
        (ballot, number, codes[key], choice)
        for ballot, number, key, choice in rows.values_list("ballot__round", "entry__number", "member__key", "choice")
    ]
    for ballot, number, member, choice in sorted(found):
        yield {"ballot": ballot, "entry": number, "member": member, "choice": choice}


def list_line(award_list: AwardList) -> dict[str, Any]:
    """With what tie-breakers said, where they were asked, and the numbers of moves, where there are any."""
    told = {name: value for name in ("tie_values", "moves") if (value := getattr(award_list, name))}
    return {
        "key": award_list.key,
        "version": award_list.version,
        "state": award_list.state,
        "plan": award_list.plan.version if award_list.plan else None,
        "run": award_list.run.key if award_list.run else "",
        "digest": award_list.digest,
        "recognitions": award_list.recognitions.count(),
        **told,
    }


def award_lines(award_list: AwardList) -> Iterator[dict[str, Any]]:
    for one in award_list.awards.select_related("entry").order_by("entry__number"):
        yield {"entry": one.entry.number, "code": one.code, "place": one.place, "by": one.by}
