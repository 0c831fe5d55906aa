"""Box addresses, organisations, institutions, employment."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from skrytka.accounts.models import Institution, Party, PartyKind, Role, SenderKind, User
from skrytka.accounts.operations import (
    AccountData,
    BoxData,
    CannotAddOrganisation,
    CannotCreateAccount,
    CannotEmploy,
    CannotFoundInstitution,
    CannotUpdatePersonalData,
    InstitutionData,
    OrganisationData,
    PersonalData,
    add_organisation,
    create_account,
    dismiss,
    employ,
    found_institution,
    open_box,
    register_party,
)
from skrytka.accounts.operations import parties as parties_module
from skrytka.accounts.operations.institutions import FoundingFault
from skrytka.accounts.operations.parties import OrganisationFault
from skrytka.accounts.queries import (
    Address,
    box_of_address,
    has_party,
    institution_of_entity,
    institution_of_id,
    institutions,
    party_details,
    party_of_box_address,
    viewer_of,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRM = OrganisationData(PartyKind.COMPANY, "Ślusarz & Syn", Address(), nip="5480018504")
HALL = InstitutionData("urzad", "Urząd", "Urząd", "URZ", Address())


def newcomer(email: str) -> int:
    return create_account(AccountData(email, "cztery zwykłe słowa"), at=AT)


def address_for(given_name: str, family_name: str, email: str) -> str:
    data = PersonalData(given_name, family_name, Address())
    return Party.objects.get(id=register_party(newcomer(email), data, at=AT)).box_address


def test_two_people_of_one_name_have_two_addresses() -> None:
    assert address_for("Łukasz", "Żółć-Gęś", "a@example.pl") == "/lzolcges/domyslna"
    assert address_for("Łucja", "Żółć Gęś", "b@example.pl") == "/lzolcges2/domyslna"
    assert address_for("Lech", "ŻÓŁĆGĘŚ", "c@example.pl") == "/lzolcges3/domyslna"


def test_a_name_without_latin_letters_still_gets_an_address() -> None:
    assert address_for("Ю", "Юр", "a@example.pl") == "/skrzynka/domyslna"


def test_no_person_takes_the_address_of_an_institution() -> None:
    found_institution(HALL, at=AT)
    assert address_for("U", "Rząd", "u@example.pl") == "/urzad2/domyslna"
    with pytest.raises(CannotFoundInstitution) as refusal:
        found_institution(HALL, at=AT)
    assert refusal.value.reason is FoundingFault.ENTITY_TAKEN


def test_a_person_is_registered_once(anna: User) -> None:
    assert has_party(anna.pk)
    with pytest.raises(CannotUpdatePersonalData):
        register_party(anna.pk, PersonalData("Anna", "Inna", Address()), at=AT)


def test_an_address_makes_one_account(anna: User) -> None:
    with pytest.raises(CannotCreateAccount):
        newcomer("ANNA@example.pl")


def test_an_organisation_is_acted_for_by_who_added_it_and_nobody_else(
    anna: User, celina: User
) -> None:
    party_id = add_organisation(anna.pk, FIRM, at=AT)
    viewer = viewer_of(anna, party_id, at=AT)
    assert viewer.acting_party is not None
    assert viewer.acting_as == "Ślusarz & Syn"
    assert [party.name for party in viewer.parties] == ["Anna Kowalska", "Ślusarz & Syn"]
    other = viewer_of(celina, party_id, at=AT)
    assert other.acting_as == ""
    assert other.acting_party == other.parties[0]
    details = party_details(party_id)
    assert details is not None
    assert (details.nip, details.email) == ("5480018504", "")
    assert party_details(0) is None


def test_all_wrong_numbers_of_an_organisation_are_named_at_once(anna: User) -> None:
    data = OrganisationData(PartyKind.ASSOCIATION, "Koło", Address(), "1", "2", "3")
    with pytest.raises(CannotAddOrganisation) as refusal:
        add_organisation(anna.pk, data, at=AT)
    wrong = (OrganisationFault.NIP, OrganisationFault.REGON, OrganisationFault.KRS)
    assert refusal.value.reasons == wrong


def test_a_person_is_no_organisation(anna: User) -> None:
    data = OrganisationData(PartyKind.PERSON, "Anna", Address(), "5480018504")
    with pytest.raises(CannotAddOrganisation) as refusal:
        add_organisation(anna.pk, data, at=AT)
    assert refusal.value.reasons == (OrganisationFault.NOT_AN_ORGANISATION,)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"entity": "z odstępem"}, FoundingFault.ENTITY),
        ({"nip": "1"}, FoundingFault.NIP),
        ({"regon": "1"}, FoundingFault.REGON),
        ({"teryt": "1"}, FoundingFault.TERYT),
    ],
)
def test_an_institution_with_a_wrong_number_is_not_founded(
    change: dict[str, str], reason: FoundingFault
) -> None:
    parts = {"entity": "e", "nip": "", "regon": "", "teryt": ""} | change
    data = InstitutionData(
        parts["entity"], "U", "U", "U", Address(),
        nip=parts["nip"], regon=parts["regon"], teryt=parts["teryt"],
    )  # fmt: skip
    with pytest.raises(CannotFoundInstitution) as refusal:
        found_institution(data, at=AT)
    assert refusal.value.reason is reason


def test_boxes_are_found_by_address_the_basic_one_first(cuw: Institution) -> None:
    place = institution_of_entity("ZOJO_Cieszyn")
    assert place is not None
    assert place == institution_of_id(cuw.pk) == institutions()[0]
    assert [box.address for box in place.boxes] == [
        "/ZOJO_Cieszyn/SkrytkaESP",
        "/ZOJO_Cieszyn/skrytka",
    ]
    assert place.basic_box == place.boxes[0]
    found = box_of_address("/ZOJO_Cieszyn/skrytka")
    assert found is not None
    assert SenderKind.INSTITUTION not in found.sender_kinds
    assert box_of_address("/ZOJO_Cieszyn/nic") is None
    assert box_of_address("co to jest") is None
    assert institution_of_entity("nic") is None
    assert institution_of_id(0) is None


def test_a_box_has_a_name_that_fits_an_address_and_only_one_is_basic(cuw: Institution) -> None:
    with pytest.raises(CannotFoundInstitution) as refusal:
        open_box(cuw.pk, BoxData("z odstępem", "t", "p", ()), at=AT)
    assert refusal.value.reason is FoundingFault.BOX_NAME
    with pytest.raises(IntegrityError):
        open_box(cuw.pk, BoxData("druga", "t", "p", (), is_basic=True), at=AT)


def test_one_role_is_held_once_and_can_be_held_again(daria: User, cuw: Institution) -> None:
    with pytest.raises(CannotEmploy):
        employ(daria.pk, cuw.pk, Role.CLERK, at=AT)
    for _ in range(2):
        dismiss(daria.pk, cuw.pk, Role.CLERK, at=AT)
    employ(daria.pk, cuw.pk, Role.CLERK, at=AT)
    assert len(viewer_of(daria, at=AT).employments) == 1


def test_a_party_is_found_only_by_its_whole_address(anna: User) -> None:
    assert party_of_box_address("/akowalska/domyslna") is not None
    assert party_of_box_address("/akowalska/inna") is None
    assert party_of_box_address("akowalska") is None


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (Address("Rynek", "1", "2", "43-400", "Cieszyn"), ("Rynek 1/2", "43-400 Cieszyn")),
        (Address("", "5", "", "43-426", "Dębowiec"), ("Dębowiec 5", "43-426 Dębowiec")),
        (Address(), ()),
    ],
)
def test_an_address_is_written_as_on_an_envelope(address: Address, lines: tuple[str, ...]) -> None:
    assert address.lines == lines


def test_who_asks_for_an_address_another_takes_meanwhile_gets_the_next(
    anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the second of two at once sees it: free when asked for, taken when written."""
    answers = iter([anna.party.box_entity, "akowalska2"])
    monkeypatch.setattr(parties_module, "free_entity", lambda _wished: next(answers))
    user_id = newcomer("anna.druga@example.pl")
    register_party(user_id, PersonalData("Anna", "Kowalska", Address()), at=AT)
    assert User.objects.get(id=user_id).party.box_entity == "akowalska2"
