"""Every source of trusted lists keeps the same contract; HTTP is spoken with a real server."""

import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from skrytka.gateways.bounded_http import BoundedHttp
from skrytka.gateways.trusted_lists import (
    LARGEST,
    TIMEOUT_SECONDS,
    FolderLists,
    HttpLists,
    ListNotFetchedError,
    MemoryLists,
    TrustedLists,
)
from tests.world.pki import Terms, authority, certify, p256

BYTES = b"<list/>" * 20_000
SMALL = 1000


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.endswith("moved.xml"):
            self.send_response(302)
            self.send_header("Location", "/pl.xml")
            self.end_headers()
        elif self.path.endswith("pl.xml"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(BYTES)
        elif self.path.endswith("slow.xml"):
            self.send_response(200)
            self.end_headers()
            self.drip()
        else:
            self.send_error(404)

    def drip(self) -> None:
        try:
            for _ in range(100):
                self.wfile.write(b"x" * 70_000)
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        return


class Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Clients that hang up are the point of these tests."""


def limited(lists: HttpLists, **limits: float) -> HttpLists:
    return HttpLists(replace(lists.http, **limits))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Served:
    address: str
    lists: HttpLists


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("tls")
    root, key = authority("Korzeń TLS", terms=Terms(ca=True)), p256()
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    known = (
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()), False),
        (names, False),
    )
    # The server's certificate is judged by the clock of the machine, so it lasts.
    lasting = Terms(not_after=Terms().not_after.replace(year=2200), extensions=known)
    certificate = certify(key, {NameOID.COMMON_NAME: "127.0.0.1"}, root, lasting)
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    server = Server(("127.0.0.1", 0), Handler)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(pem)
    server.socket = ours.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True)
    thread.start()
    theirs = ssl.create_default_context(cadata=certificate.public_bytes(Encoding.PEM).decode())
    theirs.verify_flags = ssl.VERIFY_X509_PARTIAL_CHAIN
    yield Served(
        f"https://127.0.0.1:{server.server_address[1]}",
        HttpLists(BoundedHttp(LARGEST, TIMEOUT_SECONDS, theirs)),
    )
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["memory", "folder", "http"])
def source(request: pytest.FixtureRequest, served: Served, tmp_path: Path) -> TrustedLists:
    if request.param == "memory":
        return MemoryLists({f"{served.address}/pl.xml": BYTES})
    if request.param == "folder":
        (tmp_path / "pl.xml").write_bytes(BYTES)
        return FolderLists(tmp_path)
    return served.lists


def test_a_list_comes_as_it_is(source: TrustedLists, served: Served) -> None:
    assert source.fetch(f"{served.address}/pl.xml") == BYTES


def test_a_list_that_is_not_there_is_not_fetched(source: TrustedLists, served: Served) -> None:
    with pytest.raises(ListNotFetchedError):
        source.fetch(f"{served.address}/de.xml")
    with pytest.raises(ListNotFetchedError):
        source.fetch(f"{served.address}/")


def test_a_folder_is_never_left(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    inside = tmp_path / "inside"
    inside.mkdir()
    for address in ("https://a/../secret", "https://a/..%2Fsecret", "https://a/.."):
        with pytest.raises(ListNotFetchedError):
            FolderLists(inside).fetch(address)


def test_what_is_too_large_is_not_fetched(tmp_path: Path, served: Served) -> None:
    (tmp_path / "pl.xml").write_bytes(BYTES)
    for source in (FolderLists(tmp_path, SMALL), limited(served.lists, largest=SMALL)):
        with pytest.raises(ListNotFetchedError, match="too large"):
            source.fetch(f"{served.address}/pl.xml")


def test_only_https_is_spoken(served: Served) -> None:
    for address in (served.address.replace("https", "http"), "file:///etc/hostname", "pl.xml"):
        with pytest.raises(ListNotFetchedError, match="only https"):
            served.lists.fetch(address)


def test_a_redirect_is_not_followed(served: Served) -> None:
    with pytest.raises(ListNotFetchedError, match="HTTPError"):
        served.lists.fetch(f"{served.address}/moved.xml")


def test_a_slow_server_is_given_up(served: Served) -> None:
    with pytest.raises(ListNotFetchedError, match="too slow"):
        limited(served.lists, timeout=0.3).fetch(f"{served.address}/slow.xml")


def test_a_server_nobody_vouches_for_is_not_believed(served: Served) -> None:
    with pytest.raises(ListNotFetchedError, match="URLError"):
        HttpLists().fetch(f"{served.address}/pl.xml")
