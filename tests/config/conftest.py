from tests.factories.phone import clock  # noqa: F401
