"""Facts to bytes and back; the structure is the official one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.documents.xml import parse_xml
from skrytka.core.receipts import (
    Information,
    NppFacts,
    ReceiptParty,
    ReceiptUnreadable,
    ReceiptUnwritable,
    RefusalCause,
    UnreadableReason,
    UppFacts,
    read_npp,
    read_upp,
    render_npp,
    render_upp,
)
from skrytka.core.signatures.c14n import C14nMethod, canonicalize_document
from skrytka.core.signatures.canonical import HEADER, CanonicalDocument
from tests.core.receipts.conftest import ANNA, ATTACHMENT, DOCUMENT, NPP, UPP, Sealed, sha256
from tests.core.signatures.crafting import find

POS = "{http://crd.gov.pl/xml/schematy/UPO/2008/05/09/}"
_BEYOND = "\ufffe\uffff"
_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=_BEYOND)
    | st.sampled_from("\t\n\r&<>\"'"),
    max_size=12,
)
_party = st.builds(ReceiptParty, _text, _text, _text)
_instant = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
_information = st.lists(st.builds(Information, _text, _text), max_size=3).map(tuple)
_upp = st.builds(UppFacts, _text, _party, _party, _instant, _instant, _text, _information)
_cause = st.builds(RefusalCause, _text, _text, st.none() | _text, st.none() | _text)
_npp = st.builds(
    NppFacts, _text, _party, _party, _instant, _instant, _text,
    st.lists(_cause, min_size=1, max_size=3).map(tuple), _information,
)  # fmt: skip


def _assert_canonical(written: CanonicalDocument) -> None:
    """Sealing takes the writer's word for this, so it is proved for all facts."""
    root = parse_xml(written)
    for method in (C14nMethod.INCLUSIVE_COMMENTS, C14nMethod.EXCLUSIVE):
        assert written.body == canonicalize_document(root, method)
    assert written == HEADER + written.body


@given(_upp)
def test_a_upp_comes_back_as_it_was(facts: UppFacts) -> None:
    written = render_upp(facts)
    assert read_upp(written) == facts
    _assert_canonical(written)


@given(_npp)
def test_an_npp_comes_back_as_it_was(facts: NppFacts) -> None:
    written = render_npp(facts)
    assert read_npp(written) == facts
    _assert_canonical(written)


def test_the_upp_has_the_official_structure() -> None:
    root = parse_xml(render_upp(UPP))
    assert root.tag == f"{POS}Dokument"
    assert [child.tag.removeprefix(POS) for child in root[0]] == [
        "IdentyfikatorPoswiadczenia", "Adresat", "Nadawca", "DataDoreczenia",
        "DataWytworzeniaPoswiadczenia", "IdentyfikatorDokumentu",
        "InformacjaUzupelniajaca", "InformacjaUzupelniajaca",
        "InformacjaUzupelniajaca", "InformacjaUzupelniajaca",
    ]  # fmt: skip
    assert root.findtext(f".//{POS}DataDoreczenia") == "2026-01-12T10:11:12.000+01:00"
    assert find(root, f".//{POS}IdentyfikatorPodmiotu").items() == [("TypIdentyfikatora", "ESP-ID")]
    assert find(root[0], f"{POS}InformacjaUzupelniajaca").items() == [
        ("TypInformacjiUzupelniajacej", "Adres skrytki")
    ]


def test_known_lines_are_at_hand_as_values() -> None:
    assert UPP.box_address == "/ZOJO_Cieszyn/SkrytkaESP"
    assert UPP.register_no == "RPW/CUW/00001/2026"
    assert UPP.document_sha256 == sha256(DOCUMENT)
    (attachment,) = UPP.attachments
    assert (attachment.file_name, attachment.size) == ("umowa.pdf", len(ATTACHMENT))
    bare = replace(
        UPP,
        information=(
            Information("Załącznik", "umowa"),
            Information("Skrót SHA-256 dokumentu", "?"),
        ),
    )
    assert bare.attachments == ()
    assert bare.document_sha256 is None
    assert bare.register_no is None
    assert (NPP.attachments, NPP.document_sha256) == ((), None)


def test_attributes_are_read_qualified_too() -> None:
    qualified = render_upp(UPP).replace(b" Typ", b" pos:Typ")
    assert read_upp(qualified) == UPP


def test_a_missing_attribute_is_empty() -> None:
    bare = render_upp(UPP).replace(b' TypIdentyfikatora="ESP-ID"', b"")
    assert read_upp(bare).sender == replace(ANNA, identifier_type="")


def test_instants_are_kept_in_whole_milliseconds() -> None:
    late = replace(UPP, delivered_at=UPP.delivered_at + timedelta(microseconds=1999))
    assert late.delivered_at == UPP.delivered_at + timedelta(milliseconds=1)


def test_a_sealed_receipt_is_read_past_its_signature(sealed: Sealed) -> None:
    assert read_upp(sealed.upp) == UPP
    assert read_npp(sealed.npp) == NPP


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(UPP, receipt_no="\x00"), "IdentyfikatorPoswiadczenia"),
        (replace(UPP, sender=ReceiptParty("\x1b[1m", "a")), "Nazwa"),
        (replace(UPP, sender=ReceiptParty("a", "a", "\x01")), "Nadawca"),
        (replace(UPP, information=(Information("\ufffe", "a"),)), "InformacjaUzupelniajaca"),
    ],
)
def test_what_xml_cannot_carry_is_refused_by_field(facts: UppFacts, field: str) -> None:
    with pytest.raises(ReceiptUnwritable) as refusal:
        render_upp(facts)
    assert refusal.value.field == field


def test_a_refusal_without_a_cause_is_not_written_and_not_read() -> None:
    with pytest.raises(ReceiptUnwritable):
        render_npp(replace(NPP, causes=()))
    written = render_npp(replace(NPP, causes=NPP.causes[1:]))
    start, end = written.index(b"    <pos:Przyczyna"), written.index(b"</pos:Przyczyna>") + 16
    with pytest.raises(ReceiptUnreadable):
        read_npp(written[:start] + written[end:])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<pos:UPP>", b"<pos:UPP", UnreadableReason.NOT_XML),
        (b"UPO/2008", b"UPO/2009", UnreadableReason.NOT_A_RECEIPT),
        (b"pos:UPP>", b"pos:UPD>", UnreadableReason.NOT_A_RECEIPT),
        (b"</pos:UPP>", b"</pos:UPP><pos:UPP></pos:UPP>", UnreadableReason.NOT_A_RECEIPT),
        (b"Wytworzenia", b"Utworzenia", UnreadableReason.STRUCTURE),
        (b"</pos:Nazwa>", b"<x/></pos:Nazwa>", UnreadableReason.STRUCTURE),
        (b"</pos:Nazwa>", b"<!--x--></pos:Nazwa>", UnreadableReason.STRUCTURE),
        (b"</pos:Nazwa>", b"</pos:Nazwa><pos:Nazwa></pos:Nazwa>", UnreadableReason.STRUCTURE),
        (
            b"</pos:UPP>",
            b"<pos:DataDoreczenia></pos:DataDoreczenia></pos:UPP>",
            UnreadableReason.STRUCTURE,
        ),
        (b"2026-01-12T", b"wczoraj", UnreadableReason.DATE),
    ],
)
def test_what_is_no_upp_is_refused(old: bytes, new: bytes, reason: UnreadableReason) -> None:
    with pytest.raises(ReceiptUnreadable) as refusal:
        read_upp(render_upp(UPP).replace(old, new))
    assert refusal.value.reason is reason
