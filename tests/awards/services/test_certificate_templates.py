"""Templates are versions: what was saved stays, what was issued keeps its words, and the reason is in the log."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from awards.core.certificate_template import LINE, Template
from awards.dues import dues
from awards.models import CertificateTemplate, Templates
from awards.services.certificate_templates import copy_templates, follow_all_kinds, take_template
from awards.services.certificates import issue_certificates, print_certificates
from awards.services.lists import standing_list
from awards.states import PrintedAs
from competition.errors import Refused
from competition.models import Contest, Event
from tests.awards.pdf.reading import assert_sound, texts
from tests.factories.certifying import NOW, certified, locked_contest, saved
from tests.factories.contests import bare_contest
from tests.factories.noticing import account, office_of

pytestmark = pytest.mark.django_db


def words(contest: Contest) -> str:
    return "".join(texts(print_certificates([contest])))


def code_of(refused) -> str:
    return refused.value.denial.code


def test_a_contest_without_a_template_prints_as_its_settings_say():
    contest = certified()
    assert Templates(contest).of("author").issuers == ("甲市科学技术协会", "甲市教育局")
    assert LINE in words(contest) and "荣誉证书" in words(contest)
    assert print_certificates([contest]) == print_certificates([contest])


def test_a_saved_version_changes_the_look_with_one_event_and_the_old_one_stays():
    contest = certified()
    office = office_of(contest)
    base = Templates(contest).of("")
    before = Event.objects.count()
    saved(contest, office, replace(base, title="奖状", design="science"))
    saved(contest, office, replace(base, title="奖 状", design="ink"))
    assert Event.objects.count() == before + 2
    assert saved(contest, office, replace(base, title="奖 状", design="ink")).version == 2, "nothing differs"
    assert [one.template.title for one in contest.certificate_templates.all()] == ["奖状", "奖 状"]
    assert Event.objects.latest("pk").body["content"].startswith("sha256:")
    first = contest.certificate_templates.get(version=1)
    back = take_template(contest=contest, kind="", source=first, base=2, by=office, at=NOW)
    assert (back.version, back.template.title) == (3, "奖状")
    assert "奖状" in words(contest)


def test_a_kind_may_have_its_own_template_and_follow_all_kinds_again():
    contest = certified()
    office = office_of(contest)
    base = Templates(contest).of("")
    saved(contest, office, replace(base, title="指导奖", paper="A4 portrait"), "tutor")
    data = print_certificates([contest])
    assert_sound(data)
    assert "指导奖" in "".join(texts(data)) and "荣誉证书" in "".join(texts(data))
    follow_all_kinds(contest=contest, kind="tutor", base=1, by=office, at=NOW)
    assert "指导奖" not in words(contest)
    for kind, base_version in (("tutor", 2), ("", 0)):
        with pytest.raises(Refused) as refused:
            follow_all_kinds(contest=contest, kind=kind, base=base_version, by=office, at=NOW)
        assert code_of(refused) == "template-not-own"


def test_somebody_who_looked_at_an_older_version_overwrites_nothing():
    contest = certified()
    office = office_of(contest)
    saved(contest, office, Template(title="甲"))
    with pytest.raises(Refused) as refused:
        saved(contest, office, Template(title="乙"), base=0)
    assert code_of(refused) == "template-changed"


def test_leaving_the_line_out_wants_a_reason_that_the_log_commits_to():
    contest = certified()
    office = office_of(contest)
    without = replace(Templates(contest).of(""), is_line_on=False)
    with pytest.raises(Refused) as refused:
        saved(contest, office, without)
    assert code_of(refused) == "template-line-off"
    row = saved(contest, office, without, reason="本届面向教师")
    assert row.reason == "本届面向教师" and LINE not in words(contest)
    event = Event.objects.latest("pk")
    assert event.body["why"] == contest.mint.commitment("本届面向教师") and "本届" not in str(event.body)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateTemplate.objects.filter(pk=row.pk).update(reason="")


def test_what_was_issued_keeps_its_words_and_its_numbers():
    contest = certified()
    office = office_of(contest)
    base = Templates(contest).of("")
    for change in ({"texts": {"author.zh": "{names}获{prize}。"}}, {"language": "en"}, {"is_per_author": True}):
        with pytest.raises(Refused) as refused:
            saved(contest, office, replace(base, **change))
        assert code_of(refused) == "template-words-issued", change
    saved(contest, office, replace(base, texts={"unit.zh": "{names}被评为{prize}。"}))
    numbers = list(contest.certificates.values_list("number", "state"))
    issue_certificates(award_list=standing_list(contest), by=None, at=NOW)
    assert list(contest.certificates.values_list("number", "state")) == numbers


def test_before_they_are_issued_sentences_are_free_and_filled():
    contest = locked_contest()
    office = office_of(contest)
    saved(contest, office, Template(texts={"author.zh": "{names}以《{title}》于{contest}获{prize}（{category}）。"}))
    issue_certificates(award_list=standing_list(contest), by=None, at=NOW)
    one = contest.certificates.filter(kind="author").select_related("award").first()
    said, prize = one.award.said, one.award.label_zh
    assert one.body.startswith(f"{'、'.join(one.recipients)}以《{said['title']}》于{contest.label_zh}获{prize}（")


def test_each_author_of_a_team_may_get_one():
    contest = locked_contest()
    award_list = standing_list(contest)
    award = award_list.awards.first()
    award.said |= {"authors": ["甲一", "甲二", "甲三"]}
    award.save()
    saved(contest, office_of(contest), Template(is_per_author=True))
    mine = [due for due in dues(award_list) if due.award == award and due.kind == "author"]
    assert [due.names for due in mine] == [("甲一",), ("甲二",), ("甲三",)]
    assert len({due.purpose for due in mine}) == 3


def test_what_cannot_be_printed_is_refused_before_it_is_saved():
    contest = certified()
    office = office_of(contest)
    for template, code in (
        (Template(title="奖😀状"), "glyph-missing"),
        (Template(texts={"unit.zh": "{titel}"}), "template-place"),
        (Template(prints_background=True), "template-no-background"),
        (Template(design="baroque"), "template-choice"),
    ):
        with pytest.raises(Refused) as refused:
            saved(contest, office, template)
        assert code_of(refused) == code
    assert not contest.certificate_templates.exists()


def test_its_office_alone_saves_and_only_from_contests_that_it_organises():
    contest, other = certified(), bare_contest(name="另一届", series="另一系列")
    office = office_of(contest)
    stranger = account("stranger", kind="organiser", contest=other)
    with pytest.raises(Refused):
        saved(contest, stranger, Template(title="乙"))
    theirs = saved(other, stranger, Template(title="乙"))
    with pytest.raises(Refused):
        take_template(contest=contest, kind="", source=theirs, base=0, by=office, at=NOW)
    assert not contest.certificate_templates.exists()


def test_the_next_edition_takes_the_template_along():
    contest, later = certified(), bare_contest(name="下一届", series="另一系列")
    office = office_of(contest)
    saved(contest, office, Template(title="甲", issuers=("甲市科学技术协会", "甲市教育局")))
    copy_templates(contest, later, by=office, at=NOW)
    assert Templates(later).of("author").title == "甲"


def test_pre_printed_paper_gets_the_text_alone():
    contest = certified()
    saved(contest, office_of(contest), replace(Templates(contest).of(""), on_paper=("title", "line", "issuers")))
    data = print_certificates([contest], printed_as=PrintedAs.STOCK)
    assert_sound(data)
    said = "".join(texts(data))
    assert LINE not in said and "荣誉证书" not in said and "甲市教育局" not in said
    assert all(one.number in said for one in contest.certificates.filter(state="valid"))
