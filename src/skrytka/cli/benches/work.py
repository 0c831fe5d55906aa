"""What one round of the submission bench does, and its floor."""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from skrytka.accounts.operations.second_factor import FactorConfirmation
from skrytka.accounts.queries import FactorMethod, institution_of_entity
from skrytka.catalogue.queries import general_card
from skrytka.cli.benches.people import confirmed_people
from skrytka.cli.demo import load
from skrytka.cli.demo.cards import publish_cards
from skrytka.cli.demo.institutions import CUW
from skrytka.config.clock import now
from skrytka.gateways.turns import TURNS
from skrytka.ledger.operations import Actor
from skrytka.letters.operations.attachments import Upload, add_attachment
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import DraftContent, NewDraft, start_draft, write_draft
from skrytka.letters.operations.signing import sign_trusted, signing_purpose
from skrytka.letters.operations.submission import submit_letter

ATTACHMENT = 100_000
TEXT = DraftContent("Wniosek o zaświadczenie", "Proszę o wydanie zaświadczenia.\n\nDziękuję.", {})


@dataclass(frozen=True)
class Sender:
    """Everything a submission needs to know beforehand."""

    user_id: int
    draft: NewDraft


def submission() -> Callable[[], None]:
    """This will load the demonstration and return one whole submission by a confirmed person."""
    load(now())
    publish_cards(now())
    sender = _sender(now())
    numbers = count()

    def work() -> None:
        _send(sender, attachment_bytes(next(numbers)), now())

    return work


def _sender(at: datetime) -> Sender:
    card, centre = general_card(), institution_of_entity(CUW.data.entity)
    if card is None or centre is None:
        raise LookupError("the demonstration is not loaded")
    box = next(box for box in centre.boxes if box.is_basic)
    (person,) = confirmed_people(1, at)
    draft = NewDraft(person.user_id, person.party_id, card.id, card.form_id, box.id)
    return Sender(person.user_id, draft)


def _send(sender: Sender, attachment: bytes, at: datetime) -> None:
    """Draft, text, attachment, document, trusted signature, sending, sealed UPP.

    Each step takes its turn, as the request does in which it comes.
    """
    actor = Actor(str(sender.user_id))
    with TURNS.taken():
        draft_id = start_draft(sender.draft, at=at)
    with TURNS.taken():
        write_draft(draft_id, TEXT, version=1, at=at)
    with TURNS.taken():
        add_attachment(draft_id, Upload("umowa.pdf", [attachment]), actor=actor, at=at)
    with TURNS.taken():
        frozen = freeze_document(draft_id, at=at)
    purpose = signing_purpose(draft_id, frozen.sha256)
    confirmation = FactorConfirmation(sender.user_id, FactorMethod.EMAIL_CODE, purpose, at)
    with TURNS.taken():
        sign_trusted(draft_id, confirmation, at=at)
    with TURNS.taken():
        submit_letter(draft_id, actor=actor, at=at)


def attachment_bytes(number: int) -> bytes:
    """This will return a valid PDF of 100 kB, different for each number."""
    objects = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n",
    )
    comment = b"%" + (os.urandom(16).hex() + f"{number:016}").encode()
    head = b"%PDF-1.4\n" + (comment + b"\n") * (ATTACHMENT // (len(comment) + 1))
    offsets = (len(head), len(head) + len(objects[0]))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body = head + b"".join(objects)
    tail = b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 3\n0000000000 65535 f \n" + table + tail


def bare_loop() -> Callable[[], None]:
    """This will return the floor: receive, digest, fsync, commit, sign; nothing else."""
    folder = Path(settings.ENVIRONMENT.data) / "floor"
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = count()
    lock = threading.Lock()
    database = sqlite3.connect(folder / "floor.sqlite3", check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE letter (digest TEXT, at TEXT)")

    def work() -> None:
        data = attachment_bytes(next(numbers))
        digest = hashlib.sha256(data).hexdigest()
        with (folder / digest).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with lock, database:
            database.execute("INSERT INTO letter VALUES (?, ?)", (digest, str(now())))
        key.sign(digest.encode(), ec.ECDSA(hashes.SHA256()))

    return work
