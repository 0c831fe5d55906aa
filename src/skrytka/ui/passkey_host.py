"""Passkeys are bound to a host name: under a bare number such as 127.0.0.1 browsers refuse them."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

LOCAL_NAME = "localhost"


@dataclass(frozen=True)
class PasskeyHost:
    """Whether passkeys work where the reader is; `better_url` is this page under a name, if any."""

    works: bool
    better_url: str = ""


def passkey_host(request: HttpRequest) -> PasskeyHost:
    """This will look at the host in the reader's browser, and name this very computer if it is."""
    parts = urlsplit(f"//{request.get_host()}")
    try:
        address = ip_address(parts.hostname or "")
    except ValueError:
        return PasskeyHost(works=True)
    if not address.is_loopback or LOCAL_NAME not in settings.ALLOWED_HOSTS:
        return PasskeyHost(works=False)
    place = f"{LOCAL_NAME}:{parts.port}" if parts.port else LOCAL_NAME
    return PasskeyHost(False, f"{request.scheme}://{place}{request.get_full_path()}")
