"""What of a list the public sees: a whitelist of columns, names masked."""

from collections.abc import Collection
from dataclasses import dataclass

from awards.models import AwardList, Notice, Recognition
from awards.outputs.facts import AwardLine, award_lines, home_of, recognition_lines, special_lines, specials_by_prize
from awards.selectors import entries_with_consent
from awards.states import RecognitionKind
from awards.wording import joined
from competition.states import ContestKind
from competition.views.masks import masked, masked_all


@dataclass(frozen=True)
class PublicLine:
    """The whitelist. A column that is not here cannot reach the public."""

    track: str
    division: str
    prize: str
    code: str
    title: str
    school: str
    authors: str


SpecialGroups = list[tuple[str, list[tuple[str, list[PublicLine]]]]]


def public_line(line: AwardLine, kind: str, *, is_named: bool = False) -> PublicLine:
    """A nominee's title is a name, so an award shows it masked and nothing else of the person.

    is_named   the authors in full: only in a notice, and only where consent to it is on record
    """
    said = line.award.said
    is_person = kind == ContestKind.AWARD
    names = joined(said["authors"]) if is_named else masked_all(said["authors"])
    return PublicLine(
        track=line.track,
        division=line.division,
        prize=line.prize,
        code=line.code,
        title="" if is_person else line.title,
        school=line.school,
        authors=masked(said["nominee"]) if is_person else names or said["group"],
    )


def public_recognition(one: Recognition) -> tuple[str, str, str]:
    """(title, name, home); a tutor's name is masked."""
    name = str(one.recipient)
    return one.rule.label, masked(name) if one.rule.kind == RecognitionKind.TUTOR else name, home_of(one)


def public_recognitions(award_list: AwardList) -> list[tuple[str, str, str]]:
    return [public_recognition(one) for one, _name, _home in recognition_lines(award_list)]


def public_specials(award_list: AwardList, *, named: Collection[int] = ()) -> SpecialGroups:
    """[(prize and sponsor, [("", lines)])], as the public reads other prizes.

    named   entries whose authors stand in full
    """
    kind = award_list.contest.kind
    return [
        (
            f"{one.label} · {one.sponsor}",
            [("", [public_line(line, kind, is_named=line.award.entry_id in named) for line in lines])],
        )
        for one, lines in specials_by_prize(award_list)
    ]


def notice_specials(notice: Notice) -> list[tuple[AwardLine, PublicLine]]:
    """Special prizes, with names as `notice_lines` has them."""
    named = entries_with_consent(notice.list)
    return [
        (line, public_line(line, notice.contest.kind, is_named=line.award.entry_id in named))
        for _one, line in special_lines(notice.list)
    ]


def notice_lines(notice: Notice) -> list[tuple[AwardLine, PublicLine]]:
    """A notice shows full names of those whose guardians agreed to it; all others as the results do."""
    named = entries_with_consent(notice.list)
    return [
        (line, public_line(line, notice.contest.kind, is_named=line.award.entry_id in named))
        for line in award_lines(notice.list)
    ]
