"""Only a report of a permanent failure that names our mail is a bounce."""

import pytest

from skrytka.gateways.bounces import Bounce, NotABounceError, read_bounce
from tests.world.bounced import plain_mail, report

ID = "<0123456789abcdef@skrytka>"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_permanent_failure_names_our_mail_and_says_why(kind: str) -> None:
    assert read_bounce(report(ID, kind=kind)) == Bounce(ID, "5.1.1 smtp; 550 5.1.1 no such user")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_for_good_is_no_bounce(action: str) -> None:
    with pytest.raises(NotABounceError):
        read_bounce(report(ID, action=action))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe",
        plain_mail(ID),
        report(ID).replace(b"message/rfc822", b"text/plain"),
        report(ID).replace(b"message/delivery-status", b"text/plain"),
        report(ID)[:400],
        report(ID).replace(b"Message-ID: " + ID.encode() + b"\n", b""),
    ],
    ids=["empty", "bytes", "answer", "no original", "no status", "cut", "no id"],
)
def test_anything_else_is_no_bounce(data: bytes) -> None:
    with pytest.raises(NotABounceError):
        read_bounce(data)


def test_the_report_s_own_id_is_never_taken_for_ours() -> None:
    assert read_bounce(report(ID)).message_id == ID
