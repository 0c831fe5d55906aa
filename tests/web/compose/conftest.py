from collections.abc import Callable

import pytest
from django.test import Client

from skrytka.accounts.models import Institution, User
from skrytka.catalogue.models import ServiceCard
from skrytka.letters.models import Draft
from tests.web.compose.cards import general_letter
from tests.world.letters import written_draft
from tests.world.page_client import PageClient

ReaderOf = Callable[[User], Client]


@pytest.fixture
def card(db: None) -> ServiceCard:
    return general_letter()


@pytest.fixture
def draft(card: ServiceCard, anna: User, cuw: Institution) -> Draft:
    """Anna's letter to the shared services centre: title and body are there."""
    return written_draft(anna, cuw)


@pytest.fixture
def reader_of() -> ReaderOf:
    """A client that reviews every page, logged in as a person."""

    def logged_in(user: User) -> Client:
        client = PageClient()
        client.force_login(user)
        return client

    return logged_in
