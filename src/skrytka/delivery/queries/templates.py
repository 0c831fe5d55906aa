"""The templates of an institution."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.delivery.models import LetterTemplate


@dataclass(frozen=True)
class TemplateView:
    """A template; a withdrawn one is not offered to clerks."""

    id: int
    name: str
    title: str
    body: str
    is_active: bool
    updated_at: datetime


def templates_of(institution_id: int) -> tuple[TemplateView, ...]:
    """This will list every template of an institution by name, the withdrawn ones last."""
    rows = LetterTemplate.objects.filter(institution=institution_id)
    return tuple(map(_view, rows.order_by("-is_active", "name")))


def templates_offered(institution_id: int) -> tuple[TemplateView, ...]:
    """This will list what a clerk of the institution may put into a letter."""
    return tuple(one for one in templates_of(institution_id) if one.is_active)


def template_of(institution_id: int, template_id: int) -> TemplateView | None:
    row = LetterTemplate.objects.filter(institution=institution_id, id=template_id).first()
    return _view(row) if row else None


def _view(row: LetterTemplate) -> TemplateView:
    return TemplateView(row.pk, row.name, row.title, row.body, row.is_active, row.updated_at)
