"""NIP, REGON and PESEL: one wrong digit is noticed, and the code says which rule it broke."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skrytka.core.identifiers import IdentifierFault, InvalidIdentifier, Nip, Pesel, Regon


def fault_of(kind: type[Nip | Pesel | Regon], text: str) -> IdentifierFault:
    with pytest.raises(InvalidIdentifier) as refusal:
        kind.parse(text)
    return refusal.value.code


@st.composite
def nips(draw: st.DrawFn) -> str:
    body = [draw(st.integers(1, 9)), *draw(st.lists(st.integers(0, 9), min_size=8, max_size=8))]
    check = sum(a * b for a, b in zip(body, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=True)) % 11
    assume(check < 10)
    return "".join(map(str, [*body, check]))


@st.composite
def pesels(draw: st.DrawFn) -> tuple[str, date]:
    born = draw(st.dates(date(1800, 1, 1), date(2299, 12, 31)))
    shift = {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}[born.year // 100]
    body = (
        f"{born.year % 100:02}{born.month + shift:02}{born.day:02}{draw(st.integers(0, 9999)):04}"
    )
    total = sum(int(a) * b for a, b in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
    return f"{body}{(10 - total % 10) % 10}", born


@given(nips(), st.integers(0, 9), st.integers(1, 9))
def test_a_nip_with_one_digit_changed_is_never_taken(text: str, place: int, step: int) -> None:
    assert Nip.parse(text).value == text
    changed = text[:place] + str((int(text[place]) + step) % 10) + text[place + 1 :]
    assume(changed.strip("0"))
    assert fault_of(Nip, changed) is IdentifierFault.CHECKSUM


@given(pesels())
def test_a_pesel_carries_the_birthday_in_every_century(pesel: tuple[str, date]) -> None:
    text, born = pesel
    assert Pesel.parse(text).birth_date == born
    assert Pesel.parse(text).formatted == text


@given(pesels(), st.integers(0, 10), st.integers(1, 9))
def test_a_pesel_with_one_digit_changed_is_never_taken(
    pesel: tuple[str, date], place: int, step: int
) -> None:
    text, _ = pesel
    changed = text[:place] + str((int(text[place]) + step) % 10) + text[place + 1 :]
    assert fault_of(Pesel, changed) is IdentifierFault.CHECKSUM


@pytest.mark.parametrize(
    "text", ["5480018504", "548-001-85-04", " 548 001 85 04 ", "PL5480018504", "pl 548-001-85-04"]
)
def test_a_nip_is_read_however_people_type_it(text: str) -> None:
    nip = Nip.parse(text)
    assert nip.value == "5480018504"
    assert nip.formatted == "548-001-85-04"


@pytest.mark.parametrize("text", ["123456785", "000331501", "12345678512347", " 123 456 785 "])
def test_a_valid_regon_of_nine_or_fourteen_digits_is_read(text: str) -> None:
    regon = Regon.parse(text)
    assert regon.formatted == regon.value
    assert regon.entity == regon.value[:9]


def test_a_regon_whose_sum_leaves_ten_ends_in_zero() -> None:
    assert Regon.parse("101000000").value == "101000000"
    assert fault_of(Regon, "101000001") is IdentifierFault.CHECKSUM


@pytest.mark.parametrize("text", ["123456786", "12345678512348", "12345678612347"])
def test_a_regon_with_either_check_digit_wrong_is_refused(text: str) -> None:
    assert fault_of(Regon, text) is IdentifierFault.CHECKSUM


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (Nip, "", IdentifierFault.EMPTY),
        (Nip, " - ", IdentifierFault.EMPTY),
        (Nip, "548001850", IdentifierFault.LENGTH),
        (Nip, "548001850a", IdentifierFault.CHARACTERS),
        (Nip, "٥٤٨٠٠١٨٥٠٤", IdentifierFault.CHARACTERS),
        (Nip, "0000000000", IdentifierFault.RANGE),
        (Regon, "1234567851", IdentifierFault.LENGTH),
        (Regon, "000000000", IdentifierFault.RANGE),
        (Pesel, "4405140145", IdentifierFault.LENGTH),
        (Pesel, "00000000000", IdentifierFault.RANGE),
        (Pesel, "44130000000", IdentifierFault.DATE),
        (Pesel, "44023000003", IdentifierFault.DATE),
    ],
)
def test_each_fault_has_its_own_code(
    kind: type[Nip | Pesel | Regon], text: str, code: IdentifierFault
) -> None:
    assert fault_of(kind, text) is code


def test_neither_a_pesel_nor_a_refusal_shows_the_number_in_a_log() -> None:
    assert "44051401359" not in repr(Pesel.parse("44051401359"))
    with pytest.raises(InvalidIdentifier) as refusal:
        Pesel.parse("44051401358")
    assert str(refusal.value) == "ID-CHECKSUM"
    assert refusal.value.text == "44051401358"
