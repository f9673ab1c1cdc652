"""Panels: made, changed, deleted by the office. They guide the assigner; what is assigned stays."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, Division, Subject, Track, User
from judging.models import Judge, Panel
from judging.services.panel import kept_by


@dataclass(frozen=True)
class PanelFacts:
    """`subjects` empty means all of the track."""

    label_zh: str
    track: Track
    label_en: str = ""
    division: Division | None = None
    subjects: tuple[Subject, ...] = ()
    judges: tuple[Judge, ...] = ()


@transaction.atomic
def save_panel(*, contest: Contest, panel: Panel | None, facts: PanelFacts, by: User, at: datetime) -> Panel:
    """Make a panel, or change this one.

    raises   Refused "panel-twice", "changed-meanwhile" where it was deleted
    """
    contest = kept_by(contest, by, at)
    others = contest.panels.exclude(pk=panel.pk) if panel else contest.panels.all()
    if others.filter(label_zh=facts.label_zh).exists():
        raise Refused(Denial("panel-twice", {"panel": facts.label_zh}))
    if panel is not None and not contest.panels.filter(pk=panel.pk).exists():
        raise Refused(Denial("changed-meanwhile", {"thing": panel}))
    panel = panel or Panel(contest=contest)
    panel.label_zh, panel.label_en = facts.label_zh, facts.label_en
    panel.track, panel.division, panel.has_all_subjects = facts.track, facts.division, not facts.subjects
    panel.save()
    panel.subjects.set(facts.subjects)
    panel.judges.set(facts.judges)
    events.record(contest, "panel.saved", panel, by=by, at=at, body={"judges": len(facts.judges)})
    return panel


@transaction.atomic
def delete_panel(*, panel: Panel, by: User, at: datetime) -> None:
    """Its judges stay judges, and what is assigned stays."""
    contest = kept_by(panel.contest, by, at)
    if not contest.panels.filter(pk=panel.pk).exists():
        raise Refused(Denial("changed-meanwhile", {"thing": panel}))
    events.record(contest, "panel.deleted", panel, by=by, at=at)
    panel.delete()
