"""The schema of the report, read from the files beside this one: nothing is fetched."""

from functools import cache
from pathlib import Path

from lxml import etree

from skrytka.core.documents.xml import parse_xml

SCHEMAS = Path(__file__).parent / "schemas"
_OBJECT = "ValidationObject"
VR = "{http://uri.etsi.org/19102/v1.4.1#}"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMAS / "TS119102-2-v141.xsd"))


def faults(report: bytes) -> list[str]:
    """This will tell what is wrong with a report: against the schema, and references to nothing."""
    root = parse_xml(report)
    try:
        schema().assertValid(root)
    except etree.DocumentInvalid as fault:
        return [str(fault)]
    referred = {name for one in root.iter() for name in one.get("VOReference", "").split()}
    return [f"nothing is named {name}" for name in sorted(referred - set(ids(root)))]


def ids(root: etree._Element) -> list[str]:
    """The names that a report gives, in their order."""
    return [one.get("id", "") for one in root.iter(VR + "SignatureIdentifier", VR + _OBJECT)]


def is_valid(report: bytes) -> bool:
    return not faults(report)
