"""Every address of the product."""

from django.conf import settings
from django.contrib.auth import views as auth
from django.urls import include, path
from django.views.i18n import set_language

from config import api, views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", auth.LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="set_language"),
    path("", include("competition.urls")),
    path("", include("judging.urls")),
    path("", include("awards.urls")),
    path("api/contests/", api.Contests.as_view(), name="api-contests"),
    path("api/contests/<key:key>/", api.OneContest.as_view(), name="api-contest"),
    path("api/contests/<key:key>/awards/", api.Awards.as_view(), name="api-awards"),
    path("api/contests/<key:key>/standings/", api.Standings.as_view(), name="api-standings"),
]
if settings.AT_A_DESK:
    urlpatterns.append(path("style/", views.style, name="style"))
