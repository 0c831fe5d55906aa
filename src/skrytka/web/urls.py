"""The citizen's addresses, by journey."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("skrytka.web.start.urls")),
    path("", include("skrytka.web.institutions.urls")),
    path("", include("skrytka.web.friend.urls")),
    path("informacje/", include("skrytka.web.info.urls")),
]
