"""A party decides whether institutions deliver to its account; what has begun goes on."""

from datetime import timedelta

import pytest

from skrytka.accounts.models import DeliveryResignation, Institution, User
from skrytka.accounts.operations.delivery_consent import resign_from_delivery
from skrytka.accounts.queries.delivery_consent import accepts_delivery
from skrytka.delivery.models import OutgoingDraft, OutgoingState
from skrytka.delivery.operations.dispatch import CannotDispatch, DispatchFault, dispatch_letter
from skrytka.ledger.models import Event
from skrytka.ledger.operations import Actor
from tests.desk.world import client_at
from tests.world.outgoing import SENT_AT, night_at, noticed_letter, signed_draft
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
PAGE = "/konto/doreczenia/"


def page_of(user: User) -> PageClient:
    return client_at(user)


def test_a_party_resigns_and_comes_back(anna: User) -> None:
    client = page_of(anna)
    assert "Nie chcę pism na koncie" in client.get(PAGE).content.decode()
    client.post(PAGE, {"wish": "resign"})
    assert "Urzędy wysyłają pisma na papierze." in client.get("/konto/").content.decode()
    client.post(PAGE, {"wish": "accept"})
    assert "Urzędy mogą wysyłać pisma na to konto." in client.get("/konto/").content.decode()
    kinds = Event.objects.filter(subject_type="PARTY", kind__startswith="DELIVERY_")
    assert list(kinds.order_by("id").values_list("kind", flat=True)) == [
        "DELIVERY_RESIGNED",
        "DELIVERY_ACCEPTED",
    ]


def test_a_second_click_changes_nothing(anna: User) -> None:
    client = page_of(anna)
    for wish in ("resign", "resign", "accept", "accept"):
        client.post(PAGE, {"wish": wish})
    assert DeliveryResignation.objects.count() == 1
    assert Event.objects.filter(kind__startswith="DELIVERY_").count() == 2


def test_each_party_decides_for_itself(anna: User, bogdan: User) -> None:
    """Not even a proxy: what Bogdan switches is his own account."""
    page_of(bogdan).post(PAGE, {"wish": "resign"})
    assert accepts_delivery(anna.party.pk, at=SENT_AT)


def test_a_stranger_is_asked_to_log_in() -> None:
    assert PageClient().get(PAGE).status_code == 302


def test_nothing_is_sent_to_who_has_resigned(daria: User, cuw: Institution, anna: User) -> None:
    resign_from_delivery(anna.party.pk, at=SENT_AT - timedelta(days=1), actor=Actor("1"))
    draft = signed_draft(daria, cuw, anna.party)
    with pytest.raises(CannotDispatch) as refused:
        dispatch_letter(draft.id, actor=Actor("1"), at=SENT_AT)
    assert refused.value.reason is DispatchFault.ADDRESSEE_RESIGNED
    assert OutgoingDraft.objects.get().state == OutgoingState.OPEN


def test_a_delivery_that_has_begun_goes_on(daria: User, cuw: Institution, anna: User) -> None:
    noticed_letter(daria, cuw, anna)
    resign_from_delivery(anna.party.pk, at=SENT_AT, actor=Actor("1"))
    assert night_at(SENT_AT + timedelta(days=8)).reminded == 1
    assert night_at(SENT_AT + timedelta(days=15)).deemed == 1
