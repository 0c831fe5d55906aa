"""What may be attached, in one line above the place for files: the same at every edge."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from skrytka.ui.formats import file_size


def files_hint(formats: Iterable[str], total_bytes: int, file_bytes: int) -> str:
    """This will tell formats and limits; that of one file only where it is the lower one."""
    text = _("Formaty: %(formats)s. Wszystkie pliki razem mogą mieć do %(limit)s.") % {
        "formats": ", ".join(formats),
        "limit": file_size(total_bytes),
    }
    return f"{text} {each_file(file_bytes)}" if file_bytes < total_bytes else text


def each_file(file_bytes: int) -> str:
    """This will tell the limit of one file."""
    return _("Jeden plik może mieć do %(limit)s.") % {"limit": file_size(file_bytes)}
