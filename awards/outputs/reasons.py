"""Why an entry has its prize, or none: a sentence that an office can read out on the phone."""

from django.utils.translation import gettext as _

from awards.outputs.facts import StandingLine
from awards.states import AwardedBy
from competition.states import EntryState
from competition.wording import in_a_row
from judging.states import Combine, Method


def why(line: StandingLine) -> str:
    """Of its level, then of its special prizes."""
    return in_a_row([why_level(line), line.special])


def why_level(line: StandingLine) -> str:
    entry = line.entry
    if entry.state != EntryState.PASSED:
        return _("Not judged: %(state)s.") % {"state": entry.get_state_display()}
    if entry.track.is_by_minutes:
        if line.award is None:
            return _("No prize by the minutes.")
        return _("By minutes: %(minutes)s.") % {"minutes": line.award.reason or line.award.get_by_display()}
    if line.is_absent:
        return _("Absent from a round that it belongs to, so no score and no rank.")
    is_measured = line.rubric is not None and line.rubric.is_measured
    if line.standing is None or line.standing.score is None:
        if is_measured and (line.standing is None or line.standing.missing):
            return _("Not all attempts are confirmed, and none with a result so far.")
        if is_measured:
            return _("No attempt with a result, so no rank.")
        return _("No complete sheet, so no score and no rank.")
    scored = how_measured(line) if is_measured else how_scored(line)
    return in_a_row([scored, how_ranked(line), line.tie, how_awarded(line)])


def how_measured(line: StandingLine) -> str:
    """Of the last round that it took part in: results of rounds are not added."""
    is_sum = line.rubric is not None and line.rubric.combine == Combine.SUM
    is_final = line.standing is not None and line.standing.stage > 1
    facts = {"result": line.result}
    if is_sum:
        return (_("Sum of its attempts in the final round: %(result)s.") if is_final
                else _("Sum of its attempts: %(result)s.")) % facts  # fmt: skip
    return (_("Best of its attempts in the final round: %(result)s.") if is_final
            else _("Best of its attempts: %(result)s.")) % facts  # fmt: skip


def how_scored(line: StandingLine) -> str:
    standing = line.standing
    if standing is None:
        return ""
    facts = {"sheets": standing.sheets, "score": line.score}
    method = line.rubric.method if line.rubric else Method.MEAN
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
    if line.moved:
        return line.moved
    if line.award is None and line.is_decided:
        return _("No prize by decision of the committee.")
    if line.award is None and line.place and line.place <= line.prizes:
        return _("No prize: it is under the minimum, or its places lapsed in a tie.")
    if line.award is None:
        return _("Outside the %(prizes)s prizes of the plan.") % {"prizes": line.prizes} if line.prizes else ""
    if line.award.by == AwardedBy.COMMITTEE:
        return _("%(prize)s by decision of the committee.") % {"prize": line.prize}
    return _("%(prize)s by the plan.") % {"prize": line.prize}
