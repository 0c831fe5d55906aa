"""One contract for every mailer: the folder, a real SMTP server, and the one in memory."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from skrytka.gateways.mail import (
    FolderMailer,
    Mail,
    MailNotSentError,
    MemoryMailer,
    SmtpMailer,
    open_mailer,
)
from tests.world.postgres import free_port

AT = datetime(2026, 11, 23, 14, tzinfo=UTC)
MAIL = Mail("receipt:1", "anna@example.pl", "Pismo doręczone, masz UPO", "Zażółć gęślą jaźń\n", AT)


class Mailbox:
    """A real SMTP server's mailbox."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the server's own name
        await asyncio.sleep(0)
        if self.refuses:
            return "451 try later"
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(policy=policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, SmtpMailer]]:
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, SmtpMailer(f"smtp://127.0.0.1:{port}", "skrytka@example.pl")
    controller.stop()


def read(path: Path) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    return message


def assert_whole(message: EmailMessage) -> None:
    assert message["To"] == MAIL.to
    assert message["Subject"] == MAIL.subject
    assert message.get_content().strip() == MAIL.text.strip()
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_real_server_gets_the_whole_mail(mailbox: tuple[Mailbox, SmtpMailer]) -> None:
    box, mailer = mailbox
    mailer.send(MAIL)
    (message,) = box.messages
    assert_whole(message)


def test_a_second_sending_is_recognisable(mailbox: tuple[Mailbox, SmtpMailer]) -> None:
    box, mailer = mailbox
    mailer.send(MAIL)
    mailer.send(MAIL)
    assert len({message["Message-ID"] for message in box.messages}) == 1


def test_a_refusal_of_the_server_is_told(mailbox: tuple[Mailbox, SmtpMailer]) -> None:
    box, mailer = mailbox
    box.refuses = True
    with pytest.raises(MailNotSentError, match="451"):
        mailer.send(MAIL)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(MailNotSentError):
        SmtpMailer(f"smtp://127.0.0.1:{free_port()}", "skrytka@example.pl").send(MAIL)


def test_the_folder_keeps_one_file_per_key(tmp_path: Path) -> None:
    mailer = open_mailer(f"file://{tmp_path}/mail", "skrytka@example.pl")
    mailer.send(MAIL)
    mailer.send(Mail(MAIL.key, MAIL.to, MAIL.subject, MAIL.text, AT.replace(hour=15)))
    (path,) = (tmp_path / "mail").glob("*.eml")
    assert_whole(read(path))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file stands in the way")
    with pytest.raises(MailNotSentError):
        FolderMailer(tmp_path / "mail", "skrytka@example.pl").send(MAIL)


def test_the_one_in_memory_keeps_what_was_sent() -> None:
    mailer = MemoryMailer()
    mailer.send(MAIL)
    assert mailer.sent == [MAIL]


def test_the_address_says_which_mailer() -> None:
    assert isinstance(open_mailer("smtps://mail.example:465", "s@example.pl"), SmtpMailer)
    assert isinstance(open_mailer("file:///tmp/mail", "s@example.pl"), FolderMailer)
