"""What a judging process is asked, as bytes on a pipe: a header in JSON, then the files.

Nothing but JSON and raw bytes crosses in either direction, so neither side can be made to run
anything by what it reads.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypedDict

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.lists.keeping import KeptLists
from skrytka.core.signatures.trust import TrustStore
from skrytka.gateways.apart.framing import exactly, write_framed
from skrytka.gateways.judging.limits import JudgingLimits
from skrytka.gateways.kept_lists import read_kept

CERTIFICATES = ("anchors", "trusted_profile_seals", "institution_seals")
REVOCATION = ("crls", "ocsps")


class Header(TypedDict):
    at: str
    size: int
    detached: list[tuple[str, int]]
    trust: dict[str, list[str]]
    cpu: float
    memory: int
    lists: str


@dataclass(frozen=True)
class Question:
    """One file to be judged as of `at`; `detached` maps the names beside it to their contents.

    `trust` crosses without its lists: the judging process reads those from the file where they are
    kept, if its judge was given one.
    """

    data: bytes
    detached: Mapping[str, bytes]
    trust: TrustStore
    at: datetime

    @property
    def size(self) -> int:
        return len(self.data) + sum(map(len, self.detached.values()))


def write_question(
    question: Question, limits: JudgingLimits, out: BinaryIO, lists: Path | None = None
) -> None:
    """This will write a question, its limits and where lists are kept.

    Raises OSError when nobody reads it.
    """
    header: Header = {
        "at": question.at.isoformat(),
        "size": len(question.data),
        "detached": [(name, len(data)) for name, data in question.detached.items()],
        "trust": trust_as_json(question.trust),
        "cpu": limits.cpu_for(question.size),
        "memory": limits.memory_for(question.size),
        "lists": str(lists.absolute()) if lists else "",
    }
    write_framed(json.dumps(header).encode(), out)
    out.writelines((question.data, *question.detached.values()))
    out.flush()


def read_question(header: Header, source: BinaryIO) -> Question:
    """This will read the files that a header announces. Raises EOFError when they end early."""
    data = exactly(header["size"], source)
    detached = {name: exactly(size, source) for name, size in header["detached"]}
    trust = replace(trust_from_json(header["trust"]), lists=lists_of(header))
    return Question(data, detached, trust, datetime.fromisoformat(header["at"]))


def lists_of(header: Header) -> KeptLists | None:
    """This will open the lists that a header names; read once, until others are kept there."""
    return read_kept(Path(header["lists"])) if header["lists"] else None


def trust_as_json(trust: TrustStore) -> dict[str, list[str]]:
    """This will write down all that is trusted and at hand, in hexadecimal DER."""
    return {name: list(_der(trust, name)) for name in (*CERTIFICATES, *REVOCATION)}


def trust_from_json(kept: Mapping[str, list[str]]) -> TrustStore:
    """This will read back what `trust_as_json` wrote."""
    ders = {name: tuple(map(bytes.fromhex, each)) for name, each in kept.items()}
    certificates = {
        name: tuple(map(x509.load_der_x509_certificate, ders[name])) for name in CERTIFICATES
    }
    return TrustStore(
        anchors=certificates["anchors"],
        trusted_profile_seals=certificates["trusted_profile_seals"],
        institution_seals=certificates["institution_seals"],
        crls=ders["crls"],
        ocsps=ders["ocsps"],
    )


def _der(trust: TrustStore, name: str) -> Iterator[str]:
    for one in getattr(trust, name):
        yield (one if isinstance(one, bytes) else one.public_bytes(Encoding.DER)).hex()
