"""An authority that publishes revocation lists over HTTP on loopback, and how that goes wrong."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

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


@dataclass
class Publisher:
    """``lists`` are what stands under each path; ``asked`` is what was asked for, in order."""

    address: str = ""
    lists: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def publishing() -> Iterator[Publisher]:
    """This will serve lists; ``/moved`` leads on to the first of them."""
    publisher = Publisher()

    class Handler(BaseHTTPRequestHandler):
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

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
