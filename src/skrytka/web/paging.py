"""Which page of a list is asked for."""

from django.http import HttpRequest

LONGEST_PAGE_NUMBER = 6


def page_number(request: HttpRequest) -> int:
    """This will read the number of a page; whatever is no number asks for the first."""
    text = request.GET.get("page", "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_PAGE_NUMBER else 1
