"""What the institutions of the demonstration say of themselves. The texts are examples."""

from collections.abc import Mapping

CHANNEL_EFFECT = (
    "Pismo wysłane tą drogą wpływa do nas w chwili wskazanej w UPO. Przyjmujemy tak sprawy "
    "z naszego katalogu, skargi, wnioski, petycje i wnioski o informację publiczną. Jeśli przepis "
    "wymaga innej drogi, piszemy o tym na karcie sprawy."
)
SIGNATURE_RULE = (
    "Żądanie, wyjaśnienie, odwołanie i zażalenie podpisz podpisem zaufanym, osobistym albo "
    "kwalifikowanym. Inne pisma wyślesz na adres podstawowy także bez podpisu."
)
STATEMENT: Mapping[str, str] = {
    "published_on": "2026-01-05",
    "updated_on": "2026-11-02",
    "prepared_on": "2026-01-07",
    "reviewed_on": "2026-03-30",
    "status": "PARTIAL",
    "exceptions": "Część załączników od nadawców to skany bez warstwy tekstowej.",
    "person": "Sekretariat",
    "architecture": (
        "Wejście główne od strony rynku, bez progu.\n"
        "W budynku jest winda. Komunikaty głosowe i przyciski z alfabetem Braille’a.\n"
        "Możesz wejść z psem asystującym.\n"
        "Tłumacza języka migowego zamów trzy dni robocze przed wizytą."
    ),
}


def privacy(name: str) -> str:
    """This will word an institution's information by art. 13 of the GDPR, as an example."""
    return (
        f"Administratorem danych z Twojego pisma jest {name}. Przetwarzamy je, żeby załatwić "
        "sprawę, z którą się do nas zwracasz, i wypełnić obowiązki z przepisów o archiwach.\n\n"
        "W sprawach danych napisz do inspektora ochrony danych na adres naszej skrytki albo "
        "na adres pocztowy z dopiskiem „dane osobowe”.\n\n"
        "Dane przechowujemy tak długo, jak każe jednolity rzeczowy wykaz akt."
    )
