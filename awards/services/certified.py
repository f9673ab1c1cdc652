"""Whose certificates long work makes, and how they are printed: those of a contest, or of a training."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from awards.access_to_certificates import why_not_print_certificates
from awards.access_to_trainings import why_not_organise_training, why_not_print_attendance
from awards.core.certificate_template import Template
from awards.models import Certificate, CertificateTemplate, Participant, SealUse, Templates, Training
from awards.pdf import DoesNotFit, GlyphMissing, Leaf, Place
from awards.services.attendance import about_attendance, page_of, printed, section_of_attendance, template_of
from awards.services.by_school import HOMES, Home, count_of, homes_of, homes_of_training, of_units
from awards.services.certificate_designs import Standing
from awards.services.certificates import (
    RELATED,
    About,
    Part,
    Section,
    about_certificates,
    bound,
    bound_alone,
    by_template,
    parts_of,
    section_of,
)
from awards.services.printing import record_attendance, record_print, seals_among, seals_for
from awards.services.trainings import locked
from awards.states import CertificateState, ParticipantState, TemplateKind
from competition import parts
from competition.errors import Denial, Refused
from competition.models import Contest, User

TRAINING = "awards.training"
TRAININGS = parts.Bearer(
    rows=lambda: Training.objects.select_related("contest"),
    why_not=why_not_organise_training,
    contest_of=lambda training: training.contest,
    locked=locked,
    urls="training-",
    crumbs="awards/_training_crumbs.html",
)


class Certified(ABC):
    """What long work asks of a contest or of a training. One: a `Certificate` or a `Participant`."""

    label: str

    @abstractmethod
    def why_not(self, user: Any, *, at: datetime) -> Denial | None: ...

    @abstractmethod
    def in_order(self) -> list[int]:
        """Primary keys of those that count, in the order of printing."""

    @abstractmethod
    def valid(self) -> Any:
        """Those that count."""

    @abstractmethod
    def rows(self) -> list[Any]:
        """Of each that counts what it is sorted by, plain."""

    @abstractmethod
    def templates_used(self) -> list[int]:
        """Versions that say how they look."""

    @abstractmethod
    def facts(self) -> list[Any]:
        """What else is on a book of all, plain."""

    @abstractmethod
    def folders(self, keys: Sequence[int]) -> list[tuple[list[str], str]]:
        """In which folders each lies, and its number: no name of a person."""

    @abstractmethod
    def among(self, keys: Sequence[int]) -> list[Any]:
        """Those of them that count."""

    @abstractmethod
    def homes(self) -> list[Home]: ...

    @abstractmethod
    def counted(self, homes: Sequence[Home]) -> tuple[str, list[tuple[str, str]]]:
        """For a cover: how many there are, and how many of each."""

    @abstractmethod
    def seals(self, printed_as: str) -> tuple[Standing | None, list[SealUse]]:
        """raises   Refused "no-seal" """

    @abstractmethod
    def parts(self, ones: Iterable[Any]) -> list[Part]:
        """By template, in the given order within each."""

    @abstractmethod
    def section(self, part: Part, printed_as: str, standing: Standing | None) -> Section: ...

    @abstractmethod
    def about(self) -> About: ...

    @abstractmethod
    def record(self, printed_as: str, seals: Sequence[SealUse], *, by: User | None, at: datetime) -> None: ...

    def book(self, sections: Sequence[Section], order: Sequence[Place | Leaf]) -> bytes:
        """One file. raises   Refused "certificate-unprintable" """
        with printable():
            return bound(self.about(), sections, order)

    def files(self, section: Section) -> list[bytes]:
        """One file for each page. raises   Refused "certificate-unprintable" """
        with printable():
            return bound_alone(self.about(), section)


@contextmanager
def printable() -> Iterator[None]:
    """raises   Refused "certificate-unprintable" with the number, or with what the fault names"""
    try:
        yield
    except (GlyphMissing, DoesNotFit) as fault:
        said = fault.number if isinstance(fault, DoesNotFit) else fault.where
        raise Refused(Denial("certificate-unprintable", {"number": said})) from fault


class OfContest(Certified):
    def __init__(self, contest: Contest) -> None:
        self.contest, self.label = contest, contest.label_zh

    @cached_property
    def templates(self) -> Templates:
        return Templates(self.contest)

    def why_not(self, user: Any, *, at: datetime) -> Denial | None:
        return why_not_print_certificates(user, self.contest, at=at)

    def in_order(self) -> list[int]:
        return [one.pk for part in parts_of(self.contest, self.templates) for one, _ in part.rows]

    def valid(self) -> Any:
        return self.contest.certificates.filter(state=CertificateState.VALID)

    def rows(self) -> list[Any]:
        """Each with its list and its school."""
        places = [f"{one}__label_zh" for one in HOMES if one.endswith("district")]
        schools = [one.removesuffix("district") + "name" for one in HOMES if one.endswith("school__district")]
        return list(self.valid().order_by("serial").values_list("pk", "list_id", *places, *schools))

    def templates_used(self) -> list[int]:
        return versions(self.contest)

    def facts(self) -> list[Any]:
        return [sorted(self.contest.settings.items()), self.contest.as_of]

    def folders(self, keys: Sequence[int]) -> list[tuple[list[str], str]]:
        related = ("award__entry", "special__entry", "recognition")
        places = [f"{one}__school__district" for one in related] + ["recognition__district"]
        found = Certificate.objects.select_related(*places).in_bulk(keys)
        return [(folders_of(found[key]), found[key].number) for key in keys]

    def among(self, keys: Sequence[int]) -> list[Any]:
        return list(self.valid().filter(pk__in=keys).select_related(*RELATED))

    def homes(self) -> list[Home]:
        return homes_of(self.contest)

    def counted(self, homes: Sequence[Home]) -> tuple[str, list[tuple[str, str]]]:
        units = of_units(homes)
        rows = [(unit, f"{schools_in(ones)} 校 {count_of(ones)} 份") for unit, ones in units]
        return f"共 {count_of(homes)} 份 · {len(units)} 个单位 · {schools_in(homes)} 所学校", rows

    def seals(self, printed_as: str) -> tuple[Standing | None, list[SealUse]]:
        return seals_for(self.contest, printed_as)

    def parts(self, ones: Iterable[Any]) -> list[Part]:
        return by_template(self.templates, ones)

    def section(self, part: Part, printed_as: str, standing: Standing | None) -> Section:
        return section_of(self.contest, self.templates, part, printed_as, standing)

    def about(self) -> About:
        return about_certificates(self.contest)

    def record(self, printed_as: str, seals: Sequence[SealUse], *, by: User | None, at: datetime) -> None:
        record_print(contest=self.contest, certificate=None, printed_as=printed_as, seals=seals, by=by, at=at)


class OfTraining(Certified):
    def __init__(self, training: Training) -> None:
        self.training, self.label = training, training.label_zh

    @cached_property
    def templates(self) -> Templates:
        return Templates(self.training.contest)

    @cached_property
    def template(self) -> Template:
        return template_of(self.training, self.templates)

    def why_not(self, user: Any, *, at: datetime) -> Denial | None:
        return why_not_print_attendance(user, self.training, at=at)

    def in_order(self) -> list[int]:
        return [one.pk for one in printed(self.training)]

    def valid(self) -> Any:
        return self.training.participants.filter(state=ParticipantState.ISSUED)

    def rows(self) -> list[Any]:
        return list(self.valid().order_by("serial").values_list("pk", "unit"))

    def templates_used(self) -> list[int]:
        return versions(self.training.contest)

    def facts(self) -> list[Any]:
        """What is fixed with the first certificate is not among them."""
        contest = self.training.contest
        return [contest.label_zh, contest.ordinal] if contest else []

    def folders(self, keys: Sequence[int]) -> list[tuple[list[str], str]]:
        found = Participant.objects.in_bulk(keys)
        return [([found[key].unit], found[key].number) for key in keys]

    def among(self, keys: Sequence[int]) -> list[Any]:
        return list(self.valid().filter(pk__in=keys))

    def homes(self) -> list[Home]:
        return homes_of_training(self.training)

    def counted(self, homes: Sequence[Home]) -> tuple[str, list[tuple[str, str]]]:
        rows = [(home.name, f"{len(home.certificates)} 份") for home in homes]
        return f"共 {count_of(homes)} 份 · {schools_in(homes)} 个单位", rows

    def seals(self, printed_as: str) -> tuple[Standing | None, list[SealUse]]:
        return seals_among(self.training.contest, printed_as, [self.template])

    def parts(self, ones: Iterable[Any]) -> list[Part]:
        rows = [(one, page_of(self.training, one, self.template)) for one in ones]
        return [Part(TemplateKind.ATTENDANCE, rows)] if rows else []

    def section(self, part: Part, printed_as: str, standing: Standing | None) -> Section:
        pages = [page for _, page in part.rows]
        return section_of_attendance(self.training, self.templates, self.template, pages, printed_as, standing)

    def about(self) -> About:
        return about_attendance(self.training)

    def record(self, printed_as: str, seals: Sequence[SealUse], *, by: User | None, at: datetime) -> None:
        number = self.valid().count()
        record_attendance(
            training=self.training, participant=None, number=number, printed_as=printed_as, seals=seals, by=by, at=at
        )


def certified(thing: Contest | Training) -> Certified:
    return OfTraining(thing) if isinstance(thing, Training) else OfContest(thing)


def versions(contest: Contest | None) -> list[int]:
    """All that were saved: a new one changes how certificates look."""
    return list(CertificateTemplate.objects.filter(contest=contest).order_by("pk").values_list("pk", flat=True))


def folders_of(one: Certificate) -> list[str]:
    """Unit and school."""
    entry = one.work.entry if one.work else None
    school = entry.school if entry else one.recognition.school if one.recognition else None
    unit = school.district if school else one.recognition.district if one.recognition else None
    return [unit.label if unit else "", school.name if school else ""]


def schools_in(homes: Sequence[Home]) -> int:
    return sum(1 for one in homes if one.school)
