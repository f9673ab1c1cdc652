"""Addresses of judges and of the judging's progress."""

from django.urls import path

from judging.views import materials, pile, progress, rubrics

urlpatterns = [
    path("contests/<key:key>/judging/", progress.progress, name="progress"),
    path("contests/<key:key>/setup/rubrics/", rubrics.rubrics, name="rubrics"),
    path("contests/<key:key>/setup/rubrics/<int:track>/<int:place>/", rubrics.rubric, name="rubric"),
    path("judging/<key:key>/", pile.pile, name="judge"),
    path("judging/<key:key>/<key:sheet>/", pile.sheet, name="sheet"),
    path("judging/<key:key>/entries/<key:entry>/", materials.work, name="work"),
    path("judging/<key:key>/entries/<key:entry>/<key:material>/", materials.material, name="work-material"),
    path(
        "judging/<key:key>/entries/<key:entry>/<key:material>/page/<int:number>/",
        materials.material_page,
        name="work-material-page",
    ),
]
