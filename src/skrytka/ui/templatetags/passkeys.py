"""{% load passkeys %}: what a page says where passkeys cannot work."""

from django import template
from django.http import HttpRequest
from django.template import Context

from skrytka.ui.passkey_host import PasskeyHost, passkey_host

register = template.Library()


@register.simple_tag(takes_context=True)
def passkey_place(context: Context) -> PasskeyHost:
    """This will tell whether passkeys work under the address that the reader has opened."""
    request = context.get("request")
    return passkey_host(request) if isinstance(request, HttpRequest) else PasskeyHost(works=True)
