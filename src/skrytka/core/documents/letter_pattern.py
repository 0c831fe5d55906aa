"""Names of the patterns of letters and their parts.

Letters to an institution stand in the pattern "Pismo ogólne do podmiotu publicznego" (CRD 4566).
No central pattern exists for what an institution writes, so such letters have the same tree under
a root of our own, and each institution or organisation in them says which of the two it is.
"""

PATTERN = "http://crd.gov.pl/wzor/2017/10/24/4566/"
OLDER_PATTERN = "http://crd.gov.pl/wzor/2013/12/12/1410/"
STYLESHEET = f"{PATTERN}styl.xsl"
OFFICE_PATTERN = "urn:skrytka:wzor:pismo-urzedu:1"

STRUCTURE = "http://crd.gov.pl/xml/schematy/struktura/2009/11/16/"
META = "http://crd.gov.pl/xml/schematy/meta/2009/11/16/"
ADDRESS = "http://crd.gov.pl/xml/schematy/adres/2009/11/09/"
PERSON = "http://crd.gov.pl/xml/schematy/osoba/2009/11/16/"
INSTITUTION = "http://crd.gov.pl/xml/schematy/instytucja/2009/11/16/"
FORM = "urn:skrytka:formularz:1"

FORM_ID = "idFormularza"
FORM_VERSION = "wersjaFormularza"
CASE_MARK = "znakSprawy"
IN_REPLY_TO = "wOdpowiedziNa"
CREATED = "stworzony"

ENTITY_KIND = "rodzajPodmiotu"
PUBLIC_ENTITY = "podmiot-publiczny"
ORGANISATION = "organizacja"
