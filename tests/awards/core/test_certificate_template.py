"""What a template may say, and that it is stored and read back as it was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.certificate_template import (
    COLOURS,
    CUSTOM,
    MOVED,
    PLACES,
    Template,
    body_of,
    filled,
    template_faults,
    template_in,
)
from competition.core.canon import canonical


def codes(template: Template, **more: str) -> list[str]:
    return [one.code for one in template_faults(template, **more)]


def test_a_template_as_it_ships_has_no_fault():
    assert codes(Template()) == []


@given(
    st.builds(
        Template,
        texts=st.dictionaries(st.sampled_from(["author.zh", "tutor.en"]), st.text(max_size=20)),
        issuers=st.lists(st.text(max_size=9), max_size=3).map(tuple),
        offsets=st.dictionaries(st.sampled_from(MOVED), st.tuples(st.integers(-9, 9), st.integers(-9, 9))),
    )
)
def test_what_is_stored_reads_back_and_has_a_canonical_form(template):
    body = body_of(template)
    assert canonical(body)
    again = template_in(body)
    assert body_of(again) == body
    assert again.issuers == template.issuers


def test_a_version_from_before_a_choice_existed_has_it_as_by_default():
    body = body_of(Template())
    del body["colours"]
    assert template_in(body | {"later": 1}) == Template()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"design": "baroque"}, "template-choice"),
        ({"colours": "neon"}, "template-choice"),
        ({"paper": "A3"}, "template-choice"),
        ({"on_paper": ("border",)}, "template-choice"),
        ({"offsets": {"shadow": (1, 1)}}, "template-choice"),
        ({"paper": CUSTOM, "wide": 99}, "template-paper"),
        ({"paper": CUSTOM, "high": 451}, "template-paper"),
        ({"offsets": {"title": (0, 601)}}, "template-nudge"),
        ({"title": "  "}, "template-title"),
        ({"issuers": tuple("甲乙丙丁戊己庚辛壬癸")}, "template-issuers"),
        ({"line": " "}, "template-line-blank"),
        ({"is_line_on": False}, "template-line-off"),
        ({"texts": {"author.zh": "奖" * 601}}, "template-long"),
        ({"texts": {"author.zh": "作品{titel}"}}, "template-place"),
        ({"texts": {"school.zh": "作品{title}"}}, "template-place"),
        ({"texts": {"author.zh": "作品{title"}}, "template-brace"),
        ({"texts": {"author.fr": "x"}}, "template-choice"),
    ],
)
def test_each_fault_is_named(change, code):
    assert code in codes(replace(Template(), **change))


def test_leaving_the_line_out_wants_a_reason():
    without = replace(Template(), is_line_on=False)
    assert codes(without, reason=" ") == ["template-line-off"]
    assert codes(without, reason="市级规定不印") == []


def test_an_unknown_place_is_named_with_its_braces():
    (fault,) = template_faults(replace(Template(), texts={"tutor.zh": "{titel}"}))
    assert fault.facts["place"] == "{titel}"


def test_what_stands_in_a_value_is_no_place():
    assert filled("《{title}》{prize}", {"title": "{prize}", "prize": "一等奖"}) == "《{prize}》一等奖"
    assert all("names" in places for places in PLACES.values())


def test_title_colours_are_dark_enough_to_read_on_white():
    def luminance(colour):
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for _, accent in COLOURS.values():
        assert 1.05 / (luminance(accent) + 0.05) >= 4.5
