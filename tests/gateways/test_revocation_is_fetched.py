"""Revocation data over HTTP: fetched, kept, asked for anew, never from the operator's network."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from skrytka.gateways.bounded_http import BoundedHttp
from skrytka.gateways.revocation_source import (
    LARGEST,
    MOST_ASKED,
    TIMEOUT_SECONDS,
    Asked,
    HttpRevocationSource,
    NoRevocationSource,
    is_public,
)
from tests.world.published import Publisher, publishing


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as running:
        running.lists["/one.crl"] = b"one"
        yield running


@pytest.fixture
def source(tmp_path: Path) -> HttpRevocationSource:
    return HttpRevocationSource(tmp_path / "revocation", may_ask=lambda _host: True)


def test_nothing_is_fetched_where_the_operator_did_not_allow_it(publisher: Publisher) -> None:
    assert NoRevocationSource().fetch([Asked(f"{publisher.address}/one.crl")]) == ()
    assert publisher.asked == []


def test_a_list_is_fetched_once_an_hour_and_kept_by_its_digest(
    source: HttpRevocationSource, publisher: Publisher
) -> None:
    asked = [Asked(f"{publisher.address}/one.crl")] * 2
    assert source.fetch(asked) == source.fetch(asked) == (b"one",)
    assert publisher.asked == ["/one.crl"]
    kept = source.folder / f"{sha256(b'one').hexdigest()}.der"
    assert kept.read_bytes() == b"one"


def test_a_newer_list_is_handed_out_and_the_older_one_stays(
    source: HttpRevocationSource, publisher: Publisher
) -> None:
    impatient = replace(source, fresh_seconds=0.0)
    asked = Asked(f"{publisher.address}/one.crl")
    assert impatient.fetch([asked]) == (b"one",)
    publisher.lists["/one.crl"] = b"two"
    assert impatient.fetch([asked]) == (b"two",)
    assert {path.read_bytes() for path in source.folder.glob("*.der")} == {b"one", b"two"}
    assert len(list(source.folder.iterdir())) == 3


def test_a_list_that_cannot_be_had_anew_is_handed_out_as_it_was(
    source: HttpRevocationSource, publisher: Publisher
) -> None:
    impatient = replace(source, fresh_seconds=0.0)
    asked = Asked(f"{publisher.address}/one.crl")
    impatient.fetch([asked])
    publisher.lists.clear()
    assert impatient.fetch([asked]) == (b"one",)
    assert publisher.asked == ["/one.crl"] * 2


def test_a_responder_is_asked_and_each_answer_kept_by_its_question(
    source: HttpRevocationSource, publisher: Publisher
) -> None:
    publisher.answer = lambda request: b"answer to " + request
    one, two = (Asked(f"{publisher.address}/ocsp", request) for request in (b"1", b"2"))
    assert source.fetch([one, two]) == (b"answer to 1", b"answer to 2")
    publisher.answer = lambda _request: b"another"
    assert source.fetch([two]) == (b"answer to 2",)
    assert publisher.asked == ["/ocsp application/ocsp-request"] * 2


def test_what_is_not_there_moved_or_too_large_is_left_out(
    source: HttpRevocationSource, publisher: Publisher
) -> None:
    publisher.lists["/large.crl"] = bytes(10_001)
    small = replace(source, http=BoundedHttp(10_000, TIMEOUT_SECONDS))
    paths = ("/none.crl", "/moved", "/large.crl", "/one.crl")
    assert small.fetch(Asked(f"{publisher.address}{path}") for path in paths) == (b"one",)
    assert publisher.asked == list(paths)
    assert LARGEST == 16 * 1024 * 1024


def test_so_many_addresses_are_asked_and_no_more(
    source: HttpRevocationSource, publisher: Publisher
) -> None:
    source.fetch(Asked(f"{publisher.address}/{number}.crl") for number in range(MOST_ASKED + 5))
    assert len(publisher.asked) == MOST_ASKED


@pytest.mark.parametrize(
    "address", ["ftp://ca.example/one.crl", "file:///etc/passwd", "http:///one.crl", "one.crl"]
)
def test_no_other_kind_of_address_is_asked(tmp_path: Path, address: str) -> None:
    assert HttpRevocationSource(tmp_path).fetch([Asked(address)]) == ()
    assert list(tmp_path.iterdir()) == []


def test_nothing_inside_the_operators_network_is_asked(
    tmp_path: Path, publisher: Publisher
) -> None:
    assert HttpRevocationSource(tmp_path).fetch([Asked(f"{publisher.address}/one.crl")]) == ()
    assert publisher.asked == []


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("localhost", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1%lo", False),
        ("::ffff:10.0.0.1", False),
        ("", False),
        ("no-such-host.invalid", False),
        ("a" * 64 + ".example", False),
    ],
)
def test_only_public_addresses_are_public(host: str, *, expected: bool) -> None:
    assert is_public(host) is expected


def test_what_cannot_be_kept_is_not_handed_out(tmp_path: Path, publisher: Publisher) -> None:
    (tmp_path / "revocation").write_text("a file where the folder should be")
    source = HttpRevocationSource(tmp_path / "revocation", may_ask=lambda _host: True)
    assert source.fetch([Asked(f"{publisher.address}/one.crl")]) == ()
