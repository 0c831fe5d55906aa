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
    DeliveryWay,
    Information,
    InformationKind,
    NppFacts,
    Outcome,
    ReceiptAttachment,
    ReceiptCheck,
    SealedFacts,
    UpdFacts,
    UppFacts,
    day_in,
    instant_in,
)
from skrytka.core.signatures.verdict import SignatureVerdict

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
    standing: str
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


def _data(check: ReceiptCheck, facts: SealedFacts) -> PdfData:
    return PdfData(
        title=_title(facts),
        issuer=facts.issuer.name if isinstance(facts, UpdFacts) else facts.addressee.name,
        number=facts.receipt_no,
        number_label="Numer",
        notice_title="Wizualizacja",
        notice=_notice(check),
        standing=_standing(check),
        rows=[*_parties(facts), *_outcome(facts), *_lines(facts)],
        files_title="Dokumenty" if isinstance(facts, NppFacts) else "Doręczone dokumenty",
        files=[_file(file) for file in facts.attachments],
        seal_title=_SIGNED if _is_collected(check) else _SEALED,
        seal=_signatures(check),
        how="Sprawdzisz to poświadczenie na stronie /verify albo bez internetu poleceniem "
        "„skrytka verify”: dołącz plik XML i dokumenty, których dotyczy.",
        file_name=f"{facts.receipt_no}.xml",
    )


_SEALED = "Pieczęć elektroniczna"
_SIGNED = "Podpis osoby, która odebrała pismo"
_TITLES = {
    DeliveryWay.COLLECTED: "Urzędowe poświadczenie odbioru (UPO): poświadczenie doręczenia",
    DeliveryWay.DEEMED: "Poświadczenie doręczenia: uznanie za doręczone",
    DeliveryWay.REFUSED: "Poświadczenie doręczenia: odmowa przyjęcia",
}
_DATED = {
    DeliveryWay.COLLECTED: "Odebrano",
    DeliveryWay.DEEMED: "Uznano za doręczone",
    DeliveryWay.REFUSED: "Odmówiono przyjęcia",
}


def _is_collected(check: ReceiptCheck) -> bool:
    return check.way is DeliveryWay.COLLECTED


def _title(facts: SealedFacts) -> str:
    if isinstance(facts, UpdFacts):
        return _TITLES[facts.way]
    if isinstance(facts, UppFacts):
        return "Urzędowe poświadczenie odbioru (UPO): poświadczenie przedłożenia"
    return "Poświadczenie nieprzedłożenia: pisma nie przyjęto"


def _notice(check: ReceiptCheck) -> str:
    proof = "podpisem" if _is_collected(check) else "pieczęcią"
    return (
        f"Dowodem jest plik XML z {proof}, dołączony do tego PDF. Wydruk służy tylko do czytania."
    )


def _standing(check: ReceiptCheck) -> str:
    """Who collected, or that nobody did: said in words of its own, never left to a date."""
    if check.way is None or check.outcome is Outcome.INVALID:
        return ""
    if check.way is DeliveryWay.COLLECTED:
        return f"Odebrane przez: {_name(check.signer)}"
    if check.way is DeliveryWay.DEEMED:
        return "Uznane za doręczone. Adresat nie potwierdził odbioru."
    return "Adresat odmówił przyjęcia. Pismo uznaje się za doręczone."


def _parties(facts: SealedFacts) -> list[Row]:
    return [
        *(_delivery(facts) if isinstance(facts, UpdFacts) else _submission(facts)),
        ("Identyfikator dokumentu", facts.document_id),
        ("Poświadczenie wytworzono", _moment(facts.produced_at)),
    ]


def _delivery(facts: UpdFacts) -> list[Row]:
    return [
        (_DATED[facts.way], _moment(facts.received_at)),
        ("Wystawca", f"{facts.issuer.name} ({facts.issuer.identifier})"),
        ("Adresat", f"{facts.addressee.name} ({facts.addressee.identifier})"),
        *([("Znak sprawy", facts.case_mark)] if facts.case_mark else []),
    ]


def _submission(facts: UppFacts | NppFacts) -> list[Row]:
    arrived = facts.delivered_at if isinstance(facts, UppFacts) else facts.attempted_at
    label = "Doręczono" if isinstance(facts, UppFacts) else "Próba doręczenia"
    return [
        (label, _moment(arrived)),
        ("Adresat", f"{facts.addressee.name} ({facts.addressee.identifier})"),
        ("Nadawca", f"{facts.sender.name} ({facts.sender.identifier})"),
    ]


def _outcome(facts: SealedFacts) -> list[Row]:
    if isinstance(facts, NppFacts):
        return [("Powód", f"{cause.text} [{cause.rule}]") for cause in facts.causes]
    return []


def _lines(facts: SealedFacts) -> list[Row]:
    shown = (item for item in facts.information if item.kind != InformationKind.ATTACHMENT)
    return [(item.kind, _said(item)) for item in shown]


def _said(item: Information) -> str:
    """The text of a line; the instant of a notice and the days of law in words."""
    at, on = instant_in(item), day_in(item)
    if at is not None:
        return _moment(at)
    return day_in_words(on) if on is not None else item.text


def _file(file: ReceiptAttachment) -> tuple[str, str, str]:
    return (file.file_name, f"{file.size} B", file.sha256)


def _signatures(check: ReceiptCheck) -> list[Row]:
    if not _is_collected(check):
        result = "prawidłowa" if check.valid else "brak potwierdzenia"
        return [("Wynik sprawdzenia", result), *_signature("Pieczęć", check.seal)]
    return [
        ("Wynik sprawdzenia", "prawidłowy" if check.valid else "brak potwierdzenia"),
        *_signature("Podpis", check.signer),
        *_signature("Pieczęć urzędu", check.seal),
    ]


def _signature(label: str, verdict: SignatureVerdict | None) -> list[Row]:
    signer = verdict.signer if verdict else None
    if signer is None:
        return []
    return [
        (label, signer.name),
        ("Wystawca certyfikatu", signer.issuer),
        ("Certyfikat SHA-256", signer.certificate_sha256),
    ]


def _name(verdict: SignatureVerdict | None) -> str:
    return verdict.signer.name if verdict and verdict.signer else ""


def _moment(at: datetime) -> str:
    here = civil_moment(at)
    offset = int((here.utcoffset() or ZERO).total_seconds()) // 3600
    day = day_in_words(here.date())
    return f"{day}, godz. {here:%H:%M:%S} (czas urzędowy, UTC+{offset})"
