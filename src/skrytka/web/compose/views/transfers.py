"""Files that come part by part, by tus 1.0. Asks `letters.policies.may_write_draft`.

The page's own script speaks it, and any other client of that protocol with the person's session.
"""

import logging
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.config import clock
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.gateways.parts import PartNotKeptError
from skrytka.letters.operations.drafts import CannotChangeDraft
from skrytka.letters.operations.receiving import (
    CannotReceive,
    Part,
    TransferFault,
    is_taken_in_at_once,
    receive_part,
)
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.operations.taking_in import take_in_file
from skrytka.letters.operations.transfers import NewTransfer, abandon_transfer, begin_transfer
from skrytka.letters.queries.transfers import TransferView, transfer_to
from skrytka.letters.screening import AttachmentFault
from skrytka.web.compose import tus
from skrytka.web.compose.access import require_writer
from skrytka.web.compose.uploading import attach_text, uuid_or_none

log = logging.getLogger("skrytka.web.uploads")

Endpoint = Callable[..., HttpResponse]
TOO_LARGE = frozenset(
    {
        AttachmentFault.ONE_TOO_BIG,
        AttachmentFault.SUM_TOO_BIG,
        AttachmentFault.TOO_MANY,
        AttachmentFault.DRAFTS_FULL,
    }
)
STATUSES = {
    TransferFault.NOT_FOUND: 404,
    TransferFault.OTHER_OFFSET: 409,
    TransferFault.TOO_LONG: 413,
    TransferFault.TAKEN_OVER: 423,
    TransferFault.DAMAGED: tus.CHECKSUM_MISMATCH,
    TransferFault.NOT_KEPT: 507,
}


def spoken(endpoint: Endpoint) -> Endpoint:
    """This will put refusals into the words of the protocol, with a text for the person."""

    @wraps(endpoint)
    def answered(request: HttpRequest, **ids: UUID) -> HttpResponse:
        if not request.user.is_authenticated:
            return tus.answer(401, text=_("Wylogowaliśmy Cię. Zaloguj się, a dokończymy."))
        try:
            return endpoint(request, **ids)
        except tus.MalformedError as error:
            return tus.answer(error.status, {"Tus-Version": tus.VERSION}, str(error))
        except CannotAttach as refusal:
            status = 413 if refusal.reason in TOO_LARGE else 422
            return tus.answer(status, text=attach_text(refusal))
        except CannotChangeDraft as refusal:
            return tus.answer(410, text=_sent_or_gone(refusal))

    return answered


@spoken
def transfers(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """This will tell what is understood (OPTIONS), or announce a file (POST, creation)."""
    require_writer(request, draft_id)
    method = tus.method_of(request)
    if method == "OPTIONS":
        return tus.capabilities()
    if method != "POST":
        return tus.answer(405, {"Allow": "OPTIONS, POST"})
    tus.require_version(request)
    return _begun(request, draft_id)


@spoken
def transfer(request: HttpRequest, draft_id: UUID, transfer_id: UUID) -> HttpResponse:
    """This will tell how far a file is (HEAD), take a part (PATCH) or give it up (DELETE)."""
    require_writer(request, draft_id)
    method = tus.method_of(request)
    if method == "OPTIONS":
        return tus.capabilities()
    action = ACTIONS.get(method)
    if action is None:
        return tus.answer(405, {"Allow": "OPTIONS, HEAD, PATCH, DELETE"})
    tus.require_version(request)
    found = transfer_to(draft_id, transfer_id)
    return tus.answer(404) if found is None else action(request, found)


def _begun(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    told = tus.metadata_in(request)
    new = NewTransfer(
        draft_id=draft_id,
        file_name=told.get("filename", ""),
        size=tus.number_in(request, "Upload-Length"),
        slot=told.get("slot", ""),
        fingerprint=told.get("fingerprint", ""),
        id=uuid_or_none(told.get("id", "")),
    )
    transfer_id = begin_transfer(new, at=clock.now())
    found = transfer_to(draft_id, transfer_id)
    location = reverse("web:draft_transfer", args=[draft_id, transfer_id])
    return tus.answer(201, {"Location": location, **(_standing(found) if found else {})})


def _told(_request: HttpRequest, found: TransferView) -> HttpResponse:
    return tus.answer(200, _standing(found) | {"Upload-Length": str(found.size)})


def _given_up(_request: HttpRequest, found: TransferView) -> HttpResponse:
    abandon_transfer(found.draft_id, found.id)
    return tus.answer(204)


def _received(request: HttpRequest, found: TransferView) -> HttpResponse:
    if request.content_type != tus.PART_TYPE:
        return tus.answer(415)
    length = tus.number_in(request, "Content-Length")
    part = Part(
        offset=tus.number_in(request, "Upload-Offset"),
        chunks=tus.body_of(request, length),
        length=length,
        checksum=tus.checksum_in(request),
    )
    try:
        offset = receive_part(found.id, part, at=clock.now())
    except CannotReceive as refusal:
        return _not_received(refusal, found)
    except tus.CutOffError:
        log.info("part_cut_off transfer=%s", found.id)
        return tus.answer(400)
    if offset == found.size and is_taken_in_at_once(found.size):
        _take_in_now(found)
    return tus.answer(204, _standing(found) | {"Upload-Offset": str(offset)})


def _take_in_now(found: TransferView) -> None:
    """The person waits for the verdict on a small file; whatever fails, the outbox does it."""
    try:
        take_in_file(found.id, at=clock.now())
    except (BlobNotStoredError, PartNotKeptError) as error:
        log.warning("file_not_taken_in transfer=%s reason=%s", found.id, error)


def _not_received(refusal: CannotReceive, found: TransferView) -> HttpResponse:
    log.info("part_not_received transfer=%s reason=%s", found.id, refusal)
    text = ""
    if refusal.reason is TransferFault.NOT_KEPT:
        text = _(
            "Nie możemy teraz zapisać pliku %(name)s. To, co już przyszło, jest zapisane. "
            "Spróbujemy znowu za chwilę."
        ) % {"name": found.file_name}
    return tus.answer(STATUSES[refusal.reason], text=text)


def _standing(found: TransferView) -> dict[str, str]:
    return {"Upload-Offset": str(found.offset), **tus.expiry(found.expires_at)}


def _sent_or_gone(refusal: CannotChangeDraft) -> str:
    if refusal.reason == "W-DUP":
        return _("To pismo zostało już wysłane. Nie dodamy do niego tego pliku.")
    return _("Tej wersji roboczej już nie ma. Nie dodamy do niej tego pliku.")


ACTIONS: dict[str, Callable[[HttpRequest, TransferView], HttpResponse]] = {
    "HEAD": _told,
    "PATCH": _received,
    "DELETE": _given_up,
}
