"""Contests and workbooks for tests.

pytest-randomly tries model_bakery before Django has its settings; the import breaks off half-way and leaves
django.db.models.functions without the submodule that our migrations name. Put it back.
"""

import sys

import django.db.models.functions

if not hasattr(django.db.models.functions, "comparison"):
    django.db.models.functions.comparison = sys.modules["django.db.models.functions.comparison"]
