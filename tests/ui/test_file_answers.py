"""Stored files go out whole or in part, to be saved or shown, and run nothing."""

from collections.abc import Iterable

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory

from skrytka.ui.file_answers import OfferedFile, saved_file

CONTENT = bytes(range(100))
SHA256 = "ab" * 32
ETAG = f'"{SHA256}"'


class Store:
    """Bytes that note what is asked of them."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int | None]] = []

    def open(self, start: int, count: int | None) -> Iterable[bytes]:
        self.asked.append((start, count))
        end = None if count is None else start + count
        return iter([CONTENT[start:end]])


def offered(store: Store, media_type: str = "image/jpeg", name: str = "mapa.jpg") -> OfferedFile:
    return OfferedFile(name, media_type, len(CONTENT), SHA256, store.open)


def saved(method: str = "get", **headers: str) -> tuple[HttpResponseBase, Store]:
    store = Store()
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return saved_file(request, offered(store)), store


def test_the_whole_says_that_parts_can_be_had() -> None:
    answer, store = saved()
    assert (answer.status_code, answer.getvalue()) == (200, CONTENT)
    assert (answer["Accept-Ranges"], answer["ETag"], answer["Content-Length"]) == (
        "bytes", ETAG, "100",
    )  # fmt: skip
    assert store.asked == [(0, None)]


def test_a_part_is_read_from_its_place() -> None:
    answer, store = saved(Range="bytes=40-49")
    assert (answer.status_code, answer.getvalue()) == (206, CONTENT[40:50])
    assert (answer["Content-Range"], answer["Content-Length"]) == ("bytes 40-49/100", "10")
    assert store.asked == [(40, 10)]


def test_a_part_behind_the_end_is_refused_with_the_size() -> None:
    answer, store = saved(Range="bytes=100-")
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */100")
    assert store.asked == []


@pytest.mark.parametrize(
    ("known", "status"),
    [(ETAG, 206), ('"another"', 200), (f"W/{ETAG}", 200), ("Wed, 21 Oct 2026 07:28:00 GMT", 200)],
)
def test_a_part_goes_only_with_the_rest_of_the_same_file(known: str, status: int) -> None:
    answer, _store = saved(**{"Range": "bytes=40-49", "If-Range": known})
    assert answer.status_code == status


def test_an_old_half_of_another_file_is_no_reason_to_refuse() -> None:
    answer, _store = saved(**{"Range": "bytes=400-", "If-Range": '"another"'})
    assert answer.status_code == 200


def test_who_asks_for_the_head_opens_nothing() -> None:
    answer, store = saved("head", Range="bytes=40-49")
    assert (answer.status_code, answer["Content-Length"]) == (206, "10")
    assert store.asked == []


def test_a_file_to_be_saved_is_never_shown() -> None:
    answer, _store = saved()
    assert answer["Content-Disposition"] == 'attachment; filename="mapa.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ('a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
        ("zażółć.pdf", "attachment; filename*=utf-8''za%C5%BC%C3%B3%C5%82%C4%87.pdf"),
    ],
)
def test_names_are_told_as_rfc_6266_says(name: str, told: str) -> None:
    answer = saved_file(RequestFactory().get("/"), offered(Store(), name=name))
    assert answer["Content-Disposition"] == told


def test_a_file_of_unknown_kind_is_bytes() -> None:
    answer = saved_file(RequestFactory().get("/"), offered(Store(), media_type=""))
    assert answer["Content-Type"] == "application/octet-stream"
