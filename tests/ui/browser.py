"""A real Chromium before a small real server that knows the built assets and nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
POLICY = "default-src 'self'"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOUND = {
    "results": [
        {"value": "1", "label": "Centrum w Cieszynie", "detail": "/ZOJO_Cieszyn/SkrytkaESP"},
        {"value": "2", "label": "Urząd <b>Miejski</b> w Cieszynie", "detail": "/u/SEKAP"},
    ]
}
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class _Answers(BaseHTTPRequestHandler):
    def __init__(self, pages: dict[str, str], *connection: object) -> None:
        self.pages = pages
        super().__init__(*connection)  # type: ignore[arg-type]  # the server's own three values

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/static/"):
            self._static(path.removeprefix("/static/"))
        elif path == "/find/":
            self._send("application/json", json.dumps(FOUND).encode())
        else:
            self._send("text/html; charset=utf-8", self.pages[path].encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send("text/html; charset=utf-8", self.pages["/row/"].encode())

    def log_message(self, *_said: object) -> None:
        """Say nothing."""

    def _static(self, name: str) -> None:
        found = finders.find(name)
        if not found:
            self.send_error(404)
            return
        path = Path(str(found))
        self._send(KINDS.get(path.suffix, "application/octet-stream"), path.read_bytes())

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    """This will serve the pages on a free port of this machine and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, pages))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def violations(page: Page) -> list[str]:
    """This will list what axe-core finds wrong with the page as it stands."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def overflow(page: Page) -> int:
    """This will tell by how many pixels the page is wider than its window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))
