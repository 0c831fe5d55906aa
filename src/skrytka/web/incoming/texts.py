"""Why a letter was not collected and what to do, in words."""

from django.utils.translation import gettext as _

from skrytka.delivery.operations.ending import CannotCollect, CollectFault
from skrytka.ui.signing_texts import signing_text

# What no second try changes: the page of the letter says the rest.
HAS_ENDED = frozenset(
    {CollectFault.COLLECTED, CollectFault.REFUSED, CollectFault.DEEMED, CollectFault.LAPSED}
)


def collect_text(refusal: CannotCollect) -> str:
    """This will tell why the letter was not collected and what to do."""
    if refusal.reason is CollectFault.CERTIFICATE_EXPIRED:
        expired_at = refusal.report.expired_at if refusal.report else None
        return signing_text(refusal.reason, expired_at)
    return _texts()[refusal.reason]


def _texts() -> dict[CollectFault, str]:
    return {
        CollectFault.COLLECTED: _("To pismo jest już odebrane. Nie podpisaliśmy nic drugi raz."),
        CollectFault.REFUSED: _("Odmowa przyjęcia tego pisma jest już zapisana."),
        CollectFault.DEEMED: _("To pismo jest już uznane za doręczone. Nic nie podpisaliśmy."),
        CollectFault.LAPSED: _(
            "Termin odbioru minął i prawo uznaje to pismo za doręczone. Nic nie podpisaliśmy."
        ),
        CollectFault.FACTOR: _("Kod był do czegoś innego. Potwierdź jeszcze raz."),
        CollectFault.NO_PROFILE: _("Nie masz potwierdzonego profilu. Podpisz plik u siebie."),
        CollectFault.UNAVAILABLE: _(
            "Usługa podpisu teraz nie odpowiada. Pismo nadal czeka, spróbuj za kilka minut."
        ),
        CollectFault.NOT_ISSUED: _("Najpierw pobierz poświadczenie z tej strony i podpisz je."),
        CollectFault.ANOTHER_DAY: _(
            "To poświadczenie jest z innego dnia. Pobierz nowe poświadczenie i podpisz je dzisiaj."
        ),
        CollectFault.NOT_SIGNED: _(
            "W tym pliku nie ma Twojego podpisu. Podpisz poświadczenie i dodaj je ponownie."
        ),
        CollectFault.NOT_INSIDE: _(
            "Podpis jest w innym miejscu. Podpisz poświadczenie podpisem XAdES otoczonym, "
            "czyli wewnątrz tego samego pliku."
        ),
        CollectFault.BAD: _(
            "Podpis jest nieważny: poświadczenie zmieniło się po podpisaniu. "
            "Podpisz je jeszcze raz."
        ),
        CollectFault.OTHER_CONTENT: _(
            "W tym pliku jest inny dokument. "
            "Pobierz poświadczenie z tej strony, podpisz je bez zmian i dodaj."
        ),
        CollectFault.NOT_A_PERSON: _(
            "To pieczęć albo kilka podpisów naraz. Poświadczenie podpisuje jedna osoba."
        ),
        CollectFault.ANOTHER_PERSON: _(
            "Podpis należy do innej osoby niż właściciel konta. "
            "Zaloguj się na właściwe konto albo podpisz samodzielnie."
        ),
        CollectFault.TOO_LARGE: _(
            "Ten plik jest za duży na podpisane poświadczenie. Dodaj podpisany plik XML."
        ),
    }
