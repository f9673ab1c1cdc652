"""Long work: each item once, whoever dies when; nothing kept that was cancelled; what was made outlives nobody's lease."""

import random
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from competition import parts
from competition.errors import Denial, Refused
from competition.models import LEASE, Contest, Event, Job, User
from competition.services import jobs
from competition.services.jobs import (
    KEPT,
    cancel_job,
    clear_files,
    folder_of,
    pack_path,
    resume_job,
    run_job,
    start_job,
    take,
)
from competition.states import JobState
from tests.factories.contests import AT, small_contest

pytestmark = pytest.mark.django_db
LATER = AT + LEASE


class Dead(BaseException):
    """The worker was killed: nothing of ours catches it."""


class Making:
    """Work of a test: what was made how often; `fault` is raised by the next make, `kill` decides before each step."""

    def __init__(self, count: int = 120):
        self.abouts = list(range(1000, 1000 + count))
        self.made: Counter[int] = Counter()
        self.fault: BaseException | None = None

    def work(self) -> parts.Work:
        return parts.Work(
            why_not=lambda user, contest, *, at: None if user.username == "office" else Denial("sign-in"),
            items=lambda contest: list(self.abouts),
            terms=lambda contest, options: str(len(self.abouts)),
            names=lambda contest, keys: [f"{key}.txt" for key in keys],
            make=self.make,
            title=lambda contest: "Making",
            file=lambda contest: "making.zip",
        )

    def make(self, contest: Contest, keys: list[int], options: dict[str, Any]) -> list[bytes]:
        fault, self.fault = self.fault, None
        if fault:
            raise fault
        self.made.update(keys)
        return [b"%d" % key for key in keys]


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Making:
    settings.MEDIA_ROOT = tmp_path
    made = Making()
    monkeypatch.setattr(parts, "_works", {"making": made.work()})
    return made


@pytest.fixture
def contest(db: None) -> Contest:
    return small_contest().contest


@pytest.fixture
def office(db: None) -> User:
    return User.objects.create(username="office", name="办公室")


def begun(contest: Contest, office: User) -> Job:
    return start_job(about=contest, kind="making", by=office, at=AT)


def run(job: Job | None, at: datetime = AT, **more: Any) -> Job:
    assert job is not None
    run_job(job, now=lambda: at, **more)
    job.refresh_from_db()
    return job


def test_each_item_is_made_once_and_packed_in_order(making, contest, office) -> None:
    begun(contest, office)
    job = run(take(at=AT))
    assert (job.state, job.done, job.total) == (JobState.DONE, 120, 120)
    assert set(making.made.values()) == {1}
    with zipfile.ZipFile(pack_path(job)) as packed:
        assert packed.namelist() == [f"{key}.txt" for key in making.abouts]
        assert packed.read("1007.txt") == b"1007"
    assert not (folder_of(job) / "items").exists()


def test_two_runs_give_the_same_bytes(making, contest, office) -> None:
    packs = []
    for _ in range(2):
        begun(contest, office)
        packs.append(pack_path(run(take(at=AT))).read_bytes())
    assert packs[0] == packs[1]


def test_a_second_start_finds_the_job_under_way(making, contest, office) -> None:
    assert begun(contest, office) == begun(contest, office)
    assert Job.objects.count() == 1


