"""The names in a PDF that tell of scripts, of other files in it, and of a password.

ISO 32000-2: names may spell any character as #xx (7.3.5); actions 12.6.4, rich media 13.7, embedded
files 7.11.4, encryption 7.6.
"""

import re

from skrytka.letters.screening.remarks import Remark

BLANKS = rb"[\x00\t\n\x0c\r ]"
NAME_ENDS = rb"(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
# The longest name with every character spelled as #xx, the blanks after it and a reference.
LONGEST = 128


def spelled(name: str) -> bytes:
    """This will return the pattern of a name in all its spellings."""
    return b"/" + b"".join(_either(ord(character)) for character in name)


def _either(code: int) -> bytes:
    number = f"{code:02x}"
    return f"(?:{chr(code)}|(?i:#{number}))".encode()


def _any_of(*names: str) -> bytes:
    return b"(?:" + b"|".join(spelled(name) for name in names) + b")" + NAME_ENDS


LONG_SCRIPTS = _any_of("JavaScript", "Launch", "RichMedia", "Rendition")
LONG_FILES = _any_of("EmbeddedFile", "EmbeddedFiles")
# Short names are told by what must follow them; even so, bytes of a picture may spell them.
SHORT_SCRIPT = spelled("JS") + BLANKS + rb"{0,32}[(<\d]"
SHORT_FILE = spelled("EF") + BLANKS + rb"{0,32}[<\d]"
LOCK = (
    spelled("Encrypt") + BLANKS + rb"{0,16}(?:\d{1,10}" + BLANKS + rb"{1,16}\d{1,5}" + BLANKS
    + rb"{1,16}R\b|<<)"
)  # fmt: skip
IN_STREAMS = (
    (re.compile(LONG_SCRIPTS), Remark.SCRIPT),
    (re.compile(LONG_FILES), Remark.EMBEDDED_FILES),
    (re.compile(LOCK), Remark.LOCKED),
)
IN_OBJECTS = (
    *IN_STREAMS,
    (re.compile(SHORT_SCRIPT), Remark.SCRIPT),
    (re.compile(SHORT_FILE), Remark.EMBEDDED_FILES),
)
Telling = tuple[tuple[re.Pattern[bytes], Remark], ...]
# One quick look decides whether the others are needed: a name in plain, or one with a number in it.
WORTH_A_LOOK = re.compile(
    rb"/(?:JavaScript|JS|Launch|RichMedia|Rendition|Embedded|EF|Encrypt"
    rb"|[A-Za-z]{0,12}#[4-7][0-9A-Fa-f])"
)
OBJECT_STREAM = re.compile(_any_of("ObjStm", "First"))


def remarks_in(text: bytes, telling: Telling) -> frozenset[Remark]:
    """This will say what the names in a piece of a PDF tell."""
    if not WORTH_A_LOOK.search(text):
        return frozenset()
    return frozenset(remark for pattern, remark in telling if pattern.search(text))
