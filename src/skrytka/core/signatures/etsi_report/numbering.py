"""Signatures and what they refer to get names that are unique in the whole report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skrytka.core.signatures.enclosed import EMPTY, EnclosedJson
from skrytka.core.signatures.etsi_report.writing import Xml, element
from skrytka.core.signatures.report import SignatureJson

# The first letter of a name tells what it names.
OF_CERTIFICATE, OF_CRL, OF_OCSP, OF_TIMESTAMP, OF_DATA = "C-", "R-", "O-", "T-", "D-"


@dataclass(frozen=True)
class Numbered:
    """A signature under its name in the report, with its counter-signatures."""

    id: str
    signature: SignatureJson
    counters: "tuple[Numbered, ...]"

    @property
    def enclosed(self) -> EnclosedJson:
        """What came with it; reports of earlier days do not tell."""
        return self.signature.get("enclosed") or EMPTY

    @property
    def certificate(self) -> str | None:
        """The name of the signer's certificate among the objects."""
        signer = self.signature["signer"]
        return OF_CERTIFICATE + signer["certificate_sha256"] if signer else None

    def with_counters(self) -> "Iterator[Numbered]":
        """This will give the signature, then those that countersign it, in depth."""
        yield self
        for counter in self.counters:
            yield from counter.with_counters()


def number(signatures: Sequence[SignatureJson], prefix: str = "S") -> tuple[Numbered, ...]:
    """This will name signatures by their places: S-1, S-2, counter-signatures S-1-1."""
    names = [f"{prefix}-{place}" for place in range(1, len(signatures) + 1)]
    return tuple(
        Numbered(name, one, number(one.get("counter_signatures") or (), name))
        for name, one in zip(names, signatures, strict=True)
    )


def refer(name: str, *ids: str) -> Xml:
    """This will write a reference to objects of the report; without any there is none."""
    return element(name, VOReference=" ".join(ids)) if ids else ""
