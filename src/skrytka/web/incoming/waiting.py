"""The page of a letter that waits: who wrote, until when it waits and what happens then."""

from django.utils.translation import gettext as _

from skrytka.accounts.queries import Viewer
from skrytka.delivery.policies import may_refuse
from skrytka.delivery.queries.incoming import WaitingLetter
from skrytka.ui.formats import day
from skrytka.ui.parts import Fact
from skrytka.web.incoming.frame import crumbs


def waiting_context(letter: WaitingLetter, viewer: Viewer) -> dict[str, object]:
    """This will give the context of the page; nothing in it comes from the letter's content."""
    return {
        "letter": letter,
        "crumbs": crumbs(),
        "nav_current": "letters",
        "facts": _facts(letter),
        "term_text": "" if letter.is_lapsed else _term(letter),
        "lapsed_text": _lapsed(letter) if letter.is_lapsed else "",
        "reasons": letter.dates.explanation if letter.dates and not letter.stop else (),
        "may_refuse": may_refuse(viewer, letter.party_id),
        "has_profile": viewer.has_confirmed_profile,
    }


def _facts(letter: WaitingLetter) -> tuple[Fact, ...]:
    rows = [
        Fact(_("Od kogo"), (letter.institution_name, letter.box_address), mono=True),
        Fact(_("Adresat"), (letter.party_name,)),
    ]
    if letter.case_mark:
        rows.append(Fact(_("Znak sprawy"), (letter.case_mark,)))
    rows.append(Fact(_("Pierwsze zawiadomienie"), (_noticed(letter),)))
    if letter.dates and not letter.stop:
        rows.append(Fact(_("Odbierz do"), (), strong=day(letter.dates.last_day_on)))
    return tuple(rows)


def _noticed(letter: WaitingLetter) -> str:
    return day(letter.first_notice_at) if letter.first_notice_at else _("jeszcze nie wysłane")


def _term(letter: WaitingLetter) -> str:
    if letter.stop:
        return _(
            "Zawiadomienia o tym piśmie nie dotarły do Ciebie tak, jak wymaga prawo, "
            "więc termin nie biegnie. Możesz odebrać pismo w każdej chwili."
        )
    if letter.dates is None:
        return _("Możesz odebrać pismo już teraz. Termin zacznie biec, gdy wyślemy zawiadomienie.")
    return _(
        "Jeśli nie odbierzesz pisma do końca dnia %(last)s, to %(deemed)s prawo uzna je "
        "za doręczone. Terminy, które wyznacza pismo, biegną wtedy od tego dnia."
    ) % {"last": day(letter.dates.last_day_on), "deemed": day(letter.dates.deemed_delivered_on)}


def _lapsed(letter: WaitingLetter) -> str:
    if letter.dates is None:
        return ""
    return _(
        "Termin odbioru minął %(last)s i %(deemed)s prawo uznało pismo za doręczone. "
        "Przygotowujemy poświadczenie. Gdy będzie gotowe, otworzy się treść."
    ) % {"last": day(letter.dates.last_day_on), "deemed": day(letter.dates.deemed_delivered_on)}
