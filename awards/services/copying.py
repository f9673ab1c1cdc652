"""What awards take along to the next edition: the prize plan in force, rules of recognition, terms of an award."""

from datetime import datetime

from awards.models import AwardTerms
from awards.services.editions import move_on
from awards.services.plans import plan_lines
from awards.services.proposals import plan_in_force
from awards.services.self_terms import copy_self_terms
from competition import events
from competition.core.canon import digest
from competition.models import Contest, User
from competition.services.copying import copied
from competition.states import ContestKind


def copy_plans(was: Contest, made: Contest, *, by: User, at: datetime) -> None:
    tracks = {one.code: one for one in made.tracks.all()}
    divisions = {one.code: one for one in made.divisions.all()}
    if plan := plan_in_force(was):
        fresh = copied(plan, contest=made, version=1, made_at=at, by=by, reason="", minutes="", paper=None)
        for group in plan.groups.select_related("track", "division").prefetch_related("levels"):
            division = divisions.get(group.division.code) if group.division else None
            twin = copied(group, plan=fresh, track=tracks[group.track.code], division=division)
            for level in group.levels.all():
                copied(level, group=twin)
        events.record(
            made, "plan.saved", fresh, by=by, at=at, body={"version": 1, "content": digest(plan_lines(fresh))}
        )
    for rule in was.recognition_rules.filter(is_in_force=True):
        copied(rule, contest=made)
    for terms in AwardTerms.objects.filter(track__contest=was).select_related("track"):
        copied(terms, track=tracks[terms.track.code])
    for way in was.alternatives.select_related("track"):
        copied(way, contest=made, track=tracks[way.track.code] if way.track else None)
    if was.kind == ContestKind.AWARD:
        copy_self_terms(was, made)
        move_on(was, made, by=by, at=at)
