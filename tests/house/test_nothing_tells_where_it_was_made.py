"""The repository is the same wherever it lies and from wherever its parts were fetched."""

import re

import pytest

from tests.house.tracked import named, tracked

# Written in parts, or this file would find itself.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
FOLDERS = ("work", "root", "home", "Users", "workspace", "mnt")
TELLTALE = re.compile(
    "|".join([*map(re.escape, HOSTS), *(rf"(?<![\w.)}}])/{folder}/\w" for folder in FOLDERS)])
)


def test_no_registry_and_no_folder_of_a_machine_is_named() -> None:
    found = {}
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        if match := TELLTALE.search(text):
            found[named(path)] = text[max(0, match.start() - 30) : match.end() + 30]
    assert found == {}


@pytest.mark.parametrize("text", [f"https://{HOSTS[0]}/simple", "cd /" + "root/x", "/ho" + "me/a"])
def test_a_telltale_would_be_noticed(text: str) -> None:
    assert TELLTALE.search(text)
