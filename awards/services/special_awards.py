"""Special prizes as a list says them: what was given, and what is wrong with it. Reads only; `specials` writes."""

from collections.abc import Collection, Iterable
from typing import Any

from awards.core.listcheck import SpecialFacts
from awards.models import AwardList, SpecialAward, SpecialPrize
from competition.core.canon import digest
from competition.models import Contest, Entry
from competition.states import EntryState


def specials_in_force(contest: Contest) -> list[SpecialPrize]:
    rows = contest.special_prizes.filter(is_in_force=True)
    return list(rows.prefetch_related("tracks", "divisions", "grants__entry"))


def specials_due(contest: Contest) -> list[SpecialAward]:
    """Of what people gave, without the words of the entries: those are written down when a list is saved."""
    return [
        SpecialAward(
            prize=prize, entry=grant.entry, order=prize.order, label_zh=prize.label_zh, label_en=prize.label_en,
            sponsor=prize.sponsor, minutes=grant.minutes,
        )
        for prize in specials_in_force(contest)
        for grant in prize.grants.all()
    ]  # fmt: skip


def is_open_to(prize: SpecialPrize, entry: Entry) -> bool:
    """Its track and its division are among those of the prize, or the prize names none."""
    tracks = {one.pk for one in prize.tracks.all()}
    divisions = {one.pk for one in prize.divisions.all()}
    return (not tracks or entry.track_id in tracks) and (not divisions or entry.division_id in divisions)


def contents(specials: Iterable[SpecialAward]) -> list[tuple[Any, ...]]:
    return sorted((one.content for one in specials), key=lambda line: (line[2], line[1]))


def specials_digest(specials: Collection[SpecialAward]) -> str:
    """Which prize which number has, without names."""
    return digest(sorted([one.entry.number, one.prize.key] for one in specials))


def special_facts(award_list: AwardList, due: Collection[SpecialAward]) -> list[SpecialFacts]:
    """For the list check: what the list says of each prize against what people gave."""
    found = []
    rows = award_list.specials.select_related("entry", "prize")
    stored = list(rows.prefetch_related("prize__tracks", "prize__divisions"))
    prizes = {one.prize_id: one.prize for one in [*stored, *due]}
    for pk, prize in prizes.items():
        mine = [one for one in stored if one.prize_id == pk]
        wrong = [one.entry.number for one in mine
                 if one.entry.state != EntryState.PASSED or not is_open_to(prize, one.entry)]  # fmt: skip
        is_same = contents(mine) == contents(one for one in due if one.prize_id == pk)
        found.append(SpecialFacts(prize.label, prize.number, len(mine), tuple(wrong), is_same))
    return found


def special_lines(contest: Contest) -> list[dict[str, Any]]:
    """The prizes in force, by keys and codes: the log keeps the digest, a bundle the lines."""
    return [
        {
            "key": one.key,
            "number": one.number,
            "tracks": sorted(track.code for track in one.tracks.all()),
            "divisions": sorted(division.code for division in one.divisions.all()),
        }
        for one in specials_in_force(contest)
    ]
