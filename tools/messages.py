"""Gathers the texts of the product into the catalogues of translations.

    python tools/messages.py            adds new texts, drops those no longer used
    python tools/messages.py --missing  lists what has no translation yet

The source language is Polish: a msgid is the Polish text. The Polish catalogue holds only plural
forms. Catalogues are sorted and carry no dates, so two runs over the same texts write the same.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize, read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/skrytka"
LOCALE = SOURCE / "ui/locale"
SOURCE_LANGUAGE = "pl"
PLURAL_RULES = {
    "pl": (
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
    "en": "nplurals=2; plural=(n != 1);",
    "uk": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    ),
}
FORMS = {"pl": 3, "en": 2, "uk": 3}
# Where each function of Django's gettext takes its context, its text and its plural.
SIGNATURES = {
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
# Tables of sentences of the core, which knows no gettext; the edges look them up as texts.
TABLES = {"core/signatures/reasons.py": "TEXTS", "core/receipts/findings.py": "_TEXTS"}
LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
MARKED = re.compile(rf"\b(_|n?p?gettext)\(({LITERAL}(?:,\s*{LITERAL})*)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@dataclass(frozen=True, order=True)
class Text:
    """One text to translate. `context` and `plural` are empty where there is none."""

    singular: str
    context: str = ""
    plural: str = ""

    @property
    def placeholders(self) -> frozenset[str]:
        return placeholders(self.plural or self.singular)


Places = dict[Text, set[str]]
Translations = dict[Text, tuple[str, ...]]


def placeholders(text: str) -> frozenset[str]:
    """This will name what a text has filled in: %(name)s and {name}."""
    return frozenset(match[0] for match in PLACEHOLDER.finditer(text))


def used_texts(source: Path = SOURCE) -> Places:
    """This will find every marked text of templates and code, with the files that hold it."""
    places: Places = {}
    for path in sorted(source.rglob("*")):
        if "static" in path.parts or path.suffix not in {".html", ".txt", ".py"}:
            continue
        content = path.read_text()
        found = texts_of_code(content) if path.suffix == ".py" else texts_of_template(content)
        for text in found:
            places.setdefault(text, set()).add(path.relative_to(source.parent).as_posix())
    for table, name in TABLES.items():
        for text in texts_of_table((source / table).read_text(), name):
            places.setdefault(text, set()).add(f"{source.name}/{table}")
    return _merged(places)


def _merged(places: Places) -> Places:
    """One entry per text: a catalogue cannot hold a text both with its plural and without."""
    plurals = {(text.context, text.singular): text for text in places if text.plural}
    merged: Places = {}
    for text, files in places.items():
        kept = plurals.get((text.context, text.singular), text)
        merged.setdefault(kept, set()).update(files)
    return merged


def texts_of_template(content: str) -> Iterator[Text]:
    """This will find translate and blocktranslate tags and _() constants of a template."""
    for match in MARKED.finditer(templatize(content)):
        literals = re.findall(LITERAL, match[2])
        if match[1] == "_":
            # Django looks constants up with their percent signs doubled.
            yield Text(literals[0][1:-1].replace("%", "%%"))
            continue
        yield _text(match[1], [str(ast.literal_eval(literal)) for literal in literals])


def texts_of_code(content: str) -> Iterator[Text]:
    """This will find the calls of Django's gettext functions, under whatever name imported."""
    tree = ast.parse(content)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in SIGNATURES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            literals = [
                arg.value
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if literals:
                yield _text(names[node.func.id], literals)


def texts_of_table(content: str, name: str) -> Iterator[Text]:
    """This will find the sentences of a dictionary, whatever its keys."""
    for node in ast.parse(content).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Dict(values=values)):
                if target == name:
                    yield from (Text(str(ast.literal_eval(value))) for value in values)


def _text(function: str, literals: list[str]) -> Text:
    context, singular, plural = SIGNATURES[function]
    return Text(
        singular=literals[singular],
        context="" if context is None else literals[context],
        plural="" if plural is None else literals[plural],
    )


def catalogue_path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES/django.po"


def known_translations(path: Path) -> Translations:
    """This will read a catalogue: each text with its forms, which may be empty."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file)
    known: Translations = {}
    for message in catalogue:
        if not message.id:
            continue
        ids, forms = message.id, message.string
        singular, plural = (ids, "") if isinstance(ids, str) else (ids[0], ids[1])
        text = Text(singular, message.context or "", plural)
        known[text] = (forms,) if isinstance(forms, str) else tuple(forms or ())
    return known


def missing(language: str, used: Places, known: Translations) -> list[Text]:
    """This will list the texts that have no whole translation; Polish needs plurals only."""
    return [
        text
        for text in sorted(used)
        if (text.plural or language != SOURCE_LANGUAGE) and not all(known.get(text, ("",)))
    ]


def written(language: str, used: Places, known: Translations) -> str:
    """This will write a whole catalogue, in the order of its texts."""
    entries = [
        _entry(text, used[text], known.get(text, ()), FORMS[language])
        for text in sorted(used)
        if text.plural or language != SOURCE_LANGUAGE
    ]
    return "\n".join([_header(language), *entries])


def _header(language: str) -> str:
    lines = (
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Language: {language}",
        f"Plural-Forms: {PLURAL_RULES[language]}",
    )
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines), ""])


def _entry(text: Text, files: set[str], forms: tuple[str, ...], count: int) -> str:
    lines = [f"#: {file}" for file in sorted(files)]
    if "%(" in text.singular + text.plural:
        lines.append("#, python-format")
    if text.context:
        lines.append(f"msgctxt {normalize(text.context)}")
    lines.append(f"msgid {normalize(text.singular)}")
    if text.plural:
        lines.append(f"msgid_plural {normalize(text.plural)}")
        padded = (*forms, *("",) * count)[:count]
        lines += [f"msgstr[{at}] {normalize(form)}" for at, form in enumerate(padded)]
    else:
        lines.append(f"msgstr {normalize(forms[0] if forms else '')}")
    return "\n".join([*lines, ""])


def main(arguments: list[str]) -> int:
    used = used_texts()
    for language in PLURAL_RULES:
        path = catalogue_path(language)
        known = known_translations(path)
        lacking = missing(language, used, known)
        print(f"{language}: {len(used)} texts, {len(lacking)} without a translation")
        if "--missing" in arguments:
            for text in lacking:
                print(f"  {text.singular!r}")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(language, used, known))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
