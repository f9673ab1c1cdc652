"""Certificates to look at before any is issued: of this contest's own entries, and of its longest title and names."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count
from django.db.models.functions import Length

from awards.core.certificate_template import Template
from awards.dues import Due
from awards.models import Award, Recognition, RecognitionRule
from awards.pdf import CertificatePage
from awards.prizes import BY_CODE
from awards.services.certificates import line_of, number_of, verification_url
from awards.services.proposals import said_of
from awards.states import CertificateKind, RecognitionKind, TemplateKind
from awards.wording import wording
from competition.models import Contest, District, Entry, Person, School, Track

TOKEN = "A" * 26
TITLE = "校园雨水花园的设计与研究"
LONG_TITLE = "基于卷积神经网络与多传感器融合的校园流浪动物行为识别及智能投喂系统的设计与实现——以三所学校为例的对比研究"
NAMES = ("张某某",)
RECOGNISED = {
    TemplateKind.UNIT: (RecognitionKind.DISTRICT, "优秀组织单位", "Outstanding Organiser"),
    TemplateKind.SCHOOL: (RecognitionKind.SCHOOL, "优秀学校", "Outstanding School"),
    TemplateKind.TITLE: (RecognitionKind.TUTOR, "优秀科技辅导员", "Outstanding Tutor"),
}
OF_WORK = {
    TemplateKind.AUTHOR: CertificateKind.AUTHOR,
    TemplateKind.TUTOR: CertificateKind.TUTOR,
    TemplateKind.AWARD: CertificateKind.AWARD,
}


@dataclass(frozen=True)
class Longest:
    """What is longest in this contest, of whichever entries."""

    title: str
    authors: list[str]
    tutors: list[str]


def sample_page(contest: Contest, kind: str, template: Template, *, is_longest: bool) -> CertificatePage:
    """A page of a kind as the template would print it.

    is_longest   with the longest title and names of the contest
    """
    due = sample_due(contest, TemplateKind(kind), is_longest=is_longest)
    if kind == TemplateKind.AUTHOR and template.is_per_author:
        due = replace(due, names=due.names[:1])
    words = wording(contest, due, template)
    return CertificatePage(
        number=number_of(contest, 1),
        recipients=due.names,
        honorific=words.honorific,
        body=words.body,
        tutors=line_of(due, template.language),
        qr=verification_url(TOKEN) if contest.has_verification else "",
    )


def sample_due(contest: Contest, kind: TemplateKind, *, is_longest: bool) -> Due:
    if kind in RECOGNISED:
        return recognised(contest, kind, is_longest=is_longest)
    award = sample_award(contest, is_longest=is_longest)
    said = award.said
    if kind == TemplateKind.AWARD:
        names = (said["nominee"] or (said["authors"] or list(NAMES))[0],)
    elif kind == TemplateKind.TUTOR:
        names = tuple(said["tutors"]) or NAMES
    else:
        names = tuple(said["authors"]) or ((said["group"],) if said["group"] else NAMES)
    return Due("sample", OF_WORK.get(kind, CertificateKind.AUTHOR), names, award=award)


def sample_award(contest: Contest, *, is_longest: bool) -> Award:
    """Of the list that stands; before there is one, an entry with a first prize; before there are any, an invented."""
    award_list = contest.award_lists.standing().first()
    rows = Entry.objects.filter(awards__list=award_list) if award_list else Entry.objects.none()
    rows = rows if rows.exists() else contest.entries.all()
    entry = rows.select_related("track", "division").order_by("track__order", "order").first()
    if entry is None:
        return invented(contest, is_longest=is_longest)
    found = award_list.awards.filter(entry=entry).first() if award_list else None
    first = BY_CODE["first"]
    award = Award(
        entry=entry,
        label_zh=found.label_zh if found else first.label_zh,
        label_en=found.label_en if found else first.label_en,
        said=found.said if found else said_of(Entry.objects.filter(pk=entry.pk))[entry.pk],
    )
    if is_longest:
        longest = longest_of(rows)
        group = "" if longest.authors else award.said["group"]
        award.said = award.said | {
            "title": longest.title, "authors": longest.authors, "tutors": longest.tutors, "group": group,
        }  # fmt: skip
        award.entry.title_en = ""
    return award


def longest_of(rows: Any) -> Longest:
    keys = {
        "title": rows.order_by(Length("title").desc(), "pk").values_list("pk", flat=True).first(),
        **{
            role: rows.annotate(people=Count(role)).order_by("-people", "pk").values_list("pk", flat=True).first()
            for role in ("authors", "tutors")
        },
    }
    said = said_of(Entry.objects.filter(pk__in=set(keys.values())))
    return Longest(*(said[keys[name]][name] for name in ("title", "authors", "tutors")))


def invented(contest: Contest, *, is_longest: bool) -> Award:
    track = contest.tracks.first() or Track(contest=contest, label_zh="科技创新成果", label_en="Innovation")
    entry = Entry(contest=contest, track=track, number="0001", title=TITLE)
    authors = ["张某某", "欧阳某某", "阿卜杜拉·某某"] if is_longest else list(NAMES)
    said = {
        "title": LONG_TITLE if is_longest else TITLE, "authors": authors, "tutors": ["李某", "王某某"],
        "group": "", "nominee": NAMES[0], "school": "第一实验小学",
    }  # fmt: skip
    first = BY_CODE["first"]
    return Award(entry=entry, label_zh=first.label_zh, label_en=first.label_en, said=said)


def recognised(contest: Contest, kind: TemplateKind, *, is_longest: bool) -> Due:
    of, zh, en = RECOGNISED[kind]
    rules = contest.recognition_rules.filter(kind=of, is_in_force=True)
    rule = rules.first() or RecognitionRule(contest=contest, kind=of, label_zh=zh, label_en=en)
    name = recipient(contest, of, is_longest=is_longest)
    return Due("sample", CertificateKind.RECOGNITION, (name,), recognition=Recognition(rule=rule))


def recipient(contest: Contest, of: RecognitionKind, *, is_longest: bool) -> str:
    """A name of this contest, the longest one where it is asked for."""
    rows: Any
    if of == RecognitionKind.DISTRICT:
        rows, field, spare = District.objects.filter(schools__entries__contest=contest), "label_zh", "东区教育局"
    elif of == RecognitionKind.SCHOOL:
        rows, field, spare = School.objects.filter(entries__contest=contest), "name", "第一实验小学"
    else:
        rows, field, spare = Person.objects.filter(tutorships__entry__contest=contest), "name", NAMES[0]
    order = (Length(field).desc(), "pk") if is_longest else ("pk",)
    return rows.order_by(*order).values_list(field, flat=True).first() or spare
