"""A time-stamping authority on loopback: openssl behind HTTP, and what can go wrong with one."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from skrytka.core.signatures.signing import MemoryKey
from tests.world.http import Quiet, serving
from tests.world.pki import Issuer, Terms, authority, organisation, signer

PATIENCE = 3.0
_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = cert.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
"""


@cache
def stamping_root() -> Issuer:
    return authority("Urząd znacznika czasu")


@cache
def stamping_unit() -> MemoryKey:
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    terms = Terms(extensions=((usage, True),))
    return signer(organisation("Znacznik czasu"), stamping_root(), terms)


@dataclass
class Authority:
    """A running authority: ``fault`` is what it does wrong, ``asked`` how often it was asked.

    Faults: ``hang``, ``garbage``, ``error``, ``refuse`` (rejects every request), ``replay``
    (answers with what it answered first), ``other`` (stamps something else, with the right nonce),
    ``moved`` (redirects).
    """

    address: str = ""
    fault: str = ""
    asked: int = 0
    key: MemoryKey = field(default_factory=stamping_unit)
    _first: bytes = b""

    def answer(self, query: bytes) -> bytes:
        if self.fault == "garbage":
            return b"<html>dzie\xc5\x84 dobry</html>"
        if self.fault == "refuse":
            return _openssl(self.key, query[:-20] + bytes(20))
        if self.fault == "replay" and self._first:
            return self._first
        if self.fault == "other":
            # the imprint stands as an octet string of 32 octets behind its algorithm
            at = query.index(b"\x04\x20") + 2
            query = query[:at] + bytes(32) + query[at + 32 :]
        made = _openssl(self.key, query)
        self._first = self._first or made
        return made


def token_over(data: bytes) -> bytes:
    """This will have openssl issue a token over octets, as of now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").write_bytes(data)
        command = ["openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query"]
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        (folder / "reply").write_bytes(_openssl(stamping_unit(), (folder / "query").read_bytes()))
        command = ["openssl", "ts", "-reply", "-in", "reply", "-token_out", "-out", "token"]
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return (folder / "token").read_bytes()


def _openssl(key: MemoryKey, query: bytes) -> bytes:
    private = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "key.pem").write_bytes(private)
        (folder / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        (folder / "tsa.cnf").write_text(_CONFIG)
        (folder / "serial").write_text("01")
        (folder / "query").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query"]
        subprocess.run([*command, "-out", "reply"], cwd=folder, capture_output=True, check=False)
        return (folder / "reply").read_bytes()


@contextmanager
def running_authority(fault: str = "", key: MemoryKey | None = None) -> Iterator[Authority]:
    """This will run an authority until the block ends."""
    authority_ = Authority(fault=fault, key=key or stamping_unit())

    class Answers(Quiet, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            authority_.asked += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            if authority_.fault == "hang":
                time.sleep(PATIENCE)
            if authority_.fault in {"error", "moved"}:
                self.send_response(500 if authority_.fault == "error" else 302)
                self.send_header("Location", "/inny")
                self.end_headers()
                return
            answer = authority_.answer(query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

    with serving(Answers) as address:
        authority_.address = f"{address}/"
        yield authority_
