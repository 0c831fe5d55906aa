"""What every test may ask for."""

import pytest

pytest_plugins: list[str] = ["tests.world.cast"]


@pytest.fixture(autouse=True)
def _forget_cache(request: pytest.FixtureRequest) -> None:
    """Rate limits are counted in the cache: no test inherits another's."""
    if "db" in request.fixturenames:
        from django.core.cache import cache

        cache.clear()
