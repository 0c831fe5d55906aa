"""Where the bytes of a draft's files lie: among the blobs of the institution that it goes to.

A file that came before the addressee was chosen, or before another one was, lies elsewhere until
the letter is sent.
"""

from uuid import UUID

from skrytka.gateways.installed import blobs_of
from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import AttachmentState, DraftAttachment

KEPT = Prepared(
    lambda: (
        DraftAttachment.objects.filter(draft_id=slot("draft_id", DraftAttachment))
        .exclude(state=AttachmentState.REFUSED)
        .order_by()
        .values_list("id", "sha256", "kept_by_id", "draft__box__institution_id")
    )
)


def bring_to_addressee(draft_id: UUID) -> None:
    """This will copy files that lie elsewhere to the addressee's blobs, durably.

    Before the transaction that fixes the instant of submission: then every byte is where the letter
    looks for it. Where they lay before nothing refers to them any more, and the sweep takes them.
    Called again, it goes on. Raises BlobNotStoredError.
    """
    for file_id, sha256, kept_by, institution_id in KEPT.all(draft_id=draft_id):
        if kept_by != institution_id and institution_id is not None:
            blobs_of(institution_id).take_from(blobs_of(kept_by), sha256)
            rows = DraftAttachment.objects.filter(id=file_id, kept_by=kept_by)
            rows.update(kept_by=institution_id)
