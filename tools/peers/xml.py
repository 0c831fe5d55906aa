"""Peers for XML signatures: xmlsec, signxml and the JDK. None of them knows XAdES."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import xmlsec
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree
from signxml import SignatureConfiguration, XMLVerifier

from tools.peers.answer import Answer

DS = "http://www.w3.org/2000/09/xmldsig#"
JAVA = Path(__file__).parent / "XmlPeer.java"
IDS = ("Id", "ID", "id")
DAY = timedelta(days=1)
NO_CERTIFICATE = "no certificate in KeyInfo"


def by_xmlsec(data: bytes) -> Answer:
    """This will ask for each signature whether it verifies with a certificate of its KeyInfo."""
    root: Any = etree.fromstring(data)  # noqa: TID251 - the peer's own reading
    xmlsec.tree.add_ids(root, list(IDS))

    def verify(node: Any, pem: str) -> None:
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(pem.encode(), xmlsec.KeyFormat.CERT_PEM, None)
        context.verify(node)

    return _all([node for node in root.iter(f"{{{DS}}}Signature") if _is_own(node)], verify)


def by_signxml(data: bytes) -> Answer:
    """This will ask about the first signature of the file: it takes no more than one."""
    root: Any = etree.fromstring(data)  # noqa: TID251 - the peer's own reading

    def verify(_node: Any, pem: str) -> None:
        begin = load_pem_x509_certificate(pem.encode()).not_valid_before_utc
        anything = SignatureConfiguration(
            require_x509=True, expect_references=True, verification_time=begin + DAY
        )
        XMLVerifier().verify(data, x509_cert=pem, expect_config=anything)

    return _all([next(root.iter(f"{{{DS}}}Signature"))], verify)


def by_jdk(lines: list[str], *mode: str) -> list[Answer] | None:
    """This will ask one JDK about many files; None where no JDK is installed."""
    java = shutil.which("java")
    if java is None:
        return None
    done = subprocess.run(
        [java, str(JAVA), *mode],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    said = (line.partition(" ") for line in done.stdout.splitlines() if line)
    return [Answer(verdict == "accepted", why) for verdict, _blank, why in said]


def _is_own(node: Any) -> bool:
    """What is asked is whether signatures hold; those that countersign them are left aside."""
    above = node.getparent()
    return above is None or etree.QName(above).localname != "CounterSignature"


def _all(nodes: list[Any], verify: Callable[[Any, str], None]) -> Answer:
    for node in nodes:
        answer = _verified(node, verify)
        if not answer.accepts:
            return answer
    return Answer(bool(nodes))


def _verified(node: Any, verify: Callable[[Any, str], None]) -> Answer:
    """KeyInfo may hold a whole chain in any order: one certificate of it has to fit."""
    last = NO_CERTIFICATE
    for pem in _pems(node):
        try:
            verify(node, pem)
        except Exception as fault:  # noqa: BLE001 - a peer that stumbles has not accepted
            last = str(fault)
        else:
            return Answer(accepts=True)
    return Answer(False, last)


def _pems(node: Any) -> Iterator[str]:
    for one in node.iterfind(f"{{{DS}}}KeyInfo//{{{DS}}}X509Certificate"):
        joined = "".join((one.text or "").split())
        lines = "".join(f"{joined[at : at + 64]}\n" for at in range(0, len(joined), 64))
        yield f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n"
