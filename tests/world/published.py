"""An authority that says over HTTP on loopback what it revoked, and how that goes wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.world.http import Quiet, serving
from tests.world.pki import Issuer

HOUR = timedelta(hours=1)


def crl(issuer: Issuer, at: datetime, *revoked: int) -> bytes:
    """A list of that hour; the serial numbers were revoked an hour before."""
    builder = x509.CertificateRevocationListBuilder(
        issuer.certificate.subject, at - HOUR, at + 24 * HOUR
    )
    for serial in revoked:
        entry = x509.RevokedCertificateBuilder(serial, at - HOUR).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def answer(
    issuer: Issuer, about: x509.Certificate, at: datetime, *, revoked: bool = False
) -> bytes:
    """The issuer's own answer of that hour about one certificate."""
    status = ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=about,
        issuer=issuer.certificate,
        algorithm=hashes.SHA1(),  # as responders name certificates
        cert_status=status,
        this_update=at - HOUR,
        next_update=at + 24 * HOUR,
        revocation_time=at - HOUR if revoked else None,
        revocation_reason=None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


@dataclass
class Publisher:
    """``lists`` are what stands under each path, ``answer`` is given to whoever posts a request.

    ``asked`` is what was asked for, in order.
    """

    address: str = ""
    lists: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    answer: Callable[[bytes], bytes] = bytes


@contextmanager
def publishing() -> Iterator[Publisher]:
    """This will serve lists; ``/moved`` leads on to the first of them."""
    publisher = Publisher()

    class Answers(Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append(self.path)
            found = publisher.lists.get(self.path)
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", next(iter(publisher.lists)))
                self.end_headers()
            elif found is None:
                self.send_error(404)
            else:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(found)

        def do_POST(self) -> None:
            publisher.asked.append(f"{self.path} {self.headers['Content-Type']}")
            request = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(publisher.answer(request))

    with serving(Answers) as address:
        publisher.address = address
        yield publisher
