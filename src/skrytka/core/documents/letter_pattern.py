"""Names of the pattern "Pismo ogólne do podmiotu publicznego" (CRD 4566) and its parts."""

PATTERN = "http://crd.gov.pl/wzor/2017/10/24/4566/"
OLDER_PATTERN = "http://crd.gov.pl/wzor/2013/12/12/1410/"
STYLESHEET = f"{PATTERN}styl.xsl"

STRUCTURE = "http://crd.gov.pl/xml/schematy/struktura/2009/11/16/"
META = "http://crd.gov.pl/xml/schematy/meta/2009/11/16/"
ADDRESS = "http://crd.gov.pl/xml/schematy/adres/2009/11/09/"
PERSON = "http://crd.gov.pl/xml/schematy/osoba/2009/11/16/"
INSTITUTION = "http://crd.gov.pl/xml/schematy/instytucja/2009/11/16/"
FORM = "urn:skrytka:formularz:1"

FORM_ID = "idFormularza"
FORM_VERSION = "wersjaFormularza"
CREATED = "stworzony"
