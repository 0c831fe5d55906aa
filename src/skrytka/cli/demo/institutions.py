"""The two institutions of the seed, with the data of their public page."""

from dataclasses import dataclass

from skrytka.accounts.operations import BoxData, InstitutionData
from skrytka.accounts.queries import Address, SenderKind
from skrytka.cli.demo import texts

RYNEK = Address("ul. Rynek", "1", "", "43-400", "Cieszyn")
PHONE = "+48 33 47 94 200"
EMAIL = "urzad@um.cieszyn.pl"
HOURS = ("pon.–śr. 7:30–15:30", "czw. 7:30–17:00", "pt. 7:30–14:00")
CITIZENS = (SenderKind.PERSON, SenderKind.COMPANY, SenderKind.ASSOCIATION)
EVERYBODY = tuple(SenderKind)


@dataclass(frozen=True)
class SeedInstitution:
    """An institution, its boxes, and whether it publishes attachment rules of its own."""

    data: InstitutionData
    boxes: tuple[BoxData, ...]
    publishes_rules: bool = False


CUW = SeedInstitution(
    data=InstitutionData(
        entity="ZOJO_Cieszyn",
        name="Centrum Usług Wspólnych w Cieszynie",
        short_name="CUW Cieszyn",
        office_code="CUW",
        lead="Prowadzimy kadry, płace i księgowość szkół oraz przedszkoli w gminie Cieszyn.",
        commune="Cieszyn",
        # The page of the seed carries the contact block of the town hall.
        address=RYNEK,
        phone=PHONE,
        email=EMAIL,
        hours=HOURS,
        nip="5480018504",
        regon="000515709",
        teryt="2403011",
        carrier_room="103",
        carrier_kinds=("CD-RW", "DVD-RW"),
        paper_room="101",
        channel_effect=texts.CHANNEL_EFFECT,
        signature_rule=texts.SIGNATURE_RULE,
        privacy_text=texts.privacy("Centrum Usług Wspólnych w Cieszynie"),
        accessibility=texts.STATEMENT,
    ),
    boxes=(
        BoxData(
            name="SkrytkaESP",
            title="Adres podstawowy",
            purpose=(
                "Adres podstawowy. Wyślesz tu każde pismo, podpisane i niepodpisane. "
                "Tego adresu używają też urzędy między sobą."
            ),
            sender_kinds=EVERYBODY,
            is_basic=True,
            accepts_unsigned=True,
            notify=("kancelaria@cuw.example",),
        ),
        BoxData(
            name="skrytka",
            title="Adres dla obywateli, firm i stowarzyszeń",
            purpose=(
                "Adres dla obywateli, firm i stowarzyszeń. Na odebranie naszej odpowiedzi masz "
                "14 dni. Po tym czasie prawo uznaje ją za doręczoną."
            ),
            sender_kinds=CITIZENS,
            collection_days=14,
            notify=("kancelaria@cuw.example",),
        ),
    ),
    publishes_rules=True,
)

TOWN_HALL = SeedInstitution(
    data=InstitutionData(
        entity="u390efc0tm",
        name="Urząd Miejski w Cieszynie",
        short_name="UM Cieszyn",
        office_code="UM",
        lead="Załatwiamy sprawy mieszkańców i firm w gminie Cieszyn.",
        commune="Cieszyn",
        address=RYNEK,
        phone=PHONE,
        email=EMAIL,
        hours=HOURS,
        nip="5480018504",
        regon="000515709",
        teryt="2403011",
        carrier_room="103",
        carrier_kinds=("CD-RW", "DVD-RW"),
        paper_room="101",
        channel_effect=texts.CHANNEL_EFFECT,
        signature_rule=texts.SIGNATURE_RULE,
        privacy_text=texts.privacy("Urząd Miejski w Cieszynie"),
        accessibility=texts.STATEMENT,
    ),
    boxes=(
        BoxData(
            name="SEKAP",
            title="Adres urzędu",
            purpose="Jedyny adres urzędu, dla wszystkich spraw.",
            sender_kinds=EVERYBODY,
            is_basic=True,
            accepts_unsigned=True,
            collection_days=14,
            notify=("kancelaria@um.example",),
        ),
    ),
    publishes_rules=True,
)
