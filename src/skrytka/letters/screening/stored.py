"""The files of a letter that came in before the scanner answered, judged from the blob store."""

from uuid import UUID

from django.utils.translation import override

from skrytka.core.calendar import civil_date
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import AttachmentState, DraftAttachment, Letter, LetterAttachment
from skrytka.letters.operations.attachments import screened_again
from skrytka.letters.operations.receipt_facts import Refusal
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening.faults import Fault
from skrytka.ui.refusal_texts import refusal_text

LANGUAGE_OF_RECEIPTS = "pl"


def judge_stored(letter_id: UUID) -> Refusal | None:
    """This will screen the files of a letter and return why it is refused, or None.

    The rules are those of the day of submission: a letter does not become unacceptable by waiting.
    Files that were known to be safe when they were sent are not screened again. Raises
    ScannerSilentError while a file cannot be judged.
    """
    letter = Letter.objects.get(id=letter_id)
    policy = attachment_policy_for(letter.institution_id, civil_date(letter.submitted_at))
    blobs, files = blobs_of(letter.institution_id), _not_known_safe(letter)
    verdicts = (screened_again(blobs, r.file_name, r.sha256, policy) for r in files)
    return next((_refusal(fault) for verdict in verdicts if (fault := verdict.fault)), None)


def _not_known_safe(letter: Letter) -> list[LetterAttachment]:
    safe = DraftAttachment.objects.filter(draft=letter.draft_id, state=AttachmentState.SAFE)
    return list(letter.attachments.exclude(sha256__in=safe.values("sha256")))


def _refusal(fault: Fault) -> Refusal:
    with override(LANGUAGE_OF_RECEIPTS):
        text = refusal_text(fault.reason, fault.data.file_name, fault.data.as_details())
    return Refusal(fault.reason, fault.data.file_name, text)
