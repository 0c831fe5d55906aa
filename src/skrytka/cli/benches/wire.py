"""A person at the wire: log-in, draft, files, signature, sending, by plain requests."""

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import cache
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
VERSION = re.compile(r'id="draft-version" name="version" value="(\d+)"')
CODE = re.compile(r"\b\d{6}\b")
GENERAL = "/pisma/nowe/pismo-ogolne/"
BOUNDARY = "skrytka-bench-boundary"
CHUNK = 1 << 16
SECONDS_TO_ANSWER = 120
SECONDS_FOR_MAIL = 60


class UnexpectedAnswerError(Exception):
    """The server answered otherwise than it should have."""


@dataclass(frozen=True)
class Page:
    """An answer, after the redirects."""

    status: int
    url: str
    text: str


@dataclass(frozen=True)
class SentFile:
    """A file that is made while it is sent: `size` bytes in `chunks()`."""

    name: str
    size: int
    chunks: Callable[[], Iterable[bytes]]


@dataclass
class WireClient:
    """A browser of the simplest kind: one connection, cookies, redirects.

    `address` is the loopback address it comes from, so that limits by address see many people.
    """

    port: int
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: HTTPConnection | None = None

    def get(self, url: str) -> Page:
        return self._follow("GET", url, {}, None)

    def post(self, url: str, fields: Mapping[str, str], file: SentFile | None = None) -> Page:
        """This will send a form, as multipart when a file goes with it."""
        if file is None:
            body = urlencode(fields).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            return self._follow("POST", url, headers, body)
        head, tail = multipart_frame(fields, file)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(head) + file.size + len(tail)),
        }
        return self._follow("POST", url, headers, _joined(head, file, tail))

    def _follow(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | Iterable[bytes] | None,
    ) -> Page:
        page, location = self._ask(method, url, headers, body)
        while location:
            page, location = self._ask("GET", location, {}, None)
        return page

    def comes_again(self) -> None:
        """This will take a new connection next time: the server closes one that rests."""
        self._connection = None

    def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | Iterable[bytes] | None,
    ) -> tuple[Page, str]:
        if self._connection is None:
            self._connection = HTTPConnection(
                "127.0.0.1", self.port, SECONDS_TO_ANSWER, source_address=(self.address, 0)
            )
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection.request(method, url, body, {**headers, "Cookie": cookies})
        answer = self._connection.getresponse()
        page = Page(answer.status, url, answer.read().decode(errors="replace"))
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update({key: morsel.value for key, morsel in SimpleCookie(line).items()})
        location = urlsplit(answer.headers.get("Location", ""))
        return page, location._replace(scheme="", netloc="").geturl()


@dataclass
class Writer:
    """A person with a confirmed profile. `mail` is the folder of the installation's mails."""

    client: WireClient
    email: str
    password: str
    mail: Path

    def logs_in(self) -> None:
        page = self._submits("/konto/zaloguj/", {"login": self.email, "password": self.password})
        _require("Wyloguj" in page.text, page)

    def starts(self, box: str) -> str:
        """This will open a draft to the box and return the address of its letter."""
        page = self.client.get(f"{GENERAL}?{urlencode({'skrytka': box})}")
        _require(page.url.endswith("/tresc/"), page)
        return page.url

    def writes(self, letter: str, title: str, file: SentFile) -> None:
        page = self.client.get(letter)
        fields = {"title": title, "body": "Proszę o odpis.", "action": "next"}
        fields |= {"version": _found(VERSION, page), "csrfmiddlewaretoken": _found(TOKEN, page)}
        answer = self.client.post(letter, fields, file)
        _require(answer.url.endswith("/podpis/"), answer)

    def signs(self, letter: str) -> None:
        """This will sign with a code that comes by mail."""
        page = letter.replace("/tresc/", "/podpis/zaufany/")
        seen = len(self._codes())
        self._submits(page, {"action": "send-code"})
        answer = self._submits(page, {"method": "EMAIL_CODE", "code": self._next_code(seen)})
        _require(answer.url.endswith("/wyslij/"), answer)

    def sends(self, letter: str) -> str:
        """This will send the letter and return the address of its page."""
        answer = self._submits(letter.replace("/tresc/", "/wyslij/"), {})
        _require("Pismo doręczone" in answer.text, answer)
        return answer.url

    def uploads(self, letter: str, file: SentFile) -> Page:
        """This will send one file as the page does by itself."""
        fields = {"csrfmiddlewaretoken": self.token(letter), "action": "upload"}
        return self.client.post(letter.replace("/tresc/", "/pliki/"), fields, file)

    def _submits(self, url: str, fields: Mapping[str, str]) -> Page:
        return self.client.post(url, {**fields, "csrfmiddlewaretoken": self.token(url)})

    def token(self, url: str) -> str:
        """This will return the token that a page gives its forms."""
        return _found(TOKEN, self.client.get(url))

    def _next_code(self, seen: int) -> str:
        until = time.monotonic() + SECONDS_FOR_MAIL
        while len(codes := self._codes()) <= seen:
            if time.monotonic() > until:
                raise UnexpectedAnswerError(f"no code came to {self.email}")
            time.sleep(0.05)
        return codes[-1]

    def _codes(self) -> list[str]:
        mails = map(_mail_of, sorted(self.mail.glob("[!.]*.eml")))
        return [code for to, codes in mails if to == self.email for code in codes]


@cache
def _mail_of(path: Path) -> tuple[str, list[str]]:
    """To whom a mail went and the codes in it; read once, however many look for theirs."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return str(message["To"]), CODE.findall(str(message.get_content()))


def multipart_frame(fields: Mapping[str, str], file: SentFile) -> tuple[bytes, bytes]:
    """This will write what stands before and after the bytes of the file (RFC 7578)."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return "".join(parts).encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


def long_pdf(name: str, size: int) -> SentFile:
    """This will describe a valid PDF of about `size` bytes that is like no other."""
    objects = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    mark = os.urandom(16).hex().encode()
    line = b"%" + mark * 2047 + b"\n"
    head = b"%PDF-1.4\n" + objects
    second = len(b"%PDF-1.4\n") + objects.index(b"2 0 obj")
    lines = max(1, (size - len(head) - 200) // len(line))
    start = len(head) + lines * len(line)
    table = b"xref\n0 3\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n" % (9, second)
    tail = table + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start

    def chunks() -> Iterable[bytes]:
        yield head
        yield from (line for _ in range(lines))
        yield tail

    return SentFile(name, start + len(tail), chunks)


def long_text(name: str, size: int) -> SentFile:
    """This will describe a plain text of about `size` bytes."""
    line = "Proszę o przesłanie odpisu decyzji na mój adres.\r\n".encode()
    mark = os.urandom(16).hex().encode()
    text = mark + line * (size // len(line))
    return SentFile(name, len(text), lambda: [text])


def _joined(head: bytes, file: SentFile, tail: bytes) -> Iterable[bytes]:
    yield head
    yield from file.chunks()
    yield tail


def _found(pattern: re.Pattern[str], page: Page) -> str:
    match = pattern.search(page.text)
    if match is None:
        raise UnexpectedAnswerError(f"{page.status} {page.url}: no {pattern.pattern}")
    return match[1]


def _require(is_so: bool, page: Page) -> None:  # noqa: FBT001 - a condition, not an option
    if not is_so:
        raise UnexpectedAnswerError(f"{page.status} {page.url}: {page.text[:2000]}")
