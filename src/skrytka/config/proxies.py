"""Whose request this is, behind reverse proxies that the operator has named.

A proxy appends the address of its peer to X-Forwarded-For, so only the part that trusted proxies
wrote is true: it is read from the right, and the first address that is no proxy of ours is the
reader. Whatever stands left of it may be made up. From anybody else the header says nothing.
"""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from skrytka.config.environment import Environment, Network

# What only a proxy may say of a request.
SAID_BY_PROXIES = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class ClientAddressMiddleware:
    """Puts the reader's own address into REMOTE_ADDR, which rate limits and the journal read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        environment: Environment = settings.ENVIRONMENT
        if environment.trusted_proxies:
            _correct(request, environment.trusted_proxies)
        return self.get_response(request)


def _correct(request: HttpRequest, proxies: Sequence[Network]) -> None:
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not is_proxy(peer, proxies):
        for name in SAID_BY_PROXIES:
            request.META.pop(name, None)
        return
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    request.META["REMOTE_ADDR"] = client_address(peer, forwarded, proxies)


def client_address(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """This will return the address of the reader behind the proxies.

    A hop that is no address ends the search: the last address known to be true is the answer.
    """
    last = peer
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        address = _parsed(hop)
        if address is None:
            return last
        last = str(address)
        if not is_proxy(last, proxies):
            return last
    return last


def is_proxy(text: str, proxies: Sequence[Network]) -> bool:
    address = _parsed(text)
    return address is not None and any(address in network for network in proxies)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An IPv4 address that came as IPv6 (::ffff:10.0.0.1) is the same address."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
