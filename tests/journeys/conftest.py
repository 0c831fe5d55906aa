"""One server for all journeys of a run, one browser for each module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.world.browser import Scripts, chromium
from tests.world.server import RunningServer, running_skrytka


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running_skrytka(tmp_path_factory.mktemp("skrytka")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(params=list(Scripts), ids=[scripts.value for scripts in Scripts])
def scripts(request: pytest.FixtureRequest) -> Scripts:
    return Scripts(request.param)
