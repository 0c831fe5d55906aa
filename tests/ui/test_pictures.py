"""A picture is sent as what it is, and to whoever has it already not at all."""

from django.test import RequestFactory

from skrytka.ui.pictures import picture_answer


def test_a_picture_says_what_it_is_and_lets_nobody_guess() -> None:
    answer = picture_answer(RequestFactory().get("/"), "abc-1", lambda: b"picture")
    assert answer.content == b"picture"
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert answer.headers["ETag"] == '"abc-1"'


def test_who_has_it_already_gets_no_other_and_none_is_drawn() -> None:
    request = RequestFactory().get("/", headers={"If-None-Match": '"abc-1"'})
    drawn: list[str] = []

    def draw() -> bytes:
        drawn.append("drawn")
        return b"picture"

    answer = picture_answer(request, "abc-1", draw)
    assert (answer.status_code, answer.content, drawn) == (304, b"", [])
