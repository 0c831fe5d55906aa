"""Letters in a party's box, and what a party does with them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from cryptography.x509 import Certificate

from skrytka.accounts.models import Institution, User
from skrytka.accounts.operations.second_factor import FactorConfirmation
from skrytka.accounts.queries.factors import FactorMethod
from skrytka.core.documents.letter import render_letter
from skrytka.core.signatures.sealing import SealShape, SealTemplate
from skrytka.core.signatures.signing import MemoryKey, SigningKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.delivery.models import OutgoingDraft, OutgoingLetter
from skrytka.delivery.operations.collecting import (
    collect_trusted,
    collecting_purpose,
    issue_upd,
)
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.ending import CannotCollect, CollectFault
from skrytka.evidence.operations import sign_for_person
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.seal import SealKeys, SealPurpose
from skrytka.ledger.models import OutboxRow
from skrytka.ledger.operations import Actor
from tests.core.documents.specimens import OF_AN_INSTITUTION
from tests.world.outgoing import SENT_AT, SIGNER, TEXT, TITLE, send_notices, signed_draft
from tests.world.pki import USUAL, Terms, make_pki, natural_person, signer

# What nobody may know of a letter before its end.
MARK = "CUW.5321.7.2026"
FILE_NAME = "zaświadczenie.pdf"
SECRETS = (TITLE, "Decyzja w sprawie", TEXT, "nikt nie widzi", FILE_NAME, "zaświadczenie")
NOON = datetime(2026, 11, 5, 11, tzinfo=UTC)


def waiting_letter(
    author: User, institution: Institution, addressee: User, *, mark: str = MARK
) -> OutgoingLetter:
    """A letter that can be read as one, its first notice sent; it waits."""
    at = SENT_AT
    draft = signed_draft(author, institution, addressee.party)
    facts = replace(OF_AN_INSTITUTION, title=TITLE, paragraphs=(TEXT,), attachments=())
    signed, _report = sign_for_person(render_letter(facts), SIGNER, at=at)
    stored = blobs_of(institution.pk).put(signed)
    OutgoingDraft.objects.filter(id=draft.id).update(signed_sha256=stored.sha256, case_mark=mark)
    sent = dispatch_letter(draft.id, actor=Actor(str(author.pk)), at=at)
    send_notices(at)
    return OutgoingLetter.objects.get(id=sent.letter_id)


def refusal_of(act: Callable[[], object]) -> CollectFault:
    """Why the act did not end the delivery."""
    with pytest.raises(CannotCollect) as refused:
        act()
    return refused.value.reason


def mails_to(address: str) -> str:
    """Every mail to an address, as it would be read."""
    rows = OutboxRow.objects.filter(effect="MAIL", payload__to=address).order_by("id")
    return "\n\n".join(f"{row.payload['subject']}\n{row.payload['text']}" for row in rows)


def confirmed(letter: OutgoingLetter, person: User, *, at: datetime = NOON) -> FactorConfirmation:
    purpose = collecting_purpose(letter.id, letter.delivery.upd_no)
    return FactorConfirmation(person.pk, FactorMethod.EMAIL_CODE, purpose, at)


def collect(letter: OutgoingLetter, person: User, *, at: datetime = NOON) -> None:
    confirmation = confirmed(letter, person, at=at)
    collect_trusted(letter.id, confirmation, actor=Actor(str(person.pk)), at=at)


def personal_key(pesel: str = "44051401359", terms: Terms = USUAL) -> MemoryKey:
    """A certificate as a card has it, of an issuer whom the tests can make known."""
    return signer(natural_person("Anna", "Kowalska", pesel), make_pki().root, terms)


def signed_at_home(upd: bytes, *, at: datetime = NOON, key: MemoryKey | None = None) -> bytes:
    """The UPD with a person's signature inside, as a program on their computer makes it."""
    template = SealTemplate(key or personal_key(), at, SealShape.SHARED_RECEIPT)
    return template.seal_beside(upd, signing_time=at, role=None)


def brought_back(letter: OutgoingLetter, person: User, *, at: datetime = NOON) -> bytes:
    """The UPD that was given out to the person, signed at home."""
    return signed_at_home(issue_upd(letter.id, person.pk, at=at), at=at)


def trust_the_issuer_of_cards() -> None:
    """From here on the issuer of `personal_key` is known here."""
    before = installed()
    install(replace(before, seal_keys=_WithIssuer(before.seal_keys)))


@dataclass(frozen=True)
class _WithIssuer:
    """The keys of the run, and one more issuer to trust."""

    keys: SealKeys

    def key(self, purpose: SealPurpose) -> SigningKey:
        return self.keys.key(purpose)

    def certificate(self, purpose: SealPurpose) -> Certificate:
        return self.keys.certificate(purpose)

    def trust(self) -> TrustStore:
        known = self.keys.trust()
        return replace(known, anchors=(*known.anchors, make_pki().root.certificate))
