"""Pictures of pages as answers: typed, private, asked for again before they are shown again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

# Also where a browser shows the picture by itself, nothing runs.
NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"


def picture_answer(request: HttpRequest, etag: str, draw: Callable[[], bytes]) -> HttpResponse:
    """This will answer with a picture, or that the browser has this very one already."""
    known = get_conditional_response(request, etag=f'"{etag}"')
    answer = known or HttpResponse(draw(), content_type="image/png")
    answer.headers["ETag"] = f'"{etag}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Security-Policy"] = NOTHING
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
