"""`skrytka bounced` takes the mail server's report and says what became of it."""

import io
from pathlib import Path

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.cli.main import main
from skrytka.core.delivery import Standing
from skrytka.delivery.models import Notice
from tests.world.bounced import plain_mail, report
from tests.world.outgoing import delivery_of, noticed_letter

pytestmark = pytest.mark.django_db


class Piped:
    """Standard input as a mail server fills it."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.fixture
def notice(daria: User, cuw: Institution, anna: User) -> Notice:
    return Notice.objects.get(delivery=noticed_letter(daria, cuw, anna).id)


def test_a_bounce_stops_the_term(
    notice: Notice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bounce.eml"
    path.write_bytes(report(notice.message_id))
    assert main(["bounced", str(path)]) == 0
    assert capsys.readouterr().out == "Zapisano: zawiadomienie wróciło, bieg terminu zatrzymany.\n"
    assert delivery_of(notice.delivery.letter).standing == Standing.STOPPED


@pytest.mark.parametrize("data", [b"", plain_mail("<a@b>"), report("<unknown@skrytka>")])
def test_another_mail_changes_nothing(
    notice: Notice, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(data)
    assert main(["bounced", str(path)]) == 1
    assert capsys.readouterr().out.startswith("To nie jest zwrot")
    assert delivery_of(notice.delivery.letter).standing == Standing.NOTIFIED


def test_a_mail_server_never_gets_a_failure_for_a_stranger_s_mail(
    notice: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Piped(plain_mail("<a@b>")))
    assert main(["bounced", "-"]) == 0
    monkeypatch.setattr("sys.stdin", Piped(report(notice.message_id)))
    assert main(["bounced", "-"]) == 0
    assert delivery_of(notice.delivery.letter).standing == Standing.STOPPED


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bounced", str(tmp_path / "nie-ma.eml")]) == 2
    assert "nie-ma.eml" in capsys.readouterr().err
