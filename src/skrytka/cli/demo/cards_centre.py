"""Cases of the shared-services centre, and the general letter to anyone."""

from datetime import date

from skrytka.catalogue.operations import NewCard, RequiredSignature

UPDATED = date(2026, 1, 12)
PERSON = ("PERSON",)
NO_APPEAL = "Zaświadczenie nie jest decyzją. Na odmowę przysługuje zażalenie w ciągu 7 dni."

GENERAL_CARD = NewCard(
    code="PISMO-OGOLNE",
    slug="pismo-ogolne",
    name="Pismo ogólne do podmiotu publicznego",
    category="ogolne-sprawy-urzedowe",
    summary="Napisz w każdej sprawie do dowolnej instytucji z listy.",
    description="Wybierz to pismo, jeśli nie ma osobnej karty dla Twojej sprawy. Sam wpisujesz "
    "tytuł i treść, możesz dodać pliki.",
    form="PISMO-OGOLNE",
    required_signature=RequiredSignature.RECOMMENDED,
    updated_on=UPDATED,
    where_and_how="Przez internet, o każdej porze. Podanie, wyjaśnienie, odwołanie i zażalenie "
    "podpisz.",
    time_limit="zwykle do 30 dni",
    legal_basis=("art. 63 Kodeksu postępowania administracyjnego",),
    synonyms=("podanie", "wniosek", "list do urzędu", "zapytanie", "prośba", "inna sprawa"),
    responsible="kancelaria",
    popularity=1000,
)

CENTRE_CARDS = (
    NewCard(
        code="CUW-01",
        slug="zaswiadczenie-o-zatrudnieniu",
        name="Zaświadczenie o zatrudnieniu i zarobkach",
        category="praca-i-wynagrodzenie",
        summary="Dla osób, które pracują lub pracowały w szkole albo przedszkolu w gminie.",
        description="Potwierdzimy, gdzie i jak długo pracujesz oraz ile zarabiasz.",
        form="ZATRUDNIENIE",
        required_signature=RequiredSignature.REQUIRED,
        updated_on=UPDATED,
        audience=PERSON,
        unit="Dział kadr i płac",
        legal_basis=("art. 217–220 Kodeksu postępowania administracyjnego",),
        documents_to_show=("dokument tożsamości, jeśli odbierasz osobiście",),
        where_and_how="Przez internet albo w kancelarii.",
        time_limit="do 7 dni",
        appeal=NO_APPEAL,
        synonyms=(
            *("zarobki", "dochody", "pensja", "zaświadczenie do banku", "kredyt"),
            "zaświadczenie z pracy",
        ),
        responsible="Dział kadr i płac",
        popularity=400,
    ),
    NewCard(
        code="CUW-02",
        slug="zaswiadczenie-erp-7",
        name="Zaświadczenie o wynagrodzeniu do emerytury (ERP-7)",
        category="praca-i-wynagrodzenie",
        summary="Potwierdza zarobki z poprzednich lat. Dołącz skan świadectwa pracy, "
        "jeśli go masz.",
        description="Wystawimy ERP-7 za lata, z których mamy listy płac.",
        form="ERP-7",
        required_signature=RequiredSignature.REQUIRED,
        updated_on=UPDATED,
        audience=PERSON,
        unit="Archiwum płacowe",
        documents_required=("świadectwo pracy, jeśli je masz",),
        where_and_how="Przez internet albo w kancelarii.",
        time_limit="do 30 dni",
        appeal=NO_APPEAL,
        remarks="Im dokładniej podasz okresy pracy, tym szybciej znajdziemy listy płac.",
        synonyms=("emerytura", "renta", "Rp-7", "ZUS", "lata pracy", "kapitał początkowy"),
        responsible="Archiwum płacowe",
        popularity=350,
    ),
    NewCard(
        code="CUW-03",
        slug="stypendium-szkolne",
        name="Stypendium szkolne",
        category="szkola-i-przedszkole",
        summary="Pomoc dla uczniów z rodzin o niskim dochodzie, na podręczniki, zajęcia i dojazdy.",
        description="O stypendium ubiega się rodzic, pełnoletni uczeń albo dyrektor szkoły.",
        form="STYPENDIUM",
        required_signature=RequiredSignature.REQUIRED,
        updated_on=UPDATED,
        audience=PERSON,
        unit="Dział świadczeń",
        legal_basis=("rozdział 8a ustawy o systemie oświaty",),
        documents_required=("zaświadczenie o dochodach wszystkich osób w rodzinie",),
        where_and_how="Przez internet albo w kancelarii.",
        time_limit="do 30 dni",
        appeal="Od decyzji odwołasz się w ciągu 14 dni do samorządowego kolegium odwoławczego.",
        synonyms=(
            *("wyprawka", "zasiłek szkolny", "uczeń", "podręczniki", "pomoc materialna"),
            "dziecko w szkole",
        ),
        responsible="Dział świadczeń",
        popularity=300,
    ),
    NewCard(
        code="CUW-04",
        slug="odwolanie-od-decyzji-centrum",
        name="Odwołanie od decyzji",
        category="skargi-i-odwolania",
        summary="Nie zgadzasz się z decyzją centrum? Napisz, co jest nie tak i czego oczekujesz.",
        form="ODWOLANIE",
        required_signature=RequiredSignature.REQUIRED,
        updated_on=UPDATED,
        unit="Kancelaria",
        legal_basis=("art. 127–129 Kodeksu postępowania administracyjnego",),
        documents_required=("kopia decyzji, jeśli ją masz",),
        where_and_how="Przez internet, w kancelarii albo pocztą.",
        time_limit="przekażemy je w 7 dni organowi odwoławczemu",
        appeal="Na odwołanie masz 14 dni od doręczenia decyzji.",
        synonyms=("zażalenie", "sprzeciw", "decyzja", "SKO", "kolegium"),
        responsible="Kancelaria",
        popularity=120,
    ),
)
