from django.urls import path

from skrytka.desk.letter import downloads, judged, previews, views

urlpatterns = [
    path("<uuid:letter_id>/", views.letter, name="letter"),
    path("<uuid:letter_id>/wez/", views.take, name="take"),
    path("<uuid:letter_id>/stan/", views.move, name="move"),
    path("<uuid:letter_id>/braki/", views.mark, name="mark"),
    path("<uuid:letter_id>/notatka/", views.note, name="note"),
    path("<uuid:letter_id>/ocena/", views.assess, name="assess"),
    path("<uuid:letter_id>/podpisy/", judged.signatures, name="signatures"),
    path("<uuid:letter_id>/podpisy/sprawdz/", judged.judge_again, name="judge_again"),
    path(
        "<uuid:letter_id>/podpisy/<int:position>/raport.json",
        judged.signature_report,
        name="signature_report",
    ),
    path(
        "<uuid:letter_id>/podpisy/<int:position>/raport.xml",
        judged.signature_report_etsi,
        name="signature_report_etsi",
    ),
    path("<uuid:letter_id>/pismo.xml", downloads.document, name="document"),
    path("<uuid:letter_id>/zalaczniki/<int:position>/", downloads.attachment, name="attachment"),
    path(
        "<uuid:letter_id>/zalaczniki/<int:position>/podglad/",
        previews.attachment_preview,
        name="attachment_preview",
    ),
    path(
        "<uuid:letter_id>/zalaczniki/<int:position>/podglad/strona/<int:page_no>.png",
        previews.attachment_picture,
        name="attachment_picture",
    ),
    path("<uuid:letter_id>/upo.xml", downloads.receipt, name="receipt_xml"),
    path("<uuid:letter_id>/upo.pdf", downloads.receipt_pdf, name="receipt_pdf"),
    path("<uuid:letter_id>/pakiet.zip", downloads.package, name="package"),
]
