"""A bundle held against the database that it came from, line by line."""

import io
import json
import zipfile
from collections import Counter
from dataclasses import dataclass

from awards.models import AwardList
from awards.outputs.bundle import members_of
from competition.core.canon import canonical
from competition.errors import Denial, Refused


@dataclass(frozen=True)
class Difference:
    """A line that only one of the two has."""

    member: str
    line: str
    is_of_bundle: bool


def differences(data: bytes) -> list[Difference]:
    """Of a bundle that holds. What the log has recorded since, and that the list was published or two persons were
    switched on or off, is no difference; nor what bodies above the committee said since, since the log has that too.

    raises   Refused "bundle-of-elsewhere" where its list is not in this database
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        theirs = {name: archive.read(name) for name in archive.namelist()}
    said = json.loads(theirs["manifest.json"])
    lists = AwardList.objects.select_related("contest", "plan", "run")
    award_list = lists.filter(contest__key=said["contest"], version=said["list"]).first()
    if award_list is None:
        raise Refused(Denial("bundle-of-elsewhere", {"version": said["list"]}))
    ours = members_of(award_list)
    ours["events.jsonl"] = first_lines(ours["events.jsonl"], said["log"]["events"])
    for name in ("contest.jsonl", "lists.jsonl"):
        theirs[name], ours[name] = (without_state(one[name]) for one in (theirs, ours))
    names = sorted({*theirs, *ours} - {"manifest.json", "resolutions.jsonl"})
    return [one for name in names for one in different_lines(name, theirs.get(name, b""), ours.get(name, b""))]


def first_lines(content: bytes, number: int) -> bytes:
    return b"".join(content.splitlines(keepends=True)[:number])


def without_state(content: bytes) -> bytes:
    value = json.loads(content)
    return canonical({name: value[name] for name in value if name not in ("state", "two_persons")})


def different_lines(member: str, theirs: bytes, ours: bytes) -> list[Difference]:
    if theirs == ours:
        return []
    in_theirs, in_ours = Counter(theirs.split(b"\n")), Counter(ours.split(b"\n"))
    found = [Difference(member, line.decode(), True) for line in in_theirs - in_ours]
    found += [Difference(member, line.decode(), False) for line in in_ours - in_theirs]
    return found or [Difference(member, "", True)]
