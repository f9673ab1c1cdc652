"""Who reaches what of entering: every address with every role, to look and to act, with the exact answer."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Contest, District, Entry, Event, School
from competition.states import EntryState
from competition.urls import urlpatterns
from tests.config.test_access_judging import ANSWERS as ANSWERS_OF_JUDGING

ROLES = ("school", "unit", "organiser", "judge", "committee", "")
EVERYONES = "200 200 200 200 200 200"
# what is asked for, and of what -> the answer to school, unit, organiser, judge, committee, and to nobody who signed in.
# After a status: + what was asked for was done, - it was refused in words. The rules of the state are tested elsewhere:
# here each thing is in the state that lets it be done.
ANSWERS = {
    # the school's own entries: its unit and the office may fill in for it
    "GET form of own draft":              "200 200 200 404 404 302",
    "GET api-entry of own draft":         "200 200 200 404 404 401",
    "PATCH api-entry of own draft":       "200 200 200 404 404 401",
    "POST form-save of own draft":        "302 302 302 404 404 302",
    "POST form-delete of own draft":      "302+ 302+ 302+ 404 404 302",
    "POST form-submit of own draft":      "302- 302- 302- 404 404 302",
    "POST form-submit of own returned":   "302+ 302+ 302+ 404 404 302",
    "POST form-withdraw of own submitted": "302+ 302+ 302+ 404 404 302",
    "POST form-take-up of own withdrawn": "302+ 302+ 302+ 404 404 302",
    "POST api-submit of own returned":    "200 200 200 404 404 401",
    "POST api-submit of own submitted":   "409 409 409 404 404 401",
    "POST api-withdraw of own submitted": "200 200 200 404 404 401",
    "POST api-take-up of own withdrawn":  "200 200 200 404 404 401",
    "GET entry-form-pdf of own submitted": "200 200 200 404 404 302",
    # files
    "POST material-add of own draft":     "302- 302- 302- 404 404 302",
    "POST material-promise of own draft": "201 201 201 404 404 302",
    "GET material of own returned":       "200 200 200 404 404 302",
    "GET material-page of own returned":  "200 200 200 404 404 302",
    "GET material-upload of own returned": "200 200 200 404 404 302",
    "PATCH material-upload of own returned": "422 422 422 404 404 302",
    "POST material-remove of own returned": "302+ 302+ 302+ 404 404 302",
    # decisions
    "POST api-recommend of own submitted": "404 200 200 404 404 401",
    "POST api-check of own recommended":  "404 404 200 404 404 401",
    "GET unit of own unit":               "404 200 200 404 404 302",
    "GET unit-summary of own unit":       "404 200 200 404 404 302",
    "POST unit-decide of own unit":       "404 302+ 302+ 404 404 302",
    "POST unit-rank of own unit":         "404 302+ 302+ 404 404 302",
    "GET check-one of own recommended":   "404 404 200 404 404 302",
    "POST check-decide of contest":       "404 404 302+ 404 404 302",
    # the school's own lists
    "GET school of own school":           "200 200 200 404 404 302",
    "GET begin of own school":            "200 200 200 404 404 302",
    "POST begin of own school":           "302 302 302 404 404 302",
    "GET import of own school":           "200 200 200 404 404 302",
    "POST import of own school":          "422 422 422 404 404 302",
    "POST import-apply of own school":    "302- 302- 302- 404 404 302",
    "POST import-faults of own school":   "302- 302- 302- 404 404 302",
    "GET import-template of own school":  "200 200 200 404 404 302",
    "GET unit-import of own unit":        "404 200 200 404 404 302",
    "POST unit-import of own unit":       "404 422 422 404 404 302",
    "POST unit-import-apply of own unit": "404 302- 302- 404 404 302",
    "POST unit-import-faults of own unit": "404 302- 302- 404 404 302",
    "GET unit-import-template of own unit": "404 200 200 404 404 302",
    "GET unit-import of other unit":      "404 404 200 404 404 302",
    "POST unit-import-apply of other unit": "404 404 302- 404 404 302",
    "GET hand-in of own school":          "200 200 200 404 404 302",
    "POST hand-in of own school":         "302 302 302 404 404 302",
    "GET hand-in of other school":        "404 404 200 404 404 302",
    "POST hand-in of other school":       "404 404 302 404 404 302",
    "GET api-school-entries of own school": "200 200 200 404 404 401",
    "POST api-school-entries of own school": "201 201 201 404 404 401",
    "GET proof-sheet of own school":      "200 200 200 404 404 302",
    "POST proof-confirm of own school":   "302- 302- 302- 404 404 302",
    # what belongs to a school of another unit
    "GET form of other draft":            "404 404 200 404 404 302",
    "GET api-entry of other draft":       "404 404 200 404 404 401",
    "PATCH api-entry of other draft":     "404 404 200 404 404 401",
    "POST form-save of other draft":      "404 404 302 404 404 302",
    "POST form-delete of other draft":    "404 404 302+ 404 404 302",
    "POST form-submit of other draft":    "404 404 302- 404 404 302",
    "POST form-withdraw of other draft":  "404 404 302+ 404 404 302",
    "POST form-take-up of other draft":   "404 404 302- 404 404 302",
    "POST api-submit of other draft":     "404 404 409 404 404 401",
    "POST material-promise of other draft": "404 404 201 404 404 302",
    "GET school of other school":         "404 404 200 404 404 302",
    "GET begin of other school":          "404 404 200 404 404 302",
    "POST begin of other school":         "404 404 302 404 404 302",
    "GET import of other school":         "404 404 200 404 404 302",
    "POST import-apply of other school":  "404 404 302- 404 404 302",
    "GET api-school-entries of other school": "404 404 200 404 404 401",
    "GET proof-sheet of other school":    "404 404 200 404 404 302",
    "GET unit of other unit":             "404 404 200 404 404 302",
    "POST unit-decide of other unit":     "404 404 302 404 404 302",
    "POST unit-rank of other unit":       "404 404 302+ 404 404 302",
    # the office's
    "GET setup of contest":               "404 404 200 404 404 302",
    "GET quotas of contest":              "404 404 200 404 404 302",
    "GET setup-track of contest":         "404 404 200 404 404 302",
    "GET structure of contest":           "404 404 200 404 404 302",
    "POST structure-save of contest":     "404 404 422 404 404 302",
    "POST track-add of contest":          "404 404 422 404 404 302",
    "POST track-remove of contest":       "404 404 302- 404 404 302",
    "GET rubrics of contest":             "404 404 200 404 404 302",
    "GET rubric of contest":              "404 404 200 404 404 302",
    "GET check of contest":               "404 404 200 404 404 302",
    "GET entries of contest":             "404 404 200 404 404 302",
    "GET entries-xlsx of contest":        "404 404 200 404 404 302",
    "GET log of contest":                 "404 404 200 404 404 302",
    "POST setup-open of contest":         "404 404 302- 404 404 302",
    "POST contest-copy of contest":       "404 404 302+ 404 404 302",
    "POST announcement-add of contest":   "404 404 302+ 404 404 302",
    "POST announcement-hide of contest":  "404 404 302+ 404 404 302",
    "GET places of nothing":              "403 403 200 403 403 302",
    "GET contest-new of nothing":         "403 403 200 403 403 302",
    "POST contest-new of nothing":        "403 403 302 403 403 302",
    "GET place of own place":             "403 403 200 403 403 302",
    "POST place-invite of own place":     "403 403 200 403 403 302",
    "POST school-decide of waiting":      "403 403 302+ 403 403 302",
    # papers, corrections, files of many
    "GET signed-forms of contest":        "200 200 200 404 404 302",
    "POST signed-forms of contest":       "422 422 422 404 404 302",
    "POST sign-form of own submitted":    "302- 302- 302- 404 404 302",
    "POST sign-form of other draft":      "404 404 403 404 404 302",
    "GET signed-form of own submitted":   "404 404 404 404 404 302",
    "GET bundle of own school":           "200 200 200 404 404 302",
    "POST bundle of own school":          "422 422 422 404 404 302",
    "POST bundle-apply of own school":    "302- 302- 302- 404 404 302",
    "GET bundle of other school":         "404 404 200 404 404 302",
    "POST bundle-apply of other school":  "404 404 302- 404 404 302",
    "POST summary-add of own unit":       "404 302- 302- 404 404 302",
    "POST summary-add of other unit":     "404 404 302- 404 404 302",
    "GET summary-paper of own unit":      "404 404 404 404 404 302",
    "GET correct of own recommended":     "404 404 200 404 404 302",
    "POST correct of own recommended":    "404 404 422 404 404 302",
    "GET correction-request of own recommended": "404 404 404 404 404 302",
    "GET corrections of contest":         "404 404 200 404 404 302",
    "GET entries-zip of contest":         "404 404 200 404 404 302",
    "POST findings-clear of own returned": "404 404 302- 404 404 302",
    # schools and units as lists
    "GET places-import of nothing":       "403 403 200 403 403 302",
    "POST places-import of nothing":      "403 403 422 403 403 302",
    "POST places-import-answer of nothing": "403 403 302- 403 403 302",
    "POST places-import-apply of nothing": "403 403 302- 403 403 302",
    "POST places-import-faults of nothing": "403 403 302- 403 403 302",
    "GET places-list of nothing":         "403 403 200 403 403 302",
    "GET places-empty-list of nothing":   "403 403 200 403 403 302",
    "GET places-invite of nothing":       "403 403 200 403 403 302",
    "POST places-invite of nothing":      "403 403 302- 403 403 302",
    "POST place-names of own place":      "403 403 422 403 403 302",
    "POST place-second-factor of own place": "404 404 404 404 404 404",
    "GET announcement-file of contest":   "404 404 404 404 404 404",
    # one's own sign-in; the second factor is off at a desk
    "GET second-factor of nothing":       "404 404 404 404 404 404",
    "POST second-factor-codes of nothing": "404 404 404 404 404 404",
    "POST second-factor-off of nothing":  "404 404 404 404 404 404",
    "GET sign-in-code of nothing":        "404 404 404 404 404 404",
    # everyone's
    "GET contest of contest":             EVERYONES,
    "GET join of nothing":                EVERYONES,
    "GET password of nothing":            "200 200 200 200 200 302",
    "GET link of unknown":                "410 410 410 410 410 410",
}  # fmt: skip
# what is sent along, where that is not nothing; "%s" is the key of the thing
SAID: dict[str, dict[str, Any]] = {
    "form-save": {"step": "work", "title": "新题"},
    "material-promise": {"name": "报告.pdf", "size": 10, "sha256": "0" * 64},
    "api-entry": {"title": "新题"},
    "api-recommend": {"verdict": "recommended"},
    "api-check": {"verdict": "passed"},
    "api-school-entries": {"track": 1, "title": "新题"},
    "begin": {"track": "1"},
    "import": {"list": ""},
    "announcement-add": {"title": "通知", "body": "……"},
    "contest-new": {"preset": "chuzhou", "label_zh": "新赛", "year": "2031"},
    "place-invite": {"name": "新老师"},
    "school-decide": {"verdict": "approve"},
}
IN_JSON = ("api-", "material-promise")


class Things:
    """Where the demo year's open edition has what the table speaks of."""

    def __init__(self) -> None:
        self.contest = Contest.objects.get(state="entry", kind="contest")
        own = School.objects.get(roles__user__username="school")
        elsewhere = School.objects.exclude(district=own.district)[0]
        self.schools = {"own school": own, "other school": elsewhere}
        self.units = {"own unit": own.district, "other unit": elsewhere.district}
        assert District.objects.get(roles__user__username="unit") == own.district
        self.entries = {f"own {one.state}": one for one in self.contest.entries.filter(school=own)}
        said = {"contest": self.contest, "track": self.contest.tracks.all()[0], "order": 999, "title": "作品"}
        self.entries["own withdrawn"] = Entry.objects.create(
            school=own, number="Z999", state=EntryState.WITHDRAWN, **said
        )
        self.entries["other draft"] = Entry.objects.create(school=elsewhere, **said)
        self.waiting = School.objects.create(district=own.district, name="待批小学", state="pending")

    def args(self, name: str, thing: str) -> list[Any]:
        if thing in self.entries:
            return self.args_of_entry(name, self.entries[thing])
        if thing in self.units:
            if name.startswith("unit-import"):
                return [self.contest.key, self.units[thing].key]
            return [self.units[thing].key, *([self.contest.key] if "summary" in name else [])]
        if thing in self.schools:
            key = self.schools[thing].key
            return [key] if name == "school" else [self.contest.key, key]
        if thing == "contest":
            more = {
                "announcement-file": ["x" * 26, "y" * 26],
                "setup-track": [1],
                "track-remove": [1],
                "structure-save": ["divisions"],
                "rubric": [1, 1],
                "announcement-hide": [self.contest.announcements.all()[0].key],
            }
            return [self.contest.key, *more.get(name, ())]
        if thing == "own place":
            return ["school", self.schools["own school"].key]
        return {"waiting": [self.waiting.key], "unknown": ["x" * 26]}.get(thing, [])

    def args_of_entry(self, name: str, entry: Entry) -> list[Any]:
        if name in ("check-one", "correct"):
            return [self.contest.key, entry.key]
        if name == "correction-request":
            return [self.contest.key, entry.key, "x" * 26]
        if name == "findings-clear":
            return [self.contest.key, entry.key, entry.materials.all()[0].key]
        if name == "signed-form":
            return [entry.key, "x" * 26]
        if name in ("material-add", "material-promise"):
            return [entry.key, entry.track.material_kinds.all()[0].code]
        if name.startswith("material"):
            return [entry.key, entry.materials.all()[0].key, *([1] if name == "material-page" else [])]
        return [entry.key]

    def said(self, name: str, thing: str) -> dict[str, Any]:
        if name in ("unit-decide", "unit-rank"):
            chosen = {"entry": self.entries["own submitted"].key, "verdict": "recommended"}
            return {"contest": self.contest.key, **(chosen if name == "unit-decide" else {})}
        if name == "check-decide":
            return {"entry": self.entries["own recommended"].key, "verdict": "passed"}
        return SAID.get(name, {})

    def ask(self, client: Client, asked: str) -> HttpResponse:
        request, thing = asked.split(" of ")
        method, name = request.split()
        address = reverse(name, args=self.args(name, thing))
        if method == "GET":
            return client.get(address)  # type: ignore[return-value]
        in_json = {"content_type": "application/json"} if name.startswith(IN_JSON) else {}
        return getattr(client, method.lower())(address, self.said(name, thing), **in_json)


