"""What a killed process left half written goes; what is under way stays."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from skrytka.config.incoming import sweep_incoming, upload_folder

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def left(folder: Path, name: str, age: timedelta) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"x")
    moment = (AT - age).timestamp()
    os.utime(path, (moment, moment))
    return path


def test_only_old_files_of_both_folders_are_removed(tmp_path: Path) -> None:
    blobs = tmp_path / "blobs"
    environment = replace(settings.ENVIRONMENT, data=tmp_path, blobs_url=f"file://{blobs}")
    uploads = upload_folder(environment)
    old = [left(uploads, "a.upload", timedelta(days=2)),
           left(blobs / "incoming", "tmp1", timedelta(days=2))]  # fmt: skip
    fresh = left(uploads, "b.upload", timedelta(hours=3))
    assert sweep_incoming(environment, at=AT) == 2
    assert [path.exists() for path in old] == [False, False]
    assert fresh.exists()
    assert sweep_incoming(replace(environment, blobs_url="s3://x"), at=AT) == 0


def test_uploads_lie_on_the_disk_of_the_data() -> None:
    assert settings.ENVIRONMENT.data / "incoming" == settings.FILE_UPLOAD_TEMP_DIR
    assert settings.FILE_UPLOAD_TEMP_DIR.is_dir()
