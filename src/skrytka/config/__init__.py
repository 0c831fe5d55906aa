"""Settings, URLs, wiring of gateways and the only clock."""

from skrytka.config.sqlite import use_modern_sqlite

use_modern_sqlite()