def told(response: HttpResponse) -> str:
    """The status, and whether the next page tells of something done or refused."""
    levels = {one.level_tag for one in get_messages(response.wsgi_request)}  # type: ignore[attr-defined]
    return f"{response.status_code}{'+' if 'success' in levels else ''}{'-' if 'error' in levels else ''}"


# what has a test of its own of who reaches it, which names it
TRIED_IN = ("config/test_access_going_up.py", "config/test_access_late.py", "awards/views/test_certificate_pack.py")


def test_the_table_speaks_of_every_address_of_entering() -> None:
    """Mails are asked for with the judges to whom they go."""
    named = {asked.split(" of ")[0].split()[1] for asked in (*ANSWERS, *ANSWERS_OF_JUDGING)}
    tests = Path(__file__).parent.parent
    for one in TRIED_IN:
        named |= set(re.findall(r'"([a-z-]+)"', (tests / one).read_text()))
    assert {one.name for one in urlpatterns} <= named


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_answered_exactly(role: str, demo_year: None, client: Client) -> None:
    """And whoever is not let in leaves nothing in the log. Each question finds everything as it was."""
    things, at, differs = Things(), ROLES.index(role), {}
    if role:
        assert client.login(username=role, password=DEMO_PASSWORD)
    for asked, answers in ANSWERS.items():
        with transaction.atomic():
            client.cookies.pop("messages", None)
            before = Event.objects.count()
            found, wanted = told(things.ask(client, asked)), answers.split()[at]
            if found != wanted:
                differs[asked] = f"{found}, not {wanted}"
            if found in ("401", "403", "404", "410") or (not role and answers != EVERYONES):
                assert Event.objects.count() == before, asked
            transaction.set_rollback(True)
    assert differs == {}
