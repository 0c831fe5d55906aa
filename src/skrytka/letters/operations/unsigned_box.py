"""A letter that goes without a signature to the box of its addressee that takes such letters."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import choose_addressee
from skrytka.letters.operations.signing import send_unsigned


def send_unsigned_to(draft_id: UUID, box_id: int, *, at: datetime) -> None:
    """This will point the draft at the box, fix its document anew and note that it goes unsigned.

    The document names the box, so it is not the one that was shown before. All or nothing; raises
    CannotChangeDraft, CannotFreeze or CannotSign.
    """
    with transaction.atomic():
        choose_addressee(draft_id, box_id, at=at)
        freeze_document(draft_id, at=at)
        send_unsigned(draft_id)
