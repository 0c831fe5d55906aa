"""The addresses the frames know by name, leading nowhere."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.urls.resolvers import URLPattern

WEB = (
    "start", "catalogue", "institutions", "letters", "help", "accessibility", "privacy", "cookies",
    "terms", "verify", "account", "demo_mail", "hide_cookie_notice",
)  # fmt: skip
OTHERS = ("set_language", "account_login", "account_logout", "account_signup")


def nowhere(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def good(_request: HttpRequest) -> HttpResponse:
    page = "<!DOCTYPE html><html lang='pl'><head><title>Start</title></head>"
    return HttpResponse(f"{page}<body><h1>Start</h1></body></html>")


def bad(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>Start</p>")


def _named(names: tuple[str, ...]) -> list[URLPattern]:
    return [path(f"{name}/", nowhere, name=name) for name in names]


urlpatterns = [
    path("good/", good),
    path("bad/", bad),
    *_named(OTHERS),
    path("", include((_named(WEB), "web"))),
    path("kancelaria/", include((_named(("inbox",)), "desk"))),
]
