"""What judging takes along to the next edition of a contest: rounds and rubrics, no judges and no sheets."""

from datetime import datetime

from competition import events
from competition.models import Contest, User
from competition.services.copying import copied


def copy_rubrics(was: Contest, made: Contest, *, by: User, at: datetime) -> None:
    tracks = {one.code: one for one in made.tracks.all()}
    rounds = 0
    for one in was.rounds.prefetch_related("rubrics__criteria", "rubrics__track"):
        rounds += 1
        fresh = copied(one, contest=made, opens_at=None, closes_at=None)
        for rubric in one.rubrics.all():
            twin = copied(rubric, round=fresh, track=tracks[rubric.track.code])
            for criterion in rubric.criteria.all():
                copied(criterion, rubric=twin)
    if rounds:
        events.record(made, "rubrics.saved", made, by=by, at=at, body={"rounds": rounds})
