"""The box is chosen by the sender's kind, and the reason is told."""

from dataclasses import replace

import pytest

from skrytka.accounts.queries import BoxView, SenderKind
from skrytka.catalogue.addressees import BoxReason, choose_box
from skrytka.catalogue.models import RequiredSignature

CITIZENS = (SenderKind.PERSON, SenderKind.COMPANY, SenderKind.ASSOCIATION)
BASIC = BoxView(
    id=1,
    institution_id=1,
    name="SkrytkaESP",
    address="/ZOJO_Cieszyn/SkrytkaESP",
    title="",
    purpose="",
    is_basic=True,
    accepts_unsigned=True,
    sender_kinds=tuple(SenderKind),
    collection_days=None,
    notify=(),
    is_open=True,
)
PARTIES = replace(
    BASIC,
    id=2,
    name="skrytka",
    address="/ZOJO_Cieszyn/skrytka",
    is_basic=False,
    accepts_unsigned=False,
    sender_kinds=CITIZENS,
)


def choice(
    *boxes: BoxView,
    sender: SenderKind = SenderKind.PERSON,
    signature: RequiredSignature = RequiredSignature.RECOMMENDED,
) -> tuple[int, BoxReason] | None:
    chosen = choose_box(boxes, sender, signature)
    return (chosen.box.id, chosen.reason) if chosen else None


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        (SenderKind.PERSON, BoxReason.FOR_PERSONS),
        (SenderKind.COMPANY, BoxReason.FOR_COMPANIES),
        (SenderKind.ASSOCIATION, BoxReason.FOR_ASSOCIATIONS),
    ],
)
@pytest.mark.parametrize("signature", [RequiredSignature.REQUIRED, RequiredSignature.RECOMMENDED])
def test_signed_letters_of_citizens_go_to_the_box_for_them(
    sender: SenderKind, reason: BoxReason, signature: RequiredSignature
) -> None:
    assert choice(BASIC, PARTIES, sender=sender, signature=signature) == (2, reason)
    assert choice(PARTIES, BASIC, sender=sender, signature=signature) == (2, reason)


def test_letters_that_need_no_signature_go_to_the_box_that_takes_them() -> None:
    needless = RequiredSignature.NOT_NEEDED
    assert choice(BASIC, PARTIES, signature=needless) == (1, BoxReason.TAKES_UNSIGNED)


def test_a_basic_box_that_wants_signatures_gets_no_unsigned_letters_by_preference() -> None:
    strict = replace(BASIC, accepts_unsigned=False)
    found = choice(strict, PARTIES, signature=RequiredSignature.NOT_NEEDED)
    assert found == (2, BoxReason.FOR_PERSONS)


def test_letters_between_institutions_go_to_the_basic_box() -> None:
    found = choice(BASIC, PARTIES, sender=SenderKind.INSTITUTION)
    assert found == (1, BoxReason.FOR_INSTITUTIONS)


def test_without_a_basic_box_institutions_write_to_the_one_meant_for_them() -> None:
    own = replace(PARTIES, id=3, sender_kinds=(SenderKind.INSTITUTION,))
    found = choice(PARTIES, own, sender=SenderKind.INSTITUTION)
    assert found == (3, BoxReason.FOR_INSTITUTIONS)


def test_one_basic_box_takes_everything() -> None:
    assert choice(BASIC) == (1, BoxReason.BASIC)


def test_a_closed_box_is_never_chosen() -> None:
    assert choice(BASIC, replace(PARTIES, is_open=False)) == (1, BoxReason.BASIC)
    assert choice(replace(BASIC, is_open=False), replace(PARTIES, is_open=False)) is None


def test_where_nothing_fits_the_only_open_box_is_named_as_such() -> None:
    other = replace(PARTIES, sender_kinds=(SenderKind.COMPANY,))
    assert choice(other) == (2, BoxReason.ONLY_OPEN)
    assert choice() is None
