"""What a person is told about a refused file: one sentence per code, the same at every edge.

The codes and most sentences are the error catalogue's. Each names the file, the rule and what to
do; none names the malware that was found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from skrytka.ui.formats import MEGA, file_size

PROGRAMS = frozenset(
    {"EXE", "ELF", "Mach-O", "DEX", "LNK", "JAR", "APK", "BAT", "PS1", "VBS", "SH"}
)
STEP = MEGA // 10


Details = Mapping[str, str | int]


@dataclass(frozen=True)
class RefusalFacts:
    """What a sentence may use; sizes in bytes. `member` is the file inside an archive, if any."""

    file_name: str
    extension: str = ""
    detected: str = ""
    member: str = ""
    archive_rule: str = ""
    size: int = 0
    limit: int = 0
    other_name: str = ""
    remark: str = ""


def refusal_text(code: str, file_name: str, details: Details) -> str:
    """This will say in the reader's language why a file was refused and what to do.

    `details` are those stored with the refusal; unknown ones are passed over. Raises KeyError for
    a code that is not about files.
    """
    return TEXTS[code](_facts(file_name, details))


def letter_refusal_text(code: str, file_name: str, details: Details) -> str:
    """This will say why a letter that came in was refused. Raises KeyError as `refusal_text` does.

    Malware of such a letter lies in quarantine; a file of a draft is deleted at once.
    """
    if code == "F-VIRUS":
        return _(
            "W pliku %(name)s wykryliśmy złośliwe oprogramowanie. Zatrzymaliśmy ten plik i nikt go "
            "nie otworzy. Sprawdź komputer programem antywirusowym i wyślij pismo z czystym "
            "plikiem."
        ) % {"name": file_name}
    return refusal_text(code, file_name, details)


def _facts(file_name: str, details: Details) -> RefusalFacts:
    def text(key: str) -> str:
        return str(details.get(key, ""))

    return RefusalFacts(
        file_name=file_name,
        extension=text("extension"),
        detected=text("detected"),
        member=text("member"),
        archive_rule=text("archive_rule"),
        size=int(details.get("size", 0)),
        limit=int(details.get("limit", 0)),
        other_name=text("other_name"),
        remark=text("remark"),
    )


def _named(facts: RefusalFacts) -> dict[str, str]:
    return {"name": facts.file_name, "member": facts.member, "ext": facts.extension}


def _one_too_big(facts: RefusalFacts) -> str:
    sizes = {"size": file_size(facts.size), "limit": file_size(facts.limit)}
    if facts.member:
        return _(
            "Plik %(member)s w archiwum %(name)s ma %(size)s. Jeden plik może mieć najwyżej "
            "%(limit)s. Zmniejsz go albo podziel na części."
        ) % (_named(facts) | sizes)
    return _(
        "Plik %(name)s ma %(size)s. Jeden plik może mieć najwyżej %(limit)s. "
        "Zmniejsz go albo podziel na części."
    ) % (_named(facts) | sizes)


def _sum_too_big(facts: RefusalFacts) -> str:
    too_much = -(-(facts.size - facts.limit) // STEP) * STEP
    return _(
        "Załączniki mają razem %(total)s, a mogą mieć %(limit)s. "
        "Usuń pliki o łącznym rozmiarze co najmniej %(excess)s."
    ) % {
        "total": file_size(facts.size),
        "limit": file_size(facts.limit),
        "excess": file_size(too_much),
    }


def _too_many(facts: RefusalFacts) -> str:
    return _(
        "Nie dodaliśmy pliku %(name)s. Limit plików w jednym piśmie: %(limit)s. "
        "Usuń niepotrzebne pliki albo spakuj je w jeden plik ZIP."
    ) % (_named(facts) | {"limit": str(facts.limit)})


def _drafts_full(facts: RefusalFacts) -> str:
    """Of bytes where a size is told, else of files on their way."""
    sizes = {"total": file_size(facts.size), "limit": file_size(facts.limit)}
    if not facts.size:
        return _(
            "Nie dodaliśmy pliku %(name)s. Naraz możesz przesyłać najwyżej %(limit)s plików. "
            "Dokończ albo usuń te, które czekają w innych wersjach roboczych."
        ) % (_named(facts) | {"limit": str(facts.limit)})
    return _(
        "Nie dodaliśmy pliku %(name)s. Pliki we wszystkich Twoich wersjach roboczych miałyby razem "
        "%(total)s, a mogą mieć %(limit)s. Liczymy też pisma usunięte, które możesz przywrócić. "
        "Wyślij te pisma albo usuń z nich pliki."
    ) % (_named(facts) | sizes)


def _empty(facts: RefusalFacts) -> str:
    return _("Plik %(name)s jest pusty. Sprawdź go na swoim komputerze i dodaj ponownie.") % _named(
        facts
    )


def _format(facts: RefusalFacts) -> str:
    if facts.member:
        return _(
            "W archiwum %(name)s jest plik %(member)s, którego nie przyjmujemy. "
            "Zapisz ten dokument jako PDF i spakuj pliki ponownie."
        ) % _named(facts)
    if not facts.extension:
        return _(
            "Nazwa pliku %(name)s nie ma końcówki, która mówi o jego formacie. "
            "Zapisz dokument jako PDF i dodaj go ponownie."
        ) % _named(facts)
    return _(
        "Nie przyjmujemy plików %(ext)s. Zapisz dokument jako PDF i dodaj go ponownie."
    ) % _named(facts)


def _other_content(facts: RefusalFacts) -> str:
    parts = _named(facts) | {"ext": facts.extension.lower(), "found": _found(facts.detected)}
    if facts.member:
        return (
            _(
                "Plik %(member)s w archiwum %(name)s ma końcówkę .%(ext)s, ale w środku jest inny "
                "format%(found)s. Zapisz go jeszcze raz w programie, w którym powstał."
            )
            % parts
        )
    return (
        _(
            "Plik %(name)s ma końcówkę .%(ext)s, ale w środku jest inny format%(found)s. "
            "Zapisz go jeszcze raz w programie, w którym powstał."
        )
        % parts
    )


def _found(detected: str) -> str:
    if not detected:
        return ""
    if detected in PROGRAMS:
        return _(" (program %(label)s)") % {"label": detected}
    return f" ({detected})"


def _malware(facts: RefusalFacts) -> str:
    return _(
        "W pliku %(name)s wykryliśmy złośliwe oprogramowanie. Usunęliśmy ten plik "
        "i nie wyślemy go. Sprawdź komputer programem antywirusowym i dodaj czysty plik."
    ) % _named(facts)


def _scanner_silent(facts: RefusalFacts) -> str:
    return _(
        "Nie możemy teraz sprawdzić pliku %(name)s. Zapisaliśmy go i sprawdzimy za chwilę. "
        "Nic nie musisz robić."
    ) % _named(facts)


def _locked(facts: RefusalFacts) -> str:
    if facts.member:
        return _(
            "Plik %(member)s w archiwum %(name)s jest zabezpieczony hasłem, więc nie możemy go "
            "sprawdzić. Usuń hasło i spakuj pliki ponownie."
        ) % _named(facts)
    return _(
        "Plik %(name)s jest zabezpieczony hasłem, więc nie możemy go sprawdzić. "
        "Usuń hasło i dodaj plik ponownie."
    ) % _named(facts)


def _archive(facts: RefusalFacts) -> str:
    texts = {
        "ENTRIES": _("W archiwum %(name)s jest za dużo plików. Spakuj mniej plików."),
        "DEPTH": _(
            "W archiwum %(name)s foldery są zbyt głęboko jeden w drugim. "
            "Spakuj pliki w mniejszej liczbie folderów."
        ),
        "NESTED": _(
            "W archiwum %(name)s jest drugie archiwum: %(member)s. "
            "Rozpakuj je i spakuj wszystkie pliki razem."
        ),
        "NAMES": _(
            "W archiwum %(name)s są nazwy plików albo skróty, których nie możemy bezpiecznie "
            "rozpakować. Spakuj same dokumenty jeszcze raz."
        ),
        "OVERLAP": _(
            "Archiwum %(name)s jest zbudowane tak, że nie możemy go bezpiecznie rozpakować. "
            "Spakuj pliki jeszcze raz."
        ),
    }
    too_big = _("Archiwum %(name)s po rozpakowaniu jest za duże. Spakuj mniej plików.")
    return texts.get(facts.archive_rule, too_big) % _named(facts)


def _broken(facts: RefusalFacts) -> str:
    if facts.member:
        return _(
            "Plik %(member)s w archiwum %(name)s jest uszkodzony. "
            "Sprawdź, czy otwiera się u Ciebie, i spakuj pliki ponownie."
        ) % _named(facts)
    return _(
        "Plik %(name)s jest uszkodzony. Sprawdź, czy otwiera się u Ciebie, i dodaj go ponownie."
    ) % _named(facts)


def _duplicate(facts: RefusalFacts) -> str:
    return _("Ten plik jest już na liście: %(other)s.") % {
        "other": facts.other_name or facts.file_name
    }


def _not_stored(facts: RefusalFacts) -> str:
    return _(
        "Nie możemy teraz zapisać pliku %(name)s. Reszta pisma jest zapisana. "
        "Dodaj ten plik ponownie za kilka minut."
    ) % _named(facts)


def _name(facts: RefusalFacts) -> str:
    parts = _named(facts) | {"bad": facts.member or facts.file_name, "limit": str(facts.limit)}
    if facts.limit:
        return (
            _(
                "Nazwa pliku %(bad)s jest za długa. Najwięcej znaków w nazwie: %(limit)s. "
                "Zmień nazwę i dodaj plik ponownie."
            )
            % parts
        )
    return (
        _("Nie przyjmujemy plików o takiej nazwie: %(bad)s. Zmień nazwę i dodaj plik ponownie.")
        % parts
    )


def _active(facts: RefusalFacts) -> str:
    texts = {
        "MACROS": _(
            "W pliku %(bad)s są makra, a tych nie przyjmujemy. "
            "Zapisz dokument bez makr albo jako PDF i dodaj go ponownie."
        ),
        "SCRIPT": _(
            "W pliku %(bad)s jest skrypt, a tych nie przyjmujemy. "
            "Wydrukuj dokument do nowego pliku PDF i dodaj ten nowy plik."
        ),
        "EMBEDDED_FILES": _(
            "W pliku %(bad)s są ukryte inne pliki, a tych nie przyjmujemy. "
            "Wyjmij je, zapisz dokument bez nich i dodaj każdy plik osobno."
        ),
    }
    if facts.remark == "NESTED":
        return _archive(replace(facts, archive_rule="NESTED", member=facts.member or "ZIP"))
    unsearched = _(
        "Nie możemy sprawdzić, czy w pliku %(bad)s jest skrypt. "
        "Wydrukuj dokument do nowego pliku PDF i dodaj ten nowy plik."
    )
    return texts.get(facts.remark, unsearched) % {"bad": facts.member or facts.file_name}


TEXTS: dict[str, Callable[[RefusalFacts], str]] = {
    "F-SIZE1": _one_too_big,
    "F-SIZE2": _sum_too_big,
    "F-COUNT": _too_many,
    "F-DRAFTS": _drafts_full,
    "F-EMPTY": _empty,
    "F-TYPE": _format,
    "F-MAGIC": _other_content,
    "F-VIRUS": _malware,
    "F-SCAN": _scanner_silent,
    "F-LOCK": _locked,
    "F-ZIP": _archive,
    "F-BROKEN": _broken,
    "F-DUP": _duplicate,
    "F-STORE": _not_stored,
    "F-NAME": _name,
    "F-ACTIVE": _active,
}
