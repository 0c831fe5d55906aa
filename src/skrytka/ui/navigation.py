"""The menus of every page, as data, so that the templates only lay them out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAIN = (
    ("catalogue", "web:catalogue", _("Katalog spraw")),
    ("institutions", "web:institutions", _("Instytucje")),
    ("letters", "web:letters", _("Moje pisma")),
    ("help", "web:help", _("Pomoc")),
)
FOOT = (
    ("accessibility", "web:accessibility", _("Deklaracja dostępności")),
    ("privacy", "web:privacy", _("Prywatność (RODO)")),
    ("cookies", "web:cookies", _("Pliki cookie")),
    ("terms", "web:terms", _("Regulamin")),
    ("verify", "web:verify", _("Sprawdź UPO")),
)
LANGUAGES = (("pl", "Polski"), ("en", "English"), ("uk", "Українська"))


@dataclass(frozen=True)
class Link:
    key: str
    url: str
    text: str | Promise
    current: bool = False
    count: int = 0


def address_of(name: str) -> str:
    """This will return the address of a named page, or nothing when this installation lacks it."""
    return address_with(name)


def address_with(name: str, *arguments: object) -> str:
    """This will do the same for a page about one thing."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def main_links(current: str, unread: int) -> tuple[Link, ...]:
    return tuple(
        Link(key, url, text, current == key, unread if key == "letters" else 0)
        for key, name, text in MAIN
        if (url := address_of(name))
    )


def foot_links(current: str) -> tuple[Link, ...]:
    return tuple(
        Link(key, url, text, current == key)
        for key, name, text in FOOT
        if (url := address_of(name))
    )


def language_links(active: str) -> tuple[Link, ...]:
    return tuple(Link(code, "", text, active == code) for code, text in LANGUAGES)
