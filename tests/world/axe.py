"""What a machine can tell of the accessibility of a page: axe-core, and the width of the page."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
FORGET_FONTS = """() => {
  for (const sheet of document.styleSheets)
    for (let at = sheet.cssRules.length - 1; at >= 0; at -= 1)
      if (sheet.cssRules[at] instanceof CSSFontFaceRule) sheet.deleteRule(at);
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"


def violations(page: Page) -> list[str]:
    """This will list what axe-core finds wrong with the page as it stands."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(ASK, RULES)
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def overflow(page: Page) -> int:
    """This will tell by how many pixels the page is wider than its window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def overflow_before_fonts(page: Page) -> int:
    """This will tell the same of the page as it stands until its own font has arrived.

    The font of the system that stands in for it is wider on many machines. Afterwards the page is
    without its font until it is loaded again.
    """
    page.evaluate(FORGET_FONTS)
    return overflow(page)
