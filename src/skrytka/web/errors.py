"""Error pages: they read nothing from the database, so they come out when nothing else does.

A fault of ours gets a number that the reader can quote and the operator finds in the log beside
the traceback.
"""

import errno
import logging
import secrets
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from skrytka.gateways.blobs import BlobNotStoredError

log = logging.getLogger("skrytka.web.errors")

RETRY_AFTER_SECONDS = 300
NOT_ANSWERING = (OperationalError, InterfaceError, BlobNotStoredError)
FULL = (errno.ENOSPC, errno.EDQUOT)
# No letter that reads like another, so that a number can be told by telephone.
INCIDENT_ALPHABET = "ABCDEFGHJKLMNPRSTUWXYZ23456789"


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer("400.html", 400, exception)


def forbidden(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer("403.html", 403, exception)


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer("404.html", 404, exception)


def too_many_requests(_request: HttpRequest) -> HttpResponse:
    return _page("429.html", 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will refuse an old form, and tell our own page the token it may go on with.

    A log-in in another tab exchanges the token; no page of another origin can read the answer.
    """
    log.warning("csrf_refused reason=%s", reason)
    response = _page("403_csrf.html", 403)
    response["X-CSRFToken"] = get_token(request)
    return response


def server_error(_request: HttpRequest) -> HttpResponse:
    """This will show the number of the incident; what mends itself later is a technical break."""
    incident = new_incident_id()
    fault = sys.exc_info()[1]
    log.error("server_error incident=%s fault=%s", incident, type(fault).__name__)
    if is_a_break(fault):
        return service_unavailable(incident)
    return _page("500.html", 500, {"error_id": incident})


def is_a_break(fault: BaseException | None) -> bool:
    """This will tell whether database or blobs are out of reach, or the disk is full."""
    if isinstance(fault, NOT_ANSWERING):
        return True
    return isinstance(fault, OSError) and fault.errno in FULL


def service_unavailable(incident: str) -> HttpResponse:
    response = _page("web/errors/503.html", 503, {"error_id": incident})
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def new_incident_id() -> str:
    """This will make a number such as `K7PX-M2RW`."""
    letters = [secrets.choice(INCIDENT_ALPHABET) for _place in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def _answer(template: str, status: int, exception: Exception) -> HttpResponse:
    # Only the kind: the text of an exception may hold what a person typed.
    log.debug("error_page status=%d reason=%s", status, type(exception).__name__)
    return _page(template, status)


def _page(template: str, status: int, context: dict[str, object] | None = None) -> HttpResponse:
    try:
        return HttpResponse(render_to_string(template, context), status=status)
    except ValueError:
        # The list of static files is missing: the page still has to say something.
        text = _("Coś poszło nie tak po naszej stronie. Spróbuj za kilka minut.")
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
