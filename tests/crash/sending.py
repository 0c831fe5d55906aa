"""A person at the wire: log in, draft, sign and send by plain requests, no browser needed."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import APIRequestContext, APIResponse

from tests.world.files import pdf
from tests.world.server_mail import CODE, ServerMail

PASSWORD = "pokazowe-haslo-2026"
ANNA = "anna.kowalska@example.pl"
GENERAL = "/pisma/nowe/pismo-ogolne/"
OPEN_BOX = "/ZOJO_Cieszyn/SkrytkaESP"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
VERSION = re.compile(r'id="draft-version" name="version" value="(\d+)"')


@dataclass
class Sender:
    """Anna, logged in. Her session outlives the server, for it is kept in the database."""

    wire: APIRequestContext
    data: Path

    def logs_in(self) -> None:
        answer = self._post("/konto/zaloguj/", {"login": ANNA, "password": PASSWORD})
        assert "Wyloguj" in answer.text()

    def has_draft(self, title: str, *, signed: bool) -> str:
        """This will prepare a letter up to „Wyślij pismo” and return the id of its draft."""
        letter = self.wire.get(f"{GENERAL}?skrytka={OPEN_BOX}")
        here = letter.url
        fields = {"title": title, "body": "Proszę o odpis.", "action": "next"}
        self._post(here, {**fields, "version": found(VERSION, letter)}, name=f"{title}.pdf")
        draft = here.removesuffix("tresc/")
        if signed:
            self._signs_with_a_code(draft)
        else:
            self._post(f"{draft}podpis/", {"signature": "unsigned"})
        return draft.rstrip("/").rsplit("/", 1)[-1]

    def sends(self, draft_id: str) -> APIResponse:
        """This will press „Wyślij pismo”; the answer may never come."""
        page = f"/pisma/robocze/{draft_id}/wyslij/"
        return self._post(page, {}, ask="/pisma/")

    def _signs_with_a_code(self, draft: str) -> None:
        mail = ServerMail(self.data, ANNA)
        seen = len(mail.found(CODE))
        page = f"{draft}podpis/zaufany/"
        self._post(page, {"action": "send-code"})
        code = mail.next(CODE, seen)
        answer = self._post(page, {"method": "EMAIL_CODE", "code": code})
        assert answer.url.endswith("/wyslij/"), answer.text()

    def _post(
        self, page: str, fields: dict[str, str], *, name: str = "", ask: str = ""
    ) -> APIResponse:
        """This will send the form of a page; `ask` is where its token is taken from instead."""
        token = found(TOKEN, self.wire.get(ask or page))
        parts: dict[str, object] = {**fields, "csrfmiddlewaretoken": token}
        if name:
            content = pdf(b"(" + name.encode() + b")")
            parts["files"] = {"name": name, "mimeType": "application/pdf", "buffer": content}
        return self.wire.post(page, multipart=parts, timeout=30_000)  # type: ignore[arg-type]


def found(pattern: re.Pattern[str], answer: APIResponse) -> str:
    match = pattern.search(answer.text())
    assert match, f"{answer.status} {answer.url}: {pattern.pattern}"
    return match[1]
