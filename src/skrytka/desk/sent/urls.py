from django.urls import path

from skrytka.desk.sent import acts, downloads, previews, views

LETTER = "<uuid:letter_id>"
urlpatterns = [
    path("", views.sent, name="sent"),
    path("wyslane.csv", views.sent_table, name="sent_table"),
    path("zwrot/<uuid:notice_id>/", acts.bounced, name="sent_bounced"),
    path(f"{LETTER}/", views.letter, name="sent_letter"),
    path(f"{LETTER}/od-nowa/", acts.restart, name="sent_restart"),
    path(f"{LETTER}/pismo.xml", downloads.document, name="sent_document"),
    path(f"{LETTER}/zalaczniki/<int:position>/", downloads.attachment, name="sent_attachment"),
    path(
        f"{LETTER}/zalaczniki/<int:position>/podglad/",
        previews.attachment_preview,
        name="sent_attachment_preview",
    ),
    path(
        f"{LETTER}/zalaczniki/<int:position>/podglad/strona/<int:page_no>.png",
        previews.attachment_picture,
        name="sent_attachment_picture",
    ),
    path(f"{LETTER}/upd.xml", downloads.receipt, name="sent_receipt"),
    path(f"{LETTER}/upd.pdf", downloads.receipt_pdf, name="sent_receipt_pdf"),
    path(f"{LETTER}/wszystko.zip", downloads.package, name="sent_package"),
]
