"""Full letters of both directions, compared with the bytes in ``golden/``."""

from dataclasses import replace
from datetime import UTC, date, datetime

from skrytka.core.documents.letter import (
    ActingPerson,
    Address,
    AttachmentRef,
    FormField,
    InstitutionParty,
    LetterFacts,
    OrganisationParty,
    PersonParty,
)

ADDRESS = Address(
    town="Cieszyn",
    postal_code="43-400",
    street="Przykładowa",
    building="1",
    flat="2",
    country="PL",
    post_office="Cieszyn 1",
    voivodeship="śląskie",
    county="cieszyński",
    commune="Cieszyn",
)
OFFICE = InstitutionParty(
    name="Centrum Usług Wspólnych w Cieszynie",
    box_address="/cuw/skrytka",
    address=ADDRESS,
    nip="5480018504",
    regon="240000000",
)
COMPANY = OrganisationParty(
    name="Młyn & Syn sp. z o.o.",
    nip="5480018510",
    regon="240000001",
    krs="0000012345",
    box_address="/mlyn/domyslna",
    address=ADDRESS,
    email="biuro@example.org",
)
ANNA = PersonParty(
    given_name="Anna",
    family_name="Żak",
    pesel="44051401359",
    email="anna@example.org",
    box_address="/anna/domyslna",
    address=ADDRESS,
)
DARIA = ActingPerson(
    given_name="Daria",
    family_name="Nowak",
    position="inspektor",
    authority="z upoważnienia dyrektora",
)
ATTACHMENT = AttachmentRef(
    'umowa "1".pdf', "application/pdf", 182734, "ab" * 32, "zalaczniki/01-umowa_1.pdf"
)

TO_INSTITUTION = LetterFacts(
    cid="1@skrytka.example.org",
    created_at=datetime(2026, 1, 12, 9, 9, 58, 123456, UTC),
    written_on=date(2026, 1, 12),
    place="Cieszyn",
    title="Wniosek <o> wydanie",
    kind="inne pismo",
    other_kind="pismo\togólne",
    service_code="PISMO",
    form_version="pismo/3",
    addressee=OFFICE,
    sender=COMPANY,
    acting=ActingPerson(
        given_name="Anna", family_name="Żak", position="prezes", authority="z upoważnienia zarządu"
    ),
    paragraphs=("Pierwszy\r\nakapit & reszta.", "Drugi."),
    fields=(FormField("/klasa", "Klasa", "4b"),),
    attachments=(ATTACHMENT,),
)

OF_A_PERSON = replace(
    TO_INSTITUTION,
    sender=ANNA,
    acting=None,
    attachments=(),
    fields=(),
    service_code=None,
    form_version=None,
    other_kind=None,
)
OF_AN_INSTITUTION = LetterFacts(
    cid="2@skrytka.example.org",
    created_at=datetime(2026, 2, 3, 12, 0, 0, 0, UTC),
    written_on=date(2026, 2, 3),
    place="Cieszyn",
    title="Wezwanie do uzupełnienia braków",
    kind="inne pismo",
    other_kind="wezwanie",
    case_mark="CUW.5310.12.2026.DN",
    in_reply_to="RPW/17/2026",
    addressee=ANNA,
    sender=replace(OFFICE, email="kancelaria@example.org"),
    acting=DARIA,
    paragraphs=("Wzywam do uzupełnienia <wniosku>.", "W terminie 7 dni."),
    attachments=(ATTACHMENT,),
)
TO_A_COMPANY = replace(OF_AN_INSTITUTION, addressee=COMPANY, in_reply_to=None, attachments=())
TO_ANOTHER_INSTITUTION = replace(OF_AN_INSTITUTION, addressee=OFFICE, case_mark=None)
