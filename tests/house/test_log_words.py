"""Every event of a contest has words in the log that people read."""

import re
from pathlib import Path

import pytest

from awards.states import CERTIFICATE_MOVES, CLAIM_MOVES, LIST_MOVES, OBJECTION_MOVES, PARTICIPANT_MOVES
from competition.states import AGREEMENT_MOVES, CONTEST_MOVES, ENTRY_MOVES, MAIL_MOVES, REPORT_MOVES
from competition.views.log import ACTIONS
from judging.states import ATTEMPT_MOVES, JUDGE_MOVES, SHEET_MOVES

ROOT = Path(__file__).resolve().parents[2]
# Of the installation's own log: no contest shows them.
ELSEWHERE = {"account", "link", "place", "places", "people", "role", "school", "second-factor", "attendance"}
MOVES = {
    "judge": JUDGE_MOVES,
    "sheet": SHEET_MOVES,
    "attempt": ATTEMPT_MOVES,
    "contest": CONTEST_MOVES,
    "entry": ENTRY_MOVES,
    "awardlist": LIST_MOVES,
    "certificate": CERTIFICATE_MOVES,
    "claim": CLAIM_MOVES,
    "mail": MAIL_MOVES,
    "objection": OBJECTION_MOVES,
    "participant": PARTICIPANT_MOVES,
    "agreement": AGREEMENT_MOVES,
    "unitreport": REPORT_MOVES,
}


def recorded() -> set[str]:
    """The actions that services name; they write them as plain words."""
    sources = [path for app in ("competition", "judging", "awards") for path in (ROOT / app / "services").glob("*.py")]
    return {
        action
        for path in sources
        for call in re.findall(r"events\.record\((.*?)\)", path.read_text(), re.S)
        for action in re.findall(r'"([a-z-]+\.[a-z-]+)"', call)
    }


@pytest.mark.parametrize("action", sorted(recorded()))
def test_an_action_has_words(action):
    assert action in ACTIONS or action.split(".")[0] in ELSEWHERE


@pytest.mark.parametrize("kind", MOVES)
def test_a_move_has_words(kind):
    reached = {to for tos in MOVES[kind].values() for to in tos}
    assert {f"{kind}.{to}" for to in reached} <= ACTIONS.keys()


def test_the_services_name_their_actions():
    assert {"entry.corrected", "names.confirmed", "certificates.issued"} <= recorded()
