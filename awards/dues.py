"""Whom each certificate names, straight from the list: printing takes it from here, and the check compares."""

from collections.abc import Iterator
from dataclasses import dataclass

from awards.models import Award, AwardList, Recognition, SpecialAward
from awards.states import CertificateKind
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
    found = [due for award in awards for due in dues_of_award(award_list, award)]
    specials = award_list.specials.select_related("prize", "entry__track", "entry__division")
    found += [due for one in specials.order_by("order", "entry__order") for due in dues_of_special(award_list, one)]
    recognitions = award_list.recognitions.select_related("rule", "district", "school", "person__school")
    for one in recognitions.order_by("rule__order", "place", "pk"):
        found.append(due_of_recognition(one))
    return found


def has_tutor_prizes(contest: Contest) -> bool:
    """指导教师奖: the tutors of each entry that has a prize get one of the same level, unless the contest says no."""
    return bool(contest.settings.get("tutor_prizes", True))


def dues_of_award(award_list: AwardList, award: Award) -> Iterator[Due]:
    number, said = award.entry.number, award.said
    if award_list.contest.kind == ContestKind.AWARD:
        yield Due(f"award:{number}", CertificateKind.AWARD, (said["nominee"],), award)
        return
    authors = tuple(said["authors"]) or (said["group"],)
    yield Due(f"author:{number}", CertificateKind.AUTHOR, authors, award)
    if said["tutors"] and has_tutor_prizes(award_list.contest):
        yield Due(f"tutor:{number}", CertificateKind.TUTOR, tuple(said["tutors"]), award)


def dues_of_special(award_list: AwardList, one: SpecialAward) -> Iterator[Due]:
    purpose, said = f"{one.prize.key}:{one.entry.number}", one.said
    yield Due(f"special:{purpose}", CertificateKind.AUTHOR, tuple(said["authors"]) or (said["group"],), special=one)
    if said["tutors"] and has_tutor_prizes(award_list.contest):
        yield Due(f"special-tutor:{purpose}", CertificateKind.TUTOR, tuple(said["tutors"]), special=one)


def due_of_recognition(one: Recognition) -> Due:
    recipient = one.recipient
    purpose = f"{one.rule.label_zh}:{type(recipient).__name__.lower()}:{recipient.key}"
    name = recipient.label_zh if isinstance(recipient, District) else recipient.name
    return Due(purpose, CertificateKind.RECOGNITION, (name,), recognition=one)


def listed_names(award_list: AwardList) -> dict[str, tuple[str, ...]]:
    return {due.purpose: due.names for due in dues(award_list)}
