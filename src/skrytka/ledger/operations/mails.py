"""Mail is an effect like any other: a row in the caller's transaction."""

import hashlib
from datetime import datetime

from skrytka.gateways.installed import installed
from skrytka.gateways.mail import Mail
from skrytka.ledger.operations.outbox import Effect, OutboxItem, enqueue


def enqueue_mail(key: str, to: str, subject: str, text: str, *, at: datetime) -> None:
    """This will send one mail to one address, once per `key`, after the transaction commits."""
    enqueue(Effect.MAIL, f"mail:{key}", {"to": to, "subject": subject, "text": text}, at=at)


def key_of(address: str) -> str:
    """This will return a short name of an address, however long that is, to build a key with."""
    return hashlib.sha256(address.casefold().encode()).hexdigest()[:16]


def send_mail(item: OutboxItem, at: datetime) -> None:
    """This will hand one enqueued mail to the mailer; raises MailNotSentError."""
    payload = item.payload
    installed().mailer.send(Mail(item.key, payload["to"], payload["subject"], payload["text"], at))
