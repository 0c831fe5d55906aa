"""„Powiadom znajomego”: the one mail that leaves without the outbox.

A row of the outbox would store the friend's address, and the page promises to store nothing. So the
mail is handed to the mailer within the request; a mailer that fails is told to the sender, who may
try again. Nothing is recorded either.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from skrytka.gateways.installed import installed
from skrytka.gateways.mail import Mail, MailNotSentError

PER_HOUR, HOUR = 5, 3600
PER_DAY, DAY = 20, 24 * 3600


@dataclass(frozen=True)
class Recommendation:
    """One link for one friend; `client_address` is counted by its keyed digest only."""

    to: str = field(repr=False)
    institution_name: str
    link: str
    client_address: str = field(repr=False)


class TellingFault(StrEnum):
    TOO_MANY = "TOO_MANY"
    NOT_SENT = "NOT_SENT"


class CannotTellAFriend(Exception):
    def __init__(self, reason: TellingFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


def recommend(recommendation: Recommendation, *, at: datetime) -> None:
    """This will mail a fixed text with the link: at most 5 an hour and 20 a day from one address.

    Raises CannotTellAFriend.
    """
    _take_a_turn(recommendation.client_address)
    try:
        installed().mailer.send(_mail(recommendation, at))
    except MailNotSentError as error:
        raise CannotTellAFriend(TellingFault.NOT_SENT) from error


def _mail(recommendation: Recommendation, at: datetime) -> Mail:
    text = _(
        "Ktoś poleca Ci tę stronę:\n\n%(name)s\n%(link)s\n\n"
        "Możesz tam wysłać pismo do urzędu przez internet.\n\n"
        "Wysłaliśmy tylko ten link. Nie zapisaliśmy Twojego adresu i więcej nie napiszemy."
    ) % {"name": recommendation.institution_name, "link": recommendation.link}
    subject = _("Polecona strona: %(name)s") % {"name": recommendation.institution_name}
    return Mail(f"recommend:{secrets.token_hex(8)}", recommendation.to, subject, text, at)


def _take_a_turn(client_address: str) -> None:
    client = salted_hmac("skrytka.recommend", client_address).hexdigest()
    by_hour = _free_slot(f"recommend:h:{client}", PER_HOUR, HOUR)
    if by_hour is None:
        raise CannotTellAFriend(TellingFault.TOO_MANY)
    if _free_slot(f"recommend:d:{client}", PER_DAY, DAY) is None:
        cache.delete(by_hour)
        raise CannotTellAFriend(TellingFault.TOO_MANY)


def _free_slot(prefix: str, slots: int, seconds: int) -> str | None:
    """This will take the first free slot: each is taken by one mail and freed by time.

    Adding is atomic, unlike counting up, so requests at the same moment cannot share a slot.
    """
    keys = (f"{prefix}:{number}" for number in range(slots))
    return next((key for key in keys if cache.add(key, 1, seconds)), None)
