"""Further small institutions, invented, so that the list of addressees is worth searching."""

from skrytka.accounts.operations import BoxData, InstitutionData
from skrytka.accounts.queries import Address
from skrytka.cli.demo.institutions import EVERYBODY, SeedInstitution

_INVENTED = (
    ("UM_Lipniki", "Urząd Miejski w Lipnikach", "UML", "Lipniki", "43-999"),
    ("SP2_Lipniki", "Szkoła Podstawowa nr 2 w Lipnikach", "SP2", "Lipniki", "43-999"),
    ("P1_Lipniki", "Przedszkole nr 1 w Lipnikach", "P1", "Lipniki", "43-999"),
    ("BP_Lipniki", "Biblioteka Publiczna w Lipnikach", "BPL", "Lipniki", "43-999"),
    ("OPS_Lipnica", "Ośrodek Pomocy Społecznej w Lipnicy", "OPS", "Lipnica", "43-998"),
    ("GZUK_Olszyna", "Gminny Zakład Usług Komunalnych w Olszynie", "GZUK", "Olszyna", "43-997"),
)


def neighbours() -> tuple[SeedInstitution, ...]:
    return tuple(_seed(*row) for row in _INVENTED)


def _seed(entity: str, name: str, office: str, town: str, postal_code: str) -> SeedInstitution:
    data = InstitutionData(
        entity=entity,
        name=name,
        short_name=name,
        office_code=office,
        address=Address("", "1", "", postal_code, town),
        commune=town,
    )
    box = BoxData(
        name="SkrytkaESP",
        title="Adres podstawowy",
        purpose="Adres podstawowy, dla wszystkich spraw.",
        sender_kinds=EVERYBODY,
        is_basic=True,
        accepts_unsigned=True,
    )
    return SeedInstitution(data, (box,))
