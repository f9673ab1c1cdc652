"""Titles that follow from prizes are worked out again from a bundle without names."""

import pytest

from awards.outputs.bundle import bundle_of
from awards.outputs.bundle.comparing import differences
from tests.awards.services.test_acknowledging import acknowledge, changed, publish, tutored
from tests.awards.services.test_derived import capped
from tests.factories.approving import CRADLE, TRAINING
from tests.factories.bundles import change, codes, named, notes, rows_of, said, tampered

pytestmark = pytest.mark.django_db


@pytest.fixture
def data() -> bytes:
    made = tutored("王辅导", "李辅导", derived=(TRAINING, CRADLE), bodies={})
    return bundle_of(publish(made))


def limited() -> bytes:
    made = capped(2)
    made.lock()
    return bundle_of(made.list)


def test_titles_are_worked_out_again(data):
    assert said(data) == []
    assert "titles-given" in notes(data)
    assert "recognitions" not in notes(data)
    assert [len(one["given"]) for one in rows_of(data)["titles"]] == [2, 1]
    assert differences(data) == []
    assert not any(name.encode() in data for name in ("辅导", "晴川一中"))


def test_one_that_was_left_out_or_put_in_is_named(data):
    def do(rows):
        rows["titles"][0]["given"].pop()

    found = tampered(data, do)
    assert {"title-missing", "link-differs"} <= codes(found)
    assert named(found, "title-missing") == ["1 M1"]

    def more(rows):
        rows["titles"][0]["given"].append("hmac:0")

    assert "title-undue" in codes(tampered(data, more))


def test_one_that_follows_from_no_prize_is_named(data):
    def do(rows):
        line = rows["titles"][0]
        line["of"].append(["hmac:0", ["M4"]])
        line["given"].append("hmac:0")

    assert {"title-of-nobody", "title-undue"} <= codes(tampered(data, do))


def test_without_the_member_the_log_misses_it(data):
    assert "link-differs" in codes(tampered(data, lambda rows: rows.pop("titles")))


def test_a_number_is_kept_to():
    data = limited()
    assert said(data) == []

    def swap(rows):
        line = rows["titles"][0]
        line["given"][1] = line["of"][2][0]

    found = codes(tampered(data, swap))
    assert {"title-missing", "title-undue"} <= found
    assert "link-differs" in codes(tampered(data, change("titles", 0, number=3)))


def test_equals_share_no_more_than_is_left():
    def do(rows):
        line = rows["titles"][0]
        line["of"][2][1] = ["M2"]
        line["given"] = [who for who, _of in line["of"]]

    found = tampered(limited(), do)
    assert "title-over" in codes(found)


def after_a_change() -> bytes:
    made = tutored("王辅导")
    made.say("government")
    changed(made, "李辅导")
    acknowledge(made)
    return bundle_of(publish(made))


def test_titles_that_changed_after_the_approval_were_acknowledged():
    data = after_a_change()
    assert said(data) == []

    def without(rows):
        rows["events"] = [one for one in rows["events"] if one["action"] != "titles.acknowledged"]

    def other(rows):
        next(one for one in rows["events"] if one["action"] == "titles.acknowledged")["body"]["change"] = "sha256:0"

    for do in (without, other):
        assert "titles-unacknowledged" in codes(tampered(data, do, is_rechained=True))
