"""Peers for XML signatures: xmlsec, signxml and the JDK. None of them knows XAdES."""

import subprocess
from pathlib import Path
from typing import Any

import xmlsec
from lxml import etree
from signxml import SignatureConfiguration, XMLVerifier

DS = "http://www.w3.org/2000/09/xmldsig#"
JAVA = Path(__file__).parent / "XmlPeer.java"
IDS = ("Id", "ID", "id")


def by_xmlsec(data: bytes) -> bool:
    root: Any = etree.fromstring(data)  # noqa: TID251 - the peer's own reading
    xmlsec.tree.add_ids(root, list(IDS))
    found = list(root.iter(f"{{{DS}}}Signature"))
    for node in found:
        context = xmlsec.SignatureContext()
        context.key = _key(node)
        context.verify(node)
    return bool(found)


def by_signxml(data: bytes) -> bool:
    root: Any = etree.fromstring(data)  # noqa: TID251 - the peer's own reading
    node = next(root.iter(f"{{{DS}}}Signature"))
    certificate = node.find(f".//{{{DS}}}X509Certificate").text
    pem = _pem(certificate)
    anything = SignatureConfiguration(require_x509=True, expect_references=True)
    XMLVerifier().verify(data, x509_cert=pem, expect_config=anything)
    return True


def by_jdk(paths: list[str], *mode: str) -> list[bool]:
    """This will ask one JDK about many files."""
    asked = "\n".join(paths) + "\n"
    done = subprocess.run(
        ["java", str(JAVA), *mode],  # noqa: S607 - the one on the path
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line == "accepted" for line in done.stdout.splitlines()]


def _key(node: Any) -> Any:
    text = node.find(f".//{{{DS}}}X509Certificate").text
    return xmlsec.Key.from_memory(_pem(text).encode(), xmlsec.KeyFormat.CERT_PEM, None)


def _pem(text: str) -> str:
    joined = "".join(text.split())
    lines = "".join(f"{joined[at : at + 64]}\n" for at in range(0, len(joined), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n"
