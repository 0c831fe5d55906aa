import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.config import clock
from skrytka.evidence.queries import CannotDecode, check_public_receipt
from skrytka.evidence.queries.seals import SealView, public_seal, public_trusted_seal
from skrytka.ui.formats import file_size
from skrytka.ui.parts import ErrorLine
from skrytka.web.errors import too_many_requests
from skrytka.web.verify.forms import VerifyForm
from skrytka.web.verify.limits import DOCUMENTS_BYTES, asks_too_often, is_body_too_big
from skrytka.web.verify.report import report_of, undecodable_text


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """This will check a receipt, or ask for one.

    The length of the body is looked at first: the check of the CSRF token, which follows, would
    read the whole body.
    """
    if request.method != "POST":
        return _ask(request, VerifyForm())
    if is_body_too_big(request):
        limit = file_size(DOCUMENTS_BYTES)
        text = _("Pliki mogą mieć razem najwyżej %(limit)s.") % {"limit": limit}
        return _ask(request, VerifyForm(), ErrorLine(text, "id_documents"), status=413)
    return _check(request)


@require_safe
def seal_certificate(_request: HttpRequest) -> HttpResponse:
    """This will hand out the certificate that `skrytka verify --trust` asks for."""
    return _certificate(public_seal(), "pieczec.pem")


@require_safe
def trusted_certificate(_request: HttpRequest) -> HttpResponse:
    """This will hand out the certificate that `skrytka verify --trust-profile` asks for."""
    return _certificate(public_trusted_seal(), "podpis-zaufany.pem")


def _certificate(seal: SealView | None, name: str) -> HttpResponse:
    if seal is None:
        raise Http404
    answer = HttpResponse(seal.pem, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@csrf_protect
def _check(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    if asks_too_often(request, at):
        return too_many_requests(request)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form)
    documents: dict[str, bytes | str] = dict(form.package.documents) if form.package else {}
    for file in form.cleaned_data["documents"]:
        documents[_free_name(file.name or "", documents)] = _digest(file)
    try:
        check = check_public_receipt(form.receipt_bytes(), documents, at=at)
    except CannotDecode as fault:
        return _ask(request, form, ErrorLine(undecodable_text(fault.incident), "id_receipt"))
    return render(request, "web/verify/report.html", {"report": report_of(check)})


def _digest(file: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _free_name(name: str, taken: dict[str, bytes | str]) -> str:
    """Two files of one name are two files: the second is told apart, never passed over."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _ask(
    request: HttpRequest, form: VerifyForm, *faults: ErrorLine, status: int = 200
) -> HttpResponse:
    page = {"form": form, "faults": faults, "seal": public_seal()}
    return render(request, "web/verify/ask.html", page, status=status)
