"""What citizens type at the cards of the demonstration, and the card they mean."""

from datetime import UTC, datetime

import pytest

from skrytka.accounts.models import Institution
from skrytka.catalogue.models import ServiceCard
from skrytka.catalogue.search.cards import find_cards
from skrytka.cli.demo.cards import publish_cards

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WAGES, PENSION, GRANT = "CUW-01", "CUW-02", "CUW-03"
TAXES, RESIDENCE, INFORMATION, COMPLAINT = "UM-01", "UM-02", "UM-03", "UM-04"
APPEAL, MAYOR, LETTER = "CUW-04", "UM-05", "PISMO-OGOLNE"

INFLECTED = {
    WAGES: ("zaświadczenie o zatrudnieniu", "zarobkami", "zaświadczenia do kredytów",
            "zaświadczenie o pracy", "pensję"),
    PENSION: ("do emerytury", "renty", "ERP-7", "kapitału początkowego", "świadectwa pracy"),
    GRANT: ("stypendia szkolne", "zasiłkiem szkolnym", "szkoły", "uczniowi", "podręcznik"),
    APPEAL: ("odwołania", "odwołać się od decyzji", "zażaleniem"),
    MAYOR: ("odwołanie od decyzji burmistrza", "nie zgadzam się z decyzją"),
    TAXES: ("niezaleganie", "podatkami", "zaległości podatkowe", "przetargu"),
    RESIDENCE: ("meldunku", "zameldowany", "zameldować się", "pobyty czasowe"),
    INFORMATION: ("informację publiczną", "dostępu do informacji", "jawności umów"),
    COMPLAINT: ("skargi", "złożyć skargę", "petycję", "postulaty"),
    LETTER: ("pisma ogólnego", "podania", "listem do urzędu", "prośbą"),
}  # fmt: skip
PLAIN = {
    WAGES: ("zaswiadczenie o zarobkach", "zaswiadczenie do banku"),
    PENSION: ("kapital poczatkowy", "swiadectwo pracy"),
    GRANT: ("zasilek", "podreczniki", "szkola"),
    APPEAL: ("odwolanie", "zazalenie"),
    TAXES: ("zaleglosci", "podatek od nieruchomosci", "zaswiadczenie ze nie mam dlugow"),
    INFORMATION: ("dostep do informacji publicznej", "jawnosc"),
    COMPLAINT: ("bezczynnosc urzedu", "pomysl"),
}
SLIPS = {
    WAGES: ("zaśwaidczenie o zatrudneniu", "zarobkki", "dohody"),
    PENSION: ("emeritura", "erp7", "erp 7"),
    GRANT: ("stypedium", "wyprwaka", "stypendim szkolne"),
    APPEAL: ("odwłoanie", "odwolanie od decycji"),
    TAXES: ("niezaleganei", "podtaki", "niruchomosc", "zaświadczenie o nie zaleganiu"),
    RESIDENCE: ("zamledowanie", "meludnek", "pobyt staly"),
    INFORMATION: ("informacja publicza", "dostep do informacij"),
    COMPLAINT: ("petycia", "skagra", "rekalmacja"),
}
COLLOQUIAL = {
    WAGES: ("ile zarabiam", "potrzebuję zaświadczenia o zarobkach do banku",
            "zaśw. o zatrudnieniu", "praca w szkole zaświadczenie"),
    PENSION: ("zaswiadczenie do zusu", "ERP7 z archiwum", "emerytura lata pracy"),
    GRANT: ("chcę stypendium dla syna", "pieniądze na podręczniki", "dofinansowanie dla ucznia",
            "pomoc dla dziecka w szkole"),
    TAXES: ("gdzie zapłacić podatek", "zaświadczenie na przetarg dla firmy"),
    RESIDENCE: ("ile kosztuje zaświadczenie o zameldowaniu", "potwierdzenie zameldowania",
                "zaswiadczenie meldunkowe", "zaświadczenie o miejscu zamieszkania"),
    INFORMATION: ("wniosek o udostępnienie informacji publicznej", "bip"),
    COMPLAINT: ("jak złożyć skargę", "skarga na urzędnika"),
    LETTER: ("pismo", "podanie do urzedu", "napisać do urzędu"),
}  # fmt: skip
UKRAINIAN = {
    WAGES: ("пенсія",),
    GRANT: ("стипендія", "школа"),
    TAXES: ("податок",),
    INFORMATION: ("інформація",),
    COMPLAINT: ("скарга", "Петиція"),
}


@pytest.mark.parametrize("meant", [INFLECTED, PLAIN, SLIPS, COLLOQUIAL, UKRAINIAN])
def test_the_card_meant_comes_first(
    cuw: Institution, town_hall: Institution, meant: dict[str, tuple[str, ...]]
) -> None:
    publish_cards(NOW)
    codes = dict(ServiceCard.objects.values_list("id", "code"))
    first = {
        typed: [codes[one] for one in find_cards(typed).ids[:1]]
        for some in meant.values()
        for typed in some
    }
    assert first == {typed: [code] for code, some in meant.items() for typed in some}


@pytest.mark.parametrize("typed", ["becikowe", "ślub", "employment certificate", "довідка"])
def test_what_nobody_offers_finds_nothing(
    cuw: Institution, town_hall: Institution, typed: str
) -> None:
    publish_cards(NOW)
    assert find_cards(typed).ids == ()
