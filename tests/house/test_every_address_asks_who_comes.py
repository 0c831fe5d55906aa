"""Every address of the product names the policy it asks, or is known to be open to everybody.

A view asks in its own module, in the `access` module of its journey, or its `urls` module says
which policy stands before it. What asks nothing must be on one of two short lists.
"""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.urls import URLPattern, URLResolver, get_resolver

POLICIES = (
    "skrytka.accounts.policies",
    "skrytka.catalogue.policies",
    "skrytka.letters.policies",
    "skrytka.delivery.policies",
)
ASKS = re.compile(r"\bmay_[a-z_]+")
IMPORTED_ACCESS = re.compile(r"^from (skrytka\.[a-z_.]+\.access) import", re.MULTILINE)
# Public by law or by nature: they tell everybody the same.
OPEN = {
    "skrytka.config.health",
    "skrytka.web.start.views",
    "skrytka.web.institutions.views",
    "skrytka.web.friend.views",
    "skrytka.web.info.views",
    "skrytka.web.info.cookies",
    "skrytka.web.verify.views",
    "skrytka.web.demo.views",
    "django.views.i18n",
}
# A person's own account: the session itself says whose it is, no other person's can be named.
OWN = {
    "skrytka.web.accounts.log_in_views",
    "skrytka.web.accounts.views",
    "skrytka.web.accounts.data_views",
    "skrytka.web.accounts.profile_views",
    "skrytka.web.compose.views.lists",
    "skrytka.web.incoming.views.lists",
}


def patterns(resolver: URLResolver) -> Iterator[tuple[URLPattern, ModuleType | None]]:
    """Every address with the module that lists it."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            module = resolver.urlconf_module
            yield pattern, module if isinstance(module, ModuleType) else None


def home_of(pattern: URLPattern) -> str:
    """The name of the module in which the view of an address is written."""
    view = getattr(pattern.callback, "view_class", None) or inspect.unwrap(pattern.callback)
    return str(view.__module__)


def asked_by(view: ModuleType, urls: ModuleType | None) -> set[str]:
    """The policies that stand before a view, as far as its modules tell."""
    source = inspect.getsource(view)
    gates = [import_module(name) for name in IMPORTED_ACCESS.findall(source)]
    texts = [source, *map(inspect.getsource, gates), (urls and urls.__doc__) or ""]
    return {policy for text in texts for policy in ASKS.findall(text)}


def known_policies() -> set[str]:
    return {name for module in POLICIES for name in vars(import_module(module)) if ASKS.match(name)}


def test_every_address_asks_a_policy_or_is_open() -> None:
    silent = set()
    for pattern, urls in patterns(get_resolver()):
        name = home_of(pattern)
        if name in OPEN | OWN or name.startswith("allauth."):
            continue
        if not asked_by(import_module(name), urls) & known_policies():
            silent.add(f"{pattern.name}: {name}")
    assert silent == set()


def test_the_lists_name_only_modules_that_are_in_use() -> None:
    used = {home_of(pattern) for pattern, _ in patterns(get_resolver())}
    assert used >= OPEN | OWN


def test_own_pages_let_nobody_in_who_is_not_logged_in() -> None:
    for name in OWN - {"skrytka.web.accounts.log_in_views"}:
        assert "login_required" in inspect.getsource(import_module(name))
