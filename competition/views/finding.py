"""What the names of an address stand for. Nothing is found across contests."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from competition.access import UnitIn
from competition.models import Contest, District, School


def find_contest(request: HttpRequest, key: str) -> Contest:
    return get_object_or_404(Contest.objects.select_related("belongs_to"), key=key)


def find_school(request: HttpRequest, key: str) -> School:
    return get_object_or_404(School.objects.select_related("district"), key=key)


def find_unit_in(request: HttpRequest, key: str, contest: str) -> UnitIn:
    return UnitIn(get_object_or_404(Contest, key=contest), get_object_or_404(District, key=key))
