"""Leaving: by the button, by the clock, or everywhere else at once."""

from django.contrib import auth
from django.http import HttpRequest

from skrytka.accounts.operations.log_ins import record_log_out
from skrytka.config import clock


def log_out(request: HttpRequest) -> None:
    """This will end the session and record who left."""
    user_id = request.user.pk
    auth.logout(request)
    if user_id is not None:
        record_log_out(user_id, at=clock.now())
