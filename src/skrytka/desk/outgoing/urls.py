from django.urls import path

from skrytka.desk.outgoing.views import (
    addressee,
    files,
    lists,
    reading,
    sending,
    signature,
    signed_file,
    trusted,
    writing,
)

DRAFT = "<uuid:draft_id>"
urlpatterns = [
    path("", lists.outgoing, name="outgoing"),
    path("nowe/", lists.new, name="outgoing_new"),
    path("odpowiedz/<uuid:letter_id>/", lists.answer, name="outgoing_answer"),
    path(f"{DRAFT}/", lists.draft, name="outgoing_draft"),
    path(f"{DRAFT}/adresat/", addressee.addressee, name="outgoing_addressee"),
    path(f"{DRAFT}/pismo/", writing.letter, name="outgoing_letter"),
    path(f"{DRAFT}/pliki/", files.files, name="outgoing_files"),
    path(f"{DRAFT}/pliki/<uuid:file_id>/", files.file, name="outgoing_file"),
    path(f"{DRAFT}/podglad/", reading.read, name="outgoing_read"),
    path(f"{DRAFT}/pismo.xml", files.document, name="outgoing_document"),
    path(f"{DRAFT}/podpis/", signature.signature, name="outgoing_signature"),
    path(f"{DRAFT}/podpis/zaufany/", trusted.trusted, name="outgoing_trusted"),
    path(f"{DRAFT}/podpis/plik/", signed_file.signed_file, name="outgoing_signed_file"),
    path(f"{DRAFT}/wyslij/", sending.send, name="outgoing_send"),
    path(f"{DRAFT}/wyslane/", sending.sent, name="outgoing_sent"),
    path(f"{DRAFT}/zatwierdz/", reading.release, name="outgoing_release"),
    path(f"{DRAFT}/odeslij/", reading.send_back, name="outgoing_send_back"),
    path(f"{DRAFT}/wycofaj/", reading.recall, name="outgoing_recall"),
    path(f"{DRAFT}/przejmij/", reading.take_over, name="outgoing_take_over"),
    path(f"{DRAFT}/usun/", lists.discard, name="outgoing_discard"),
    path(f"{DRAFT}/przywroc/", lists.restore, name="outgoing_restore"),
]
