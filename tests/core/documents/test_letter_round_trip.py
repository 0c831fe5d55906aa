"""Facts -> bytes -> facts: whatever a person types comes back as typed."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.documents.letter import (
    ActingPerson,
    Address,
    AttachmentRef,
    FormField,
    InstitutionParty,
    LetterDirection,
    LetterFacts,
    LetterUnwritable,
    OrganisationParty,
    PersonParty,
    read_letter,
    render_letter,
)
from skrytka.core.documents.xml import parse_xml

AWKWARD = "ąćęłńóśźżĄŻ ҐґЄєІіЇї'’ \"„”&<>]]>;:=\t\n\r\x85\u2028\ufeff\U0001f4e8-–%{}"
TEXTS = st.text(st.sampled_from(AWKWARD), max_size=30) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufffe\uffff"),
    max_size=30,
)
MAYBE = st.none() | TEXTS
ADDRESSES = st.none() | st.builds(
    Address, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE
)
PEOPLE = st.builds(
    PersonParty,
    given_name=TEXTS,
    family_name=TEXTS,
    pesel=MAYBE,
    box_address=TEXTS,
    address=ADDRESSES,
    email=MAYBE,
)
ORGANISATIONS = st.builds(
    OrganisationParty,
    name=TEXTS,
    nip=MAYBE,
    regon=MAYBE,
    krs=MAYBE,
    box_address=TEXTS,
    address=ADDRESSES,
    email=MAYBE,
)
INSTITUTIONS = st.builds(
    InstitutionParty,
    name=TEXTS,
    box_address=TEXTS,
    address=ADDRESSES,
    nip=MAYBE,
    regon=MAYBE,
    email=MAYBE,
)
ACTING = st.builds(
    ActingPerson, given_name=TEXTS, family_name=TEXTS, position=MAYBE, authority=MAYBE
)
WHAT_IS_SAID = st.fixed_dictionaries(
    {
        "cid": TEXTS,
        "created_at": st.datetimes(
            datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone itself
            datetime(2199, 1, 1),  # noqa: DTZ001
            timezones=st.just(UTC),
        ),
        "written_on": st.dates(date(1900, 1, 1), date(2199, 1, 1)),
        "place": TEXTS,
        "title": TEXTS,
        "kind": TEXTS,
        "other_kind": MAYBE,
        "service_code": MAYBE,
        "form_version": MAYBE,
        "case_mark": MAYBE,
        "in_reply_to": MAYBE,
        "paragraphs": st.lists(TEXTS, max_size=3).map(tuple),
        "fields": st.lists(st.builds(FormField, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
        "attachments": st.lists(
            st.builds(
                AttachmentRef,
                TEXTS,
                TEXTS,
                st.integers(0, 10**12),
                st.binary(min_size=32, max_size=32).map(bytes.hex),
                TEXTS,
            ),
            max_size=2,
        ).map(tuple),
    }
)
WHO_WRITES = st.fixed_dictionaries(
    {"sender": PEOPLE | ORGANISATIONS, "addressee": INSTITUTIONS, "acting": st.none() | ACTING}
) | st.fixed_dictionaries(
    {
        "sender": INSTITUTIONS,
        "addressee": PEOPLE | ORGANISATIONS | INSTITUTIONS,
        "acting": ACTING,
    }
)
LETTERS = st.builds(lambda said, who: LetterFacts(**said, **who), WHAT_IS_SAID, WHO_WRITES)

PLAIN = LetterFacts(
    cid="1@skrytka.example.org",
    created_at=datetime(2026, 1, 12, 9, 9, 58, 123456, UTC),
    written_on=date(2026, 1, 12),
    place="Cieszyn",
    title="Wniosek",
    kind="wniosek",
    addressee=InstitutionParty(name="Urząd", box_address="/urzad/skrytka"),
    sender=PersonParty(given_name="Anna", family_name="Żak", pesel="44051401359"),
)


def changed(**facts: object) -> LetterFacts:
    values = {name: getattr(PLAIN, name) for name in PLAIN.__slots__}
    return LetterFacts(**(values | facts))


def outgoing(**facts: object) -> LetterFacts:
    daria = ActingPerson(given_name="Daria", family_name="Nowak")
    return changed(**({"sender": InstitutionParty(name="Urząd"), "acting": daria} | facts))


@given(LETTERS)
def test_a_letter_of_either_direction_is_read_back_as_it_was_written(facts: LetterFacts) -> None:
    document = render_letter(facts)
    assert read_letter(document) == facts
    assert render_letter(facts) == document


@given(LETTERS)
def test_the_direction_is_told_by_who_writes(facts: LetterFacts) -> None:
    of_institution = isinstance(facts.sender, InstitutionParty)
    written = read_letter(render_letter(facts)).direction
    assert written is (LetterDirection.OUTGOING if of_institution else LetterDirection.INCOMING)


@pytest.mark.parametrize(
    "who",
    [
        {"addressee": PersonParty(given_name="Anna", family_name="Żak")},
        {"addressee": OrganisationParty(name="Młyn")},
        {"sender": InstitutionParty(name="Urząd")},
    ],
)
def test_facts_of_neither_direction_are_never_put_together(who: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="institution"):
        changed(**who)


def test_facts_keep_the_milliseconds_that_a_document_can_carry() -> None:
    assert PLAIN.created_at == datetime(2026, 1, 12, 9, 9, 58, 123000, UTC)


def test_nothing_typed_becomes_markup() -> None:
    text = "</wnio:Informacja><wnio:Informacja>&lt;!DOCTYPE a>"
    facts = changed(title='" onload="', paragraphs=(text,), kind='"/><x y="', place="]]>")
    root = parse_xml(render_letter(facts))
    assert len(root.findall(".//{*}Informacja")) == 1
    assert read_letter(render_letter(facts)) == facts


def test_the_document_looks_as_the_pattern_asks() -> None:
    attachment = AttachmentRef("umowa.pdf", "application/pdf", 12, "0" * 64, "zalaczniki/01.pdf")
    text = render_letter(
        changed(
            attachments=(attachment,),
            fields=(FormField("/klasa", "Klasa", "4b"),),
            other_kind="odwołanie",
        )
    ).decode()
    for line in (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<wnio:Dokument xmlns:wnio="http://crd.gov.pl/wzor/2017/10/24/4566/"',
        "<str:CID>1@skrytka.example.org</str:CID>",
        "<meta:Czas>2026-01-12T10:09:58.123+01:00</meta:Czas>",
        "<meta:Czas>2026-01-12</meta:Czas>",
        '<wnio:RodzajWnioskuRozszerzony rodzaj="wniosek" jakiInny="odwołanie"/>',
        '<wnio:Informacja form:pole="/klasa" form:etykieta="Klasa">Klasa: 4b</wnio:Informacja>',
        '<str:Zalacznik format="application/pdf" kodowanie="URI" nazwaPliku="umowa.pdf">',
        "<str:DaneZalacznika>zalaczniki/01.pdf</str:DaneZalacznika>",
        f"<str:OpisZalacznika>SHA-256 {'0' * 64}; 12 B</str:OpisZalacznika>",
        "<adr:URIKontakt>/urzad/skrytka</adr:URIKontakt>",
    ):
        assert line in text


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (lambda sign: changed(title=sign), "title"),
        (lambda sign: changed(kind=sign), "kind"),
        (lambda sign: changed(paragraphs=("a", f"b{sign}")), "paragraphs[1]"),
        (lambda sign: changed(fields=(FormField(sign, "", ""),)), "fields[0].path"),
        (
            lambda sign: changed(sender=OrganisationParty(name="A", email=sign)),
            "sender.email",
        ),
        (lambda sign: changed(case_mark=sign), "case_mark"),
        (lambda sign: changed(in_reply_to=sign), "in_reply_to"),
        (lambda sign: outgoing(addressee=OrganisationParty(name=sign)), "addressee.name"),
        (
            lambda sign: outgoing(acting=ActingPerson(given_name="", family_name=sign)),
            "acting.family_name",
        ),
    ],
)
def test_a_sign_that_xml_cannot_carry_is_refused_by_the_name_of_the_fact(
    facts: object, name: str, sign: str
) -> None:
    assert callable(facts)
    with pytest.raises(LetterUnwritable) as refusal:
        render_letter(facts(sign))
    assert refusal.value.field == name
    assert str(refusal.value) == name


@pytest.mark.parametrize(
    ("size", "sha256", "name"),
    [
        (1, None, "attachments[0].sha256"),
        (1, "A" * 64, "attachments[0].sha256"),
        (None, "a" * 64, "attachments[0].size"),
        (-1, "a" * 64, "attachments[0].size"),
    ],
)
def test_an_attachment_without_digest_and_size_is_never_written(
    size: int | None, sha256: str | None, name: str
) -> None:
    facts = changed(attachments=(AttachmentRef("a", "text/plain", size, sha256, "a"),))
    with pytest.raises(LetterUnwritable) as refusal:
        render_letter(facts)
    assert refusal.value.field == name


def test_a_person_is_named_in_full_and_the_pesel_stays_out_of_logs() -> None:
    assert PLAIN.sender.name == "Anna Żak"
    assert "44051401359" not in repr(PLAIN)
