"""The three templates that an institution without any of its own is offered.

Written as any other: an administrator changes or withdraws them. The places in braces are filled in
when a template is put into a letter; {wpisz_…} are for the clerk, and name themselves until then.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class TemplateText:
    """A template: its name in the list, and the title and body it gives."""

    name: str
    title: str
    body: str


DEFICIENCIES = TemplateText(
    name="Wezwanie do uzupełnienia braków (7 dni)",
    title="Wezwanie do uzupełnienia braków pisma {nr_rpw}",
    body=(
        "Na podstawie art. 64 § 2 Kodeksu postępowania administracyjnego wzywamy do uzupełnienia "
        "braków pisma „{tytul_pisma}”, które wpłynęło {data_wplywu} i ma numer {nr_rpw}.\n\n"
        "Czego brakuje:\n{braki}\n\n"
        "Prosimy uzupełnić braki w terminie 7 dni od dnia doręczenia tego wezwania. "
        "Jeżeli braki nie zostaną usunięte w tym terminie, pismo pozostanie bez rozpoznania.\n\n"
        "{instytucja}"
    ),
)
FORWARDED = TemplateText(
    name="Zawiadomienie o przekazaniu pisma według właściwości",
    title="Zawiadomienie o przekazaniu pisma {nr_rpw}",
    body=(
        "Na podstawie art. 65 § 1 Kodeksu postępowania administracyjnego zawiadamiamy, że pismo "
        "„{tytul_pisma}”, które wpłynęło {data_wplywu} i ma numer {nr_rpw}, przekazaliśmy do "
        "organu właściwego: {wpisz_organ}.\n\n"
        "Uzasadnienie:\n{wpisz_uzasadnienie}\n\n"
        "{instytucja}"
    ),
)
ARRIVED = TemplateText(
    name="Potwierdzenie wpływu",
    title="Potwierdzenie wpływu pisma {nr_rpw}",
    body=(
        "Potwierdzamy, że pismo „{tytul_pisma}” wpłynęło {data_wplywu} i ma numer {nr_rpw} "
        "w rejestrze przesyłek wpływających.\n\n"
        "{instytucja}"
    ),
)
BUILT_IN = {
    "braki-7-dni": DEFICIENCIES,
    "przekazanie": FORWARDED,
    "wplyw": ARRIVED,
}
