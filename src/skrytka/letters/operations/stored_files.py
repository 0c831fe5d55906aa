"""Judging the files of a letter that came in while the scanner was silent."""

from uuid import UUID

from skrytka.core.calendar import civil_date
from skrytka.gateways.installed import installed
from skrytka.gateways.malware import ScannerSilentError
from skrytka.letters.models import Letter, LetterAttachment
from skrytka.letters.operations.receipt_facts import Refusal
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening.screen import Outcome, Screener, Verdict
from skrytka.letters.screening.specimen import spooled
from skrytka.ui.refusal_texts import refusal_text


def judge_stored(letter_id: UUID) -> Refusal | None:
    """This will screen every file of a received letter and return why it is refused, if it is.

    Raises ScannerSilentError as long as one file cannot be judged.
    """
    letter = Letter.objects.get(id=letter_id)
    policy = attachment_policy_for(letter.institution_id, civil_date(letter.submitted_at))
    screener = Screener(policy, installed().malware)
    for attachment in letter.attachments.all():
        refusal = _refusal(_screened(screener, attachment))
        if refusal is not None:
            return refusal
    return None


def _screened(screener: Screener, attachment: LetterAttachment) -> Verdict:
    chunks = installed().blobs.stream(attachment.sha256)
    with spooled(chunks, limit=attachment.size) as specimen:
        return screener.screen(attachment.file_name, specimen)


def _refusal(verdict: Verdict) -> Refusal | None:
    if verdict.outcome is Outcome.UNSCREENED:
        raise ScannerSilentError
    if verdict.fault is None:
        return None
    fault, details = verdict.fault, verdict.fault.data.as_details()
    text = refusal_text(fault.reason, verdict.file_name, details)
    return Refusal(fault.reason, verdict.file_name, text)
