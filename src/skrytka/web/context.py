"""What every page needs to know about its reader."""

from django.http import HttpRequest


def page_context(_request: HttpRequest) -> dict[str, object]:
    return {}
