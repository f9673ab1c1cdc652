"""The office puts works to practise on in; a judge marks them and sees how they marked beside the others."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from competition.core.tokens import random_mint
from competition.services.contests import save_contest
from judging.models import (
    Criterion,
    Judge,
    PracticeFile,
    PracticeMark,
    PracticeSet,
    PracticeSheet,
    PracticeWork,
    Rubric,
)
from judging.services import practice as services
from judging.views.finding import find_practice, find_practice_work
from tests.competition.inspection.samples import AUTHOR, pdf
from tests.factories.contests import WHO, details
from tests.factories.crawling import crawl
from tests.factories.judging import Judged
from tests.judging.services.test_commons import more_judges
from tests.judging.services.test_practice import (  # noqa: F401
    a_pdf,
    hand_in,
    judged,
    media,
    offered,
    put_in,
    release,
    who,
)
from tests.judging.views.test_common import signed_in

pytestmark = pytest.mark.django_db


def address(judged: Judged, name: str = "practice", *more: str) -> str:  # noqa: F811
    return reverse(name, args=[judged.contest.key, Rubric.objects.get().track.order, 1, *more])


def test_the_office_offers_puts_in_changes_and_takes_away(judged):  # noqa: F811
    office = signed_in(judged)
    assert address(judged) in office.get(address(judged, "common")).content.decode()
    assert address(judged, "practice-new") not in office.get(address(judged)).content.decode()
    assert office.get(address(judged, "practice-new")).status_code == 404
    assert office.post(address(judged), {"is_first": "on"}).status_code == 302
    assert PracticeSet.objects.get().is_first
    report = SimpleUploadedFile("李明.pdf", pdf(("火星",), author=AUTHOR))
    assert office.post(address(judged, "practice-new"), {"title": ""}).status_code == 422
    broken = {"title": "旧作", "added": SimpleUploadedFile("x.pdf", b"no pdf")}
    answer = office.post(address(judged, "practice-new"), broken)
    assert (answer.status_code, "旧作" in answer.content.decode()) == (422, True)
    assert office.post(address(judged, "practice-new"), {"title": "旧作", "added": report}).status_code == 302
    work = PracticeWork.objects.get()
    page = office.get(address(judged, "practice-work", work.key)).content.decode()
    assert "T1-1.pdf" in page and "李明" not in page
    copy = office.get(address(judged, "practice-file", work.key, work.files.get().key))
    assert AUTHOR.encode() not in b"".join(copy.streaming_content)
    assert office.post(address(judged, "practice-work", work.key), {"title": "改名"}).status_code == 302
    assert PracticeWork.objects.get().title == "改名"
    assert office.post(address(judged, "practice-file-remove", work.key, work.files.get().key)).status_code == 302
    assert not PracticeFile.objects.exists()
    hand_in(judged, "J1", work, 40)
    assert "1 位评委" in office.get(address(judged, "practice-work", work.key)).content.decode()
    office.post(address(judged, "practice-remove", work.key))
    assert not PracticeWork.objects.exists()
    office.post(address(judged, "practice-drop"))
    assert not PracticeSet.objects.exists()


def test_the_office_says_what_it_would_give(judged):  # noqa: F811
    work, office = put_in(judged, offered(judged)), signed_in(judged)
    to = address(judged, "practice-reference", work.key)
    wrong = office.post(to, {"mark-1": "999", "remark-1": "数据充分"})
    assert (wrong.status_code, 'value="999"' in wrong.content.decode()) == (422, True)
    assert "数据充分" in wrong.content.decode()
    assert office.post(to, {"mark-1": "85", "remark-1": "数据充分"}).status_code == 302
    mark = PracticeMark.objects.get()
    assert (mark.points, mark.remark, mark.sheet.judge) == (85, "数据充分", None)
    assert 'value="85"' in office.get(address(judged, "practice-work", work.key)).content.decode()
    office.post(to, {"mark-1": "", "remark-1": ""})
    assert not PracticeSheet.objects.exists()


def test_the_office_shows_and_takes_back(judged):  # noqa: F811
    practice = offered(judged)
    work, office = put_in(judged, practice), signed_in(judged)
    more_judges(judged, "J4")
    for code, points in (("J1", 80), ("J2", 90), ("J3", 84), ("J4", 70)):
        hand_in(judged, code, work, points)
    assert ">82<" in office.get(address(judged)).content.decode()  # the median
    office.post(address(judged, "practice-release"))
    assert PracticeSet.objects.get().released_at
    office.post(address(judged, "practice-take-back"))
    assert not PracticeSet.objects.get().released_at


def practise_page(judged: Judged, work: PracticeWork, code: str = "J1") -> str:  # noqa: F811
    return reverse("practise", args=[judged.judge(code).key, work.key])


def test_a_judge_practises(judged):  # noqa: F811
    work, judge = put_in(judged, offered(judged, is_first=True), uploads=[a_pdf("火星")]), signed_in(judged, "J1")
    pile = reverse("judge", args=[judged.judge("J1").key])
    page = practise_page(judged, work)
    text = judge.get(pile).content.decode()
    assert page in text and reverse("work", args=[judged.judge("J1").key, judged.work().key]) not in text
    text = judge.get(page).content.decode()
    file = PracticeFile.objects.get()
    shown = reverse("practise-file", args=[judged.judge("J1").key, work.key, file.key])
    assert shown in text and "T1-1.pdf" in text
    answer = judge.get(shown)
    assert "T1-1.pdf" in answer["Content-Disposition"]
    assert AUTHOR.encode() not in b"".join(answer.streaming_content)
    drawn = reverse("practise-file-page", args=[judged.judge("J1").key, work.key, file.key, 1])
    assert drawn in text and judge.get(drawn)["Content-Type"] == "image/webp"
    refused = judge.post(page, {"mark-1": "", "do": "submit"})
    assert refused.status_code == 422
    refused = judge.post(page, {"mark-1": "777", "do": "save"})
    assert (refused.status_code, 'value="777"' in refused.content.decode()) == (422, True)
    assert judge.post(page, {"mark-1": "40", "do": "save"}).url == page
    assert 'value="40"' in judge.get(page).content.decode()
    assert judge.post(page, {"mark-1": "41", "do": "submit"}).url == pile
    assert "disabled" in judge.get(page).content.decode()
    assert reverse("work", args=[judged.judge("J1").key, judged.work().key]) in judge.get(pile).content.decode()


def test_another_judge_cannot_look_in(judged):  # noqa: F811
    work = put_in(judged, offered(judged), uploads=[a_pdf("火星")])
    other = signed_in(judged, "J2")
    assert other.get(practise_page(judged, work, "J1")).status_code == 404
    assert other.post(practise_page(judged, work, "J1"), {"mark-1": "1", "do": "submit"}).status_code == 404
    assert not PracticeSheet.objects.exists()
    second = put_in(judged, PracticeSet.objects.get())
    file = PracticeFile.objects.get().key
    wrong = reverse("practise-file", args=[judged.judge("J2").key, second.key, file])
    assert other.get(wrong).status_code == 404  # of another work


def test_what_is_practised_in_another_contest_is_looked_for_in_vain(judged):  # noqa: F811
    practice = offered(judged)
    work = put_in(judged, practice)
    away = save_contest(
        details=details(name="另一大赛", series="另一大赛"), mint=random_mint(), has_verification=False, **WHO
    )
    elsewhere = Judge.objects.create(contest=away, code="J1", person=judged.judge("J1").person)
    request = RequestFactory().get("/")
    assert find_practice(request, judged.judge("J1").key, practice.key).practice == practice
    for find, thing in ((find_practice, practice), (find_practice_work, work)):
        with pytest.raises(Http404):
            find(request, elsewhere.key, thing.key)


def test_a_judge_finds_medians_alone_and_only_when_they_are_shown(judged):  # noqa: F811
    """No name, no code, no single mark of another; what the office would give is said to be that."""
    practice = offered(judged)
    work = put_in(judged, practice)
    more_judges(judged, "J4", "J5")
    for code, points in (("J1", 88), ("J2", 71), ("J3", 62), ("J4", 53), ("J5", 44)):
        hand_in(judged, code, work, points)
    services.set_reference(work=work, marks={Criterion.objects.get(): 66}, remarks={}, **who(judged))
    client = Client()
    client.force_login(judged.users["J1"])
    page = reverse("practice-compared", args=[judged.judge("J1").key, practice.key])
    start = [f"/judging/{judged.judge('J1').key}/"]
    telling = [f">{points}<" for points in (71, 62, 53, 44)]
    before = crawl(client, start)
    assert page not in before and client.get(page).status_code == 404
    assert not [one for text in before.values() for one in [*telling, ">66<"] if one in text.split("<main", 1)[-1]]
    release(judged, practice)
    pages = {key: text.split("<main", 1)[-1] for key, text in crawl(client, start).items()}
    assert "57.5" in pages[page] and ">66<" in pages[page]
    own = [text for key, text in pages.items() if key.startswith("/judging/") and not key.endswith("/answer/")]
    assert not [one for text in own for one in telling if one in text]
    assert not [code for code in ("J2", "J3", "J4", "J5") if code in pages[page]]


def test_without_its_rubric_nothing_is_practised(judged):  # noqa: F811
    """The office may change its mind about a round before judging begins."""
    practice = offered(judged, is_first=True)
    work = put_in(judged, practice)
    to_work = reverse("practise", args=[judged.judge().key, work.key])
    assert signed_in(judged, "J1").get(to_work).status_code == 200
    Rubric.objects.all().delete()
    judge = signed_in(judged, "J1")
    judge.raise_request_exception = False
    assert judge.get(to_work).status_code == 404
    assert judge.get(reverse("practice-compared", args=[judged.judge().key, practice.key])).status_code == 404
    assert judge.get(reverse("judge", args=[judged.judge().key])).status_code == 200
