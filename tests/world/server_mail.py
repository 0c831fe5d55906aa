"""The letter box of a running server: the folder DATA/mail, one file a mail."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

SECONDS_TO_ARRIVE = 30
LINK = re.compile(r"https?://\S+/potwierdz-email/\S+")
CODE = re.compile(r"\b\d{6}\b")


@dataclass(frozen=True)
class ServerMail:
    """What the server sent to one address, in the order in which it was written."""

    data: Path
    address: str

    def found(self, pattern: re.Pattern[str]) -> list[str]:
        """This will return the links or codes of all mails so far."""
        return [match for text in self._texts() for match in pattern.findall(text)]

    def next(self, pattern: re.Pattern[str], seen: int) -> str:
        """This will wait for one more than were seen, and return it."""
        until = time.monotonic() + SECONDS_TO_ARRIVE
        while len(found := self.found(pattern)) <= seen:
            assert time.monotonic() < until, f"no new mail to {self.address}: {self._texts()}"
            time.sleep(0.05)
        return found[-1]

    def _texts(self) -> list[str]:
        folder = (self.data / "mail").glob("[!.]*.eml")
        paths = sorted(folder, key=lambda path: path.stat().st_mtime_ns)
        mails = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
        return [str(mail.get_content()) for mail in mails if mail["To"] == self.address]
