"""Facts of an UPD to bytes and back; what leaves the way of the delivery open is no receipt."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.documents.xml import parse_xml
from skrytka.core.receipts import (
    WAY_WORDS,
    DeliveryWay,
    Information,
    InformationKind,
    ReceiptParty,
    ReceiptUnreadable,
    ReceiptUnwritable,
    UnreadableReason,
    UpdFacts,
    day_in,
    instant_in,
    read_upd,
    render_upd,
)
from skrytka.core.signatures.c14n import C14nMethod, canonicalize_document
from skrytka.core.signatures.canonical import HEADER
from tests.core.receipts.conftest import ANNA, COLLECTED, DEEMED, REFUSED, sha256
from tests.core.signatures.crafting import find

POS = "{http://crd.gov.pl/xml/schematy/UPO/2008/05/09/}"
WAY, BASIS = InformationKind.WAY, InformationKind.BASIS
_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r&<>\"'"),
    max_size=12,
)
_party = st.builds(ReceiptParty, _text, _text, _text)
_instant = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
_lines = st.lists(
    st.builds(Information, st.just("Inne") | _text.map("x{}".format), _text), max_size=3
).map(tuple)
_ways = st.just(()) | st.builds(
    lambda words, basis: (Information(WAY, words), Information(BASIS, basis)),
    st.sampled_from(sorted(WAY_WORDS.values())),
    _text,
)
_upd = st.builds(
    UpdFacts, _text, _party, _party, _instant, _instant, _text, _text,
    st.builds(lambda way, lines: (*way, *lines), _ways, _lines),
)  # fmt: skip


@given(_upd)
def test_an_upd_comes_back_as_it_was(facts: UpdFacts) -> None:
    written = render_upd(facts)
    assert read_upd(written) == facts
    root = parse_xml(written)
    for method in (C14nMethod.INCLUSIVE_COMMENTS, C14nMethod.EXCLUSIVE):
        assert written.body == canonicalize_document(root, method)
    assert written == HEADER + written.body


def test_the_upd_has_the_official_structure() -> None:
    root = parse_xml(render_upd(COLLECTED))
    assert root.tag == f"{POS}Dokument"
    assert [child.tag for child in root] == [f"{POS}UPD"]
    assert [child.tag.removeprefix(POS) for child in root[0]] == [
        "IdentyfikatorPoswiadczenia", "PodmiotWystawiajacyPoswiadczenie", "Adresat", "DataOdbioru",
        "DataUtworzeniaPoswiadczenia", "IdentyfikatorSprawy", "IdentyfikatorDokumentu",
        "InformacjaUzupelniajaca", "InformacjaUzupelniajaca",
    ]  # fmt: skip
    issuer = find(root[0], f"{POS}PodmiotWystawiajacyPoswiadczenie")
    assert [child.tag.removeprefix(POS) for child in issuer] == ["Nazwa", "IdentyfikatorPodmiotu"]
    assert find(issuer, f"{POS}IdentyfikatorPodmiotu").items() == [("TypIdentyfikatora", "ESP-ID")]
    assert issuer.findtext(f"{POS}Nazwa") == "Centrum Usług Wspólnych w Cieszynie"
    assert root.findtext(f".//{POS}DataOdbioru") == "2026-01-12T10:11:12.000+01:00"
    assert root.findtext(f".//{POS}IdentyfikatorSprawy") == "CUW.123.4.2026"


def test_a_letter_of_no_case_has_no_case_mark() -> None:
    written = render_upd(replace(COLLECTED, case_mark=""))
    assert b"IdentyfikatorSprawy" not in bytes(written)
    assert read_upd(written).case_mark == ""


@pytest.mark.parametrize(
    ("facts", "way", "basis"),
    [
        (COLLECTED, DeliveryWay.COLLECTED, None),
        (DEEMED, DeliveryWay.DEEMED, "art. 46 § 6 KPA"),
        (REFUSED, DeliveryWay.REFUSED, "art. 47 KPA"),
    ],
)
def test_the_way_is_told_by_the_lines(facts: UpdFacts, way: DeliveryWay, basis: str | None) -> None:
    read = read_upd(render_upd(facts))
    assert (read.way, read.basis) == (way, basis)


def test_files_are_at_hand_as_values() -> None:
    assert COLLECTED.document_sha256 is not None
    (attachment,) = COLLECTED.attachments
    assert attachment.sha256 == sha256(b"%PDF-1.7 umowa")


_DEEMED_WAY = Information(WAY, "uznanie za doręczone")
_BASIS = Information(BASIS, "art. 46")


@pytest.mark.parametrize(
    "lines",
    [
        (_DEEMED_WAY,),
        (_BASIS,),
        (_DEEMED_WAY, _BASIS, _BASIS),
        (_DEEMED_WAY, Information(WAY, "odmowa przyjęcia"), _BASIS),
        (Information(WAY, "odebranie"), _BASIS),
        (Information(WAY, ""), _BASIS),
    ],
)
def test_lines_that_leave_the_way_open_are_no_facts(lines: tuple[Information, ...]) -> None:
    with pytest.raises(ValueError, match="Sposób doręczenia"):
        replace(COLLECTED, information=lines)
    written = render_upd(replace(COLLECTED, information=()))
    told = "".join(
        f'<pos:InformacjaUzupelniajaca TypInformacjiUzupelniajacej="{line.kind}">{line.text}'
        "</pos:InformacjaUzupelniajaca>"
        for line in lines
    )
    with pytest.raises(ReceiptUnreadable) as refusal:
        read_upd(written.replace(b"</pos:UPD>", told.encode() + b"</pos:UPD>"))
    assert refusal.value.reason is UnreadableReason.STRUCTURE


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(COLLECTED, case_mark="\x00"), "IdentyfikatorSprawy"),
        (replace(COLLECTED, issuer=replace(ANNA, name="\x00")), "Nazwa"),
    ],
)
def test_what_xml_cannot_carry_is_refused_by_field(facts: UpdFacts, field: str) -> None:
    with pytest.raises(ReceiptUnwritable) as refusal:
        render_upd(facts)
    assert refusal.value.field == field


_CASE = b"<pos:IdentyfikatorSprawy>x</pos:IdentyfikatorSprawy>"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<pos:UPD>", b"<pos:UPD", UnreadableReason.NOT_XML),
        (b"UPO/2008", b"UPO/2009", UnreadableReason.NOT_A_RECEIPT),
        (b"pos:UPD>", b"pos:UPP>", UnreadableReason.NOT_A_RECEIPT),
        (b"</pos:UPD>", b"</pos:UPD><pos:UPD></pos:UPD>", UnreadableReason.NOT_A_RECEIPT),
        (b"Utworzenia", b"Wytworzenia", UnreadableReason.STRUCTURE),
        (b"pos:PodmiotWystawiajacyPoswiadczenie", b"pos:Nadawca", UnreadableReason.STRUCTURE),
        (b"</pos:UPD>", _CASE + b"</pos:UPD>", UnreadableReason.STRUCTURE),
        (b"</pos:Nazwa>", b"<!--x--></pos:Nazwa>", UnreadableReason.STRUCTURE),
        (b"2026-01-12T", b"wczoraj", UnreadableReason.DATE),
    ],
)
def test_what_is_no_upd_is_refused(old: bytes, new: bytes, reason: UnreadableReason) -> None:
    with pytest.raises(ReceiptUnreadable) as refusal:
        read_upd(render_upd(COLLECTED).replace(old, new))
    assert refusal.value.reason is reason


def test_attributes_are_read_qualified_too() -> None:
    written = render_upd(DEEMED).replace(b" Typ", b" pos:Typ")
    assert read_upd(written) == DEEMED


def test_notices_and_days_are_at_hand_as_values() -> None:
    first = Information(InformationKind.FIRST_NOTICE, "2025-12-29T10:00:00+01:00")
    assert instant_in(first) == datetime(2025, 12, 29, 9, tzinfo=UTC)
    assert instant_in(first._replace(text="wczoraj")) is None
    assert instant_in(first._replace(kind=InformationKind.RULE)) is None
    deemed = Information(InformationKind.DEEMED_ON, "2026-01-12")
    assert day_in(deemed) == date(2026, 1, 12)
    assert day_in(deemed._replace(text="wczoraj")) is None
    assert day_in(deemed._replace(kind=InformationKind.RULE)) is None
