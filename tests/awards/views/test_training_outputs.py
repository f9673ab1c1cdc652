"""Both outputs of a training: each certificate that counts once, for whom it is, in one PDF and in files; by the long
work that contests have."""

import hashlib
import io
import os
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.core.certificate_template import ATTENDANCE
from awards.demo.accounts import DEMO_PASSWORD
from awards.models import CertificatePrint, Participant, Training
from awards.services import certificate_pack, print_shop
from awards.services.attendance import certificates_of_attendance
from awards.services.by_school import NOWHERE, homes_of_training
from awards.services.certificate_pack import items, make, names, terms
from awards.services.print_shop import options, print_run
from awards.services.seals import withdraw_seal
from awards.services.trainings import ParticipantDetails, correct_participant, erase_training, revoke_participant
from awards.states import AttendeeRole, PrintedAs
from competition import parts
from competition.errors import Denial, Refused
from competition.models import AccessRecord, Contest, Event, Job, User
from competition.services import jobs
from competition.states import JobState
from tests.awards.pdf.reading import texts
from tests.factories.certifying import authorised, certified, saved
from tests.factories.contests import small_contest
from tests.factories.file_signing import is_signed, put_in_place
from tests.factories.long_work import killed_again_and_again, worked
from tests.factories.noticing import client_of
from tests.factories.servers import pointed_at, scratch_sqlite
from tests.factories.training import AT, called, issued, office_account, training

IS_LONG = bool(os.environ.get("LAUREL_DRILL"))
KILLS, COUNT = (20, 1000) if IS_LONG else (2, 200)
PACK, SHOP = certificate_pack.OF_TRAINING, print_shop.OF_TRAINING
ALL, BARE = options({"separators": "on"}), options({})
ROWS = [
    ["甲一丁", "西区小学", "", "", ""], ["乙二丙", "东区小学", "学生", "3.5", ""], ["丙三乙", "", "工作人员", "", ""],
    ["丁四甲", "东区小学", "", "", ""], ["戊五甲", "西区小学", "", "", ""],
]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def office(db: None) -> User:
    return office_account()


@pytest.fixture(params=["of the office", "of a contest"])
def made(request: Any, db: None) -> Training:
    return issued(small_contest().contest if request.param == "of a contest" else None, rows=ROWS)


def begun(made: Training, office: User, kind: str = SHOP, **sent: str) -> Job:
    chosen = parts.works()[kind].options(sent)
    return jobs.start_job(about=made, kind=kind, options=chosen, by=office, at=timezone.now())


def begin(client: Client, made: Training, kind: str, **sent: str) -> Any:
    return client.post(reverse("training-job-begin", args=[made.key, kind]), sent)


def fetched(client: Client, made: Training, job: Job) -> Any:
    return client.get(reverse("training-job-file", args=[made.key, job.key]))


def code_of(found: Any) -> str:
    return str(found.value.denial.code)


# ---- one PDF


def test_each_certificate_that_counts_stands_once_behind_the_page_of_its_school(made) -> None:
    pages = texts(print_run(made, ALL))
    number = {one.name: one.number for one in made.participants.all()}
    assert [home.name for home in homes_of_training(made)] == ["东区小学", "西区小学", NOWHERE]
    expected: list[tuple[str, ...]] = [
        ("共5份·2个单位", "东区小学2份", "西区小学2份", f"{NOWHERE}1份"),
        ("东区小学", "共2份", f"首份编号{number['乙二丙']}，末份编号{number['丁四甲']}"), ("乙二丙",), ("丁四甲",),
        ("西区小学", "共2份", f"首份编号{number['甲一丁']}，末份编号{number['戊五甲']}"), ("甲一丁",), ("戊五甲",),
        (NOWHERE, "共1份", f"编号{number['丙三乙']}"), ("丙三乙",),
    ]  # fmt: skip
    assert len(pages) == len(expected)
    for page, words in zip(pages, expected, strict=True):
        assert all(word in page for word in words), (page, words)
        assert number.get(words[0], "") in page


def test_the_same_bytes_twice_and_each_page_as_it_is_printed_alone(made) -> None:
    assert print_run(made, ALL) == print_run(made, ALL)
    one = called(made, "甲一丁")
    alone = texts(certificates_of_attendance(made, [one]))
    assert alone[0] in texts(print_run(made, BARE))


