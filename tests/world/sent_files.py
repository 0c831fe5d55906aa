"""Files of letters that an institution sends, and scanners that change their mind about them."""

from skrytka.accounts.models import Institution, Party, User
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingLetter
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.gateways.installed import blobs_of
from skrytka.gateways.malware import MarkScanner
from skrytka.ledger.operations import Actor
from tests.world.attachments import added, draft_of, scan_with
from tests.world.files import pdf
from tests.world.outgoing import SENT_AT, signed_draft
from tests.world.screened import NEW, wormy

# Finds malware in every PDF, also in the one of every letter of the tests.
PDF_FINDER = MarkScanner(b"%PDF", "mark, baza 2")


def draft_with(
    author: User, institution: Institution, to: Party | None, data: bytes | None = None
) -> OutgoingDraft:
    """A signed draft whose one file is a text with a worm that old databases do not know."""
    draft = signed_draft(author, institution, to)
    stored = blobs_of(institution.pk).put(wormy() if data is None else data)
    OutgoingFile.objects.filter(draft=draft).update(
        file_name="umowa.txt", media_type="text/plain", size=stored.size, sha256=stored.sha256
    )
    return draft


def sent_with(
    author: User, institution: Institution, to: User, data: bytes | None = None
) -> OutgoingLetter:
    """The same, sent to a party."""
    return sent(draft_with(author, institution, to.party, data))


def sent(draft: OutgoingDraft) -> OutgoingLetter:
    done = dispatch_letter(draft.id, actor=Actor(str(draft.author_id)), at=SENT_AT)
    return OutgoingLetter.objects.get(id=done.letter_id)


def found_in_worms(by: User) -> None:
    """A newer database: somebody is refused the worm, so that the same bytes are flagged."""
    scan_with(NEW)
    added(draft_of(by), "cudze.txt", wormy())


def found_in_pdfs(by: User) -> None:
    """The same for the PDF that letters of the tests carry."""
    scan_with(PDF_FINDER)
    added(draft_of(by), "cudze.pdf", pdf())
