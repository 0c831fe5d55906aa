"""A real SMTP server with a mailbox for each address; some addresses do not exist there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.world.postgres import free_port

SECONDS_TO_ARRIVE = 30


@dataclass
class Mailboxes:
    """What arrived, in order. `unknown`: addresses refused for good, as a server without them."""

    port: int = field(default_factory=free_port)
    messages: list[EmailMessage] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - the server's own name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(policy=policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def of(self, address: str, subject: str = "") -> list[str]:
        """The texts of the mails to an address, those with that subject where one is given."""
        return [
            str(message.get_content())
            for message in list(self.messages)
            if message["To"] == address and subject in str(message["Subject"])
        ]

    def wait_for_one(self, address: str, subject: str, holding: str) -> str:
        """This will return the text of the mail that holds these words, once it has arrived."""
        until = time.monotonic() + SECONDS_TO_ARRIVE
        while not (found := [text for text in self.of(address, subject) if holding in text]):
            assert time.monotonic() < until, (address, subject, holding)
            time.sleep(0.1)
        return found[0]

    def wait_for(self, address: str, subject: str, count: int = 1) -> list[str]:
        """This will return the texts of so many mails as soon as they have arrived."""
        until = time.monotonic() + SECONDS_TO_ARRIVE
        while len(found := self.of(address, subject)) < count:
            assert time.monotonic() < until, (address, subject, found)
            time.sleep(0.1)
        return found


@contextmanager
def running_smtp() -> Iterator[Mailboxes]:
    """This will start the server and stop it afterwards."""
    boxes = Mailboxes()
    controller = Controller(boxes, hostname="127.0.0.1", port=boxes.port)
    controller.start()
    try:
        yield boxes
    finally:
        controller.stop()
