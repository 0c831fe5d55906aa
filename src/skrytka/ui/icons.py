"""Inline SVG icons. Decoration only: every icon stands beside words that say the same."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

__all__ = ["IconDoesNotExist", "icon"]


@cache
def icon(name: str, css: str = "") -> SafeString:
    """This will draw the named lucide icon, hidden from screen readers.

    Raises IconDoesNotExist for a name the set does not have.
    """
    classes = format_html("icon {}", css).strip() if css else "icon"
    drawn = lucide(name, size=None, focusable="false", **{"class": classes, "aria-hidden": "true"})
    return mark_safe(" ".join(drawn.split()))  # noqa: S308 - our own icon set, no user text
