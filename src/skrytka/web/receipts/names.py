"""Names of files that the service hands out."""

import re

# None of these may stand in the name of a generated file, nor may a control character.
_FORBIDDEN = re.compile(r'[\s~"#%&*:<>?!/\\{|}\x00-\x1f\x7f]+')
LONGEST_NAME = 128


def safe_file_name(name: str, *, fallback: str = "plik") -> str:
    r"""This will return a name that every system bears, at most 128 characters with its extension.

    Rule R1 of the technical conditions for e-Doręczenia: no space and none of ~ " # % & * : < > ?
    ! / \ { | }. The original name stays on record; this is only what a browser is offered.
    """
    stem, dot, extension = _FORBIDDEN.sub("_", name).strip("._").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    ending = f".{extension}"[:20] if extension else ""
    return (stem[: LONGEST_NAME - len(ending)].strip("._") or fallback) + ending
