"""From the sealed bytes to a PDF/A-3 that a person reads and a machine takes the XML out of.

Titled „wizualizacja”: a printout proves nothing, the evidence is the XML that lies inside.
What is shown is read from the sealed bytes, never from the database.
"""

import json
import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, TypedDict, cast

import typst

from skrytka.core.calendar import civil_moment, day_in_words
from skrytka.core.receipts import (
    InformationKind,
    NppFacts,
    ReceiptAttachment,
    ReceiptCheck,
    UppFacts,
)

TEMPLATE = Path(__file__).with_name("receipt.typ")
STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
# Latin, Greek, Cyrillic and their marks; the fonts of the view lack what lies beyond, and PDF/A
# allows no empty box in its place. The XML inside says everything as it is.
_NOT_DRAWN = re.compile(
    "[^\u0020-\u007e\u00a0-\u0377\u0384-\u038a\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u205e\u20ac\u2116\u2122]"
)
Row = tuple[str, str]
ZERO = timedelta(0)


class PdfData(TypedDict):
    title: str
    issuer: str
    number: str
    number_label: str
    notice_title: str
    notice: str
    rows: list[Row]
    files_title: str
    files: list[tuple[str, str, str]]
    seal_title: str
    seal: list[Row]
    how: str
    file_name: str


class NothingToShowError(Exception):
    """The check read no facts from the receipt: there is nothing that could be shown as sealed."""


def receipt_pdf(xml: bytes, check: ReceiptCheck) -> bytes:
    """This will render the checked receipt as PDF/A-3a and PDF/UA-1 with the XML embedded.

    `check` is what the public verifier said of `xml`. Raises NothingToShowError.
    """
    if check.facts is None:
        raise NothingToShowError
    data = _data(check, check.facts)
    inputs = {"data": _drawable(json.dumps(data, ensure_ascii=False)), "receipt": xml.decode()}
    rendered = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=[*STANDARDS])
    # Pages come as a list for images only; a PDF is one piece.
    return cast("bytes", rendered)


def _drawable(text: str) -> str:
    """What no font of the view can draw is named: an emoji in a file name is no reason to fail."""
    return _NOT_DRAWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE)


def _data(check: ReceiptCheck, facts: UppFacts | NppFacts) -> PdfData:
    return PdfData(
        title=_title(facts),
        issuer=facts.addressee.name,
        number=facts.receipt_no,
        number_label="Numer",
        notice_title="Wizualizacja",
        notice="Dowodem jest plik XML z pieczęcią, dołączony do tego PDF. "
        "Wydruk służy tylko do czytania.",
        rows=[*_parties(facts), *_outcome(facts), *_lines(facts)],
        files_title="Doręczone dokumenty" if isinstance(facts, UppFacts) else "Dokumenty",
        files=[_file(file) for file in facts.attachments],
        seal_title="Pieczęć elektroniczna",
        seal=_seal(check),
        how="Sprawdzisz to poświadczenie na stronie /verify albo bez internetu poleceniem "
        "„skrytka verify”: dołącz plik XML i dokumenty, których dotyczy.",
        file_name=f"{facts.receipt_no}.xml",
    )


def _title(facts: UppFacts | NppFacts) -> str:
    if isinstance(facts, UppFacts):
        return "Urzędowe poświadczenie odbioru (UPO): poświadczenie przedłożenia"
    return "Poświadczenie nieprzedłożenia: pisma nie przyjęto"


def _parties(facts: UppFacts | NppFacts) -> list[Row]:
    arrived = facts.delivered_at if isinstance(facts, UppFacts) else facts.attempted_at
    label = "Doręczono" if isinstance(facts, UppFacts) else "Próba doręczenia"
    return [
        (label, _moment(arrived)),
        ("Adresat", f"{facts.addressee.name} ({facts.addressee.identifier})"),
        ("Nadawca", f"{facts.sender.name} ({facts.sender.identifier})"),
        ("Identyfikator dokumentu", facts.document_id),
        ("Poświadczenie wytworzono", _moment(facts.produced_at)),
    ]


def _outcome(facts: UppFacts | NppFacts) -> list[Row]:
    if isinstance(facts, UppFacts):
        return []
    return [("Powód", f"{cause.text} [{cause.rule}]") for cause in facts.causes]


def _lines(facts: UppFacts | NppFacts) -> list[Row]:
    shown = (item for item in facts.information if item.kind != InformationKind.ATTACHMENT)
    return [(item.kind, item.text) for item in shown]


def _file(file: ReceiptAttachment) -> tuple[str, str, str]:
    return (file.file_name, f"{file.size} B", file.sha256)


def _seal(check: ReceiptCheck) -> list[Row]:
    signers = [check.seal.signer] if check.seal and check.seal.signer else []
    return [
        ("Wynik sprawdzenia", "prawidłowa" if check.valid else "brak potwierdzenia"),
        *(("Pieczęć", signer.name) for signer in signers),
        *(("Wystawca certyfikatu", signer.issuer) for signer in signers),
        *(("Certyfikat SHA-256", signer.certificate_sha256) for signer in signers),
    ]


def _moment(at: datetime) -> str:
    here = civil_moment(at)
    offset = int((here.utcoffset() or ZERO).total_seconds()) // 3600
    day = day_in_words(here.date())
    return f"{day}, godz. {here:%H:%M:%S} (czas urzędowy, UTC+{offset})"
