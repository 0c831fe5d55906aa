"""Letters and tables in the encodings and habits of Polish offices and homes."""

import codecs
from collections.abc import Iterator

from tests.letters.screening.table.samples import Good
from tests.world import files

ENCODINGS = ("utf-8", "utf-8-sig", "cp1250", "iso8859-2", "utf-16", "utf-16-le", "utf-16-be")
MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
ROWS = [["Lp.", "Imię i nazwisko", "Kwota"], ["1", "Łucja Żółć", "12,50"], ["2", "Jan Kos", "7,00"]]


def good_texts() -> Iterator[Good]:
    for encoding in ENCODINGS:
        mark = MARKS.get(encoding, b"")
        yield Good(f"a text in {encoding}", "pismo.txt", mark + files.txt(encoding))
        yield Good(f"a table in {encoding}", "tabela.csv", mark + files.csv(encoding))
    for what, text in _texts().items():
        yield Good(what, "pismo.txt", text.encode())
    for what, data in _tables():
        yield Good(what, "tabela.csv", data)
    yield Good("an ending in capitals", "PISMO.TXT", files.txt("cp1250"))
    yield Good(
        "a letter that starts like a program", "mz.txt", "MZ/2026 Zażalenie".encode("cp1250")
    )
    yield Good("a letter that starts like a bitmap", "bm.txt", b"BM")
    yield Good("the end mark of DOS", "dos.txt", b"koniec\r\n\x1a")


def _texts() -> dict[str, str]:
    return {
        "one word": "ok",
        "lines of Unix": files.SENTENCE + "\n" + files.SENTENCE + "\n",
        "lines of an old Mac": files.SENTENCE + "\r" + files.SENTENCE,
        "a long text": (files.SENTENCE + "\r\n") * 900,
        "a text in Ukrainian": "Прошу видати довідку про проживання. Дякую.\r\n" * 3,
        "a text in German": "Sehr geehrte Damen und Herren, ich bitte um Prüfung.\r\n" * 3,
        "comparisons with angle brackets": "Jeżeli a < b i b > c, to a<b>c nie jest znacznikiem.\n",
        "an address of a page": "Zobacz https://example.pl/?a=1&b=2 oraz www.example.pl\n",
        "a mail": "From: anna@example.pl\nTo: urzad@example.pl\nSubject: Wniosek\n\nDzień dobry\n",
        "headings and bullets": "# Wniosek\n\n* pierwszy punkt\n* drugi punkt\n\n1. Uwagi\n",
        "a log": "2026-11-27 08:00:01 INFO start\n2026-11-27 08:00:02 WARN brak pliku\n" * 5,
        "talk of macros": 'Makro AutoOpen wywoluje Shell "cmd.exe" i jest grozne.\n',
        "a form feed between pages": "Strona 1\r\n\x0cStrona 2\r\n",
        "letters of other tongues": "Ærøskøbing, Škoda, Győr, naïve, façade, Ω, 漢字\n" * 3,
    }


def _tables() -> Iterator[tuple[str, bytes]]:
    for name, sign in (("semicolons", ";"), ("commas", ","), ("tabs", "\t"), ("bars", "|")):
        rows = "\r\n".join(sign.join(f'"{cell}"' for cell in row) for row in ROWS)
        yield f"fields between {name}", rows.encode("cp1250")
    yield "nothing but numbers", "\n".join(f"{n};{n * 7};{n * 11}" for n in range(200)).encode()
    yield "a field of several lines", '1;"pierwsza\r\ndruga ""w cudzysłowie""";3\r\n'.encode()
    yield "formulas", b"Razem;=SUM(A1:A9)\r\nSaldo;-12,50\r\n@uwaga;+1\r\n"
    yield "a head that names its separator", "sep=;\r\nŁąka;1\r\nŻuk;2\r\n".encode("cp1250")
    yield "account numbers", "\r\n".join(["61 1090 1014 0000 0712 1981 2874;100,00"] * 20).encode()
    yield "one column", "\r\n".join(f"000{n}" for n in range(50)).encode()
