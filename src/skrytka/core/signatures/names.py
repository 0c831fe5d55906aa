"""Names that XML signatures use on the wire."""

from functools import cache

DS = "http://www.w3.org/2000/09/xmldsig#"
EC = "http://www.w3.org/2001/10/xml-exc-c14n#"
XPATH_FILTER2 = "http://www.w3.org/2002/06/xmldsig-filter2"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
XADES_111 = "http://uri.etsi.org/01903/v1.1.1#"
XADES_122 = "http://uri.etsi.org/01903/v1.2.2#"
XADES_141 = "http://uri.etsi.org/01903/v1.4.1#"
# The namespaces in which qualifying properties were ever written, the usual one first.
XADES_ALL = (XADES, XADES_122, XADES_111)
XML = "http://www.w3.org/XML/1998/namespace"
PPZP = "http://crd.gov.pl/xml/schematy/ppzp/"
OSOBA = "http://crd.gov.pl/xml/schematy/osoba/2009/03/06/"
EP_SIGNATURE = "http://crd.gov.pl/xml/schematy/podpis_zaufany/"

SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
SIGNED_PROPERTIES_TYPES = frozenset(
    {
        SIGNED_PROPERTIES_TYPE,
        f"{XADES}SignedProperties",
        f"{XADES_122}SignedProperties",
        f"{XADES_111}SignedProperties",
    }
)
COUNTERSIGNED_TYPE = "http://uri.etsi.org/01903#CountersignedSignature"
MANIFEST_TYPE = f"{DS}Manifest"
BASE64 = f"{DS}base64"

SIGNATURE = f"{{{DS}}}Signature"


@cache
def ds(name: str) -> str:
    """This will return the expanded name of an XML-DSig element."""
    return f"{{{DS}}}{name}"
