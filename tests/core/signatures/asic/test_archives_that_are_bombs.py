"""What unpacks to too much, or claims to, is refused before it is unpacked."""

import tracemalloc
from collections.abc import Iterable

import pytest

from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.asic.forging import (
    Made,
    deflated,
    make,
    read,
    refusal,
)
from tests.core.signatures.asic.packing import pack

R = ReasonCode
MEBIBYTE = 1024 * 1024


def test_a_thousand_entries_are_read_and_one_more_is_refused() -> None:
    def many(number: int) -> Iterable[Made]:
        return (Made(str(n).encode()) for n in range(number))

    assert len(read(make(*many(1000)))) == 1000
    assert refusal(make(*many(1001))) is R.ZIP_COUNT


def test_a_big_entry_that_packs_too_well_is_refused() -> None:
    assert refusal(pack({"bomba": bytes(8 * MEBIBYTE)})) is R.ZIP_RATIO


def test_a_small_entry_may_pack_well() -> None:
    assert read(pack({"a": bytes(MEBIBYTE)}, None)) == [bytes(MEBIBYTE)]


def test_many_entries_that_unpack_to_too_much_together_are_refused() -> None:
    assert refusal(pack({str(n): bytes(MEBIBYTE) for n in range(70)})) is R.ZIP_SIZE


def test_a_size_that_is_only_claimed_is_never_allocated() -> None:
    claimed = Made(method=8, packed=deflated(b"x"), size=60 * MEBIBYTE)
    liar = Made(method=8, packed=deflated(bytes(200 * MEBIBYTE)), size=10)
    tracemalloc.start()
    try:
        assert refusal(make(claimed)) is R.ZIP_RATIO
        start = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        assert refusal(make(liar)) is R.ZIP_HEADER
        assert tracemalloc.get_traced_memory()[1] - start < 2 * MEBIBYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("length", [1, 200_000, 900_000])
def test_bytes_behind_the_end_of_a_stream_are_refused_and_not_waited_for(length: int) -> None:
    """Of more than one step of output zlib hands the rest back for ever."""
    packed = deflated(bytes(length)) + bytes(100)
    assert refusal(make(Made(method=8, packed=packed, size=length))) is R.ZIP_HEADER
