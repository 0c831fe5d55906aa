"""Who is at the desk, of which institution, and may they: asked before every page of a clerk."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from skrytka.accounts.policies import may_administer
from skrytka.accounts.queries import Viewer, viewer_of
from skrytka.config import clock
from skrytka.delivery.policies import may_track, may_write_outgoing
from skrytka.ledger.operations import Actor
from skrytka.letters.operations.handling import Clerk
from skrytka.letters.policies import may_handle_letter, may_read_letter_at_desk, may_see_inbox
from skrytka.letters.queries.desk import institution_of_letter

CHOSEN_INSTITUTION = "desk_institution_id"
Policy = Callable[[Viewer, int], bool]


@dataclass(frozen=True)
class Workplace:
    """An institution the person works at."""

    institution_id: int
    name: str


@dataclass(frozen=True)
class Desk:
    """The person at the desk and the institution whose letters they see now."""

    viewer: Viewer
    institution_id: int
    institution_name: str
    actor: Actor

    @property
    def clerk(self) -> Clerk:
        return Clerk(self.viewer.user_id, self.actor)

    @property
    def sees_inbox(self) -> bool:
        return may_see_inbox(self.viewer, self.institution_id)

    @property
    def handles(self) -> bool:
        return may_handle_letter(self.viewer, self.institution_id)

    @property
    def writes(self) -> bool:
        return may_write_outgoing(self.viewer, self.institution_id)

    @property
    def tracks(self) -> bool:
        return may_track(self.viewer, self.institution_id)

    @property
    def administers(self) -> bool:
        return may_administer(self.viewer, self.institution_id)


DeskPage = Callable[..., HttpResponseBase]


def desk_of(request: HttpRequest) -> Desk:
    """This will return the desk the person sits at: the chosen institution, or their first one.

    Who works nowhere finds no desk: the page does not exist for them.
    """
    viewer = _viewer(request)
    places = workplaces(viewer)
    if not places:
        raise Http404
    chosen = request.session.get(CHOSEN_INSTITUTION)
    place = next((each for each in places if each.institution_id == chosen), places[0])
    return _desk(request, viewer, place)


def desk_of_letter(request: HttpRequest, letter_id: UUID) -> Desk:
    """This will return the desk a letter lies on, if the person may read letters there."""
    return desk_at(request, institution_of_letter(letter_id), may_read_letter_at_desk)


def desk_at(request: HttpRequest, institution_id: int | None, policy: Policy) -> Desk:
    """This will return the desk of an institution, if the policy lets the person at it."""
    viewer = _viewer(request)
    if institution_id is None or not policy(viewer, institution_id):
        raise Http404
    places = workplaces(viewer)
    return _desk(request, viewer, next(p for p in places if p.institution_id == institution_id))


def workplaces(viewer: Viewer) -> tuple[Workplace, ...]:
    """This will list the institutions a person works at, each once."""
    places = {job.institution_id: job.institution_name for job in viewer.employments}
    return tuple(Workplace(key, name) for key, name in places.items())


def for_desk(policy: Policy) -> Callable[[DeskPage], DeskPage]:
    """This will show a page to those whom the policy lets at the institution they sit at."""

    def decorate(page: DeskPage) -> DeskPage:
        @login_required
        @wraps(page)
        def gated(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            desk = desk_of(request)
            if not policy(desk.viewer, desk.institution_id):
                raise Http404
            return page(request, desk, *args, **kwargs)

        return gated

    return decorate


def for_letter(policy: Policy) -> Callable[[DeskPage], DeskPage]:
    """This will show a page of one letter to those whom the policy lets at its institution."""

    def decorate(page: DeskPage) -> DeskPage:
        @login_required
        @wraps(page)
        def gated(request: HttpRequest, letter_id: UUID, **kwargs: object) -> HttpResponseBase:
            desk = desk_of_letter(request, letter_id)
            if not policy(desk.viewer, desk.institution_id):
                raise Http404
            return page(request, desk, letter_id, **kwargs)

        return gated

    return decorate


def _desk(request: HttpRequest, viewer: Viewer, place: Workplace) -> Desk:
    actor = Actor(str(viewer.user_id), request.META.get("REMOTE_ADDR") or None)
    return Desk(viewer, place.institution_id, place.name, actor)


def _viewer(request: HttpRequest) -> Viewer:
    return viewer_of(getattr(request, "user", AnonymousUser()), at=clock.now())