def test_without_separators_there_are_certificates_alone_and_backs_are_blank(made) -> None:
    numbers = [one.number for home in homes_of_training(made) for one in home.certificates]
    pages = texts(print_run(made, BARE))
    assert all(number in page for number, page in zip(numbers, pages, strict=True))
    pages = texts(print_run(made, ALL | {"backs": True}))
    assert not any(pages[1::2]) and all(pages[0::2])


def test_who_was_revoked_or_replaced_is_in_neither(made) -> None:
    gone, wrong = called(made, "戊五甲"), called(made, "乙二丙")
    revoke_participant(participant=gone, reason="未参加", by=None, at=AT)
    said = ParticipantDetails("乙二", wrong.unit, AttendeeRole.STUDENT, 7)
    fresh = correct_participant(participant=wrong, details=said, reason="改名", by=None, at=AT)
    pages = "".join(texts(print_run(made, BARE)))
    assert fresh.number in pages and wrong.number not in pages and gone.number not in pages
    found = {Path(name).stem for name in names(made, items(made))}
    assert fresh.number in found and not {wrong.number, gone.number} & found


def test_the_office_gets_one_pdf_and_it_is_a_printing(made, office) -> None:
    client = client_of(office)
    answer = begin(client, made, SHOP, separators="on", printed_as="stock")
    job = Job.objects.get(kind=SHOP)
    assert answer.url == reverse("training-job", args=[made.key, job.key])
    assert (job.state, job.contest, job.about) == (JobState.DONE, made.contest, made.pk)
    answer = fetched(client, made, job)
    assert (
        answer.headers["Content-Type"] == "application/pdf" and print_shop.FILE in answer.headers["Content-Disposition"]
    )
    assert len(pypdfium2.PdfDocument(io.BytesIO(answer.getvalue()))) == 9
    row = CertificatePrint.objects.get()
    assert (row.training, row.participant, row.contest, row.printed_as, row.number) == (made, None, None, "stock", 5)
    assert row.by == office
    done = Event.objects.filter(chain__contest=made.contest).order_by("-seq").values_list("action", flat=True)[:2]
    assert list(done) == ["job.done", "certificates.printed"]
    assert AccessRecord.objects.filter(what=SHOP, subject=f"awards.training:{made.key}").exists()


@pytest.mark.parametrize(("language", "words"), [
    ("zh-hans", ("交印刷厂", "逐份打包下载", "按单位排列", "每个单位前加隔页")),
    ("en", ("For the print shop", "One file each", "Sorted by school or workplace", "A page before each school or workplace")),
])  # fmt: skip
def test_the_page_of_a_training_has_both_and_says_when_it_was_printed(made, office, language, words) -> None:
    client = client_of(office)
    client.cookies["language"] = language
    address = reverse("training", args=[made.key])
    page = client.get(address).content.decode()
    assert all(word in page for word in words), words
    for kind in (PACK, SHOP):
        assert reverse("training-job-begin", args=[made.key, kind]) in page
    assert 'id="printed"' not in page
    begin(client, made, SHOP)
    page = client.get(reverse("training-job", args=[made.key, Job.objects.get().key])).content.decode()
    assert made.label_zh in page if language == "zh-hans" else made.label_en in page
    assert address in page and reverse("training-job-file", args=[made.key, Job.objects.get().key]) in page
    assert 'class="tabs"' not in page
    assert 'id="printed"' in client.get(address).content.decode()


def test_other_questions_of_the_page_keep_their_own_button(made, office) -> None:
    Training.objects.filter(pk=made.pk).update(erase_on="2026-05-12")
    for search in ({}, {"q": "无此人"}):
        page = client_of(office).get(reverse("training", args=[made.key]), search).content.decode()
        dialogs = {one.split('"')[0]: one.partition("</dialog>")[0] for one in page.split('<dialog id="')[1:]}
        assert "生成 PDF" in dialogs["print-shop"] and "生成 PDF" not in dialogs["erase"] + dialogs["print-all"]
        assert dialogs["erase"].count("删除姓名") == 1 and "显示全部" not in dialogs["erase"]


