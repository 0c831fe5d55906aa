"""Who was founded a moment ago is found at once; who did not change costs nothing."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from skrytka.accounts.models import Institution, SenderKind
from skrytka.accounts.operations import BoxData, InstitutionData, found_institution, open_box
from skrytka.accounts.queries import Address
from skrytka.catalogue.addressees import addressees_matching
from skrytka.catalogue.operations import reindex

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def found(text: str) -> list[str]:
    return [line.entity for line in addressees_matching(text).lines]


def found_library() -> int:
    address = Address("", "1", "", "43-999", "Lipniki")
    data = InstitutionData("BP_Lipniki", "Biblioteka Publiczna w Lipnikach", "BP", "BP", address)
    return found_institution(data, at=NOW)


def test_a_new_institution_is_found_at_once(cuw: Institution) -> None:
    assert found("lipniki") == []
    found_library()
    assert found("lipniki") == ["BP_Lipniki"]
    assert found("centrum") == ["ZOJO_Cieszyn"]


def test_a_box_opened_later_is_found_by_its_address(cuw: Institution) -> None:
    library = found_library()
    assert found("Wypozyczalnia") == []
    box = BoxData("Wypozyczalnia", "Wypożyczalnia", "Książki", tuple(SenderKind), is_basic=True)
    open_box(library, box, at=NOW)
    assert found("Wypozyczalnia") == ["BP_Lipniki"]
    assert found("/BP_Lipniki/Wypo") == ["BP_Lipniki"]


def test_indexing_everything_anew_finds_the_same(cuw: Institution, town_hall: Institution) -> None:
    before = found("cieszyn")
    reindex()
    assert sorted(found("cieszyn")) == sorted(before) == ["ZOJO_Cieszyn", "u390efc0tm"]


def test_a_closed_institution_is_no_longer_found(cuw: Institution) -> None:
    assert found("centrum") == ["ZOJO_Cieszyn"]
    Institution.objects.filter(pk=cuw.pk).update(is_active=False)
    assert found("centrum") == []


def test_asking_again_writes_nothing(
    cuw: Institution, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found("centrum")
    with django_assert_max_num_queries(8) as asked:
        found("centrum")
    assert not [one for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
