"""What the names of an address stand for. Nothing is found across contests."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from competition.models import Contest, School


def find_contest(request: HttpRequest, key: str) -> Contest:
    return get_object_or_404(Contest.objects.select_related("belongs_to"), key=key)


def find_school(request: HttpRequest, key: str) -> School:
    return get_object_or_404(School.objects.select_related("district"), key=key)
