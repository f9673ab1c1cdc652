"""A list of entries on the web: for one school, and for all schools of a unit."""

import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competition.models import Entry
from tests.competition.core.books import book
from tests.factories.entering import NOW

HEAD = ["作品名称", "赛项", "组别", "学校", "作者", "年级"]
ROWS = [
    ["浇花器", "创新", "小学", "晴川一中", "林晓雨", "小学五年级"],
    ["风车", "创新", "小学", "晴川二中", "赵一", "小学五年级"],
    ["水车", "创新", "小学", "西山中学", "孙小", "小学五年级"],
]


@pytest.fixture
def unit_list(made, client):
    def send(who: str):
        client.force_login(made[who])
        args = [made.contest.key, made.units["东区"].key]
        file = SimpleUploadedFile("list.xlsx", book(参赛作品=[HEAD, *ROWS]))
        return client.post(reverse("unit-import", args=args), {"list": file}), args

    return send


@time_machine.travel(NOW)
def test_a_unit_brings_the_entries_of_all_its_schools(made, client, unit_list):
    preview, args = unit_list("东区")
    assert dict(preview.context["counts"]) == {"new": 2, "changed": 0, "same": 0, "wrong": 1}
    assert not Entry.objects.exists()
    done = client.post(reverse("unit-import-apply", args=args), {"ticket": preview.context["ticket"]})
    assert done.status_code == 302
    assert {one.school.name for one in Entry.objects.select_related("school")} == {"晴川一中", "晴川二中"}
    wrong = client.post(reverse("unit-import-faults", args=args), {"ticket": preview.context["ticket"]})
    assert io.BytesIO(wrong.content).read(2) == b"PK"


@time_machine.travel(NOW)
@pytest.mark.parametrize("who", ["西区", "晴川一中", "stranger"])
def test_nobody_else_brings_them(unit_list, who):
    response, _ = unit_list(who)
    assert response.status_code == 404
