"""Verifying a sealed receipt with every XAdES check, beside libxmlsec's plain XML-DSig.

The peer looks at the value and the digests alone; it is a development dependency. The receipts
differ, and each is decoded anew.
"""

import argparse
import importlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import cycle

from skrytka.cli.benches.large_pdf import MEGABYTE, of_hashing_twice
from skrytka.cli.benches.receipts import PrivateKey, p256_key, receipts, rsa_key, template_of
from skrytka.cli.benches.receipts import trust_in as trusting
from skrytka.cli.benches.rounds import ROUNDS, best_rates
from skrytka.cli.benches.seal import two_of_one
from skrytka.config.clock import now
from skrytka.core.signatures.words import Indication
from skrytka.core.signatures.xades import validate_xades

MANY = 80
BATCH = 2_000
EACH = 60  # a round is short: what else the machine does spoils few of them
LARGE = 100 * MEGABYTE
KEYS: dict[str, Callable[[], PrivateKey]] = {"RSA-2048": rsa_key, "P-256": p256_key}


@dataclass(frozen=True)
class KeyFigures:
    """Rates per second of CPU."""

    key: str
    peer_per_second: float
    ours_per_second: float

    @property
    def of_peer(self) -> float:
        return self.ours_per_second / self.peer_per_second


@dataclass(frozen=True)
class ValidateFigures:
    keys: tuple[KeyFigures, ...]
    two_of_one: float
    large_pdf_of_hashing_twice: float


def run(arguments: argparse.Namespace) -> int:
    """This will verify receipts of both kinds of key; 1 when one of them does not pass."""
    at, times = now(), arguments.count
    keys = tuple(_measured(name, make(), times, at) for name, make in KEYS.items())
    large = of_hashing_twice(LARGE, at)
    figures = ValidateFigures(keys, two_of_one("validate", times * BATCH // 300), large)
    if arguments.json:
        print(json.dumps(asdict(figures), indent=2))
        return 0
    for each in figures.keys:
        print(
            f"{each.key:9} xmlsec {each.peer_per_second:7.0f} /CPU s, all checks "
            f"{each.ours_per_second:7.0f} /CPU s  {each.of_peer:.2f} of xmlsec"
        )
    print(f"two processes {figures.two_of_one:.2f} of one")
    print(f"PDF of {LARGE // MEGABYTE} MB {large:.2f} of hashing it twice")
    return 0


def _measured(name: str, key: PrivateKey, times: int, at: datetime) -> KeyFigures:
    template, rendered = template_of(key, at), receipts(at)
    sealed = [
        template.seal(next(rendered), signing_time=at, references=(), role=None)
        for _ in range(MANY)
    ]
    trust, ours, theirs = trusting(template), cycle(sealed), cycle(sealed)
    peer = _peer()

    def check() -> None:
        report = validate_xades(next(ours), detached={}, trust=trust, at=at)
        if report.indication is not Indication.TOTAL_PASSED:
            raise AssertionError(report.told)

    works = {"peer": lambda: peer(next(theirs)), "ours": check}
    rates = best_rates(works, EACH, 1 + 4 * ROUNDS * times // EACH)
    return KeyFigures(name, rates["peer"], rates["ours"])


def _peer() -> Callable[[bytes], None]:
    """What a program does with libxmlsec: parse, take the key from the certificate, verify."""
    xmlsec = importlib.import_module("xmlsec")
    etree = importlib.import_module("lxml.etree")

    def verify(data: bytes) -> None:
        root = etree.fromstring(data)
        node = xmlsec.tree.find_node(root, xmlsec.constants.NodeSignature)
        xmlsec.tree.add_ids(root, ["Id"])
        text = "".join(node.findtext(".//{*}X509Certificate").split())
        pem = f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(pem.encode(), xmlsec.KeyFormat.CERT_PEM)
        context.verify(node)

    return verify
