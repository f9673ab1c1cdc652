"""A list of judges goes in: what was shown, all of it or nothing."""

from datetime import datetime

from django.db import transaction

from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, User
from judging.importing import NEW, Line, Plan, current, judges_plan
from judging.models import Judge
from judging.services.panel import JudgeFacts, kept_by, new_judge, write_facts


@transaction.atomic
def import_judges(*, contest: Contest, data: bytes, shown: str, by: User, at: datetime) -> Plan:
    """Take in the good rows. Nobody is taken out, no answer and no sheet is touched.

    shown    the digest of the plan that the person looked at
    raises   Refused "judges-changed" where the same list would now do something else
    """
    contest = kept_by(contest, by, at)
    plan = judges_plan(data, contest)
    if plan.digest != shown:
        raise Refused(Denial("judges-changed"))
    for line in plan.good:
        if line.judge is None:
            new_judge(contest, facts_of(line, None))
        else:
            write_facts(line.judge, facts_of(line, line.judge))
    if plan.good:
        new = plan.count(NEW)
        body = {"judges": new, "changed": len(plan.good) - new}
        events.record(contest, "judges.imported", contest, by=by, at=at, body=body)
    return plan


def facts_of(line: Line, judge: Judge | None) -> JudgeFacts:
    """What the row says, over what is known."""
    values = line.values

    def of(name: str, blank: object) -> object:
        return values[name] if name in values else (current(judge, name) if judge else blank)

    return JudgeFacts(
        name=line.name,
        institution=of("institution", ""),  # type: ignore[arg-type]
        phone=of("phone", ""),  # type: ignore[arg-type]
        email=of("email", ""),  # type: ignore[arg-type]
        language=of("language", ""),  # type: ignore[arg-type]
        school=of("school", None),  # type: ignore[arg-type]
        district=of("district", None),  # type: ignore[arg-type]
        tracks=tuple(of("tracks", ())),  # type: ignore[arg-type]
        subjects=tuple(of("subjects", ())),  # type: ignore[arg-type]
        max_load=of("max_load", 0),  # type: ignore[arg-type]
    )