def test_the_database_keeps_two_of_a_kind_apart(making, contest, office) -> None:
    begun(contest, office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(contest=contest, about=contest.pk, kind="making", made_at=AT, total=1)


def test_who_may_not_begins_nothing(making, contest) -> None:
    other = User.objects.create(username="other", name="别人")
    with pytest.raises(Refused):
        start_job(about=contest, kind="making", by=other, at=AT)
    assert not Job.objects.exists()


@pytest.mark.parametrize("verb", [cancel_job, resume_job])
def test_who_may_not_changes_nothing(making, contest, office, verb) -> None:
    job, other = begun(contest, office), User.objects.create(username="other", name="别人")
    with pytest.raises(Refused) as refused:
        verb(job=job, by=other, at=AT)
    assert refused.value.denial.code == "sign-in"


def test_a_kind_that_nobody_registered_does_not_exist(making, contest, office) -> None:
    with pytest.raises(Refused) as refused:
        start_job(about=contest, kind="other", by=office, at=AT)
    assert refused.value.denial.hide


def test_nothing_to_make_begins_nothing(making, contest, office) -> None:
    making.abouts = []
    with pytest.raises(Refused) as refused:
        begun(contest, office)
    assert refused.value.denial.code == "nothing-to-make"


def test_a_live_lease_keeps_others_away_until_it_is_over(making, contest, office) -> None:
    begun(contest, office)
    assert take(at=AT) is not None
    assert take(at=AT + LEASE - timedelta(seconds=1)) is None
    assert take(at=LATER) is not None


def test_of_two_workers_one_takes_it(making, contest, office) -> None:
    begun(contest, office)
    one = Job.objects.get()
    other = Job.objects.get()
    assert jobs.taken(one, at=AT)
    assert not jobs.taken(other, at=AT)
    left, again = Job.objects.get(), Job.objects.get()
    assert jobs.taken(left, at=LATER)
    assert not jobs.taken(again, at=LATER)


def test_a_worker_that_was_given_up_and_comes_back_writes_nothing(making, contest, office) -> None:
    begun(contest, office)
    slow = take(at=AT)
    new = take(at=LATER)
    run(slow, LATER)
    assert (Job.objects.get().done, Job.objects.get().state) == (0, JobState.RUNNING)
    assert run(new, LATER).state == JobState.DONE


@pytest.mark.parametrize("seed", range(20))
def test_killed_anywhere_each_item_is_written_down_once(making, contest, office, seed, monkeypatch) -> None:
    """Before and after every step of a batch the worker may die; the next takes over when the lease is over."""
    begun(contest, office)
    chance, at, lives = random.Random(seed), AT, 0

    def mortal(step: Any) -> Any:
        def dies(*args: Any, **more: Any) -> Any:
            if chance.random() < 0.15:
                raise Dead
            answer = step(*args, **more)
            if chance.random() < 0.15:
                raise Dead
            return answer

        return dies

    for name in ("make", "settle", "pack", "end"):
        monkeypatch.setattr(jobs, name, mortal(getattr(jobs, name)))
    while (job := Job.objects.get()).state != JobState.DONE:
        if taken := take(at=at):
            lives += 1
            try:
                run_job(taken, now=lambda now=at: now)
            except Dead:
                at += LEASE
    assert job.done == job.total == job.items.exclude(digest="").count()
    with zipfile.ZipFile(pack_path(job)) as packed:
        assert Counter(packed.namelist()) == Counter(f"{key}.txt" for key in making.abouts)
    assert lives < 200


def test_told_to_end_it_leaves_the_rest_to_the_next_at_once(making, contest, office) -> None:
    begun(contest, office)
    asked = iter([False, True])
    job = run(take(at=AT), is_over=lambda: next(asked))
    assert (job.done, job.state) == (jobs.BATCH, JobState.RUNNING)
    assert run(take(at=AT)).state == JobState.DONE
    assert set(making.made.values()) == {1}


def test_what_somebody_began_at_that_moment_keeps_a_stopped_job_waiting(making, contest, office, monkeypatch) -> None:
    begun(contest, office)
    job = take(at=AT)
    jobs.stop(job, Denial("work-fault"), at=AT)

    def locked_second(thing: Any) -> Any:
        Job.objects.create(contest=contest, about=contest.pk, kind="making", made_at=AT, total=1)
        return thing

    monkeypatch.setitem(parts._bearers, parts.CONTEST, replace(jobs.CONTESTS, locked=locked_second))
    with pytest.raises(Refused) as refused:
        resume_job(job=job, by=office, at=AT)
    assert refused.value.denial.code == "work-under-way"


def test_cancelled_it_stops_with_the_next_batch_and_nothing_is_kept(
    making, contest, office, django_capture_on_commit_callbacks
) -> None:
    begun(contest, office)
    job = take(at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        cancel_job(job=Job.objects.get(), by=office, at=AT)
    run(job)
    assert (job.state, job.done) == (JobState.CANCELLED, 0)
    clear_files(at=AT)
    assert not folder_of(job).exists()


@pytest.mark.parametrize("step", ["settle", "finish", "stop"])
def test_cancelled_between_writing_and_finding_out_nothing_is_left(
    making, contest, office, step, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    """Files name people: they do not lie about until somebody clears."""
    begun(contest, office)
    job, real = take(at=AT), getattr(jobs, step)
    making.fault = Refused(Denial("certificate-unprintable", {"number": "1"})) if step == "stop" else None

    def cancelled_just_before(*args: Any, **more: Any) -> None:
        jobs.files.write_whole(folder_of(job) / "items" / "0", b"a name")
        with django_capture_on_commit_callbacks(execute=True):
            cancel_job(job=Job.objects.get(), by=office, at=AT)
        jobs.files.write_whole(folder_of(job) / "items" / "0", b"a name")
        real(*args, **more)

    monkeypatch.setattr(jobs, step, cancelled_just_before)
    assert run(job).state == JobState.CANCELLED
    assert not folder_of(job).exists()


def test_a_worker_that_was_given_up_leaves_the_files_of_its_successor(making, contest, office) -> None:
    begun(contest, office)
    slow = take(at=AT)
    new = run(take(at=LATER), LATER)
    jobs.stop(slow, Denial("work-fault"), at=LATER)
    run(slow, LATER)
    assert new.state == JobState.DONE and pack_path(new).exists()


def test_what_refuses_is_told_and_goes_on_once_mended(making, contest, office) -> None:
    begun(contest, office)
    making.fault = Refused(Denial("nothing-to-make", {"number": "LR-0001"}))
    job = run(take(at=AT))
    assert (job.state, job.why, job.why_facts) == (JobState.FAILED, "nothing-to-make", {"number": "LR-0001"})
    resume_job(job=job, by=office, at=AT)
    assert run(take(at=AT)).state == JobState.DONE


def test_a_fault_of_ours_stops_the_job_and_is_not_swallowed(making, contest, office) -> None:
    begun(contest, office)
    making.fault = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        run(take(at=AT))
    assert (Job.objects.get().state, Job.objects.get().why) == (JobState.FAILED, "work-fault")


def test_a_stopped_job_waits_for_no_other_of_its_kind(making, contest, office) -> None:
    job = begun(contest, office)
    making.fault = Refused(Denial("nothing-to-make"))
    run(take(at=AT))
    begun(contest, office)
    job.refresh_from_db()
    with pytest.raises(Refused) as refused:
        resume_job(job=job, by=office, at=AT)
    assert refused.value.denial.code == "work-under-way"


def test_what_has_changed_meanwhile_is_not_handed_out(making, contest, office) -> None:
    begun(contest, office)
    job = take(at=AT)
    making.abouts = making.abouts[:-1]
    assert (run(job).state, job.why) == (JobState.FAILED, "work-outdated")
    assert not pack_path(job).exists()


def test_a_file_that_is_gone_is_made_again_and_one_that_differs_is_not_packed(making, contest, office) -> None:
    begun(contest, office)
    asked = iter([False, False, False, True])
    job = take(at=AT)
    jobs.made(job, making.work(), now=lambda: AT, is_over=lambda: next(asked))
    (folder_of(job) / "items" / "0").unlink()
    assert run(job).state == JobState.DONE
    begun(contest, office)
    job = take(at=AT)
    jobs.made(job, making.work(), now=lambda: AT, is_over=lambda: False)
    (folder_of(job) / "items" / "0").write_bytes(b"another")
    assert (run(job).state, job.why) == (JobState.FAILED, "work-outdated")


def test_files_are_thrown_away_when_their_time_is_over(making, contest, office) -> None:
    begun(contest, office)
    job = run(take(at=AT))
    assert clear_files(at=AT + KEPT - timedelta(seconds=1)) == 0
    assert pack_path(job).exists()
    assert clear_files(at=AT + KEPT) == 1
    assert not folder_of(job).exists()


def test_every_move_of_a_job_is_an_event_and_batches_are_none(making, contest, office) -> None:
    begun(contest, office)
    run(take(at=AT))
    found = Event.objects.filter(action__startswith="job.").order_by("seq").values_list("action", flat=True)
    assert list(found) == ["job.queued", "job.running", "job.done"]


def test_work_from_before_is_of_its_contest_and_going_back_keeps_that_alone(making, contest, office) -> None:
    change, job = import_module("competition.migrations.0021_long_work_of_trainings"), begun(contest, office)
    Job.objects.update(about=0, kind="certificates")
    change.of_their_contest(apps, None)
    assert Job.objects.get().about == contest.pk
    Job.objects.create(contest=None, about=contest.pk, kind="of no contest", made_at=AT, total=1)
    Job.objects.create(contest=contest, about=contest.pk + 1, kind="of something in it", made_at=AT, total=1)
    Job.objects.create(contest=contest, about=contest.pk, kind="of its number", made_at=AT, total=1)
    change.contests_alone(apps, None)
    assert Job.objects.get() == job
