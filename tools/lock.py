"""Writes the lock files anew: hashes, markers for every platform, no index address."""

import subprocess
import sys

COMMON = (
    "--generate-hashes",
    "--universal",
    "--python-version=3.11",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--quiet",
)


def main() -> int:
    runtime = ["uv", "pip", "compile", "pyproject.toml", "--extra=build", "-o", "requirements.lock"]
    dev = ["--extra=dev", "-c", "requirements.lock", "-o", "requirements-dev.lock"]
    for command in (runtime, [*runtime[:-2], *dev]):
        status = subprocess.run([*command, *COMMON], check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
