"""The file as the browser sent it."""

from django.core.files.uploadedfile import UploadedFile

from skrytka.letters.operations.signing import LARGEST_SIGNED_FILE


def bytes_of(upload: "UploadedFile[bytes]") -> bytes:
    """One byte over the limit is enough for an operation to refuse; more is never held."""
    return bytes(upload.read(LARGEST_SIGNED_FILE + 1))
