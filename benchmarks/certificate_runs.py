"""How long do 10,000 certificates take from a locked list to the print shop's PDF and to a zip of one file each?

    python benchmarks/certificate_runs.py [--quick]

On a fresh SQLite file: a contest of 10,000 awarded entries of 300 schools is judged and locked, then its certificates
are issued (numbers, signatures, list check), printed as one PDF by unit and school with separators and blank backs, and
packed one file each by the worker's own steps, items and lease included. The peer of each is the drawing alone: the
same pages through `certificates_pdf` in one file, or through `certificate_files`, without database, order, items and
zip. A worker's lease is printed beside: one PDF is one item, and must be made well within it.

Quick: 1,000.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROOM = tempfile.TemporaryDirectory(prefix="laurel-bench-")
os.environ |= {"LAUREL_MODE": "desk", "LAUREL_VAR": ROOM.name, "DJANGO_SETTINGS_MODULE": "config.settings"}

import django  # noqa: E402

django.setup()

from django.utils import timezone  # noqa: E402

from awards.models import Templates  # noqa: E402
from awards.pdf import certificate_files, certificates_pdf  # noqa: E402
from awards.services.certificates import issue_certificates, parts_of, section_of  # noqa: E402
from awards.services.lists import lock_list, standing_list  # noqa: E402
from awards.services.plans import save_plan  # noqa: E402
from awards.services.print_shop import print_run  # noqa: E402
from awards.services.running import decide  # noqa: E402
from competition.models import LEASE, Contest, District, Job, School, User  # noqa: E402
from competition.services.jobs import run_job, start_job, take  # noqa: E402
from tests.factories.contests import AT, WHO, plan_groups, small_contest  # noqa: E402
from tests.factories.noticing import office_of  # noqa: E402
from tests.factories.servers import pointed_at, scratch_sqlite  # noqa: E402

MANY, FEW, SCHOOLS, UNITS = 10_000, 1_000, 300, 9
CHOSEN = {"printed_as": "plain", "separators": True, "backs": True}


def locked(count: int) -> Contest:
    """Marks that differ, entries spread over schools, a tenth first, two second, the rest third prizes."""
    points = {f"A{n:05d}": tuple(60 + (n * step) % 40 for step in (7, 11, 13)) for n in range(count)}
    made = small_contest(points)
    units = District.objects.bulk_create(District(label_zh=f"第{n}区") for n in range(UNITS))
    schools = School.objects.bulk_create(
        School(district=units[n % UNITS], name=f"晴川第{n}实验学校") for n in range(SCHOOLS)
    )
    entries = list(made.contest.entries.all())
    for at, entry in enumerate(entries):
        entry.school = schools[at % SCHOOLS]
    made.contest.entries.bulk_update(entries, ["school"], batch_size=500)
    save_plan(contest=made.contest, groups=plan_groups(made, count // 10, count // 5, count), **WHO)
    decide(contest=made.contest, by=None, at=AT)
    lock_list(contest=made.contest, by=None, at=AT)
    Contest.objects.filter(pk=made.contest.pk).update(has_verification=True)  # a signed code on each
    return Contest.objects.get(pk=made.contest.pk)


def seconds(do: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = do()
    return time.perf_counter() - start, found


def packed(contest: Contest, by: User) -> Job:
    start_job(about=contest, kind="certificates", by=by, at=timezone.now())
    job = take(at=timezone.now())
    assert job is not None
    run_job(job, now=timezone.now)
    job.refresh_from_db()
    return job


def drawn(contest: Contest) -> tuple[float, float, int]:
    """Seconds for the pages in one file, and one by one; how many."""
    templates = Templates(contest)
    together = alone = 0.0
    count = 0
    for part in parts_of(contest, templates):
        design, pages, _under = section_of(contest, templates, part)
        about: dict[str, Any] = {"at": contest.local_as_of, "title": "t", "author": "a"}
        together += seconds(lambda d=design, p=pages, a=about: certificates_pdf(d, p, **a))[0]
        alone += seconds(lambda d=design, p=pages, a=about: list(certificate_files(d, p, **a)))[0]
        count += len(pages)
    return together, alone, count


def measured(count: int) -> dict[str, Any]:
    contest = locked(count)
    office = office_of(contest)
    issue_s, _ = seconds(lambda: issue_certificates(award_list=standing_list(contest), by=None, at=AT))
    contest = Contest.objects.get(pk=contest.pk)
    together, alone, made = drawn(contest)
    shop_s, data = seconds(lambda: print_run(contest, CHOSEN))
    pack_s, job = seconds(lambda: packed(contest, office))
    if job.state != "done" or job.done != made:
        raise SystemExit(f"The pack is {job.state} after {job.done} of {made}: {job.why}")
    return {
        "certificates": made,
        "issue_s": round(issue_s, 2),
        "print_shop_s": round(shop_s, 2),
        "print_shop_mb": round(len(data) / 1e6, 1),
        "print_shop_vs_drawing": round(shop_s / together, 2),
        "zip_s": round(pack_s, 2),
        "zip_vs_drawing": round(pack_s / alone, 2),
        "lease_s": LEASE.total_seconds(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="1,000 certificates")
    count = FEW if parser.parse_args().quick else MANY
    with tempfile.TemporaryDirectory(dir=ROOM.name) as folder, scratch_sqlite(Path(folder)) as url, pointed_at(url):
        result = measured(count)
    for key, value in result.items():
        print(f"{key:24}{value}")
    print("RESULT " + json.dumps(result))


if __name__ == "__main__":
    main()
