"""A clerk finds who wrote to the institution, and others by the exact address of their box."""

import pytest

from skrytka.accounts.models import Box, Institution, User
from skrytka.accounts.operations.institution_parties import party_of_institution
from skrytka.catalogue.search.indexing import follow_institutions
from skrytka.delivery.queries.addressees import AddresseeKind, addressees_for
from tests.world.desk_drafts import NOW
from tests.world.letters import sent_letter

pytestmark = pytest.mark.django_db


def names(institution: Institution, text: str) -> list[str]:
    return [one.name for one in addressees_for(institution.pk, text)]


def test_a_person_is_found_by_the_exact_address_alone(
    anna: User, celina: User, cuw: Institution
) -> None:
    (found,) = addressees_for(cuw.pk, " /akowalska/domyslna ")
    assert (found.kind, found.id, found.name) == (
        AddresseeKind.PARTY,
        anna.party.pk,
        "Anna Kowalska",
    )
    for guess in ("Kowalska", "/akowal", "/akowalska/", "akowalska", "a", "", "/", "%", "_"):
        assert names(cuw, guess) == []


def test_a_sender_is_found_by_name_at_the_institution_they_wrote_to(
    anna: User, celina: User, cuw: Institution, town_hall: Institution
) -> None:
    sent_letter(anna, cuw)
    assert names(cuw, "KOWALSKA an") == ["Anna Kowalska"]
    assert names(town_hall, "Kowalska") == []
    assert names(cuw, "Wrona") == []


def test_other_institutions_are_found_by_name_and_address(
    cuw: Institution, town_hall: Institution
) -> None:
    follow_institutions()
    assert names(cuw, "Urząd Miejski") == ["Urząd Miejski w Cieszynie"]
    (found,) = addressees_for(cuw.pk, "/u390efc0tm/SEKAP")
    assert (found.kind, found.id) == (
        AddresseeKind.INSTITUTION,
        Box.objects.get(institution=town_hall).pk,
    )


def test_neither_one_s_own_institution_nor_a_closed_box_is_offered(
    cuw: Institution, town_hall: Institution
) -> None:
    follow_institutions()
    assert names(cuw, "Centrum Usług") == []
    assert names(cuw, "/ZOJO_Cieszyn/SkrytkaESP") == []
    Box.objects.filter(institution=town_hall).update(is_open=False)
    assert names(cuw, "/u390efc0tm/SEKAP") == []
    assert names(cuw, "Urząd Miejski") == []


def test_the_party_that_stands_for_an_institution_is_no_addressee(
    cuw: Institution, town_hall: Institution
) -> None:
    party_of_institution(town_hall.pk, at=NOW)
    assert names(cuw, "/u390efc0tm/domyslna") == []
