"""Error pages say what happened, and come out even when little else works."""

import errno
import logging
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path
from django.utils import translation

from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.web import errors
from tests.world.page_client import PageClient, review

INCIDENT = re.compile(r"Numer błędu: ([A-Z2-9]{4}-[A-Z2-9]{4})\.")


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret of somebody's letter")


def database_gone(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("no connection")


def disk_full(_request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


def blobs_gone(_request: HttpRequest) -> HttpResponse:
    raise BlobNotStoredError("no answer")


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [
    path("broken", broken),
    path("database", database_gone),
    path("disk", disk_full),
    path("blobs", blobs_gone),
    path("forbidden", forbidden),
    path("suspicious", suspicious),
    path("", include("skrytka.config.urls")),
]
handler400 = "skrytka.web.errors.bad_request"
handler403 = "skrytka.web.errors.forbidden"
handler404 = "skrytka.web.errors.not_found"
handler500 = "skrytka.web.errors.server_error"

with_faulty_pages = override_settings(ROOT_URLCONF=__name__)


def quiet_client() -> PageClient:
    client = PageClient()
    client.raise_request_exception = False
    return client


@with_faulty_pages
def test_a_bug_shows_a_number_that_stands_in_the_log_and_needs_no_database(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="skrytka.web.errors"):
        response = quiet_client().get("/broken")
    assert response.status_code == 500
    shown = INCIDENT.search(response.content.decode())
    assert shown
    mine = [one.getMessage() for one in caplog.records if one.name == "skrytka.web.errors"]
    assert mine == [f"server_error incident={shown[1]} fault=RuntimeError"]
    assert "secret" not in response.content.decode()


@with_faulty_pages
def test_two_incidents_have_two_numbers() -> None:
    pages = [quiet_client().get("/broken").content.decode() for _time in range(2)]
    assert len({INCIDENT.findall(page)[0] for page in pages}) == 2


@with_faulty_pages
def test_a_database_out_of_reach_is_a_technical_break_with_advice_about_terms() -> None:
    response = quiet_client().get("/database")
    assert response.status_code == 503
    assert response["Retry-After"] == "300"
    page = response.content.decode()
    assert "Przerwa techniczna." in page
    assert "Jeśli dziś mija Ci termin, zadzwoń do urzędu" in page
    assert INCIDENT.search(page)


@with_faulty_pages
@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("/forbidden", 403, "Nie masz dostępu do tej strony."),
        ("/suspicious", 400, "Nie rozumiemy tego zapytania."),
        ("/nothing-here", 404, "Nie ma takiej strony."),
    ],
)
def test_each_refusal_has_its_own_page(address: str, status: int, text: str) -> None:
    response = quiet_client().get(address)
    assert response.status_code == status
    assert text in response.content.decode()


def test_too_many_requests_have_a_page() -> None:
    response = errors.too_many_requests(RequestFactory().get("/"))
    review(response)
    assert response.status_code == 429
    assert "Za dużo zapytań." in response.content.decode()


def test_an_old_form_is_told_in_words_that_calm() -> None:
    response = PageClient(enforce_csrf_checks=True).post("/informacje/pliki-cookie/ukryj/")
    page = response.content.decode()
    assert response.status_code == 403
    assert "Ta strona była otwarta zbyt długo." in page
    assert "Odśwież ją i wyślij jeszcze raz. Twoje dane są zapisane." in page


def test_our_own_page_learns_the_token_it_may_go_on_with() -> None:
    client, url = PageClient(enforce_csrf_checks=True), "/informacje/pliki-cookie/ukryj/"
    token = client.post(url)["X-CSRFToken"]
    assert client.post(url, headers={"X-CSRFToken": token}).status_code == 302


def test_without_the_list_of_static_files_a_line_of_text_is_left(tmp_path: Path) -> None:
    storages = {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path):
        response = errors.too_many_requests(RequestFactory().get("/"))
    assert response.status_code == 429
    assert response.content.decode().startswith("Coś poszło nie tak po naszej stronie.")


def test_the_page_speaks_the_language_of_the_reader() -> None:
    with translation.override("en"):
        response = errors.too_many_requests(RequestFactory().get("/"))
    assert 'lang="en"' in response.content.decode()


@pytest.mark.django_db
@with_faulty_pages
@pytest.mark.parametrize("page", ["/disk", "/blobs"])
def test_what_cannot_be_stored_now_is_a_technical_break(page: str) -> None:
    answer = quiet_client().get(page)
    assert answer.status_code == 503
    assert "Przerwa techniczna." in answer.content.decode()


def test_another_fault_of_the_system_is_no_break() -> None:
    assert not errors.is_a_break(OSError(errno.EACCES, "Permission denied"))
    assert not errors.is_a_break(None)