def test_who_issued_nothing_is_offered_neither(office) -> None:
    bare = training()
    client = client_of(office)
    page = client.get(reverse("training", args=[bare.key])).content.decode()
    for kind in (PACK, SHOP):
        assert reverse("training-job-begin", args=[bare.key, kind]) not in page
        assert begin(client, bare, kind).status_code == 403
    assert not Job.objects.exists()


def test_a_seal_is_printed_and_written_down_and_one_withdrawn_leaves_no_file(office) -> None:
    made = issued(rows=ROWS)
    with pytest.raises(Refused) as refused:
        begun(made, office, printed_as="sealed")
    assert code_of(refused) == "no-seal"
    seal = authorised(None, office, name=made.issuers[0])
    assert worked(begun(made, office, printed_as="sealed")).state == JobState.DONE
    assert CertificatePrint.objects.get().seals == [seal.key]
    job = begun(made, office, printed_as="sealed")
    withdraw_seal(seal=seal, reason="换章", by=office, at=AT)
    job = worked(job)
    assert (job.state, job.why, CertificatePrint.objects.count()) == (JobState.FAILED, "no-seal", 1)


def test_a_seal_withdrawn_at_the_very_end_leaves_no_printing(office, monkeypatch) -> None:
    made = issued(rows=ROWS)
    seal, pack = authorised(None, office, name=made.issuers[0]), jobs.pack

    def packed_slowly(*args: Any) -> None:
        pack(*args)
        withdraw_seal(seal=seal, reason="换章", by=office, at=AT)

    monkeypatch.setattr(jobs, "pack", packed_slowly)
    job = worked(begun(made, office, printed_as="sealed"))
    assert (job.state, job.why, CertificatePrint.objects.count()) == (JobState.FAILED, "work-outdated", 0)


def test_two_runs_with_other_choices_do_not_become_one_and_other_trainings_go_on_beside(made, office) -> None:
    first = begun(made, office)
    assert begun(made, office).pk == first.pk
    with pytest.raises(Refused) as refused:
        begun(made, office, separators="on")
    assert code_of(refused) == "work-under-way"
    other = issued(made.contest, rows=ROWS)
    assert begun(other, office, separators="on").pk != first.pk
    assert begun(made, office, PACK).pk != first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(contest=made.contest, about=made.pk, kind=SHOP, made_at=AT, total=1)


# ---- one file each


def test_the_office_gets_each_certificate_once_by_school(made, office) -> None:
    client = client_of(office)
    assert begin(client, made, PACK).status_code == 302
    job = Job.objects.get()
    assert (job.state, job.total) == (JobState.DONE, 5)
    with zipfile.ZipFile(io.BytesIO(fetched(client, made, job).getvalue())) as pack:
        found = {one.number: one for one in made.participants.all()}
        assert Counter(Path(name).stem for name in pack.namelist()) == Counter(found.keys())
        for name in pack.namelist():
            one = found[Path(name).stem]
            assert name == (f"{one.unit}/{one.number}.pdf" if one.unit else f"{one.number}.pdf")
            assert pack.read(name) == certificates_of_attendance(made, [one])
    assert not CertificatePrint.objects.exists()  # a file is no paper, as with contests
    assert AccessRecord.objects.filter(what=PACK, subject=f"awards.training:{made.key}").exists()


def test_a_folder_can_be_made_on_any_system(office) -> None:
    long = "长" * 100
    made = issued(rows=[["甲一", "a/b:小学", "", "", ""], ["乙一", "..", "", "", ""], ["丙一", long, "", "", ""]])
    found = names(made, items(made))
    assert [name.rpartition("/")[0] for name in found] == ["a_b_小学", "", "长" * 80]
    assert all(len(part.encode()) < 256 for name in found for part in name.split("/"))


def test_many_are_made_with_as_many_questions_as_one(office) -> None:
    made = issued(rows=[[f"某{at}", f"第{at % 5}小学", "", "", ""] for at in range(40)])
    saved(None, office, ATTENDANCE, "attendance")
    keys, asked = items(made), {}
    works = {
        "make": lambda most: make(made, keys[:most]), "names": lambda most: names(made, keys[:most]),
        "terms": lambda most: terms(made), "shop": lambda most: print_run(made, ALL),
        "shop terms": lambda most: print_shop.terms(made, ALL),
    }  # fmt: skip
    for most in (40, 1):
        made.participants.exclude(pk__in=keys[:most]).update(state="revoked")
        for name, work in works.items():
            with CaptureQueriesContext(connection) as found:
                work(most)
            asked.setdefault(name, []).append(len(found))
    assert all(many == one for many, one in asked.values()), asked


