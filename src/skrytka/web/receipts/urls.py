from django.urls import path

from skrytka.web.receipts import downloads, previews, views

urlpatterns = [
    path("<uuid:letter_id>/", views.letter, name="letter"),
    path("<uuid:letter_id>/stan/", views.letter_status, name="letter_status"),
    path("<uuid:letter_id>/tresc/", views.letter_content, name="letter_content"),
    path("<uuid:letter_id>/upo.xml", downloads.receipt, name="letter_receipt"),
    path("<uuid:letter_id>/upo.pdf", downloads.receipt_pdf, name="letter_receipt_pdf"),
    path("<uuid:letter_id>/pismo.xml", downloads.document, name="letter_document"),
    path("<uuid:letter_id>/pismo.zip", downloads.package, name="letter_package"),
    path(
        "<uuid:letter_id>/zalaczniki/<int:position>/",
        downloads.attachment,
        name="letter_attachment",
    ),
    path(
        "<uuid:letter_id>/zalaczniki/<int:position>/podglad/",
        previews.attachment_preview,
        name="letter_preview",
    ),
    path(
        "<uuid:letter_id>/zalaczniki/<int:position>/podglad/strona/<int:page_no>.png",
        previews.attachment_picture,
        name="letter_picture",
    ),
]
