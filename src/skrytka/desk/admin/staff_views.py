"""Who works at the institution and as what."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.accounts.operations import CannotEmploy, dismiss, employ
from skrytka.accounts.policies import may_administer
from skrytka.accounts.queries import Role
from skrytka.accounts.queries.staff import StaffRow, staff_of, user_of_email
from skrytka.config import clock
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.forms import ROLES, EmployForm
from skrytka.desk.frame import desk_render


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def staff(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list the staff and employ a person who has an account, by their e-mail."""
    form = EmployForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _employed(desk, form):
        messages.success(request, _("Dodane. Ta osoba zobaczy kancelarię po zalogowaniu."))
        return redirect("desk:staff")
    rows = staff_of(desk.institution_id, at=clock.now())
    people = [(row, ROLES[row.role]) for row in rows]
    return desk_render(request, desk, "desk/admin/staff.html", {"people": people, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def dismiss_person(request: HttpRequest, desk: Desk, user_id: int, role: str) -> HttpResponse:
    """This will ask, and then end one role of one person here."""
    row = _held(desk, user_id, role)
    if request.method == "POST":
        dismiss(user_id, desk.institution_id, row.role, at=clock.now(), actor=desk.actor)
        messages.success(request, _("Rola odebrana."))
        return redirect("desk:staff" if _still_administers(desk, row) else "web:start")
    page = {
        "heading": _("Odbierz rolę: %(name)s") % {"name": row.name},
        "text": str(ROLES[row.role]),
        "action": reverse("desk:dismiss", args=[user_id, role]),
        "yes": _("Odbierz rolę"),
        "back_url": reverse("desk:staff"),
    }
    return desk_render(request, desk, "desk/admin/confirm.html", page)


def _employed(desk: Desk, form: EmployForm) -> bool:
    user_id = user_of_email(form.cleaned_data["email"])
    if user_id is None:
        form.add_error("email", _("Nie ma konta z tym adresem. Poproś tę osobę, żeby je założyła."))
        return False
    role = Role(form.cleaned_data["role"])
    try:
        employ(user_id, desk.institution_id, role, at=clock.now(), actor=desk.actor)
    except CannotEmploy:
        form.add_error("role", _("Ta osoba ma już tę rolę."))
        return False
    return True


def _held(desk: Desk, user_id: int, role: str) -> StaffRow:
    rows = staff_of(desk.institution_id, at=clock.now())
    found = next((row for row in rows if (row.user_id, row.role.value) == (user_id, role)), None)
    if found is None:
        raise Http404
    return found


def _still_administers(desk: Desk, row: StaffRow) -> bool:
    own = row.user_id == desk.viewer.user_id and row.role is Role.ADMINISTRATOR
    return not own
