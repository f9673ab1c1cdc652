"""Published results of contests that are not kept here go in: what was shown and answered, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from awards.elsewhere import Plan, Reading, Said, result_plan
from awards.elsewhere.rows import Wanted, said_of
from awards.models import Achievement, Delegation, ResultColumns, ResultList
from awards.prizes import BY_CODE
from awards.services.eligibility import refuse_fallen
from awards.states import AchievementRole
from competition import events
from competition.access import why_not_organise
from competition.core.cells import folded
from competition.core.tokens import Mint
from competition.errors import Denial, Refused
from competition.keys import installation_key
from competition.models import Contest, Person, Series, User
from competition.services.locks import locked_contest
from competition.services.places import save_people
from competition.states import PersonKind

KIND_OF = {AchievementRole.AUTHOR: PersonKind.STUDENT, AchievementRole.TUTOR: PersonKind.TUTOR}


@dataclass(frozen=True)
class Imported:
    """What came of it; `kept` stood here already, word for word."""

    list: ResultList
    added: int
    dropped: int
    kept: int
    people: int


@transaction.atomic
def keep_columns(*, contest: Contest, said: Said, by: User, at: datetime) -> ResultColumns:
    """What is what in the lists of this series, said once."""
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    columns = {role: list(headings) for role, headings in said.columns.items()}
    kept = ResultColumns.objects.select_for_update().filter(series=series_of(said)).first()
    kept = kept or ResultColumns(series=series_of(said))
    if kept.pk is None or kept.columns != columns:
        kept.columns = columns
        kept.save()
        events.record(contest, "results.columns", kept.series, by=by, at=at, body={"columns": len(columns)})
    return kept


def series_of(said: Said) -> Series:
    """The level of a series is given once; see `competition.services.contests`."""
    mint = Mint(installation_key())
    series, _ = Series.objects.get_or_create(
        label_zh=said.series, defaults={"level": said.level, "key": mint.key("series", said.series)}
    )
    return series


@transaction.atomic
def import_results(
    *, contest: Contest, said: Said, reading: Reading, answers: Mapping[str, str], shown: str, by: User, at: datetime
) -> Imported:
    """Make the achievements of this list those that it says now: what it said before and says no more is dropped.

    answers  as of `result_plan`
    shown    the digest of the plan that the person looked at, made without answers
    raises   Refused "results-changed" where the same list would now do something else, "results-open" while a row is
             wrong or waits for an answer, "results-listed" where the delegation's prizes stand in a list of ours,
             "award-loses-results" where a fixed award rests on what would be dropped
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    if result_plan(contest, said, reading).digest != shown:
        raise Refused(Denial("results-changed"))
    plan = result_plan(contest, said, reading, answers)
    if not plan.is_ready:
        raise Refused(Denial("results-open", {"wrong": plan.count("wrong"), "asked": plan.count("asked")}))
    refuse_listed(contest, said)
    made = kept_list(contest, said, plan, by=by, at=at)
    people = new_people(plan.wanted, by=by, at=at)
    added, dropped, kept = write(made, said, plan.wanted, people)
    keep_prizes(made.series, plan)
    body = {
        "achievements": added + kept, "added": added, "dropped": dropped, "version": made.version,
        "list": contest.mint.commitment("results", plan.digest.encode()),
    }  # fmt: skip
    events.record(contest, "results.imported", made, by=by, at=at, body=body)
    return Imported(made, added, dropped, kept, len(people))


def refuse_listed(contest: Contest, said: Said) -> None:
    """A delegation whose prizes came with the workbook has its achievements already."""
    if (
        said.delegation
        and Achievement.objects.filter(
            result_list=None, source__delegation__sender=contest, source__delegation__key=said.delegation
        ).exists()
    ):
        raise Refused(Denial("results-listed"))


def kept_list(contest: Contest, said: Said, plan: Plan, *, by: User, at: datetime) -> ResultList:
    """Its row, one version on."""
    series = series_of(said)
    made = ResultList.objects.filter(contest=contest, series=series, name=said.name).first()
    made = made or ResultList(contest=contest, series=series, name=said.name, version=0)
    made.version += 1
    made.delegation = Delegation.objects.filter(sender=contest, key=said.delegation).first()
    made.won_on, made.rows, made.skipped = said.won_on, plan.rows, plan.skipped
    made.digest, made.at, made.by = plan.digest, at, by
    made.save()
    return made


def new_people(wanted: Sequence[Wanted], *, by: User, at: datetime) -> dict[tuple[str, str, int], Person]:
    """(kind, name, school) -> the person, for those who were named as new."""
    keys = [
        (KIND_OF[AchievementRole(one.role)], one.who.name, one.who.of_school, "")
        for one in wanted
        if one.who.of_school is not None
    ]
    if not keys:
        return {}
    saved = save_people(people=keys, mint=Mint(installation_key()), by=by, at=at)
    return {(kind, name, school.pk): person for (kind, name, school, _code), person in saved.items() if school}


def write(
    made: ResultList, said: Said, wanted: Sequence[Wanted], people: Mapping[tuple[str, str, int], Person]
) -> tuple[int, int, int]:
    """How many came, went and stayed."""
    here = {said_of(one): one for one in made.achievements.select_related("person", "entry")}
    staying = {one.said for one in wanted} & here.keys()
    gone = [row for key, row in here.items() if key not in staying]
    moved = [row for key, row in here.items() if key in staying and row.won_on != said.won_on]
    losing = {row.person_id for row in [*gone, *moved]}
    schools = {row.entry.school_id for row in [*gone, *moved] if row.entry}
    Achievement.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Achievement.objects.filter(result_list=made).exclude(won_on=said.won_on).update(won_on=said.won_on)
    fresh = [achievement(made, said, one, people) for one in wanted if one.said not in staying]
    Achievement.objects.bulk_create(fresh, batch_size=500)
    refuse_fallen(losing, schools)
    return len(fresh), len(gone), len(staying)


def achievement(
    made: ResultList, said: Said, one: Wanted, people: Mapping[tuple[str, str, int], Person]
) -> Achievement:
    school = one.who.of_school
    person = people[KIND_OF[AchievementRole(one.role)], one.who.name, school.pk] if school else one.who.person
    if person is None:
        raise ValueError("A choice is a person or a school of a new one.")
    return Achievement(
        person=person, entry=one.entry, source=made.contest, result_list=made, work=one.work, contest_name=said.name,
        series_name=said.series, level=made.series.level, track_name=one.track, prize_code=one.code,
        prize_name=one.word, prize_order=BY_CODE[one.code].order, role=one.role, author_order=one.order,
        won_on=said.won_on,
    )  # fmt: skip


def keep_prizes(series: Series, plan: Plan) -> None:
    """What a person has said that a word means, for the next list of this series."""
    said = {folded(one.word): one.code for one in plan.words if one.code is not None and one.is_asked}
    kept = ResultColumns.objects.filter(series=series).first()
    if kept and not said.items() <= kept.prizes.items():
        kept.prizes = kept.prizes | said
        kept.save(update_fields=["prizes"])
