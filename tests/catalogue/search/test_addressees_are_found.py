"""Institutions are found by name, town or the address of a box, from the first letters on."""

from datetime import UTC, datetime

import pytest

from skrytka.accounts.models import Institution, InstitutionChange
from skrytka.accounts.operations import BoxData, InstitutionData, found_institution, open_box
from skrytka.accounts.queries import Address, SenderKind
from skrytka.catalogue.addressees import addressees_matching
from skrytka.catalogue.search import addressees, indexing
from skrytka.catalogue.search.indexing import index_addressees
from skrytka.ledger.operations import EventKind, Subject, record_event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CUW = "Centrum Usług Wspólnych w Cieszynie"
TOWN_HALL = "Urząd Miejski w Cieszynie"


def names(text: str, limit: int = 10) -> list[str]:
    return [line.name for line in addressees_matching(text, limit=limit).lines]


def another(entity: str, name: str, town: str) -> int:
    address = Address(postal_code="43-400", town=town)
    return found_institution(InstitutionData(entity, name, name[:20], "X", address), at=NOW)


@pytest.mark.parametrize(
    "typed",
    ["ce", "Centrum", "centrum uslug", "usługi wspólne", "wspol", "cuw", "/ZOJO_Cieszyn", "zojo",
     "centrm usług", "USŁUGAMI"],
)  # fmt: skip
def test_the_way_people_type(cuw: Institution, town_hall: Institution, typed: str) -> None:
    assert names(typed)[0] == CUW


@pytest.mark.parametrize("typed", ["ciesz", "Cieszyn", "cieszynie", "w Cieszynie", "ciszyn"])
def test_a_town_finds_all_its_institutions(
    cuw: Institution, town_hall: Institution, typed: str
) -> None:
    another("X", "Urząd Gminy Brenna", "Brenna")
    assert names(typed) == [CUW, TOWN_HALL]


def test_a_name_that_begins_as_typed_goes_first(cuw: Institution, town_hall: Institution) -> None:
    another("A", "Archiwum miejskie", "Wisła")
    another("M", "Miejski Zarząd Dróg", "Wisła")
    assert names("miejski")[0] == "Miejski Zarząd Dróg"


@pytest.mark.parametrize("typed", ["Urząd Gminy B", "urzad gminy b", "Urząd Gminy Br", "urząd"])
def test_a_name_that_begins_as_typed_is_found_however_many_fit_the_words(
    cuw: Institution, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(addressees, "MOST_FOUND", 5)
    for number in range(20):
        another(f"R{number}", f"Rejonowy urząd gminy Brzegi {number}", "Brzegi")
    another("BRENNA", "Urząd Gminy Brenna", "Brenna")
    assert names(typed)[0] == "Urząd Gminy Brenna"
    assert addressees_matching(typed).count <= 5


def test_a_line_holds_the_boxes_with_the_basic_one_first(cuw: Institution) -> None:
    (line,) = addressees_matching("zojo").lines
    assert [box.address for box in line.boxes] == [
        "/ZOJO_Cieszyn/SkrytkaESP",
        "/ZOJO_Cieszyn/skrytka",
    ]
    assert (line.entity, line.town) == ("ZOJO_Cieszyn", "Cieszyn")


def test_what_was_founded_or_opened_a_moment_ago_is_found(cuw: Institution) -> None:
    assert names("biblioteka") == []
    new = another("BIB", "Biblioteka Publiczna", "Cieszyn")
    assert names("biblioteki") == ["Biblioteka Publiczna"]
    open_box(new, BoxData("magazyn", "Magazyn", "Książki", (SenderKind.PERSON,)), at=NOW)
    assert names("magazyn") == ["Biblioteka Publiczna"]


def test_a_closed_institution_is_not_found(cuw: Institution) -> None:
    Institution.objects.filter(id=cuw.pk).update(is_active=False)
    assert names("centrum") == []
    index_addressees()
    assert addressees_matching("centrum").count == 0


def test_nothing_is_indexed_again_while_nothing_happens(
    cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    names("zojo")
    asked: list[object] = []
    monkeypatch.setattr(indexing, "index_addressees", asked.append)
    record_event(EventKind.LOGGED_IN, Subject("USER", "1"), at=NOW)
    names("zojo")
    assert asked == []


def test_changes_that_were_taken_up_leave_no_marks(cuw: Institution) -> None:
    another("BIB", "Biblioteka Publiczna", "Cieszyn")
    assert InstitutionChange.objects.count() > 1
    names("zojo")
    assert InstitutionChange.objects.count() == 0


def test_indexing_everything_anew_takes_up_all_changes(cuw: Institution) -> None:
    index_addressees()
    assert InstitutionChange.objects.count() == 0
    assert names("zojo") == [CUW]


def test_pages_of_a_long_list(cuw: Institution) -> None:
    for number in range(12):
        another(f"P{number}", f"Przedszkole nr {number:02}", "Cieszyn")
    first = addressees_matching("przedszkole", limit=5)
    rest = addressees_matching("przedszkole", start=5, limit=50)
    assert first.count == 12
    assert not first.is_cut
    assert [*first.lines, *rest.lines] == list(addressees_matching("przedszkole", limit=12).lines)


@pytest.mark.parametrize("typed", ["", "   ", "!!", '"', "(|&"])
def test_nothing_typed_finds_nothing(cuw: Institution, typed: str) -> None:
    assert names(typed) == []


def test_words_that_do_not_all_fit_find_what_fits_some(cuw: Institution) -> None:
    assert names("centrum kosmiczne") == [CUW]
