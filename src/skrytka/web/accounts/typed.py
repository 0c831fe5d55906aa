"""What a person typed just before their time had passed, back in the form it was typed in."""

from django.http import HttpRequest

from skrytka.web.idle import take_saved_post


def typed_before(request: HttpRequest) -> dict[str, str]:
    """This will give the fields sent to this page after the log-out, once, as initial values."""
    saved = take_saved_post(request, request.path) if request.method == "GET" else None
    return {name: str(saved[name]) for name in saved} if saved else {}
