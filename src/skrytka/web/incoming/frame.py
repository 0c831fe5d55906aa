"""What every page of a letter from an institution shows around its content."""

from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.delivery.queries.incoming import WaitingLetter
from skrytka.ui.parts import Crumb


def crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb(_("Start"), reverse("web:start")),
        Crumb(_("Moje pisma"), reverse("web:letters")),
        Crumb(_("Od urzędów"), reverse("web:incoming")),
    )


def step_page(letter: WaitingLetter) -> dict[str, object]:
    """This will give the context of a page on the way to collecting a letter."""
    back = Crumb(_("Czeka na odbiór"), reverse("web:incoming_letter", args=[letter.id]))
    return {"letter": letter, "crumbs": (*crumbs(), back), "nav_current": "letters"}
