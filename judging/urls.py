"""Addresses of judges and of the judging's progress."""

from django.urls import path

from judging.views import pile, progress

urlpatterns = [
    path("contests/<key:key>/judging/", progress.progress, name="progress"),
    path("judging/<key:key>/", pile.pile, name="judge"),
    path("judging/<key:key>/<key:sheet>/", pile.sheet, name="sheet"),
]
