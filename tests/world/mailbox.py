"""What the outbox would send."""

import re

from skrytka.ledger.models import OutboxRow


def last_mail(to: str) -> str:
    """The subject and text of the last mail to an address."""
    row = OutboxRow.objects.filter(effect="MAIL", payload__to=to).order_by("-id")[0]
    return f"{row.payload['subject']}\n\n{row.payload['text']}"


def link_in(mail: str) -> str:
    """The path of the first link that leads to a page, checked to stand on our own address."""
    links = re.findall(r"https?://\S+", mail)
    assert links
    assert links[0].startswith("http://testserver/")
    return str(links[0]).removeprefix("http://testserver")


def mail_count() -> int:
    return OutboxRow.objects.filter(effect="MAIL").count()
