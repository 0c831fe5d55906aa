"""Elements of a letter that is read: what may stand once stands once."""

from lxml import etree

from skrytka.core.documents.letter_facts import LetterFault, LetterUnreadable
from skrytka.core.documents.xml import Element


def grouped(parent: Element, group: str, tag: str) -> list[Element]:
    """This will return the children of the one group, none where the group is absent."""
    found = only(parent, group)
    return [] if found is None else children(found, tag)


def children(parent: Element, tag: str) -> list[Element]:
    """This will return the direct children of that name, in order."""
    return list(parent.iterchildren(tag))  # several times faster than findall


def required(parent: Element, tag: str) -> Element:
    """This will return the only child of that name; raises `LetterUnreadable` without it."""
    found = only(parent, tag)
    if found is None:
        raise LetterUnreadable(LetterFault.MISSING, etree.QName(tag).localname)
    return found


def only(parent: Element, tag: str) -> Element | None:
    """This will return the only child of that name; raises `LetterUnreadable` for a second one."""
    found = children(parent, tag)
    if len(found) > 1:
        raise LetterUnreadable(LetterFault.REPEATED, tag.rpartition("}")[2])
    return found[0] if found else None


def text_of(parent: Element, tag: str) -> str | None:
    """This will return the text of the only child of that name."""
    found = only(parent, tag)
    return None if found is None else string(found)


def string(element: Element) -> str:
    """This will return the text as XPath sees it: whole, across comments and without them."""
    if len(element):
        return str(element.xpath("string()"))
    return element.text or ""
