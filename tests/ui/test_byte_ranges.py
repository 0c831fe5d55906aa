"""One range of bytes is understood as RFC 9110 says; anything else is the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.ui.byte_ranges import ByteRange, RangeOutsideError, byte_range


@pytest.mark.parametrize(
    ("header", "start", "count"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=10-", 10, 90),
        ("bytes=90-500", 90, 10),
        ("bytes=-1", 99, 1),
        ("bytes=-500", 0, 100),
        (" bytes=5-6 ", 5, 2),
    ],
)
def test_a_part_of_a_hundred_bytes(header: str, start: int, count: int) -> None:
    assert byte_range(header, 100) == ByteRange(start, count)


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=-", "bytes=6-5", "bytes=0-1,5-6", "pages=1-2", "bytes=a-b", "bytes=٣-٥",
     "bytes=0-" + "9" * 5000],
)  # fmt: skip
def test_what_is_no_range_is_passed_over(header: str) -> None:
    assert byte_range(header, 100) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=100-200", 100), ("bytes=-0", 100),
                         ("bytes=0-", 0), ("bytes=-5", 0)],
)  # fmt: skip
def test_a_range_behind_the_end_is_refused(header: str, size: int) -> None:
    with pytest.raises(RangeOutsideError):
        byte_range(header, size)


def test_the_answer_names_the_bytes_it_brings() -> None:
    assert ByteRange(5, 10).content_range(100) == "bytes 5-14/100"


@given(first=st.integers(0, 200), last=st.integers(0, 200), size=st.integers(1, 100))
def test_a_part_never_reaches_over_the_end(first: int, last: int, size: int) -> None:
    try:
        part = byte_range(f"bytes={first}-{last}", size)
    except RangeOutsideError:
        assert first >= size
        return
    if last < first:
        assert part is None
    else:
        assert part == ByteRange(first, min(last, size - 1) - first + 1)
