"""The pages of log-in where allauth's own are not enough."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from allauth.account.internal.flows.email_verification import send_verification_email_for_user
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.account.views import EmailVerificationSentView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skrytka.web.accounts.adapter import VERIFICATION_EMAIL
from skrytka.web.accounts.browsers import browser_name
from skrytka.web.errors import too_many_requests

GUESSED_AT = ("account_login", "account_signup", "account_reset_password", "mfa_authenticate")


class CheckMailView(EmailVerificationSentView):
    """„Sprawdź pocztę” with the address that was given."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return {**context, "email": self.request.session.get(VERIFICATION_EMAIL, "")}


check_mail = CheckMailView.as_view()


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """This will send the link again to the person who is just signing up; at most once a minute.

    It says the same whether or not there is such an account.
    """
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    if stage is not None and stage.login.user is not None:
        send_verification_email_for_user(request, stage.login.user)
    messages.success(request, _("Jeśli link nie dotarł, wysłaliśmy go jeszcze raz."))
    return HttpResponseRedirect(reverse("account_email_verification_sent"))


@dataclass(frozen=True)
class SessionRow:
    browser: str
    ip: str
    since: datetime
    is_this_one: bool


class ListSessionsView(ListUserSessionsView):
    """Where the person is logged in."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        rows: list[UserSession] = context["sessions"]  # type: ignore[assignment]  # untyped allauth
        found = tuple(
            SessionRow(browser_name(row.user_agent), row.ip, row.created_at, row.is_current())
            for row in rows
        )
        return {**context, "rows": found, "has_others": len(found) > 1}


list_sessions = ListSessionsView.as_view()


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """This will answer 429: where somebody may be guessing with the words of L-LOCK."""
    match = request.resolver_match
    if match is None or match.url_name not in GUESSED_AT:
        return too_many_requests(request)
    may_reset = match.url_name != "account_reset_password"
    text = render_to_string("web/accounts/locked.html", {"may_reset": may_reset})
    return HttpResponse(text, status=HTTPStatus.TOO_MANY_REQUESTS)
