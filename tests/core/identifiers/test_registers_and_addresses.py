"""KRS, TERYT, box addresses and the numbers that the installation gives itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.identifiers import (
    BoxAddress,
    IdentifierFault,
    InvalidIdentifier,
    Krs,
    ReceiptKind,
    ReceiptNo,
    RegisterNo,
    Teryt,
)

PARTS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", min_size=1, max_size=100
)
OFFICES = st.text("ABCXYZ019", min_size=1, max_size=10).map(lambda mark: f"{mark}-{mark[:9]}")
YEARS = st.integers(2000, 9999)
SEQUENCES = st.integers(1, 999_999_999)


@pytest.mark.parametrize("text", ["2403011", "0201011", " 3201 011 "])
def test_a_territorial_code_is_read(text: str) -> None:
    code = Teryt.parse(text)
    assert code.voivodeship == code.formatted[:2]


@pytest.mark.parametrize("text", ["0003011", "0103011", "3303011", "3403011"])
def test_a_voivodeship_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier) as refusal:
        Teryt.parse(text)
    assert refusal.value.code is IdentifierFault.RANGE


def test_a_court_register_number_keeps_its_leading_zeros() -> None:
    assert Krs.parse("0000 123 456").formatted == "0000123456"
    with pytest.raises(InvalidIdentifier):
        Krs.parse("123456")


@given(PARTS, PARTS)
def test_a_box_address_survives_writing_and_reading(owner: str, box: str) -> None:
    address = BoxAddress(owner, box)
    assert BoxAddress.parse(f" {address.value}\n") == address
    assert address.formatted == f"/{owner}/{box}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", IdentifierFault.SHAPE),
        ("ZOJO_Cieszyn/skrytka", IdentifierFault.SHAPE),
        ("ZOJO/Cieszyn/skrytka", IdentifierFault.SHAPE),
        ("/ZOJO_Cieszyn", IdentifierFault.SHAPE),
        ("/ZOJO_Cieszyn/skrytka/", IdentifierFault.SHAPE),
        ("/ZOJO_Cieszyn/", IdentifierFault.EMPTY),
        ("//skrytka", IdentifierFault.EMPTY),
        ("/ZOJO Cieszyn/skrytka", IdentifierFault.CHARACTERS),
        ("/żojo/skrytka", IdentifierFault.CHARACTERS),
        ("/a\n/skrytka", IdentifierFault.CHARACTERS),
        (f"/{'a' * 101}/skrytka", IdentifierFault.LENGTH),
    ],
)
def test_what_is_not_a_box_address_is_refused(text: str, code: IdentifierFault) -> None:
    with pytest.raises(InvalidIdentifier) as refusal:
        BoxAddress.parse(text)
    assert refusal.value.code is code


@given(OFFICES, SEQUENCES, YEARS)
def test_a_register_number_survives_writing_and_reading(office: str, seq: int, year: int) -> None:
    number = RegisterNo(office, seq, year)
    assert RegisterNo.parse(number.formatted) == number
    assert not set(number.file_safe) & set("\\/*?:=,; ")


@given(st.sampled_from(ReceiptKind), YEARS, SEQUENCES)
def test_a_receipt_number_survives_writing_and_reading(
    kind: ReceiptKind, year: int, seq: int
) -> None:
    number = ReceiptNo(kind, year, seq)
    assert ReceiptNo.parse(number.formatted) == number


def test_the_numbers_look_as_the_office_knows_them() -> None:
    assert RegisterNo("CUW", 1, 2026).value == "RPW/CUW/00001/2026"
    assert RegisterNo("CUW", 1, 2026).file_safe == "RPW-CUW-00001-2026"
    assert RegisterNo("CUW", 123_456, 2026).value == "RPW/CUW/123456/2026"
    assert ReceiptNo(ReceiptKind.UPP, 2026, 1).value == "ESP-UPP-2026-0000001"
    assert ReceiptNo(ReceiptKind.NPP, 2026, 12).value == "ESP-NPP-2026-0000012"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RPW/CUW/1/2026",
        "RPW/CUW/000001/2026",
        "RPW/CUW/00000/2026",
        "RPW/CUW/00001/1026",
        "RPW/cuw/00001/2026",
        "RPW/C W/00001/2026",
        "RPW/CUW/00001/26",
    ],
)
def test_what_is_not_a_register_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier):
        RegisterNo.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "ESP-UPX-2026-0000001", "ESP-UPP-2026-1", "ESP-UPP-2026-00000001", "ESP-UPP-2026-0000000"],
)
def test_what_is_not_a_receipt_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidIdentifier):
        ReceiptNo.parse(text)
