"""Characters that no document, database or page can hold never get past the door.

Text pasted from a PDF or a word processor brings page breaks and vertical tabs; a stranger's
program may send noughts. XML 1.0 has no place for them (production 2, Char), HTML none for the
controls from U+007F to U+009F, PostgreSQL none for a nought. Breaks become line breaks, the rest
is left out; nothing else of the text changes.
"""

import re
from typing import Protocol

from django.http import Http404, HttpRequest, QueryDict
from django.utils.deprecation import MiddlewareMixin

_BREAKS = re.compile("[\x0b\x0c\x85]\n?")
# Beside controls and halves of pairs the code points that Unicode assigns to nothing for ever.
_NOTHING = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 17 << 16, 1 << 16)
)
_UNWRITABLE = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NOTHING}]"
)


class View(Protocol):
    """What the address leads to."""

    def __call__(self, *args: object, **kwargs: object) -> object: ...


class TypedTextMiddleware(MiddlewareMixin):
    """Stands behind the CSRF check, which has read the form by then.

    A view that reads its form itself, because it looks at the length first, is left alone.
    """

    def process_view(
        self, request: HttpRequest, view: View, _args: object, _kwargs: object
    ) -> None:
        if _UNWRITABLE.search(request.path_info):
            raise Http404
        request.GET = writable(request.GET)  # type: ignore[assignment]  # a query, only cleaned
        if not getattr(view, "csrf_exempt", False):
            request.POST = writable(request.POST)  # type: ignore[assignment]  # likewise


def writable(sent: QueryDict) -> QueryDict:
    """This will return what was sent, without characters that cannot be written down."""
    if not any(_is_odd(text) for key, texts in sent.lists() for text in (key, *texts)):
        return sent
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for key, texts in sent.lists():
        clean.setlist(writable_text(key), [writable_text(str(text)) for text in texts])
    return clean


def writable_text(text: str) -> str:
    return _UNWRITABLE.sub("", _BREAKS.sub("\n", text))


def _is_odd(text: object) -> bool:
    return isinstance(text, str) and _UNWRITABLE.search(text) is not None
