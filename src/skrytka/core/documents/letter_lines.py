"""Lines of XML text that a letter is written with.

Every value passes `escaped` or `escaped_attribute`, which escape what XML would change on the way
back (a carriage return, a line break in an attribute) and refuse what XML 1.0, production 2, cannot
carry at all. ``name`` is always the name of the fact, for the refusal.
"""

import re

from skrytka.core.documents.letter_facts import LetterUnwritable

_BEYOND_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_IN_TEXT = re.compile(f"[&<>\r{_BEYOND_XML}]")
_IN_ATTRIBUTE = re.compile(f'[&<>"\t\n\r{_BEYOND_XML}]')
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
_PADS = tuple("  " * depth for depth in range(9))


def element(tag: str, depth: int, *children: str, mark: str = "") -> str:
    """This will write an element around its children; ``mark`` is an attribute, escaped already."""
    pad = _PADS[depth]
    return f"{pad}<{tag}{mark}>\n{''.join(children)}{pad}</{tag}>\n"


def leaf(tag: str, depth: int, text: str, name: str) -> str:
    """This will write an element with a text."""
    return f"{_PADS[depth]}<{tag}>{escaped(text, name)}</{tag}>\n"


def optional(tag: str, depth: int, text: str | None, name: str) -> str:
    """This will write an element with a text, or nothing where there is none."""
    return "" if text is None else leaf(tag, depth, text, name)


def escaped(text: str, name: str) -> str:
    """This will escape a text; raises `LetterUnwritable` where XML cannot carry it."""
    return _escaped(text, _IN_TEXT, name)


def escaped_attribute(text: str, name: str) -> str:
    """This will escape the value of an attribute; raises `LetterUnwritable` as `escaped` does."""
    return _escaped(text, _IN_ATTRIBUTE, name)


def _escaped(text: str, special: re.Pattern[str], name: str) -> str:
    try:
        return special.sub(lambda found: _ESCAPES[found[0]], text)
    except KeyError as error:
        raise LetterUnwritable(name) from error
