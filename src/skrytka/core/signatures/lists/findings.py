"""The leaves of a list and the problems met while they are read."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography import x509
from lxml.etree import _Element as Element

from skrytka.core.signatures.certificates import load_certificate
from skrytka.core.signatures.lists.names import tsl
from skrytka.core.signatures.lists.problems import ListFault, ListProblem


@dataclass
class Findings:
    """The problems met on the way."""

    problems: list[ListProblem] = field(default_factory=list)

    def add(self, fault: ListFault, where: str = "") -> None:
        problem = ListProblem(fault, where)
        if problem not in self.problems:
            self.problems.append(problem)


def text_of(element: Element | None) -> str:
    """This will return the text of a leaf without blanks around it; nothing for no element."""
    return "" if element is None else (element.text or "").strip()


def instant(parent: Element, name: str, findings: Findings) -> datetime:
    """This will read an instant; without an offset it is UTC (clause 5.1.4)."""
    found = parent.find(tsl(name))
    read = _as_instant(text_of(found))
    if found is not None and read is None:
        findings.add(ListFault.ELEMENT_VALUE, name)
    return read or datetime.min.replace(tzinfo=UTC)


def certificates_in(holders: Iterable[Element], findings: Findings) -> tuple[x509.Certificate, ...]:
    """This will read X509Certificate elements; one that cannot be read is a warning."""
    read = []
    for holder in holders:
        certificate = _certificate(holder)
        if certificate is None:
            findings.add(ListFault.CERTIFICATE_UNREADABLE)
        else:
            read.append(certificate)
    return tuple(dict.fromkeys(read))


def _certificate(holder: Element) -> x509.Certificate | None:
    try:
        return load_certificate(octets(holder))
    except ValueError:
        return None


def octets(element: Element) -> bytes:
    """This will decode base64 with blanks anywhere. Raises `ValueError`."""
    compact = "".join((element.text or "").split())
    try:
        return base64.b64decode(compact, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _as_instant(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
