"""The page of signed forms: who may send a pile, and what it says of every page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.competition.services.test_signed_forms import blank, printed, scanned
from tests.factories.entering import handed_in


def send(client, made, *piles: bytes):
    scans = [SimpleUploadedFile(f"{at}.pdf", pile, "application/pdf") for at, pile in enumerate(piles)]
    return client.post(reverse("signed-forms", args=[made.contest.key]), {"scans": scans})


def test_a_school_sends_its_pile(made, client):
    first, second = handed_in(made, "浇花器"), handed_in(made, "风车")
    client.force_login(made["晴川一中"])
    response = send(client, made, scanned(printed(first)), scanned(blank()))
    assert response.context["done"] == 1
    assert [entry.pk for entry in response.context["page"]] == [second.pk]


def test_a_file_that_is_none_keeps_no_other_back(made, client):
    entry = handed_in(made)
    client.force_login(made["东区"])
    response = send(client, made, b"no pdf at all", scanned(printed(entry)))
    assert [bool(why) for _name, _found, why in response.context["outcome"]] == [True, False]
    assert entry.signed_forms.count() == 1


def test_nothing_chosen_is_said(made, client):
    handed_in(made)
    client.force_login(made["office"])
    assert client.post(reverse("signed-forms", args=[made.contest.key])).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("西区", 404), ("stranger", 404), ("host", 200), ("东区", 200)])
def test_who_has_no_entry_here_finds_nothing(made, client, who, status):
    handed_in(made)
    client.force_login(made[who])
    assert client.get(reverse("signed-forms", args=[made.contest.key])).status_code == status


def test_one_scan_is_added_by_hand(made, client):
    entry = handed_in(made)
    client.force_login(made["晴川一中"])
    scan = SimpleUploadedFile("x.pdf", scanned(blank()), "application/pdf")
    client.post(reverse("sign-form", args=[entry.key]), {"paper": scan})
    signed = entry.signed_forms.get()
    assert client.get(reverse("signed-form", args=[entry.key, signed.key])).status_code == 200
    client.force_login(made["西山中学"])
    assert client.get(reverse("signed-form", args=[entry.key, signed.key])).status_code == 404
