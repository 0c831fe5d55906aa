"""The person whom a trusted signature names in its claimed role."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClaimedPerson:
    """A natural person as a Trusted Profile role names them.

    ``account`` is the identifier of the account that signed; the newer generation has none.
    """

    given_name: str
    surname: str
    pesel: str
    account: str | None = None
