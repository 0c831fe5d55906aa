"""What the frame of every page knows about its reader."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve

from skrytka.accounts.models import Institution, User
from skrytka.web.context import page_context, reader_of, support_line, viewer_on

pytestmark = pytest.mark.django_db


def test_the_viewer_is_asked_for_once_in_a_request(anna: User) -> None:
    request = RequestFactory().get("/")
    request.user = anna
    assert viewer_on(request) is viewer_on(request)
    assert viewer_on(request).display_name == "Anna Kowalska"


def test_a_request_from_before_log_in_is_a_strangers() -> None:
    assert not viewer_on(RequestFactory().get("/")).is_authenticated


def test_a_clerk_is_led_to_the_desk_and_a_citizen_is_not(anna: User, daria: User) -> None:
    for user, is_clerk in ((anna, False), (daria, True)):
        request = RequestFactory().get("/")
        request.user = user
        reader = reader_of(viewer_on(request))
        assert reader.is_clerk is is_clerk
        assert reader.desk_url


@pytest.mark.parametrize(
    ("address", "section"),
    [
        ("/instytucje/", "institutions"),
        ("/verify", "verify"),
        ("/informacje/pomoc/", "help"),
        ("/", ""),
        ("/healthz", ""),
    ],
)
def test_the_section_follows_from_the_address(address: str, section: str) -> None:
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    request.resolver_match = resolve(address)
    assert page_context(request)["nav_current"] == section


def test_an_address_that_leads_nowhere_has_no_section() -> None:
    assert page_context(RequestFactory().get("/nothing"))["nav_current"] == ""


def test_support_is_that_of_the_institution_founded_first(
    cuw: Institution, town_hall: Institution
) -> None:
    Institution.objects.filter(pk=cuw.pk).update(phone="33 1", hours=["pon. 8–16", "wt. 8–15"])
    Institution.objects.filter(pk=town_hall.pk).update(phone="33 2")
    assert support_line().phone == "33 1"
    assert support_line().hours == "pon. 8–16, wt. 8–15"


def test_an_empty_installation_has_no_support_line() -> None:
    assert support_line().phone == ""
