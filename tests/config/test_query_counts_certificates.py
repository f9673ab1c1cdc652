"""No page of certificates asks the database more for many rows than for few."""

from functools import partial

import pytest
from django.urls import reverse

from awards.core.certificate_template import Template
from awards.models import Certificate, CertificatePrint, SealUse
from awards.services.seals import withdraw_seal
from competition.core.tokens import random_key
from tests.config.test_query_counts import Ask, asked, grown
from tests.factories.certifying import NOW, authorised, certified, saved, typed
from tests.factories.noticing import client_of, office_of

pytestmark = pytest.mark.django_db


def pages(client, contest) -> dict[str, Ask]:
    one = contest.certificates.order_by("serial").first()
    found: dict[str, Ask] = {}
    for name, more in (
        ("certificates", []), ("seals", []), ("certificate-template", ["all"]), ("certificate-page", [one.key]),
        ("template-calibration", ["all"]),
    ):  # fmt: skip
        found[name] = partial(client.get, reverse(name, args=[contest.key, *more]), {"size": 100})
    form = typed(Template(), shown_data="longest")
    found["preview"] = partial(client.post, reverse("template-preview", args=[contest.key, "all"]), form)
    found["print"] = partial(client.post, reverse("certificate-print", args=[contest.key, one.key]))
    return found


def grow(contest, office) -> None:
    first = contest.certificates.order_by("serial").first()
    for row in range(40):
        saved(contest, office, Template(title=f"奖状{row}", issuers=("甲市科学技术协会",)))
        seal = authorised(contest, office, name=f"第{row}局")
        if row % 2:
            withdraw_seal(seal=seal, reason="作废", by=office, at=NOW)
        values = {f.attname: getattr(first, f.attname) for f in Certificate._meta.concrete_fields}
        more = {"id": None, "key": random_key(), "serial": 1000 + row, "number": f"N{row}", "token": ""}
        Certificate.objects.create(**values | more | {"purpose": f"p{row}"})
        CertificatePrint.objects.create(contest=contest, certificate=first, printed_as="plain", number=1, at=NOW)
    assert SealUse.objects.count() > 30


def test_no_page_asks_more_for_many_rows_than_for_few():
    contest = certified()
    office = office_of(contest)
    client = client_of(office)
    saved(contest, office, Template(title="奖状", issuers=("甲市科学技术协会",)))
    few = asked(pages(client, contest))
    grow(contest, office)
    assert grown(few, asked(pages(client, contest), is_warm=True)) == {}
