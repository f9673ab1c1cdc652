"""Bundles that somebody has been at: rows changed, and manifest, digests and chain made to fit again."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from awards.core.sealing import zipped
from awards.models import AwardList
from awards.prizes import BY_CODE
from awards.services.deliberation import ties_of
from awards.services.lists import lock_list, publish_list, standing_list
from awards.services.plans import save_decisions
from awards.services.running import decide
from competition.core.canon import canonical, digest_of_bytes
from competition.models import Contest
from tests.factories.contests import AT, Made
from verify.laurel_verify import ZEROS, Report, read_members, verify

Rows = dict[str, list[dict[str, Any]]]


def published(contest: Contest) -> AwardList:
    """From whatever it is to a published list, by the services, every step in the log."""
    decide(contest=contest, by=None, at=AT)
    lock_list(contest=contest, by=None, at=AT)
    contest.refresh_from_db()
    return publish_list(contest=contest, by=None, at=AT)


def rows_of(data: bytes) -> Rows:
    members = read_members(data, Report())
    return {
        name.removesuffix(".jsonl"): [json.loads(line) for line in bytes(content).splitlines()]
        for name, content in members.items()
    }


def packed(rows: Rows, *, is_rechained: bool = False) -> bytes:
    """As whoever changed the rows would hand it out: the manifest fits, on request the chain of the log too."""
    if is_rechained:
        before = ZEROS
        for seq, event in enumerate(rows["events"], 1):
            event["seq"] = seq
            said = {name: value for name, value in event.items() if name != "hash"}
            before = event["hash"] = hashlib.sha256(before.encode() + canonical(said)).hexdigest()
        rows["manifest.json"][0]["log"] = {"events": len(rows["events"]), "head": before}
    members = {
        f"{name}.jsonl": b"".join(canonical(row) + b"\n" for row in found)
        for name, found in rows.items()
        if name != "manifest.json"
    }
    stated = {
        name: {"bytes": len(data), "lines": data.count(b"\n"), "sha256": digest_of_bytes(data)}
        for name, data in members.items()
    }
    manifest = {**rows["manifest.json"][0], "members": stated}
    return zipped({**members, "manifest.json": canonical(manifest) + b"\n"})


def tampered(data: bytes, change: Callable[[Rows], Any], *, is_rechained: bool = False) -> Report:
    rows = rows_of(data)
    change(rows)
    return verify(packed(rows, is_rechained=is_rechained))


def codes(report: Report) -> set[str]:
    return {one.code for one in report.faults}


def named(report: Report, code: str) -> list[str]:
    """The facts of its findings of this kind, as text."""
    return [" ".join(str(value) for value in one.facts.values()) for one in report.faults if one.code == code]


def said(data: bytes) -> list[str]:
    return [one.text(1) for one in verify(data).faults]


def notes(data: bytes) -> set[str]:
    return {one.code for one in verify(data).not_recomputed}


def change(name: str, at: int, **values: Any) -> Callable[[dict], None]:
    return lambda rows: rows[name][at].update(values)


def settle(made: Made, **given: str | None) -> None:
    [tie] = ties_of(made.contest, standing_list(made.contest).run)
    decisions = {made.entries[number]: (BY_CODE[code] if code else None, "纪要 1") for number, code in given.items()}
    save_decisions(contest=made.contest, decisions=decisions, among=tie.entries, terms=tie.terms, by=None, at=AT)
