from tests.factories.fixtures import own_databases

__all__ = ["own_databases"]
