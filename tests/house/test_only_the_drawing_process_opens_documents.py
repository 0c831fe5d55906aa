"""Libraries that decode documents and images are loaded where a fault harms nobody."""

import re
import subprocess
import sys

from tests.house.tracked import ROOT

DECODERS = re.compile(r"^\s*(?:from|import) (?:pypdfium2|PIL)\b", re.MULTILINE)
DRAWING = {"gateways/rendering/documents.py", "gateways/rendering/images.py"}
LOADS = re.compile(
    r"rendering\.(?:documents|images)\b|rendering import (?:.*\b)?(?:documents|images)\b"
)
SERVED = """
import sys
from skrytka.config.wsgi import application
from django.urls import get_resolver
get_resolver().url_patterns
list(get_resolver().reverse_dict)
print(sorted({"PIL", "pypdfium2"} & set(sys.modules)))
"""


def _source(this: re.Pattern[str]) -> set[str]:
    source = ROOT / "src/skrytka"
    return {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if this.search(path.read_text())
    }


def test_only_the_drawing_process_names_the_decoders() -> None:
    assert _source(DECODERS) == DRAWING


def test_nobody_loads_the_drawing_modules_but_the_process_itself() -> None:
    assert _source(LOADS) == {"gateways/rendering/documents.py"}


def test_what_serves_the_pages_has_loaded_neither() -> None:
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.world.settings",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-c", SERVED], env=settings, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
