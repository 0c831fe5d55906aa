"""Identifiers of people, firms, institutions, boxes and letters: parsed once, then always valid."""

from skrytka.core.identifiers.box_address import BoxAddress
from skrytka.core.identifiers.faults import IdentifierFault, InvalidIdentifier
from skrytka.core.identifiers.numbers import Krs, Nip, Regon, Teryt
from skrytka.core.identifiers.official import ReceiptKind, ReceiptNo, RegisterNo
from skrytka.core.identifiers.pesel import Pesel

__all__ = [
    "BoxAddress",
    "IdentifierFault",
    "InvalidIdentifier",
    "Krs",
    "Nip",
    "Pesel",
    "ReceiptKind",
    "ReceiptNo",
    "RegisterNo",
    "Regon",
    "Teryt",
]
