"""Mail out of the house: a folder in the embedded default, SMTP in production."""

import hashlib
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20
PERMANENT = range(500, 600)


class MailNotSentError(Exception):
    """The mail did not leave; it may be tried again."""


class MailRefusedError(MailNotSentError):
    """The receiving server refuses this address for good (RFC 5321 section 4.2.1, 5yz)."""


@dataclass(frozen=True)
class Mail:
    """One plain-text mail. `key` makes a second sending recognisable."""

    key: str
    to: str
    subject: str
    text: str
    at: datetime


class Mailer(Protocol):
    @property
    def reaches_people(self) -> bool:
        """Whether what it sends leaves this machine, or is meant to stay there."""
        ...

    def send(self, mail: Mail) -> None:
        """This will hand the mail over, or raise MailNotSentError; MailRefusedError for good."""
        ...


def message_id(key: str) -> str:
    """This will return the Message-ID that follows from a mail's key: a bounce names it."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@skrytka>"


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """This will render the mail by RFC 5322, with a Message-ID that follows from its key."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = message_id(mail.key)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


@dataclass(frozen=True)
class FolderMailer:
    """Writes each mail as an .eml file; the second sending of a key overwrites the first."""

    folder: Path
    sender: str
    reaches_people: bool = True

    def send(self, mail: Mail) -> None:
        name = f"{mail.at:%Y%m%dT%H%M%S}-{file_safe(mail.key)}.eml"
        partial = self.folder / f".{name}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for before in self.folder.glob(f"*-{file_safe(mail.key)}.eml"):
                before.unlink()
            partial.write_bytes(as_message(mail, self.sender).as_bytes())
            partial.rename(self.folder / name)
        except OSError as error:
            raise MailNotSentError(str(error)) from error


def file_safe(key: str) -> str:
    """This will return the key as a part of a file name."""
    return key.replace(":", ".").replace("/", ".")


@dataclass(frozen=True)
class SmtpMailer:
    """Sends by SMTP, STARTTLS when offered; `smtp://user:password@host:port` or `smtps://…`."""

    url: str
    sender: str
    reaches_people: bool = True

    def send(self, mail: Mail) -> None:
        try:
            with self._connection() as smtp:
                smtp.send_message(as_message(mail, self.sender))
        except smtplib.SMTPRecipientsRefused as error:
            ((code, said),) = error.recipients.values()
            kind = MailRefusedError if code in PERMANENT else MailNotSentError
            raise kind(f"{code} {said.decode(errors='replace')}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSentError(f"{type(error).__name__}: {error}") from error

    def _connection(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        context = ssl.create_default_context()
        smtp: smtplib.SMTP
        if parts.scheme == "smtps":
            smtp = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            smtp = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
            with suppress(smtplib.SMTPNotSupportedError):
                smtp.starttls(context=context)
        if parts.username:
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
        return smtp


@dataclass
class MemoryMailer:
    """Keeps what was sent; its contract test runs on the folder and on a real SMTP server too."""

    sent: list[Mail] = field(default_factory=list)
    reaches_people: bool = True

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


def open_mailer(url: str, sender: str, *, is_demo: bool = True) -> Mailer:
    """This will open `file:///folder` or an SMTP address as a mailer.

    Only in a demonstration is a mail in a folder one that people read.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderMailer(Path(parts.path), sender, reaches_people=is_demo)
    return SmtpMailer(url, sender)
