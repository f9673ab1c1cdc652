"""The bundle by which anybody can work out a list of awards again: all that decides, and nobody's name.

docs/adr/0007-bundle.md says what it is made of, docs/verify.md how it is read.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from awards.core.sealing import zipped
from awards.models import AwardList
from awards.outputs.bundle.deciding import deciding_lines
from awards.outputs.bundle.judging import judging_lines
from awards.outputs.bundle.log import log_lines
from awards.states import ListState
from competition.core.canon import canonical, digest_of_bytes
from competition.errors import Denial, Refused
from competition.models import Chain, Contest

FORMAT, VERSION = "laurel-bundle", 1
FIXED = (ListState.LOCKED, ListState.PUBLISHED)
Lines = Mapping[str, Iterable[Any]]


def fixed_list(contest: Contest) -> AwardList:
    """raises   Refused "bundle-not-fixed" as long as the list that stands may still change"""
    found = contest.award_lists.standing().filter(state__in=FIXED).select_related("plan", "run").first()
    if found is None:
        raise Refused(Denial("bundle-not-fixed", {"contest": contest}))
    return found


def bundle_of(award_list: AwardList) -> bytes:
    """A zip whose bytes follow from the contest alone: members in the order of their names, nothing packed."""
    return zipped(members_of(award_list))


def members_of(award_list: AwardList) -> dict[str, bytes]:
    """The members by name: one JSON value a line."""
    contest = award_list.contest
    lines: Lines = {**log_lines(contest), **judging_lines(award_list), **deciding_lines(award_list)}
    members = {f"{name}.jsonl": b"".join(canonical(one) + b"\n" for one in found) for name, found in lines.items()}
    return {**members, "manifest.json": canonical(manifest(award_list, members)) + b"\n"}


def manifest(award_list: AwardList, members: Mapping[str, bytes]) -> dict[str, Any]:
    contest = award_list.contest
    chain = Chain.objects.filter(contest=contest).first()
    return {
        "format": FORMAT,
        "version": VERSION,
        "contest": contest.key,
        "list": award_list.version,
        "log": {"events": chain.seq if chain else 0, "head": chain.hash if chain else ""},
        "members": {
            name: {"bytes": len(data), "lines": data.count(b"\n"), "sha256": digest_of_bytes(data)}
            for name, data in members.items()
        },
    }
