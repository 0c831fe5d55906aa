"""The signed files of a letter and what the engine said of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from skrytka.core.signatures.reasons import ReasonCode
from skrytka.evidence.facts import JsonValue
from skrytka.evidence.queries import KeptJudgement, judgements_of, judgements_of_file
from skrytka.ledger.queries import is_awaited
from skrytka.letters.models import SigningMode
from skrytka.letters.operations.judging import judging_key
from skrytka.letters.queries.letters import LetterView, SentFile

# Until a file is judged only its name can tell that it may bear a signature.
MAY_BE_SIGNED = frozenset(
    {".xml", ".pdf", ".p7s", ".p7m", ".sig", ".xades", ".asice", ".asics", ".sce", ".scs"}
)


@dataclass(frozen=True)
class SignedFile:
    """A file with a signature; `judged` is None while it is being judged for the first time."""

    file: SentFile
    judged: KeptJudgement | None

    @property
    def outcome(self) -> str:
        """VALID, INVALID or UNKNOWN; empty while there is no word."""
        return self.judged.outcome if self.judged else ""

    @property
    def signers(self) -> tuple[str, ...]:
        """The names in the certificates, or of the persons in signed roles, each once."""
        if self.judged is None:
            return ()
        named = map(_signer, _mappings(self.judged.report, "signatures"))
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The kind and the qualification of each signature, in the words of the report."""
        found = _mappings(self.judged.report, "signatures") if self.judged else ()
        return tuple((str(one.get("kind")), str(one.get("qualification"))) for one in found)


def signed_files(letter: LetterView) -> tuple[SignedFile, ...]:
    """This will list the files of a letter that bear a signature, the document first."""
    judged = judgements_of(letter.id)
    awaited = is_awaited(judging_key(letter.id))
    return tuple(_signed(letter, judged, is_awaited=awaited))


def is_being_judged(letter_id: UUID) -> bool:
    """This will tell whether a word on the letter's files is on its way."""
    return is_awaited(judging_key(letter_id))


def words_on_file(letter_id: UUID, position: int) -> tuple[KeptJudgement, ...]:
    """This will return every word on one file, the newest first."""
    return judgements_of_file(letter_id, position)


def _signed(
    letter: LetterView, judged: Mapping[int, KeptJudgement], *, is_awaited: bool
) -> Iterator[SignedFile]:
    for file in (letter.document, *letter.attachments):
        word = judged.get(file.position)
        if word is not None and _is_signed(word):
            yield SignedFile(file, word)
        elif word is None and is_awaited and _may_be_signed(letter, file):
            yield SignedFile(file, None)


def _may_be_signed(letter: LetterView, file: SentFile) -> bool:
    if not file.position:
        return letter.signing_mode != SigningMode.UNSIGNED
    return PurePath(file.file_name).suffix.casefold() in MAY_BE_SIGNED


def _is_signed(word: KeptJudgement) -> bool:
    """A file that only looked as if it bore a signature is no signed file."""
    codes = {each.get("code") for each in _mappings(word.report, "reasons")}
    return bool(word.report.get("signatures")) or ReasonCode.NO_SIGNATURE.value not in codes


def _signer(signature: Mapping[str, JsonValue]) -> str:
    signer = signature.get("signer")
    if not isinstance(signer, dict):
        return ""
    return str(signer.get("name") or signer.get("organisation") or "")


def _mappings(report: Mapping[str, JsonValue], name: str) -> tuple[Mapping[str, JsonValue], ...]:
    found = report.get(name)
    return (
        tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()
    )
