"""The form behind a published version."""

import json
from functools import lru_cache

from skrytka.catalogue.forms.definition import Form, read_form
from skrytka.catalogue.models import FormVersion


def form_of(version: FormVersion) -> Form:
    """This will return the form of a published version. Raises FormFaultyError."""
    return _read(
        version.code, version.version, json.dumps(version.schema), json.dumps(version.layout)
    )


@lru_cache(maxsize=256)
def _read(code: str, version: int, schema: str, layout: str) -> Form:
    return read_form(code, version, json.loads(schema), json.loads(layout))
