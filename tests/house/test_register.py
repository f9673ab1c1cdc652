"""Every field of every model stands in the register of personal data, once."""

import pytest
from django.apps import apps

from awards import register as of_awards
from competition import register as of_competition
from judging import register as of_judging

# A library's models of our people are registered with the app that uses it.
ROOMS = {
    "competition": of_competition,
    "judging": of_judging,
    "awards": of_awards,
    "otp_totp": of_competition,
    "otp_static": of_competition,
}
MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def fields(model) -> set[str]:
    return {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_registered_once(model):
    room = ROOMS[model._meta.app_label]
    personal = set(room.PERSONAL.get(model._meta.label, {}))
    impersonal = set(room.IMPERSONAL.get(model._meta.label, "").split())
    assert personal | impersonal == fields(model)
    assert not personal & impersonal


def test_register_names_no_model_that_is_gone():
    known = {model._meta.label for model in MODELS}
    for room in ROOMS.values():
        assert set(room.PERSONAL) | set(room.IMPERSONAL) <= known


def test_a_personal_field_says_all_it_must():
    for room in ROOMS.values():
        for of_model in room.PERSONAL.values():
            for entry in of_model.values():
                assert all([entry.purpose, entry.sees, entry.retention, entry.mask])
