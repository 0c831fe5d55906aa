"""Anna as a program that acts for her: a session, its token, and the forms of the pages."""

import re

import requests

from tests.journeys.citizen import ANNA, DEMO_PASSWORD

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
VERSION = re.compile(r'id="draft-version" name="version" value="(\d+)"')
DRAFT = re.compile(r"/pisma/robocze/([0-9a-f-]{36})/")
OPEN_BOX = "/ZOJO_Cieszyn/SkrytkaESP"


class Person:
    """What she does at a server, a form at a time."""

    def __init__(self, url: str) -> None:
        self.url, self.session = url, requests.Session()
        login = f"{url}/konto/zaloguj/"
        body = {"login": ANNA, "password": DEMO_PASSWORD}
        self.session.post(login, body | {"csrfmiddlewaretoken": self.token(login)}, timeout=30)

    def token(self, page: str) -> str:
        found = TOKEN.search(self.session.get(page, timeout=30).text)
        assert found is not None
        return found[1]

    def begins_a_letter(self) -> str:
        """The id of a new draft of the general letter."""
        start = f"{self.url}/pisma/nowe/pismo-ogolne/?skrytka={OPEN_BOX}"
        answer = self.session.post(start, {"csrfmiddlewaretoken": self.token(start)}, timeout=30)
        found = DRAFT.search(answer.url)
        assert found is not None, answer.url
        return found[1]

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.session.cookies.items())
        token = self.token(f"{self.url}/pisma/robocze/")
        return {"Cookie": cookies, "X-CSRFToken": token, "Referer": self.url}

    def writes(self, draft_id: str, title: str, action: str = "save") -> None:
        """This will write the letter and press a button; a draft written in is nobody else's."""
        letter = f"{self.url}/pisma/robocze/{draft_id}/tresc/"
        found = VERSION.search(self.session.get(letter, timeout=30).text)
        assert found is not None
        self.posts(letter, title=title, body="W załączeniu.", version=found[1], action=action)

    def sends_unsigned(self, draft_id: str, title: str) -> str:
        """This will sign not, and send; the last page is returned."""
        letter = f"{self.url}/pisma/robocze/{draft_id}/tresc/"
        self.writes(draft_id, title, "next")
        self.posts(letter.replace("/tresc/", "/podpis/"), signature="unsigned")
        return self.posts(letter.replace("/tresc/", "/wyslij/"))

    def attaches(self, draft_id: str, name: str, data: bytes) -> str:
        """This will send a file whole and return its row."""
        where = f"{self.url}/pisma/robocze/{draft_id}/pliki/"
        letter = where.replace("/pliki/", "/tresc/")
        fields = {"csrfmiddlewaretoken": self.token(letter), "action": "upload"}
        answer = self.session.post(where, fields, files={"files": (name, data)}, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.text

    def posts(self, page: str, **fields: str) -> str:
        sent = fields | {"csrfmiddlewaretoken": self.token(page)}
        answer = self.session.post(page, sent, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.text
