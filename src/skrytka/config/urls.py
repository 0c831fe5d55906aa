"""All addresses of the installation, by edge."""

from django.urls import include, path

from skrytka.config.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("konto/", include("skrytka.web.accounts.log_in_urls")),
    path("jezyk/", include("django.conf.urls.i18n")),
    path("kancelaria/", include("skrytka.desk.urls")),
    path("", include("skrytka.web.urls")),
]

handler400 = "skrytka.web.errors.bad_request"
handler403 = "skrytka.web.errors.forbidden"
handler404 = "skrytka.web.errors.not_found"
handler500 = "skrytka.web.errors.server_error"
handler429 = "skrytka.web.accounts.log_in_views.too_many_tries"
