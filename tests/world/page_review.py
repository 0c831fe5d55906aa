"""What every page of the house must keep. Each rule names its faults in one line each."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import html5lib
from lxml.etree import _Element

LANGUAGES = ("pl", "en", "uk")
ERROR_PREFIX = re.compile(r"^(Błąd|Error|Помилка): ")
TEMPLATE_MARKS = ("{{", "}}", "{%", "%}", "{#")
FIELDS = "//input[not(@type='hidden' or @type='submit' or @type='button')] | //select | //textarea"
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for")
SPOKEN = ("aria-label", "alt", "title", "placeholder")
VERBATIM = frozenset({"pre", "code", "script", "style", "textarea", "title"})
STRAIGHT_QUOTES = re.compile(r'"\w[^"]*"|"\w|\w[.,]?"(?!\w)')


@dataclass(frozen=True)
class Page:
    """An HTML answer, as text and as a tree. A fragment (for htmx) has no title and no h1."""

    source: str
    tree: _Element
    syntax_errors: tuple[str, ...]
    is_fragment: bool = False

    def found(self, path: str) -> list[_Element]:
        found = self.tree.xpath(path)
        elements = found if isinstance(found, list) else []
        return [one for one in elements if isinstance(one, _Element)]


def parse_page(source: str) -> Page:
    return _page(source, html5lib.HTMLParser, fragment=False)


def parse_fragment(source: str) -> Page:
    return _page(source, html5lib.HTMLParser, fragment=True)


def faults_of(page: Page) -> tuple[str, ...]:
    """This will list every fault of a page, rule by rule."""
    rules = RULES if page.is_fragment else RULES + WHOLE_PAGE_RULES
    return tuple(fault for rule in rules for fault in rule(page))


def syntax(page: Page) -> Iterator[str]:
    yield from (f"invalid HTML: {error}" for error in page.syntax_errors)


def unique_ids(page: Page) -> Iterator[str]:
    counts = Counter(one.get("id", "") for one in page.found("//*[@id]"))
    yield from (f"id used {count} times: {name}" for name, count in counts.items() if count > 1)


def labels(page: Page) -> Iterator[str]:
    named = {one.get("for") for one in page.found("//label[@for]")}
    for one in page.found(FIELDS):
        inside = next(one.iterancestors("label"), None) is not None
        spoken = one.get("aria-label") or one.get("aria-labelledby")
        if not (inside or spoken or (one.get("id") and one.get("id") in named)):
            yield f"field without a label: {one.get('name') or one.get('id') or one.tag}"


def buttons_speak(page: Page) -> Iterator[str]:
    for one in page.found("//button | //a[@href]"):
        if not (words_of(one) or one.get("aria-label")):
            yield f"{one.tag} without words: {one.get('class', '')}"
    yield from (f"img without alt: {one.get('src')}" for one in page.found("//img[not(@alt)]"))


def references(page: Page) -> Iterator[str]:
    ids = {one.get("id") for one in page.found("//*[@id]")}
    for name in REFERENCES:
        for one in page.found(f"//*[@{name}]"):
            lost = [each for each in one.get(name, "").split() if each not in ids]
            yield from (f"{name} points at no element: {each}" for each in lost)
    for one in page.found("//a[starts-with(@href, '#')]"):
        if one.get("href", "")[1:] not in ids:
            yield f"link points at no element: {one.get('href')}"


def forms(page: Page) -> Iterator[str]:
    for form in page.found("//form"):
        method = form.get("method", "").lower()
        if not form.get("action"):
            yield "form without an action"
        if method not in {"get", "post"}:
            yield f"form without a method: {form.get('action')}"
        tokens = form.xpath(".//input[@name='csrfmiddlewaretoken']")
        if method == "post" and not tokens:
            yield f"POST form without a CSRF token: {form.get('action')}"
        if method == "get" and tokens:
            yield f"GET form gives its CSRF token away: {form.get('action')}"


def no_inline_code(page: Page) -> Iterator[str]:
    for one in page.found("//*"):
        names = [str(name) for name in one.attrib]
        yield from (f"inline handler {name} on {one.tag}" for name in names if name[:2] == "on")
        if "style" in names:
            yield f"inline style on {one.tag}"
        if one.get("href", "").strip().lower().startswith("javascript:"):
            yield f"script in a link on {one.tag}"
    yield from ("inline style sheet" for _one in page.found("//style"))
    for one in page.found("//script[not(@type='application/json')]"):
        if (one.text or "").strip() or not one.get("src"):
            yield "inline script"


def only_our_host(page: Page) -> Iterator[str]:
    for one in page.found("//script[@src] | //img[@src] | //link[@href] | //iframe[@src]"):
        address = one.get("src") or one.get("href") or ""
        if address.startswith(("http:", "https:", "//")) and one.get("rel") != "canonical":
            yield f"loaded from another host: {address}"


def no_template_marks(page: Page) -> Iterator[str]:
    yield from (
        f"template mark left over: {mark}" for mark in TEMPLATE_MARKS if mark in shown(page)
    )


def polish_quotes(page: Page) -> Iterator[str]:
    texts = list(_texts(page.tree))
    texts += [one.get(name, "") for name in SPOKEN for one in page.found(f"//*[@{name}]")]
    for text in texts:
        if STRAIGHT_QUOTES.search(text):
            yield f"straight quotes: {' '.join(text.split())[:60]}"


def one_heading(page: Page) -> Iterator[str]:
    headings = page.found("//h1")
    titles = page.found("//title")
    if len(headings) != 1:
        yield f"{len(headings)} h1 elements"
        return
    title = ERROR_PREFIX.sub("", words_of(titles[0]) if titles else "")
    if not title.startswith(words_of(headings[0])) or not words_of(headings[0]):
        yield f"title {title!r} does not start with h1 {words_of(headings[0])!r}"


def language(page: Page) -> Iterator[str]:
    stated = page.tree.get("lang", "")
    if stated not in LANGUAGES:
        yield f"lang is {stated!r}"


RULES: tuple[Callable[[Page], Iterator[str]], ...] = (
    syntax, unique_ids, labels, buttons_speak, forms, no_inline_code, only_our_host,
    no_template_marks, polish_quotes,
)  # fmt: skip
WHOLE_PAGE_RULES = (references, one_heading, language)


def words_of(one: _Element) -> str:
    """This will give the words of an element on one line, hidden words included."""
    return " ".join("".join(str(text) for text in one.itertext()).split())


def shown(page: Page) -> str:
    """This will give the source without what a person typed or a letter holds."""
    cut = re.sub(r"<(textarea|pre|code)\b.*?</\1>", "", page.source, flags=re.DOTALL)
    cut = re.sub(r'<script [^>]*"application/json">.*?</script>', "", cut, flags=re.DOTALL)
    return re.sub(r'\bvalue="[^"]*"', "", cut)


def _texts(one: _Element) -> Iterator[str]:
    if not isinstance(one.tag, str) or one.tag in VERBATIM or one.get("data-verbatim") is not None:
        return
    if one.text:
        yield one.text
    for child in one:
        yield from _texts(child)
        if child.tail:
            yield child.tail


def _page(source: str, parser_class: type, *, fragment: bool) -> Page:
    parser = parser_class(
        tree=html5lib.getTreeBuilder("lxml"), strict=False, namespaceHTMLElements=False
    )
    whole = f"<!DOCTYPE html><html lang='pl'><title>x</title><body>{source}</body></html>"
    tree = parser.parse(whole if fragment else source).getroot()
    errors = tuple(f"line {line}: {code} {data}" for (line, _at), code, data in parser.errors)
    return Page(source, tree, errors, is_fragment=fragment)
