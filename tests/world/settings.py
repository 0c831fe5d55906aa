"""The settings of the tests: the product's own, on a database and folders of their own.

`TEST_DATABASE_URL` chooses the engine; without it the tests run on SQLite.
"""

import atexit
import os
import shutil
import tempfile

if "SKRYTKA_TEST_DATA" not in os.environ:
    # Made once; the parallel workers of the run inherit it.
    os.environ["SKRYTKA_TEST_DATA"] = tempfile.mkdtemp(prefix="skrytka-tests-")
    atexit.register(shutil.rmtree, os.environ["SKRYTKA_TEST_DATA"], ignore_errors=True)
os.environ["SKRYTKA_DATA"] = os.environ["SKRYTKA_TEST_DATA"]
# The keys of the run lie with its data: what is stored there opens with no others.
os.environ.pop("SKRYTKA_KEYS", None)
os.environ["SKRYTKA_MODE"] = "demo"
os.environ["SKRYTKA_BASE_URL"] = "http://testserver"
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

from skrytka.config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns where it is missing
if "TEST_DATABASE_URL" not in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405 - each worker has its own
