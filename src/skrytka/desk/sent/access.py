"""Which letter that went out, and may this person: asked before every page of one."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from skrytka.delivery.queries.tracked_letter import institution_of_notice
from skrytka.delivery.queries.tracking import institution_of_sent
from skrytka.desk.access import DeskPage, Policy, desk_at


def for_sent(policy: Policy) -> Callable[[DeskPage], DeskPage]:
    """This will show a page of one letter to those whom the policy lets at its sender."""
    return _gate(policy, "letter_id", institution_of_sent)


def for_notice(policy: Policy) -> Callable[[DeskPage], DeskPage]:
    """This will show a page of one notice to those whom the policy lets at its sender."""
    return _gate(policy, "notice_id", institution_of_notice)


def _gate(
    policy: Policy, name: str, owner_of: Callable[[UUID], int | None]
) -> Callable[[DeskPage], DeskPage]:
    def decorate(page: DeskPage) -> DeskPage:
        @login_required
        @wraps(page)
        def gated(request: HttpRequest, **given: UUID) -> HttpResponseBase:
            desk = desk_at(request, owner_of(given[name]), policy)
            return page(request, desk, **given)

        return gated

    return decorate
