"""What operating systems leave in archives unasked: nobody is refused for what nobody put there.

Such entries are scanned for malware like all others, but need no accepted format.
"""

from pathlib import PurePosixPath

LITTER_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
MAC_FOLDER, MAC_SHADOW = "__MACOSX", "._"
LARGEST_LITTER = 1 << 20


def is_litter(name: str, size: int) -> bool:
    """This will tell whether an entry is a small by-product of macOS or Windows, by its name."""
    path = PurePosixPath(name)
    shadow = path.parts[0] == MAC_FOLDER and path.name.startswith(MAC_SHADOW)
    return size <= LARGEST_LITTER and (shadow or path.name.lower() in LITTER_NAMES)
