"""Tests that change the published contest of the demo year: each module has a server and a year of its own."""

import pytest

from tests.browser.conftest import room_of, serving


@pytest.fixture(scope="module")
def server_environment(tmp_path_factory, django_db_blocker):
    return room_of(tmp_path_factory, django_db_blocker)


@pytest.fixture(scope="module")
def server(server_environment):
    with serving(server_environment) as address:
        yield address
