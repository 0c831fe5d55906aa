"""Addresses of letters from institutions.

Every page of a waiting letter asks `delivery.policies.may_see_waiting` and `may_collect`, every
page of a delivered one `may_read_content`.
"""

from django.urls import path

from skrytka.web.incoming.views import (
    answering,
    downloads,
    letter,
    lists,
    previews,
    refusing,
    signed_file,
    trusted,
)

LETTER = "<uuid:letter_id>/"
FILE = LETTER + "zalaczniki/<int:position>/"

urlpatterns = [
    path("", lists.incoming, name="incoming"),
    path(LETTER, letter.letter, name="incoming_letter"),
    path(LETTER + "podpis/zaufany/", trusted.trusted, name="incoming_trusted"),
    path(LETTER + "podpis/plik/", signed_file.signed_file, name="incoming_signed_file"),
    path(LETTER + "podpis/upd.xml", signed_file.upd_to_sign, name="incoming_upd_to_sign"),
    path(LETTER + "odmowa/", refusing.refuse, name="incoming_refuse"),
    path(LETTER + "odpowiedz/", answering.answer, name="incoming_answer"),
    path(LETTER + "upd.xml", downloads.upd, name="incoming_upd"),
    path(LETTER + "upd.pdf", downloads.upd_as_pdf, name="incoming_upd_pdf"),
    path(LETTER + "pismo.xml", downloads.document, name="incoming_document"),
    path(LETTER + "pismo.zip", downloads.package, name="incoming_package"),
    path(FILE, downloads.attachment, name="incoming_attachment"),
    path(FILE + "podglad/", previews.attachment_preview, name="incoming_preview"),
    path(
        FILE + "podglad/strona/<int:page_no>.png",
        previews.attachment_picture,
        name="incoming_picture",
    ),
]
