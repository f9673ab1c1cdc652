"""Whom each certificate names, straight from the list: printing takes it from here, and the check compares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from awards.models import Award, AwardList, Recognition, SpecialAward, Templates
from awards.states import CertificateKind, TemplateKind
from competition.models import Contest, District
from competition.states import ContestKind


@dataclass(frozen=True)
class Due:
    """A certificate that a list gives. `purpose` stays the same over all versions of the list."""

    purpose: str
    kind: CertificateKind
    names: tuple[str, ...]
    award: Award | None = None
    recognition: Recognition | None = None
    special: SpecialAward | None = None

    @property
    def work(self) -> Award | SpecialAward | None:
        """What an entry has it for; None where it is no entry's."""
        return self.award or self.special


def dues(award_list: AwardList) -> list[Due]:
    """In the order of printing: by track, prize and place; each award's authors, then its tutors; special prizes, and
    recognitions last."""
    awards = award_list.awards.select_related("entry__track", "entry__division").order_by(
        "entry__track__order", "order", "place", "entry__order"
    )
    each = Templates(award_list.contest).of(TemplateKind.AUTHOR).is_per_author
    found = [due for award in awards for due in dues_of_award(award_list, award, is_per_author=each)]
    specials = award_list.specials.select_related("prize", "entry__track", "entry__division")
    found += [
        due for one in specials.order_by("order", "entry__order")
        for due in dues_of_special(award_list, one, is_per_author=each)
    ]  # fmt: skip
    recognitions = award_list.recognitions.select_related("rule", "district", "school", "person__school")
    for one in recognitions.order_by("rule__order", "place", "pk"):
        found.append(due_of_recognition(one))
    return found


def has_tutor_prizes(contest: Contest) -> bool:
    """指导教师奖: the tutors of each entry that has a prize get one of the same level, unless the contest says no."""
    return bool(contest.settings.get("tutor_prizes", True))


def dues_of_award(award_list: AwardList, award: Award, *, is_per_author: bool) -> Iterator[Due]:
    number, said = award.entry.number, award.said
    if award_list.contest.kind == ContestKind.AWARD:
        yield Due(f"award:{number}", CertificateKind.AWARD, (said["nominee"],), award)
        return
    for purpose, names in of_authors(f"author:{number}", said, is_per_author=is_per_author):
        yield Due(purpose, CertificateKind.AUTHOR, names, award)
    if said["tutors"] and has_tutor_prizes(award_list.contest):
        yield Due(f"tutor:{number}", CertificateKind.TUTOR, tuple(said["tutors"]), award)


def of_authors(purpose: str, said: dict[str, Any], *, is_per_author: bool) -> list[tuple[str, tuple[str, ...]]]:
    """One certificate for the team, or one for each of them; a group has one under its own name."""
    authors = tuple(said["authors"])
    if is_per_author and len(authors) > 1:
        return [(f"{purpose}#{place}", (name,)) for place, name in enumerate(authors, 1)]
    return [(purpose, authors or (said["group"],))]


def dues_of_special(award_list: AwardList, one: SpecialAward, *, is_per_author: bool) -> Iterator[Due]:
    purpose, said = f"{one.prize.key}:{one.entry.number}", one.said
    for own, names in of_authors(f"special:{purpose}", said, is_per_author=is_per_author):
        yield Due(own, CertificateKind.AUTHOR, names, special=one)
    if said["tutors"] and has_tutor_prizes(award_list.contest):
        yield Due(f"special-tutor:{purpose}", CertificateKind.TUTOR, tuple(said["tutors"]), special=one)


def due_of_recognition(one: Recognition) -> Due:
    recipient = one.recipient
    purpose = f"{one.rule.label_zh}:{type(recipient).__name__.lower()}:{recipient.key}"
    name = recipient.label_zh if isinstance(recipient, District) else recipient.name
    return Due(purpose, CertificateKind.RECOGNITION, (name,), recognition=one)


def listed_names(award_list: AwardList) -> dict[str, tuple[str, ...]]:
    return {due.purpose: due.names for due in dues(award_list)}
