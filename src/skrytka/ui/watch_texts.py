"""What waits at an institution, in words; the number stands before them.

By code, because a page of the desk and a mail say the same.
"""

from django.utils.translation import ngettext


def watch_text(code: str, count: int) -> str:
    """This will say of what there are so many. Raises KeyError."""
    return {
        "NO_CLERK": ngettext("osoba prowadząca pisma", "osób prowadzących pisma", count),
        "UNREAD": ngettext(
            "pismo nieotwarte od ponad 1 dnia", "pism nieotwartych od ponad 1 dnia", count
        ),
        "UNTAKEN": ngettext(
            "pismo bez prowadzącego od ponad 1 dnia",
            "pism bez prowadzącego od ponad 1 dnia",
            count,
        ),
        "SILENT_BOX": ngettext(
            "skrytka z pismem, którego nikt nie otworzył od 14 dni",
            "skrytek z pismem, którego nikt nie otworzył od 14 dni",
            count,
        ),
        "UNSCREENED": ngettext(
            "pismo, którego załączników skaner nie sprawdził od ponad 10 minut",
            "pism, których załączników skaner nie sprawdził od ponad 10 minut",
            count,
        ),
        "FLAGGED": ngettext(
            "pismo z plikiem, w którym nowsza baza wykryła złośliwe oprogramowanie",
            "pism z plikiem, w którym nowsza baza wykryła złośliwe oprogramowanie",
            count,
        ),
        "FLAGGED_SENT": ngettext(
            "wysłane pismo z plikiem, w którym nowsza baza wykryła złośliwe oprogramowanie",
            "wysłanych pism z plikiem, w którym nowsza baza wykryła złośliwe oprogramowanie",
            count,
        ),
        "STOPPED": ngettext("zatrzymane doręczenie", "zatrzymanych doręczeń", count),
        "ENDING_SOON": ngettext(
            "doręczenie z terminem, który mija w ciągu 3 dni",
            "doręczeń z terminem, który mija w ciągu 3 dni",
            count,
        ),
        "UNSEEN": ngettext(
            "doręczenie z terminem, który mija, a adresat nie zalogował się od wysłania pisma",
            "doręczeń z terminem, który mija, a adresat nie zalogował się od wysłania pisma",
            count,
        ),
    }[code]
