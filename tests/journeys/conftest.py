"""One server for all journeys of a run, one browser for each module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.place import Place, place_of_journeys
from tests.world.browser import Scripts, chromium


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place_of_journeys(tmp_path_factory.mktemp("skrytka")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(params=list(Scripts), ids=[scripts.value for scripts in Scripts])
def scripts(request: pytest.FixtureRequest) -> Scripts:
    return Scripts(request.param)
