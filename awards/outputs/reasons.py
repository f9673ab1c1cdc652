"""Why an entry has its prize, or none: a sentence that an office can read out on the phone."""

from django.utils.translation import gettext as _

from awards.outputs.facts import StandingLine
from awards.states import AwardedBy
from competition.states import EntryState
from competition.wording import in_a_row
from judging.states import Method


def why(line: StandingLine, methods: dict[int, str]) -> str:
    """methods   track -> how its sheets become a score"""
    entry = line.entry
    if entry.state != EntryState.PASSED:
        return _("Not judged: %(state)s.") % {"state": entry.get_state_display()}
    if entry.track.is_by_minutes:
        if line.award is None:
            return _("No prize by the minutes.")
        return _("By minutes: %(minutes)s.") % {"minutes": line.award.reason or line.award.get_by_display()}
    if line.standing is None or line.standing.score is None:
        return _("No complete sheet, so no score and no rank.")
    return in_a_row([how_scored(line, methods), how_ranked(line), how_awarded(line)])


def how_scored(line: StandingLine, methods: dict[int, str]) -> str:
    standing = line.standing
    if standing is None:
        return ""
    facts = {"sheets": standing.sheets, "score": line.score}
    method = methods.get(line.entry.track_id, Method.MEAN)
    if method == Method.TRIMMED and standing.is_trimmed:
        return _("%(sheets)s sheets; without one highest and one lowest the mean is %(score)s.") % facts
    if method == Method.TRIMMED:
        return _("%(sheets)s sheets, too few to drop any; their mean is %(score)s.") % facts
    if method == Method.MEDIAN:
        return _("%(sheets)s sheets; their median is %(score)s.") % facts
    return _("%(sheets)s sheets; their mean is %(score)s.") % facts


def how_ranked(line: StandingLine) -> str:
    if not line.rivals:
        return _("Rank %(place)s.") % {"place": line.place}
    return _("Rank %(place)s of %(rivals)s.") % {"place": line.place, "rivals": line.rivals}


def how_awarded(line: StandingLine) -> str:
    if line.is_held:
        return _("Tied across a cut: the committee decides.")
    if line.award is None and line.is_decided:
        return _("No prize by decision of the committee.")
    if line.award is None and line.place and line.place <= line.prizes:
        return _("No prize: it is under the minimum, or its places lapsed in a tie.")
    if line.award is None:
        return _("Outside the %(prizes)s prizes of the plan.") % {"prizes": line.prizes} if line.prizes else ""
    if line.award.by == AwardedBy.COMMITTEE:
        return _("%(prize)s by decision of the committee.") % {"prize": line.prize}
    return _("%(prize)s by the plan.") % {"prize": line.prize}
