"""What an earlier release stored unencrypted goes to whoever refers to it, encrypted."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.config.blob_sealing import Sealed, seal_old_blobs
from skrytka.config.blob_sweep import Swept, sweep_blobs
from skrytka.config.clock import now
from skrytka.gateways.blobs import aside_key, blob_key
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.sealed_store import SealedStore
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft, DraftAttachment, Letter
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import write_draft
from skrytka.letters.operations.signing import send_unsigned
from skrytka.letters.operations.submission import submit_letter
from tests.desk.world import client_at, signed_letter
from tests.world.attachments import added, draft_of
from tests.world.blobs import folder_store, put_raw
from tests.world.files import pdf
from tests.world.letters import CONTENT, LATER, written_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[SealedStore]:
    before = installed()
    store = folder_store(tmp_path)
    install(replace(before, blobs=store))
    yield store
    install(before)


def unsealed(store: SealedStore) -> None:
    """Everything as an earlier release left it: unencrypted, for all institutions together."""
    for institution_id in store.scopes():
        blobs = store.of(institution_id)
        for digests in list(blobs.stored()):
            for sha256 in digests:
                put_raw(store, blob_key(sha256), blobs.read(sha256))
                blobs.delete(sha256)
    DraftAttachment.objects.update(kept_by=None)


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution, store: SealedStore) -> Letter:
    letter = signed_letter(anna, daria, cuw)
    unsealed(store)
    return letter


def test_until_then_everything_is_read_where_it_lies(letter: Letter, daria: User) -> None:
    answer = client_at(daria).get(reverse("desk:attachment", args=[letter.id, 1]))
    assert b"".join(answer) == pdf()


def test_a_letter_goes_to_the_institution_it_was_sent_to(
    letter: Letter, store: SealedStore, tmp_path: Path
) -> None:
    document = blobs_of(letter.institution_id).read(letter.document_sha256)
    assert seal_old_blobs().damaged == 0
    assert not [path for path in (tmp_path / "blobs/sha256").rglob("*") if path.is_file()]
    assert blobs_of(letter.institution_id).read(letter.document_sha256) == document
    for digests in store.of(letter.institution_id).stored():
        assert letter.document_sha256 in digests
    assert seal_old_blobs() == Sealed(), "there is nothing left"


def test_the_same_bytes_go_to_everybody_who_has_them(
    letter: Letter, edmund: User, town_hall: Institution, store: SealedStore
) -> None:
    draft = written_draft(edmund, town_hall)
    row = added(draft, "ta sama umowa.pdf", pdf())
    blobs_of(town_hall.pk).delete(row.sha256)
    seal_old_blobs()
    assert blobs_of(town_hall.pk).read(row.sha256) == pdf()
    assert blobs_of(letter.institution_id).read(row.sha256) == pdf()


def test_what_nothing_refers_to_goes_the_way_of_all_such_bytes(store: SealedStore) -> None:
    sha256, other = hashlib.sha256(b"stare").hexdigest(), hashlib.sha256(b"na bok").hexdigest()
    put_raw(store, blob_key(sha256), b"stare")
    put_raw(store, aside_key(other), b"na bok")
    assert seal_old_blobs() == Sealed(sealed=2)
    assert blobs_of(None).read(other) == b"na bok"
    assert sweep_blobs(at=now() + timedelta(days=2)) == Swept(set_aside=2)
    assert sweep_blobs(at=now() + timedelta(days=4)) == Swept(deleted=2)


def test_a_damaged_one_stays_where_it_is(letter: Letter, store: SealedStore) -> None:
    put_raw(store, blob_key(letter.document_sha256), b"torn")
    assert seal_old_blobs().damaged == 1
    assert b"".join(store.plain.stream(letter.document_sha256)) == b"torn"


def test_one_that_goes_meanwhile_was_sealed_by_another(
    letter: Letter, store: SealedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = [sha256 for some in store.plain.digests() for sha256 in some]

    def listed(_self: object) -> Iterator[tuple[str, ...]]:
        yield tuple(digests)

    seal_old_blobs()
    monkeypatch.setattr(type(store.plain), "digests", listed)
    for institution_id in store.scopes():
        for sha256 in digests:
            store.of(institution_id).delete(sha256)
    assert seal_old_blobs() == Sealed(sealed=len(digests))


def test_a_draft_of_an_earlier_release_is_sent_with_its_files(
    anna: User, cuw: Institution, store: SealedStore
) -> None:
    draft = draft_of(anna, cuw)
    added(draft, "umowa.pdf", pdf())
    unsealed(store)
    write_draft(draft.id, CONTENT, version=1, at=LATER)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    sent = submit_letter(draft.id, actor=Actor(str(anna.pk)), at=LATER)
    (row,) = Letter.objects.get(id=sent.letter_id).attachments.all()
    store.plain.delete(row.sha256)
    assert blobs_of(cuw.pk).read(row.sha256) == pdf()
    assert Draft.objects.get(id=draft.id).attachments.get().kept_by_id == cuw.pk
