"""What judging takes along to the next edition of a contest: rounds, rubrics, panels; no judges and no sheets."""

from datetime import datetime

from competition import events
from competition.models import Contest, User
from competition.services.copying import copied

DAYS = ("opens_at", "closes_at", "finalists_at", "reply_until", "schedule_at")  # of the edition, not of its rules


def copy_rubrics(was: Contest, made: Contest, *, by: User, at: datetime) -> None:
    tracks = {one.code: one for one in made.tracks.all()}
    rounds = 0
    for one in was.rounds.prefetch_related("rubrics__criteria", "rubrics__track"):
        rounds += 1
        fresh = copied(one, contest=made, cut={}, **dict.fromkeys(DAYS))
        for rubric in one.rubrics.all():
            twin = copied(rubric, round=fresh, track=tracks[rubric.track.code])
            for criterion in rubric.criteria.all():
                copied(criterion, rubric=twin)
    if rounds:
        events.record(made, "rubrics.saved", made, by=by, at=at, body={"rounds": rounds})


def copy_panels(was: Contest, made: Contest, *, by: User, at: datetime) -> None:
    """What each marks; who is in it is for the next edition to say."""
    tracks = {one.code: one for one in made.tracks.all()}
    divisions = {one.code: one for one in made.divisions.all()}
    subjects = {one.word: one for one in made.subjects.all()}
    panels = list(was.panels.select_related("track", "division").prefetch_related("subjects"))
    for one in panels:
        division = divisions[one.division.code] if one.division else None
        fresh = copied(one, contest=made, track=tracks[one.track.code], division=division)
        fresh.subjects.set(subjects[subject.word] for subject in one.subjects.all())
    if panels:
        events.record(made, "panels.copied", made, by=by, at=at, body={"panels": len(panels)})
