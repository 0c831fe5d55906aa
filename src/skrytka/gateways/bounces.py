"""Mail that came back: reading a delivery status notification (RFC 3464, RFC 6522)."""

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

LARGEST = 10_000_000
_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)


class NotABounceError(Exception):
    """The mail is no report of a failed delivery, or does not name the mail that failed."""


@dataclass(frozen=True)
class Bounce:
    """A mail that failed for good: its Message-ID, and what the reporting server says."""

    message_id: str
    why: str


def read_bounce(data: bytes) -> Bounce:
    """This will read a report of a permanent failure (RFC 3464 section 2.3.3: action failed).

    A delay, a success and any other mail raise NotABounceError, as does a report that does not
    bring the headers of the mail it is about.
    """
    report = BytesParser(policy=policy.default).parsebytes(data[:LARGEST])
    failed = [part for part in _recipients(report) if _field(part, "Action").lower() == "failed"]
    named = _message_id(report)
    if not failed or named is None:
        raise NotABounceError
    said = (_field(failed[0], name) for name in ("Status", "Diagnostic-Code"))
    return Bounce(named, " ".join(filter(None, said)))


def _recipients(report: Message) -> list[Message]:
    """The groups of fields, one per recipient; the first group speaks of the whole mail."""
    return [
        group
        for part in report.walk()
        if part.get_content_type() == "message/delivery-status"
        for group in (part.get_payload() if part.is_multipart() else [])
        if isinstance(group, Message)
    ]


def _field(group: Message, name: str) -> str:
    return str(group.get(name, "")).strip()


def _message_id(report: Message) -> str | None:
    """The Message-ID of the returned mail, whole or only its headers; never of the report."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, EmailMessage | Message) and inner.get("Message-ID"):
                return str(inner["Message-ID"]).strip()
        if part.get_content_type() == "text/rfc822-headers":
            found = _MESSAGE_ID.search(str(part.get_payload()))
            if found:
                return found[1]
    return None
