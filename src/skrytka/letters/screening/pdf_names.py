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
    high, low = f"{code:02x}"
    low_digit = f"[{low}{low.upper()}]" if low.isalpha() else low
    return f"(?:{chr(code)}|#{high}{low_digit})".encode()


def _any_of(*names: str) -> bytes:
    return b"(?:" + b"|".join(spelled(name) for name in names) + b")" + NAME_ENDS


# Short names are told by what must follow them.
SCRIPTS = re.compile(
    _any_of("JavaScript", "Launch", "RichMedia", "Rendition")
    + rb"|" + spelled("JS") + BLANKS + rb"{0,32}[(<\d]"
)  # fmt: skip
FILES = re.compile(
    _any_of("EmbeddedFile", "EmbeddedFiles") + rb"|" + spelled("EF") + BLANKS + rb"{0,32}[<\d]"
)
LOCKS = re.compile(
    spelled("Encrypt") + BLANKS + rb"{0,16}(?:\d{1,10}" + BLANKS + rb"{1,16}\d{1,5}"
    + BLANKS + rb"{1,16}R\b|<<)"
)  # fmt: skip
TELLING = ((SCRIPTS, Remark.SCRIPT), (FILES, Remark.EMBEDDED_FILES), (LOCKS, Remark.LOCKED))
PLAIN = (b"/JavaScript", b"/Launch", b"/RichMedia", b"/Rendition", b"/JS", b"/Embedded", b"/EF",
         b"/Encrypt")  # fmt: skip
OBJECT_STREAM = re.compile(_any_of("ObjStm", "First"))


def remarks_in(text: bytes) -> frozenset[Remark]:
    """This will say what the names in a piece of a PDF tell."""
    if b"#" not in text and not any(name in text for name in PLAIN):
        return frozenset()
    return frozenset(remark for pattern, remark in TELLING if pattern.search(text))
