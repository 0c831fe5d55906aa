"""Names that XML signatures use on the wire."""

DS = "http://www.w3.org/2000/09/xmldsig#"
EC = "http://www.w3.org/2001/10/xml-exc-c14n#"
XPATH_FILTER2 = "http://www.w3.org/2002/06/xmldsig-filter2"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
XML = "http://www.w3.org/XML/1998/namespace"
PPZP = "http://crd.gov.pl/xml/schematy/ppzp/"
OSOBA = "http://crd.gov.pl/xml/schematy/osoba/2009/03/06/"
EP_SIGNATURE = "http://crd.gov.pl/xml/schematy/podpis_zaufany/"

SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
MANIFEST_TYPE = f"{DS}Manifest"
BASE64 = f"{DS}base64"

SIGNATURE = f"{{{DS}}}Signature"


def ds(name: str) -> str:
    """This will return the expanded name of an XML-DSig element."""
    return f"{{{DS}}}{name}"


def xades(name: str) -> str:
    """This will return the expanded name of a XAdES 1.3.2 element."""
    return f"{{{XADES}}}{name}"
