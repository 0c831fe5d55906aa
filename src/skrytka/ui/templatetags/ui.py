"""The tags of the design system: {% load ui %}."""

from datetime import date, datetime

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from skrytka.ui import formats, icons, navigation
from skrytka.ui.parts import ErrorLine, icons_of_endings
from skrytka.ui.rule_names import rule_name
from skrytka.ui.summary import error_lines, has_faults

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    return icons.icon(str(name), str(css))


register.simple_tag(icons_of_endings)
register.filter(rule_name)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """This will render one field of a form with its label, hint and error."""
    return bound.as_field_group()


@register.simple_tag
def maybe_url(name: str) -> str:
    return navigation.address_of(name)


@register.simple_tag(takes_context=True)
def page_has_faults(context: Context) -> bool:
    """This will tell whether the title must start with „Błąd:”."""
    return has_faults(context.get("form"), context.get("faults") or ())


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(
    form: BaseForm | None = None, faults: tuple[ErrorLine, ...] = ()
) -> dict[str, tuple[ErrorLine, ...]]:
    """This will list every fault of a form, and those told beside it, as links to the fields."""
    return {"lines": error_lines(form or None, faults or ())}


@register.simple_tag(takes_context=True)
def main_links(context: Context) -> tuple[navigation.Link, ...]:
    unread = getattr(context.get("viewer"), "unread_count", 0)
    return navigation.main_links(str(context.get("nav_current", "")), unread)


@register.simple_tag(takes_context=True)
def foot_links(context: Context) -> tuple[navigation.Link, ...]:
    return navigation.foot_links(str(context.get("nav_current", "")))


@register.simple_tag
def language_links() -> tuple[navigation.Link, ...]:
    return navigation.language_links((get_language() or "pl").partition("-")[0])


@register.filter
def invalid(attrs: dict[str, object]) -> bool:
    """This will tell whether the attributes of a widget mark it as wrong."""
    return attrs.get("aria-invalid") == "true"


@register.filter
def page_numbers(page: Page[object]) -> tuple[int, ...]:
    """This will name the pages to link to; nought stands for a gap."""
    listed = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return tuple(place if isinstance(place, int) else 0 for place in listed)


@register.filter
def initials(name: str) -> str:
    """This will return at most two initials of a name: Maria Wójcik is MW."""
    return "".join(word[0].upper() for word in name.split()[:2])


@register.filter
def file_size(count: int) -> str:
    return formats.file_size(count)


@register.filter
def number(value: int) -> str:
    return formats.number(value)


@register.filter
def unbroken(text: str) -> str:
    return formats.unbroken(text)


@register.filter
def day(value: date) -> str:
    return formats.day(value)


@register.filter
def moment(value: datetime) -> str:
    return formats.moment(value)


@register.filter
def short_moment(value: datetime) -> str:
    return formats.short_moment(value)


@register.filter
def clock_time(value: datetime) -> str:
    return formats.clock_time(value)


@register.filter
def official_time(value: datetime) -> str:
    return formats.official_time(value)


@register.filter
def iso_moment(value: datetime) -> str:
    return formats.iso_moment(value)


@register.filter
def digest(value: str) -> str:
    return formats.digest(value)


@register.filter
def whole_digest(value: str) -> str:
    return formats.whole_digest(value)
