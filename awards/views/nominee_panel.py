"""What stands beside a nomination wherever it is typed, read or decided on: which way its nominee meets by what."""

from awards.services.handing_in import claims_of, subject_of, tried_as_typed
from awards.views.eligible import ways_of
from awards.views.nominees import shown
from competition.models import Entry
from competition.parts import Panel


def nominee_panel(entry: Entry) -> Panel | None:
    if not entry.contest.is_award:
        return None
    ways = ways_of(entry.contest.alternatives.all(), entry.track_id)
    facts = {
        "entry": entry,
        "eligibility": shown(tried_as_typed(entry), ways),
        "ways": ways.texts,
        "claims": claims_of(entry.contest, subject_of(entry)),
    }
    return Panel("awards/_nominee_panel.html", facts)
