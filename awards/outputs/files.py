"""All files of a run, by name, as bytes; and their safe way onto a disk."""

import json
import os
from pathlib import Path
from typing import Any

from awards.models import AwardList
from awards.outputs.figures import is_delegation, report, summary, verification
from awards.outputs.papers import award_list_pdf, score_sheets
from awards.outputs.tables import award_list_xlsx, standings_xlsx
from awards.services.certificates import print_certificates
from awards.services.lists import finding_sentence
from awards.services.running import Outcome
from competition.models import Contest

NAMES = (
    "award-list.xlsx", "award-list.pdf", "certificates.pdf", "standings.xlsx", "report.txt", "score-sheets.pdf",
    "problems.xlsx", "summary.json", "verify.json",
)  # fmt: skip


def json_bytes(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def output_files(contest: Contest, outcome: Outcome, input_digest: str) -> dict[str, bytes]:
    """What the run came to: everything, or as far as it got."""
    contests = [contest, *contest.companions.order_by("pk")]
    lists = [award_list for award_list in in_order(outcome.lists) if award_list.contest not in outcome.findings]
    findings = [
        {"contest": one.label_zh, "entry": finding.entry, "code": finding.code, "message": finding_sentence(finding)}
        for one, found in outcome.findings.items()
        for finding in found
    ]
    files: dict[str, bytes] = {}
    if outcome.waiting:
        files["score-sheets.pdf"] = score_sheets(outcome.waiting)
    if outcome.lists:
        files["standings.xlsx"] = standings_xlsx(
            [one for one in in_order(outcome.lists) if not is_delegation(one.contest)]
        )
    if outcome.is_complete:
        own = [one for one in lists if not is_delegation(one.contest)]
        files["award-list.xlsx"] = award_list_xlsx(lists)
        files["award-list.pdf"] = award_list_pdf(own)
        if any(one.certificates.exists() for one in own):
            files["certificates.pdf"] = print_certificates([one.contest for one in own])
        files["report.txt"] = report(in_year_order(lists)).encode()
    files["summary.json"] = json_bytes(summary(lists, findings, input_digest))
    files["verify.json"] = json_bytes(verification(contests))
    return files


def in_order(lists: list[AwardList]) -> list[AwardList]:
    """The contest first, then the award, then the delegations."""
    return sorted(lists, key=lambda one: (is_delegation(one.contest), one.contest.belongs_to_id or 0, one.pk))


def in_year_order(lists: list[AwardList]) -> list[AwardList]:
    """As the year went: delegations of spring before the contest of winter."""
    return sorted(lists, key=lambda one: (one.contest.as_of, one.pk))


def write_files(directory: Path, files: dict[str, bytes]) -> None:
    """Each whole or not at all; files of an earlier run that this one did not make are taken away."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        scratch = directory / f".{name}.{os.getpid()}"
        scratch.write_bytes(data)
        scratch.replace(directory / name)
    for name in NAMES:
        if name not in files:
            (directory / name).unlink(missing_ok=True)
