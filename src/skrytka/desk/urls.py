"""The clerk's addresses, by journey."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("skrytka.desk.inbox.urls")),
    path("pisma/", include("skrytka.desk.letter.urls")),
    path("wychodzace/", include("skrytka.desk.outgoing.urls")),
    path("wyslane/", include("skrytka.desk.sent.urls")),
    path("terminy/", include("skrytka.desk.deadlines.urls")),
    path("ustawienia/kwarantanna/", include("skrytka.desk.quarantine.urls")),
    path("ustawienia/", include("skrytka.desk.admin.urls")),
    path("profile/", include("skrytka.desk.profiles.urls")),
]
