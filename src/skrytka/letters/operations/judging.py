"""Every signed file of a letter is judged in the background, and what was said is kept.

Asked for in the transaction that accepts the letter; a clerk may ask again. Each asking is a run of
its own: resumed after a crash it goes on where it was, asked anew it adds rows and changes none.
A file is judged as of the instant of submission, which is what the law asks about.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import PurePath
from urllib.parse import unquote
from uuid import UUID

from skrytka.core.signatures.report import ReportJson
from skrytka.evidence.operations import JudgedFile, record_file_judgement
from skrytka.evidence.queries import positions_judged
from skrytka.gateways.installed import blobs_of, installed
from skrytka.gateways.judging import Question
from skrytka.gateways.revocation_source import Asked
from skrytka.gateways.turns import TURNS
from skrytka.ledger.operations import Actor, Effect, enqueue
from skrytka.letters.models import Letter, SigningMode
from skrytka.letters.operations.signed_files import SignedFormat, signed_format

DOCUMENT = "pismo.xml"
REFERENCE = re.compile(rb"""URI\s*=\s*["']([^"'#]+)["']""")
MIB = 1024 * 1024
# Beside a signature that names no file, all others are handed in, up to so much together.
MOST_BESIDE = 64 * MIB


@dataclass(frozen=True)
class _File:
    """A file of the letter; position 0 is the document. `signed` says in what format, if at all."""

    position: int
    name: str
    sha256: str
    size: int
    signed: SignedFormat | None
    institution_id: int


def judging_key(letter_id: UUID) -> str:
    """This will return the outbox key under which the files of a letter are judged."""
    return f"judging:{letter_id}"


def ask_on_arrival(letter: Letter, *, at: datetime) -> None:
    """This will ask for the judging of a letter that may hold signatures, in its transaction."""
    if letter.signing_mode == SigningMode.UNSIGNED and not letter.attachment_count:
        return
    enqueue(Effect.JUDGE_FILES, judging_key(letter.id), {"letter": str(letter.id)}, at=at)


def ask_again(letter_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will have every signed file judged once more; two clicks in one second ask once."""
    key = f"{judging_key(letter_id)}:{at:%Y%m%d%H%M%S}"
    payload = {"letter": str(letter_id), "asked_by": actor.id}
    enqueue(Effect.JUDGE_FILES, key, payload, at=at)


def judge_files(letter_id: UUID, run: str, asked_by: str, *, at: datetime) -> None:
    """This will judge what a run still owes; called again it judges nothing twice."""
    letter = Letter.objects.get(id=letter_id)
    files = tuple(_files(letter))
    done = positions_judged(run)
    for file in files:
        if file.signed and file.position not in done:
            asked = JudgedFile(letter_id, file.position, file.sha256, run, asked_by)
            _judge(file, files, asked, (letter.submitted_at, at))


def _judge(
    file: _File, files: tuple[_File, ...], asked: JudgedFile, instants: tuple[datetime, datetime]
) -> None:
    as_of, at = instants
    gateways = installed()
    data = blobs_of(file.institution_id).read(file.sha256)
    question = Question(data, _beside(file, data, files), gateways.seal_keys.trust(), as_of)
    judgement = gateways.judge.judge(question)
    with TURNS.aside():
        better = _with_revocation(question, judgement.report)
    if better is not question:
        judgement = gateways.judge.judge(better)
    record_file_judgement(asked, judgement, at=at)


def _with_revocation(question: Question, report: ReportJson) -> Question:
    """This will fetch what trusted authorities say of the signers, where the operator allows it."""
    found = [each for one in report["signatures"] if (each := one["enclosed"])]
    lists = (Asked(address) for one in found for address in one["lists_at"])
    responders = (each for one in found for each in one["responders"])
    asked = (Asked(each["address"], bytes.fromhex(each["request"])) for each in responders)
    source, trust = installed().revocation, question.trust
    crls, ocsps = source.fetch(lists), source.fetch(asked)
    if not crls and not ocsps:
        return question
    more = replace(trust, crls=(*trust.crls, *crls), ocsps=(*trust.ocsps, *ocsps))
    return replace(question, trust=more)


def _files(letter: Letter) -> Iterator[_File]:
    document = (0, DOCUMENT, letter.document_sha256, letter.document_size)
    rows = letter.attachments.values_list("position", "file_name", "sha256", "size")
    blobs = blobs_of(letter.institution_id)
    for position, name, sha256, size in (document, *rows):
        signed = signed_format(partial(blobs.stream, sha256))
        yield _File(position, name, sha256, size, signed, letter.institution_id)


def _beside(file: _File, data: bytes, files: tuple[_File, ...]) -> Mapping[str, bytes]:
    """What a detached signature may speak of: other attachments of the same letter.

    The document speaks for itself: it names its attachments by their digests in its own text.
    """
    others = [each for each in files if each.position not in {0, file.position}]
    chosen: list[_File] = []
    if file.signed is SignedFormat.XML and file.position:
        named = _named_in(data)
        chosen = [each for each in others if each.name in named]
    elif file.signed is SignedFormat.CMS:
        same = [each for each in others if _is_of(file.name, each.name)]
        chosen = same or [each for each in others if each.signed is None]
    blobs = blobs_of(file.institution_id)
    return {each.name: blobs.read(each.sha256) for each in _within(chosen, MOST_BESIDE)}


def _within(files: list[_File], most: int) -> Iterator[_File]:
    for file in files:
        most -= file.size
        if most >= 0:
            yield file


def _named_in(data: bytes) -> frozenset[str]:
    """The names of files that references of an XML signature lead to, without their folders."""
    found = (uri.decode("utf-8", "replace") for uri in REFERENCE.findall(data))
    return frozenset(PurePath(unquote(uri)).name for uri in found)


def _is_of(signature: str, name: str) -> bool:
    """Whether a signature's name tells whose it is: umowa.pdf.p7s or umowa.p7s of umowa.pdf."""
    stem = PurePath(signature).stem.casefold()
    return stem in {name.casefold(), PurePath(name).stem.casefold()}
