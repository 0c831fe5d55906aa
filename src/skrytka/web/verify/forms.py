from typing import IO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from skrytka.ui.formats import file_size
from skrytka.web.verify.limits import DOCUMENTS, DOCUMENTS_BYTES, RECEIPT_BYTES
from skrytka.web.verify.package import NotAPackageError, Package, is_package, read_package


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.Field):
    """Any number of files; gives a list."""

    widget = SeveralFiles

    def to_python(self, data: object) -> "list[UploadedFile[bytes]]":
        given = data if isinstance(data, list) else []
        return [file for file in given if isinstance(file, UploadedFile)]


class EitherFile(forms.FileField):
    """Needed, unless its twin is filled in: the form as a whole says so."""

    def validate(self, value: object) -> None:
        del value


class EitherText(forms.CharField):
    """Needed, unless its twin is filled in: the form as a whole says so."""

    def validate(self, value: object) -> None:
        del value


class VerifyForm(forms.Form):
    """A receipt as a file or as text, and the files it speaks of."""

    receipt = EitherFile(
        label=_("Plik UPO (XML) albo kopia pisma (ZIP)"),
        help_text=_("Plik, który dostajesz po wysłaniu pisma. Nie PDF i nie wydruk."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xml,.zip,application/xml,application/zip"}),
    )
    pasted = EitherText(
        label=_("Albo wklej treść UPO"),
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    documents = FilesField(
        label=_("Pismo i załączniki"),
        help_text=_(
            "Dodaj pliki, jeśli chcesz sprawdzić, czy dotarły do urzędu bez zmian. "
            "W kopii pisma (ZIP) są już wszystkie."
        ),
        required=False,
    )

    package: Package | None = None

    def clean_receipt(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["receipt"]
        if file and is_package(file):
            self.package = _package(file)
        elif file and (file.size or 0) > RECEIPT_BYTES:
            limit = file_size(RECEIPT_BYTES)
            raise forms.ValidationError(
                _("Plik UPO może mieć najwyżej %(limit)s."), params={"limit": limit}
            )
        return file

    def clean_pasted(self) -> str:
        """A browser sends pasted lines with CR LF; a sealed receipt has LF only."""
        return str(self.cleaned_data["pasted"]).replace("\r\n", "\n")

    def clean_documents(self) -> "list[UploadedFile[bytes]]":
        files: list[UploadedFile[bytes]] = self.cleaned_data["documents"]
        if len(files) > DOCUMENTS:
            raise forms.ValidationError(
                _("Dodaj najwyżej %(limit)d plików naraz."), params={"limit": DOCUMENTS}
            )
        if sum(file.size or 0 for file in files) > DOCUMENTS_BYTES:
            limit = file_size(DOCUMENTS_BYTES)
            raise forms.ValidationError(
                _("Pliki mogą mieć razem najwyżej %(limit)s."), params={"limit": limit}
            )
        return files

    def clean(self) -> None:
        super().clean()
        file = self.cleaned_data.get("receipt")
        given = (file and file.size) or self.cleaned_data.get("pasted")
        if not given and not self.errors:
            self.add_error("receipt", _("Wybierz plik UPO albo wklej jego treść."))

    def receipt_bytes(self) -> bytes:
        """This will return the receipt of a valid form: the file, or else the pasted text."""
        if self.package is not None:
            return self.package.receipt
        file = self.cleaned_data["receipt"]
        if file and file.size:
            return bytes(file.read())
        return str(self.cleaned_data["pasted"]).encode()


def _package(file: "UploadedFile[bytes]") -> Package:
    try:
        return read_package(cast("IO[bytes]", file))
    except NotAPackageError as error:
        text = _("W tym pliku ZIP nie ma kopii pisma z UPO. Dodaj plik UPO (XML).")
        raise forms.ValidationError(text) from error
