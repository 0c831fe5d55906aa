"""Addresses of the journey. Every page of a draft asks `letters.policies.may_write_draft`."""

from django.urls import path

from skrytka.web.compose.views import (
    addressee,
    document,
    files,
    lists,
    previews,
    sending,
    signature,
    signed_file,
    starting,
    transfers,
    trusted,
    writing,
)

DRAFT = "robocze/<uuid:draft_id>/"
FILE = DRAFT + "pliki/<uuid:file_id>/"
TRANSFERS = DRAFT + "przesylanie/"

urlpatterns = [
    path("", lists.letters, name="letters"),
    path("nowe/<slug:slug>/", starting.start, name="start_draft"),
    path("robocze/", lists.drafts, name="drafts"),
    path(DRAFT, lists.draft, name="draft"),
    path(DRAFT + "usun/", lists.discard, name="draft_discard"),
    path(DRAFT + "przywroc/", lists.restore, name="draft_restore"),
    path(DRAFT + "adresat/", addressee.addressee, name="draft_addressee"),
    path(DRAFT + "tresc/", writing.letter, name="draft_letter"),
    path(DRAFT + "pliki/", files.draft_files, name="draft_files"),
    path(TRANSFERS, transfers.transfers, name="draft_transfers"),
    path(TRANSFERS + "<uuid:transfer_id>/", transfers.transfer, name="draft_transfer"),
    path(FILE, files.draft_file, name="draft_file"),
    path(FILE + "pobierz/", previews.draft_file_download, name="draft_file_download"),
    path(FILE + "podglad/", previews.draft_file_preview, name="draft_file_preview"),
    path(
        FILE + "podglad/strona/<int:page_no>.png",
        previews.draft_file_picture,
        name="draft_file_picture",
    ),
    path(DRAFT + "podpis/", signature.signature, name="draft_signature"),
    path(DRAFT + "podpis/zaufany/", trusted.trusted, name="draft_trusted"),
    path(DRAFT + "podpis/plik/", signed_file.signed_file, name="draft_signed_file"),
    path(DRAFT + "dokument/", document.document, name="draft_document"),
    path(DRAFT + "dokument/pismo.xml", document.document_xml, name="draft_document_xml"),
    path(DRAFT + "wyslij/", sending.send, name="draft_send"),
    path(DRAFT + "wyslane/", sending.draft_sent, name="draft_sent"),
]
