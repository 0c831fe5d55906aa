"""The citizen's addresses, by journey."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("skrytka.web.start.urls")),
    path("", include("skrytka.web.institutions.urls")),
    path("", include("skrytka.web.friend.urls")),
    path("sprawy/", include("skrytka.web.catalogue.urls")),
    path("adresaci/", include("skrytka.web.addressees.urls")),
    path("pisma/", include("skrytka.web.compose.urls")),
    path("pisma/", include("skrytka.web.receipts.urls")),
    path("odebrane/", include("skrytka.web.incoming.urls")),
    path("informacje/", include("skrytka.web.info.urls")),
    path("konto/", include("skrytka.web.accounts.urls")),
    path("", include("skrytka.web.verify.urls")),
    path("", include("skrytka.web.demo.urls")),
]
