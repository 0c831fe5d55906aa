"""One question over HTTP with an end to it: so many bytes, so much time, no other address."""

import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

_CHUNK = 64 * 1024


class NotAnsweredError(Exception):
    """There was no answer to be used; the message says why."""


@dataclass(frozen=True)
class BoundedHttp:
    """Asks with limits: ``largest`` answer in bytes, ``timeout`` in seconds for all of it.

    No redirect is followed: it would lead where nobody pointed.
    """

    largest: int
    timeout: float
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask(self, request: Request) -> bytes:
        """This will return the body of the answer. Raises `NotAnsweredError`.

        The caller answers for the address: it comes from settings or from what was verified.
        """
        opener = build_opener(HTTPSHandler(context=self.context), _NoRedirect)
        ends_at = time.monotonic() + self.timeout
        try:
            with opener.open(request, timeout=self.timeout) as response:
                return self._read(response, ends_at)
        except (OSError, HTTPException, ValueError) as error:
            raise NotAnsweredError(type(error).__name__) from error

    def _read(self, response: IO[bytes], ends_at: float) -> bytes:
        """This will read within the limits: a slow server does not hold the others up."""
        data = bytearray()
        while chunk := response.read(_CHUNK):
            data += chunk
            if len(data) > self.largest:
                raise NotAnsweredError("too large")
            if time.monotonic() > ends_at:
                raise NotAnsweredError("too slow")
        return bytes(data)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(  # the signature is the standard library's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """This will refuse to follow."""