def test_files_are_signed_where_a_certificate_is_set_up_and_the_book_is_not(made, settings, tmp_path) -> None:
    before, said = make(made, items(made)), terms(made)
    put_in_place(settings, tmp_path)
    after = make(made, items(made))
    assert all(is_signed(data) and data.startswith(plain) for data, plain in zip(after, before, strict=True))
    assert terms(made) != said
    assert not is_signed(print_run(made, ALL))


def test_one_that_cannot_be_printed_is_named_and_the_rest_waits_for_it(made, office) -> None:
    one = called(made, "丁四甲")
    Participant.objects.filter(pk=one.pk).update(name="丁\U0010fffd")
    for kind in (PACK, SHOP):
        job = worked(begun(made, office, kind))
        assert (job.state, job.why, job.why_facts) == (
            JobState.FAILED,
            "certificate-unprintable",
            {"number": one.number},
        )
        Participant.objects.filter(pk=one.pk).update(name="丁四甲")
        jobs.resume_job(job=job, by=office, at=timezone.now())
        assert worked(job).state == JobState.DONE
        Participant.objects.filter(pk=one.pk).update(name="丁\U0010fffd")


# ---- long work of either


@pytest.mark.parametrize("kind", [PACK, SHOP])
def test_many_wait_for_a_worker_and_are_cancelled_and_begun_anew(made, office, kind, monkeypatch) -> None:
    monkeypatch.setattr("competition.views.jobs.AT_ONCE", 4)
    client = client_of(office)
    page = client.get(begin(client, made, kind).url).content.decode()
    job = Job.objects.get()
    own = {name: reverse(f"training-{name}", args=[made.key, job.key]) for name in ("job", "job-cancel", "job-file")}
    assert f'hx-get="{own["job"]}"' in page and own["job-cancel"] in page and "<progress" in page
    client.post(own["job-cancel"])
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    page = client.get(own["job"]).content.decode()
    assert reverse("training-job-begin", args=[made.key, kind]) in page
    begin(client, made, kind)
    assert Job.objects.count() == 2
    other = worked(Job.objects.exclude(pk=job.pk).get())
    assert other.state == JobState.DONE
    assert own["job-file"].replace(job.key, other.key) in client.get(
        reverse("training-job", args=[made.key, other.key])
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("kind", [PACK, SHOP])
def test_what_counts_no_more_or_looks_otherwise_is_not_handed_out(made, office, kind) -> None:
    client = client_of(office)

    def revoked() -> None:
        revoke_participant(participant=made.participants.filter(state="issued")[0], reason="x", by=None, at=AT)

    def redesigned() -> None:
        saved(made.contest, office, replace(ATTENDANCE, line=f"第{Job.objects.count()}版"), "attendance")

    for change in (revoked, redesigned):
        begin(client, made, kind)
        job = Job.objects.first()
        assert job and fetched(client, made, job).status_code == 200
        waiting = begun(made, office, kind)
        change()
        assert fetched(client, made, job).status_code == 403
        page = client.get(reverse("training-job", args=[made.key, job.key])).content.decode()
        assert reverse("training-job-file", args=[made.key, job.key]) not in page
        assert (worked(waiting).state, waiting.why) == (JobState.FAILED, "work-outdated")
        jobs.cancel_job(job=waiting, by=office, at=AT)


@pytest.mark.parametrize("kind", [PACK, SHOP])
def test_with_the_names_go_the_files(office, kind, folder, django_capture_on_commit_callbacks) -> None:
    made = issued(rows=ROWS)
    client = client_of(office)
    begin(client, made, kind)
    job = Job.objects.get()
    assert (folder / "jobs" / job.key / "pack.zip").exists()
    fault = begun(made, office, kind)
    Participant.objects.filter(pk=called(made, "丁四甲").pk).update(name="丁\U0010fffd")
    assert worked(fault).state == JobState.FAILED
    waiting, under_way = begun(made, office, kind), begun(made, office, {PACK: SHOP, SHOP: PACK}[kind])
    other = issued(rows=ROWS)
    begin(client, other, kind)
    kept = Job.objects.get(about=other.pk)
    assert jobs.taken(under_way, at=timezone.now())
    Training.objects.filter(pk=made.pk).update(erase_on="2026-05-12")
    with django_capture_on_commit_callbacks(execute=True):
        erase_training(training=made, by=office, at=timezone.now())
    jobs.run_job(under_way, now=timezone.now)
    assert set(Job.objects.exclude(pk__in=(job.pk, kept.pk)).values_list("state", flat=True)) == {JobState.CANCELLED}
    assert [path.name for path in (folder / "jobs").iterdir() if (path / "pack.zip").exists()] == [kept.key]
    assert not (folder / "jobs" / job.key).exists() and not (folder / "jobs" / waiting.key).exists()
    for one in (job, waiting, under_way, fault):
        assert fetched(client, made, one).status_code == 403
        assert client.post(reverse("training-job-resume", args=[made.key, one.key])).status_code == 403
    assert begin(client, made, kind).status_code == 403
    assert fetched(client, other, kept).status_code == 200


def test_who_lost_the_training_meanwhile_gets_no_printing(made, office) -> None:
    job = begun(made, office)
    office.roles.all().delete()
    job = worked(job)
    assert (job.state, CertificatePrint.objects.count()) == (JobState.FAILED, 0)


# ---- who may


def addresses(made: Training, job: Job) -> Iterator[tuple[str, str]]:
    for kind in (PACK, SHOP):
        yield "post", reverse("training-job-begin", args=[made.key, kind])
    for method, name in (("get", "job"), ("get", "job-file"), ("post", "job-cancel"), ("post", "job-resume")):
        yield method, reverse(f"training-{name}", args=[made.key, job.key])


def client_as(role: str) -> Client:
    if role == "another contest's office":
        return client_of(office_account("stranger", Contest.objects.filter(kind="contest").order_by("pk").last()))
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


@pytest.mark.parametrize("role", ["school", "unit", "judge", "committee", "another contest's office", ""])
@pytest.mark.parametrize("of_contest", [False, True])
def test_nobody_else_reaches_long_work(demo_year, role, of_contest) -> None:
    made = issued(Contest.objects.filter(kind="contest").order_by("pk").first() if of_contest else None)
    job = Job.objects.create(contest=made.contest, about=made.pk, kind=PACK, made_at=AT, total=1)
    client, before = client_as(role), (Event.objects.count(), AccessRecord.objects.count())
    answers = [getattr(client, method)(address).status_code for method, address in addresses(made, job)]
    assert set(answers) == ({404} if role else {302})
    assert list(Job.objects.values_list("state", flat=True)) == [JobState.QUEUED]
    assert (Event.objects.count(), AccessRecord.objects.count()) == before


def test_the_office_of_its_contest_may_and_no_longer_once_it_is_none(demo_year) -> None:
    contest = Contest.objects.filter(kind="contest").order_by("pk")[0]
    made, own = issued(contest), office_account("own", contest)
    client = client_of(own)
    for kind in (PACK, SHOP):
        assert begin(client, made, kind).status_code == 302
    job = Job.objects.get(kind=PACK)
    assert fetched(client, made, job).status_code == 200
    own.roles.all().delete()
    assert fetched(client, made, job).status_code == 404


@pytest.mark.parametrize("verb", [jobs.cancel_job, jobs.resume_job])
def test_the_services_ask_too(made, office, verb) -> None:
    job, other = begun(made, office, PACK), User.objects.create(username="other", name="别人")
    with pytest.raises(Refused) as refused:
        verb(job=job, by=other, at=AT)
    assert refused.value.denial.hide
    with pytest.raises(Refused) as refused:
        jobs.start_job(about=made, kind=SHOP, by=other, at=AT)
    assert refused.value.denial.hide


def test_a_job_is_found_at_its_own_training_alone(office) -> None:
    contest = certified()
    made, other = moved_to(issued(contest), contest.pk), issued()
    client = client_of(office)
    job = Job.objects.create(contest=contest, about=contest.pk, kind=certificate_pack.KIND, made_at=AT, total=1)
    theirs = Job.objects.create(contest=None, about=other.pk, kind=PACK, made_at=AT, total=1)
    unknown = Job.objects.create(contest=None, about=other.pk, kind="unknown", made_at=AT, total=1)
    found = {
        (name, key, one.pk): client.get(reverse(name, args=[key, one.key])).status_code
        for name, keys in (("job", [contest.key]), ("training-job", [made.key, other.key]))
        for key in keys
        for one in (job, theirs, unknown)
    }
    right = {("job", contest.key, job.pk), ("training-job", other.key, theirs.pk)}
    assert {where for where, status in found.items() if status == 200} == right
    assert set(found.values()) == {200, 404}


def test_nothing_is_begun_of_a_thing_of_another_kind(office) -> None:
    contest = certified()
    made, client = issued(contest), client_of(office)
    for kind in (certificate_pack.KIND, print_shop.KIND, "unknown"):
        assert begin(client, made, kind).status_code == 404
    for kind in (PACK, SHOP):
        assert client.post(reverse("job-begin", args=[contest.key, kind])).status_code == 404
    with pytest.raises(Refused) as refused:
        jobs.start_job(about=contest, kind=PACK, by=office, at=AT)
    assert refused.value.denial == Denial("no-such-work", hide=True)
    assert not Job.objects.exists()


def test_work_of_a_contest_and_of_a_training_of_one_number_do_not_meet(office) -> None:
    contest = certified()
    made = issued(rows=ROWS)
    Participant.objects.filter(training=made).update(training=moved_to(made, contest.pk))
    made = Training.objects.get(pk=contest.pk)
    mine = begun(made, office, PACK)
    jobs.start_job(about=contest, kind=certificate_pack.KIND, by=office, at=timezone.now())
    jobs.forget_work(made, by=office, at=timezone.now())
    assert Job.objects.open().get().contest == contest
    mine.refresh_from_db()
    assert mine.state == JobState.CANCELLED


def moved_to(made: Training, pk: int) -> Training:
    """The same row under that number, where it has another one."""
    if made.pk == pk:
        return made
    values = {field.attname: getattr(made, field.attname) for field in Training._meta.concrete_fields}
    order = made.order + 1
    return Training.objects.create(**values | {"id": pk, "order": order, "key": made.key[::-1]})


def test_files_are_kept_for_seven_days(made, office) -> None:
    client = client_of(office)
    begin(client, made, PACK)
    job = Job.objects.get()
    assert jobs.clear_files(at=timezone.now() + jobs.KEPT - timedelta(minutes=1)) == 0
    Job.objects.update(file_until=timezone.now())
    assert fetched(client, made, job).status_code == 403
    assert jobs.clear_files(at=timezone.now()) == 1


# ---- a worker that dies


@pytest.mark.drill
def test_a_worker_killed_again_and_again_makes_each_certificate_once(tmp_path) -> None:
    chance = random.Random(int(os.environ.get("LAUREL_SEED", "7")))
    with scratch_sqlite(tmp_path) as url, pointed_at(url):
        made = issued(rows=[[f"某{at}", f"第{at % 7}小学", "", "", ""] for at in range(COUNT)])
        job = begun(made, office_account(), PACK)
        Job.objects.update(made_at=AT)
        killed_again_and_again(job, url, tmp_path, kills=KILLS, chance=chance, at=AT)
        assert (job.state, job.done, job.total) == (JobState.DONE, COUNT, COUNT)
        with zipfile.ZipFile(tmp_path / "media" / "jobs" / job.key / "pack.zip") as pack:
            numbers = made.participants.values_list("number", flat=True)
            assert sorted(Path(name).stem for name in pack.namelist()) == sorted(numbers)
            digests = [hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist()]
        assert digests == list(job.items.values_list("digest", flat=True))


def test_a_run_for_the_print_shop_whose_worker_died_is_one_printing(made, office) -> None:
    job = begun(made, office, printed_as=PrintedAs.STOCK)
    died = jobs.take(at=timezone.now())
    assert died
    jobs.made(died, jobs.known(SHOP), now=timezone.now, is_over=lambda: False)
    jobs.pack(died, jobs.known(SHOP))
    Job.objects.update(lease_until=timezone.now())
    assert worked(job).state == JobState.DONE
    with pytest.raises(jobs.Lost):
        jobs.finish(died, jobs.known(SHOP), at=timezone.now())
    assert CertificatePrint.objects.get().number == 5
