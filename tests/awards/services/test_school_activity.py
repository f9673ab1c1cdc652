"""青少年科学调查体验活动: schools report without authors, and the result is a title; the whole way by services alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from awards.outputs.figures import recognitions_sentence
from awards.services.certificates import issue_certificates, print_certificates
from awards.services.lists import check_list, lock_list, publish_list, standing_list
from awards.services.minutes import SaidInMinutes, save_minutes
from awards.services.recognitions import recognitions_due
from awards.services.running import decide
from awards.services.titles import RecognitionDetails, name_recognised, save_recognition
from competition.models import Contest, Entry, Material, StoredFile
from competition.presets import presets
from competition.services.contests import reach
from competition.services.entering import save_draft, start_entry, submit_entry
from competition.services.setting_up import contest_from_preset, open_contest, save_basics
from competition.states import ContestState
from tests.factories.entering import CLOSES, NOW, OPENS, SHA, Open, again, office_says, unit_says
from tests.factories.entering import open_contest as with_people

pytestmark = pytest.mark.django_db
MINUTES = "评委会纪要〔2026〕9号"
LATER = CLOSES + timedelta(days=20)


@pytest.fixture
def made() -> Open:
    return with_people()


@pytest.fixture
def activity(made) -> Contest:
    preset = presets()["survey"]
    contest = contest_from_preset(preset=preset, label_zh="科学调查体验活动", year=2026, by=made["office"], at=OPENS)
    values = {"opens_at": OPENS, "closes_at": CLOSES, "contact": "科协"}
    save_basics(contest=contest, values=values, by=made["office"], at=OPENS)
    open_contest(contest=contest, by=made["office"], at=OPENS)
    contest.refresh_from_db()
    return contest


def reported(made: Open, activity: Contest, name: str) -> Entry:
    """A school's report, recommended by its unit and passed by the office."""
    teacher, school = made.teacher(name), made.schools[name]
    entry = start_entry(contest=activity, school=school, track=activity.tracks.get(), by=teacher, at=NOW)
    report = activity.tracks.get().material_kinds.get(code="report")
    Material.objects.create(
        entry=entry, kind=report, name="报告.pdf", size=10, sha256=SHA, added_at=NOW, added_by=teacher
    )
    changes = {"title": f"{name}水质调查", "division": "junior", "abstract": "全校调查水质。", "group_name": name,
               "tutors": [{"name": "王老师"}], "pledges": ["school"]}  # fmt: skip
    save_draft(entry=entry, changes=changes, by=teacher, at=NOW)
    submit_entry(entry=again(entry), by=teacher, at=NOW)
    return office_says(made, unit_says(made, again(entry)))


def test_a_school_reports_and_gets_a_title_with_a_certificate(made, activity):
    office = made["office"]
    entries = [reported(made, activity, name) for name in made.schools]
    assert [(one.authors.count(), one.group_name) for one in entries] == [(0, name) for name in made.schools]
    details = RecognitionDetails("优秀活动示范学校", "", "school", 2, {}, is_by_committee=True, per_district=1)
    rule = save_recognition(contest=activity, details=details, by=office, at=NOW)
    reach(contest=activity, state=ContestState.JUDGING, by=office, at=LATER)
    scan = StoredFile.objects.create(sha256="a" * 64, size=9, kind="pdf", media_type="application/pdf", stored_at=NOW)
    said = SaidInMinutes(MINUTES, {})
    save_minutes(track=activity.tracks.get(), said=said, base=0, by=office, at=LATER, paper=scan)
    for name in ("晴川一中", "西山中学"):
        name_recognised(rule=rule, key=made.schools[name].key, minutes=MINUTES, by=office, at=LATER)
    activity.refresh_from_db()
    award_list = decide(contest=activity, by=office, at=LATER)
    assert check_list(award_list) == []
    lock_list(contest=activity, by=office, at=LATER)
    publish_list(contest=activity, by=office, at=LATER)
    assert issue_certificates(award_list=standing_list(activity), by=office, at=LATER) == 2
    certificates = activity.certificates.order_by("serial")
    assert [one.recipients for one in certificates] == [["晴川一中"], ["西山中学"]]
    assert [one.number[-4:] for one in certificates] == ["0001", "0002"]
    assert print_certificates([activity]).startswith(b"%PDF")
    assert recognitions_sentence(standing_list(activity)) == "晴川一中、西山中学等2所学校被评为优秀活动示范学校。"
    shown = pages(made, activity)
    assert all("优秀活动示范学校" in page for page in shown.values())
    assert "晴川一中" in shown["certificate"] and "晴川一中" in shown["results"]


def pages(made: Open, activity: Contest) -> dict[str, str]:
    """The page of the first school, the public list, and the check of its certificate."""
    teacher, public = Client(), Client()
    teacher.force_login(made.teacher("晴川一中"))
    token = activity.certificates.order_by("serial")[0].token
    found = {
        "school": teacher.get(reverse("school", args=[made.schools["晴川一中"].key])),
        "results": public.get(reverse("results", args=[activity.key])),
        "certificate": public.get(reverse("certificate", args=[token])),
    }
    return {name: answer.content.decode() for name, answer in found.items()}


def test_by_score_a_title_needs_no_committee(made, activity):
    """A report that passed gives points; the schools with the most reports have the title."""
    for name in ("晴川一中", "晴川一中", "西山中学"):
        reported(made, activity, name)
    details = RecognitionDetails("优秀活动示范学校", "", "school", 1, {"entry": "1"})
    save_recognition(contest=activity, details=details, by=made["office"], at=NOW)
    assert [str(one.recipient) for one in recognitions_due(activity, [])] == ["晴川一中"]
