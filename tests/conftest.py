"""What every test may ask for."""

import os
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from django.utils import translation

pytest_plugins: list[str] = ["tests.world.cast", "tests.world.clamd", "tests.world.writers"]


# Machines are shared: how long an example takes to make or to run says nothing about the product.
hypothesis.settings.register_profile(
    "shared-machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("shared-machine")


def pytest_configure(config: pytest.Config) -> None:
    """The run seals with development keys of its own; the first process makes them for all."""
    if not hasattr(config, "workerinput"):
        import tests.world.settings  # noqa: F401 - names the folder of this run
        from skrytka.gateways.development_pki import create_development_pki
        from skrytka.gateways.root_keys import RootKeys

        keys = Path(os.environ["SKRYTKA_TEST_DATA"]) / "keys"
        create_development_pki(keys, datetime(2026, 1, 1, tzinfo=UTC))
        RootKeys(keys).create()


@pytest.fixture(autouse=True)
def _forget_cache(request: pytest.FixtureRequest) -> None:
    """Rate limits are counted in the cache: no test inherits another's."""
    if "db" in request.fixturenames:
        from django.core.cache import cache

        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture(autouse=True)
def _speak_polish() -> None:
    """A request leaves its language behind in the thread: no test inherits another's."""
    translation.activate("pl")
