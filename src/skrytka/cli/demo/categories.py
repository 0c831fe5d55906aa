"""The tree of the catalogue."""

from skrytka.catalogue.operations import NewCategory

CATEGORIES = (
    NewCategory("sprawy-ogolne", "Sprawy ogólne", order=1),
    NewCategory("ogolne-sprawy-urzedowe", "Ogólne sprawy urzędowe", "sprawy-ogolne", 1),
    NewCategory("praca-i-wynagrodzenie", "Praca i wynagrodzenie", order=2),
    NewCategory("szkola-i-przedszkole", "Szkoła i przedszkole", order=3),
    NewCategory("podatki-i-oplaty", "Podatki i opłaty", order=4),
    NewCategory("sprawy-obywatelskie", "Sprawy obywatelskie", order=5),
    NewCategory("skargi-i-odwolania", "Skargi i odwołania", order=6),
)
