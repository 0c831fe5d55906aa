"""`skrytka verify`: check a receipt against its documents, without server, clock or network."""

import argparse
import json
from pathlib import Path

from cryptography import x509

from skrytka.cli.validate import read_trust
from skrytka.config.clock import now
from skrytka.core.calendar import xml_datetime
from skrytka.core.receipts import (
    DeliveryWay,
    DocumentState,
    InformationKind,
    ReceiptCheck,
    SealedFacts,
    UpdFacts,
    check_receipt,
)
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.gateways.development_pki import INSTITUTION_SEAL, TRUSTED_PROFILE_SEAL

VALID, NOT_VALID = 0, 1
STATES = {
    DocumentState.MATCHES: "zgodny",
    DocumentState.DIFFERS: "ZMIENIONY",
    DocumentState.NOT_GIVEN: "nie podano pliku",
}

# Only of a collected letter may it be said that somebody took it.
WAYS = {
    DeliveryWay.COLLECTED: "Odebrane przez: {name}",
    DeliveryWay.DEEMED: "Uznane za doręczone. Adresat nie potwierdził odbioru.",
    DeliveryWay.REFUSED: "Adresat odmówił przyjęcia. Pismo uznaje się za doręczone.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("receipt", type=Path, help="the receipt (XML)")
    parser.add_argument(
        "--document", type=Path, action="append", default=[], help="a file the receipt speaks of"
    )
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        help="certificate of the institution's seal (PEM), or a folder as of `validate`; "
        "default: this installation's own",
    )
    parser.add_argument(
        "--trust-profile",
        type=Path,
        action="append",
        default=[],
        help="certificate under which an installation puts trusted signatures (PEM), for an UPD",
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """This will print what the public verifier says; exit status 0 valid, 1 not."""
    try:
        receipt = arguments.receipt.read_bytes()
        documents: dict[str, bytes | str] = {
            path.name: path.read_bytes() for path in arguments.document
        }
        trust = trust_store(arguments.trust, arguments.trust_profile)
    except (OSError, ValueError) as error:
        print(f"Nie możemy odczytać pliku: {error}")
        return NOT_VALID
    check = check_receipt(receipt, documents, trust, now())
    print(as_json(check) if arguments.json else as_text(check))
    return VALID if check.valid else NOT_VALID


def trust_store(given: list[Path], profiles: list[Path]) -> TrustStore:
    """This will trust what is given, or the seals of this installation when nothing is.

    A seal of an institution and a seal of trusted signatures never stand in for each other.
    """
    if not given and not profiles:
        given, profiles = [_own(INSTITUTION_SEAL)], [_own(TRUSTED_PROFILE_SEAL)]
    folders = [read_trust(path) for path in given if path.is_dir()]
    return TrustStore(
        anchors=tuple(anchor for folder in folders for anchor in folder.anchors),
        trusted_profile_seals=(
            *(_certificate(path) for path in profiles),
            *(seal for folder in folders for seal in folder.trusted_profile_seals),
        ),
        institution_seals=tuple(_certificate(path) for path in given if not path.is_dir()),
    )


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _own(name: str) -> Path:
    import os

    from skrytka.config.environment import read_environment

    return read_environment(os.environ).keys / f"{name}.crt.pem"


def as_text(check: ReceiptCheck) -> str:
    """This will tell the outcome in plain Polish, the reasons and each document."""
    lines = [
        "Poświadczenie jest ważne." if check.valid else "Poświadczenia nie można uznać za ważne."
    ]
    lines += [f"  {reason.text}" for reason in check.reasons]
    if check.valid and check.way is not None:
        lines.append(WAYS[check.way].format(name=_name(check.signer)))
    if check.facts is not None:
        lines += _facts(check.facts)
    lines += [f"  {item.name}: {STATES[item.state]}" for item in check.documents]
    return "\n".join(lines)


def _facts(facts: SealedFacts) -> list[str]:
    made = f"Wytworzono: {xml_datetime(facts.produced_at)}"
    number, addressee = f"Numer: {facts.receipt_no}", f"Adresat: {facts.addressee.name}"
    if not isinstance(facts, UpdFacts):
        return [number, addressee, f"Nadawca: {facts.sender.name}", made]
    dated = f"Data odbioru: {xml_datetime(facts.received_at)}"
    if facts.way is not DeliveryWay.COLLECTED:
        dated = f"Data doręczenia: {xml_datetime(facts.received_at)}"
    told = [f"  {item.kind}: {item.text}" for item in facts.information if item.kind in TOLD]
    return [number, f"Wystawił: {facts.issuer.name}", addressee, dated, made, *told]


# Of the lines of an UPD those that say why it counts as delivered; files are listed by themselves.
TOLD = frozenset(InformationKind) - {InformationKind.DOCUMENT_SHA256, InformationKind.ATTACHMENT}


def _name(verdict: SignatureVerdict | None) -> str | None:
    return verdict.signer.name if verdict and verdict.signer else None


def as_json(check: ReceiptCheck) -> str:
    """This will tell the same to a machine."""
    return json.dumps(
        {
            "valid": check.valid,
            "outcome": check.outcome,
            "kind": check.kind,
            "receipt_no": check.facts.receipt_no if check.facts else None,
            "way": check.way,
            "seal": _name(check.seal),
            "signer": _name(check.signer),
            "documents": [
                {"name": item.name, "sha256": item.sha256, "state": item.state}
                for item in check.documents
            ],
            "reasons": [{"code": reason.code, "text": reason.text} for reason in check.reasons],
            "at": check.at.isoformat(),
        },
        ensure_ascii=False,
        indent=2,
    )
