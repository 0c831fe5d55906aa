"""The files of a letter that came in before the scanner answered, judged from the blob store."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import override

from skrytka.core.calendar import civil_date
from skrytka.gateways.blobs import Blobs
from skrytka.gateways.installed import blobs_of
from skrytka.gateways.malware import ScannerSilentError
from skrytka.letters.models import AttachmentState, DraftAttachment, Letter, LetterAttachment
from skrytka.letters.operations.attachments import screened_again
from skrytka.letters.operations.receipt_facts import Refusal
from skrytka.letters.operations.screenings import ScreenedFile
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening.faults import Fault
from skrytka.letters.screening.policy import ScreeningPolicy
from skrytka.ui.refusal_texts import letter_refusal_text

LANGUAGE_OF_RECEIPTS = "pl"


@dataclass(frozen=True)
class JudgedLetter:
    """Why a letter is refused, if it is, and what was said of each file that was asked about."""

    refusal: Refusal | None
    files: tuple[ScreenedFile, ...]


def judge_stored(letter_id: UUID) -> JudgedLetter:
    """This will screen the files of a letter that were not known to be safe when it was sent.

    The rules are those of the day of submission: a letter does not become unacceptable by waiting.
    All files are asked about, so that none that is infected stays unnamed. Raises
    ScannerSilentError while a file cannot be judged, unless another one is reason enough.
    """
    letter = Letter.objects.get(id=letter_id)
    submitted_on = civil_date(letter.submitted_at)
    policy = attachment_policy_for(letter.institution_id, submitted_on, letter.box_id)
    blobs = blobs_of(letter.institution_id)
    files = _screened(blobs, _not_known_safe(letter), policy)
    fault = next((each.verdict.fault for each in files if each.verdict.fault), None)
    return JudgedLetter(_refusal(fault) if fault else None, tuple(files))


def _screened(
    blobs: Blobs, rows: list[LetterAttachment], policy: ScreeningPolicy
) -> list[ScreenedFile]:
    files: list[ScreenedFile] = []
    for row in rows:
        try:
            verdict = screened_again(blobs, row.file_name, row.sha256, policy)
        except ScannerSilentError:
            if any(each.verdict.fault for each in files):
                break
            raise
        files.append(ScreenedFile(row, verdict))
    return files


def _not_known_safe(letter: Letter) -> list[LetterAttachment]:
    safe = DraftAttachment.objects.filter(draft=letter.draft_id, state=AttachmentState.SAFE)
    return list(letter.attachments.exclude(sha256__in=safe.values("sha256")))


def _refusal(fault: Fault) -> Refusal:
    with override(LANGUAGE_OF_RECEIPTS):
        text = letter_refusal_text(fault.reason, fault.data.file_name, fault.data.as_details())
    return Refusal(fault.reason, fault.data.file_name, text)
