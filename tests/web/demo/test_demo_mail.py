"""The page of mails exists in the demonstration, and nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from skrytka.gateways.installed import install, installed
from skrytka.gateways.mail import FolderMailer, Mail, MemoryMailer
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
ADDRESS = "/wersja-pokazowa/poczta/"
AT = datetime(2026, 11, 23, 13, 47, 6, tzinfo=UTC)


@pytest.fixture
def mailer(tmp_path: Path) -> Iterator[FolderMailer]:
    before, mailer = installed(), FolderMailer(tmp_path / "mail", "skrytka@localhost")
    install(replace(before, mailer=mailer))
    yield mailer
    install(before)


def mails_page() -> str:
    response = PageClient().get(ADDRESS)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_the_newest_mail_stands_first_with_links_to_follow(mailer: FolderMailer) -> None:
    text = "Kod: 123456\n\nhttp://testserver/konto/potwierdz/abc/"
    mailer.send(Mail("first", "anna@example.pl", "Pierwszy – zażółć", "Dzień dobry", AT))
    mailer.send(Mail("second", "anna@example.pl", "Drugi", text, AT + timedelta(seconds=1)))
    page = mails_page()
    assert page.index("Drugi") < page.index("Pierwszy – zażółć")
    assert "Kod: 123456" in page
    assert 'href="http://testserver/konto/potwierdz/abc/"' in page
    assert "Do: anna@example.pl" in page
    assert "23.11.2026, 14:47:07" in page


def test_what_a_mail_says_is_shown_as_text(mailer: FolderMailer) -> None:
    mailer.send(Mail("m", "a@example.pl", "<b>x</b>", "<script>1</script>", AT))
    page = mails_page()
    assert "<script>1" not in page
    assert "<b>x</b>" not in page


def test_only_the_newest_fifty_are_shown(mailer: FolderMailer) -> None:
    for number in range(51):
        sent_at = AT + timedelta(seconds=number)
        mailer.send(Mail(f"m{number}", "a@example.pl", f"List nr {number}.", "x", sent_at))
    page = mails_page()
    assert "List nr 50." in page
    assert "List nr 0." not in page


def test_no_mail_yet_is_said(mailer: FolderMailer) -> None:
    assert "Nie ma tu jeszcze żadnego e-maila." in mails_page()


def test_a_mailer_that_really_sends_keeps_nothing_to_show() -> None:
    before = installed()
    install(replace(before, mailer=MemoryMailer()))
    page = mails_page()
    install(before)
    assert "Nie ma tu jeszcze żadnego e-maila." in page


@override_settings(DEMO=False)
def test_outside_the_demonstration_the_page_does_not_exist(mailer: FolderMailer) -> None:
    assert PageClient().get(ADDRESS).status_code == 404


def test_the_band_of_the_demonstration_leads_there(mailer: FolderMailer) -> None:
    page = PageClient().get("/").content.decode()
    assert "Wersja pokazowa." in page
    assert f'href="{ADDRESS}"' in page


@override_settings(DEMO=False)
def test_outside_the_demonstration_there_is_no_band() -> None:
    assert "Wersja pokazowa" not in PageClient().get("/").content.decode()
