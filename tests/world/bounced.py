"""Mails that came back, as mail servers write them (RFC 3464)."""

from email.message import EmailMessage

REPORT = """\
From: MAILER-DAEMON@mail.example
To: skrytka@example.pl
Subject: Undelivered Mail Returned to Sender
Message-ID: <report@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BB"

--BB
Content-Type: text/plain; charset=us-ascii

The mail system could not deliver your message.

--BB
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Mon, 2 Nov 2026 10:00:05 +0100

Final-Recipient: rfc822; anna@example.pl
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--BB
Content-Type: {kind}

{returned}
--BB--
"""
RETURNED = "From: skrytka@example.pl\nTo: anna@example.pl\nMessage-ID: {id}\nSubject: x\n\ntekst\n"


def report(message_id: str, *, action: str = "failed", kind: str = "message/rfc822") -> bytes:
    """A report about a mail of ours, which it returns whole or by its headers."""
    returned = RETURNED.format(id=message_id)
    return REPORT.format(action=action, kind=kind, returned=returned).encode()


def plain_mail(message_id: str) -> bytes:
    """A person's answer that merely quotes the id."""
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "anna@example.pl", "<answer@example.pl>"
    mail.set_content(f"Action: failed\nMessage-ID: {message_id}\n")
    return mail.as_bytes()
