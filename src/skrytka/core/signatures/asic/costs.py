"""What the references of a container may cost, added up before the first byte is digested."""

from collections import Counter
from dataclasses import dataclass

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import XmlLimits
from skrytka.core.signatures.asic.archive import Archive
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.names import SIGNATURE, ds
from skrytka.core.signatures.reasons import ReasonCode

MOST_SIGNATURES = 64
MOST_TOKENS = 256
_MEBIBYTE = 1024 * 1024
_ALWAYS = 128 * _MEBIBYTE
_TIMES_THE_FILE = 32
_CANONICAL_PRICE = 24  # writing a file in canonical form costs that many times its digest
_PARSING_PRICE = 32
# Each of these is over all that the signature refers to, once more (EN 319 132-1 §5.2.8, §5.5.2).
_OVER_ALL = (
    "{*}AllDataObjectsTimeStamp",
    "{*}IndividualDataObjectsTimeStamp",
    "{*}ArchiveTimeStamp",
)
# A file of signatures or a manifest holds references and certificates, never the documents.
XML_LIMITS = XmlLimits(total_bytes=16 * _MEBIBYTE, nodes=200_000)


@dataclass
class Budget:
    """What one container may still cost over all its signatures and manifests."""

    octets: int
    signatures: int = MOST_SIGNATURES

    @classmethod
    def for_file(cls, length: int) -> "Budget":
        return cls(_ALWAYS + _TIMES_THE_FILE * length)

    def digest(self, octets: int) -> None:
        """This will pay for digesting octets. Raises `ContainerRefused` when nothing is left."""
        self.octets -= octets
        if self.octets < 0:
            raise ContainerRefused(ReasonCode.RES_REFS)

    def count_signatures(self, root: Element) -> None:
        """This will count those of one file. Raises `ContainerRefused` for too many in all."""
        self.signatures -= sum(1 for _ in root.iter(SIGNATURE))
        if self.signatures < 0:
            raise ContainerRefused(ReasonCode.RES_COUNT)

    def parse(self, octets: int) -> None:
        """This will pay for parsing XML. Raises `ContainerRefused` when nothing is left."""
        self.digest(_PARSING_PRICE * octets)

    def digest_references(self, root: Element, archive: Archive) -> None:
        """This will pay for all that a file of signatures refers to. Raises `ContainerRefused`."""
        of_signature: Counter[Element] = Counter()
        for node in root.iter(ds("Reference")):
            of_signature[_signature_of(node)] += _price(node, archive)
        again = Counter(_signature_of(node) for node in root.iter(*_OVER_ALL))
        self.digest(sum(cost * (1 + again[one]) for one, cost in of_signature.items()))


def _price(reference: Element, archive: Archive) -> int:
    entry = archive.find(reference.get("URI", "#"))
    transformed = reference.find(ds("Transforms")) is not None
    return 0 if entry is None else len(entry.data) * (_CANONICAL_PRICE if transformed else 1)


def _signature_of(node: Element) -> Element:
    return next(node.iterancestors(SIGNATURE), node)
