"""What can be wrong with an identifier, and the one way to say it."""

from enum import StrEnum


class IdentifierFault(StrEnum):
    """Which rule the text breaks. The values are stable codes."""

    EMPTY = "ID-EMPTY"
    CHARACTERS = "ID-CHARACTERS"
    LENGTH = "ID-LENGTH"
    CHECKSUM = "ID-CHECKSUM"
    RANGE = "ID-RANGE"
    DATE = "ID-DATE"
    SHAPE = "ID-SHAPE"


class InvalidIdentifier(ValueError):
    """The text is not the identifier it claims to be; ``code`` names the rule.

    ``text`` is what was given. It stays out of the message, because messages reach logs and the
    text may be somebody's PESEL.
    """

    def __init__(self, code: IdentifierFault, text: str) -> None:
        """Keep the rule and the text apart."""
        super().__init__(code.value)
        self.code = code
        self.text = text
