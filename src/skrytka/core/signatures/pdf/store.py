"""The Document Security Store: validation data beside the signatures (EN 319 142-1 §5.4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver

from skrytka.core.signatures.certificates import load_certificate
from skrytka.core.signatures.cms.revocations import unwrapped
from skrytka.core.signatures.pdf.document import Document, attempt, entry, value_of
from skrytka.core.signatures.pdf.places import PdfRefused
from skrytka.core.signatures.reasons import ReasonCode

_MOST = 512
_MOST_VRI = 256


@dataclass(frozen=True)
class Store:
    """Certificates and revocation values, the latter as DER (OCSP: the basic response)."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    @property
    def has_revocation(self) -> bool:
        return bool(self.crls or self.ocsps)


def read_store(document: Document | None, revision: int | None) -> Store:
    """This will read the store as it stood in a revision; empty where there is none to be read.

    Raises `PdfRefused` with RES_COUNT for more than 512 certificates or revocation values.
    """
    if document is None or revision is None:
        return Store()
    return attempt(lambda: _read(document.at(revision))) or Store()


def refuse_crowds(store: Store) -> Store:
    """This will hand the store on. Raises `PdfRefused` for more values than are looked at."""
    if max(len(store.certificates), len(store.crls) + len(store.ocsps)) > _MOST:
        raise PdfRefused(ReasonCode.RES_COUNT)
    return store


def _read(objects: HistoricalResolver) -> Store:
    store = entry(objects.root, "/DSS")
    related = entry(store, "/VRI")
    places = [store, *(entry(related, key) for key in list(related)[:_MOST_VRI])]
    loaded = (load_certificate(each) for each in _streams(places, "/Certs", "/Cert"))
    responses = (unwrapped(each) for each in _streams(places, "/OCSPs", "/OCSP"))
    return Store(
        tuple(each for each in loaded if each is not None),
        tuple(_streams(places, "/CRLs", "/CRL")),
        tuple(each for each in responses if each is not None),
    )


def _streams(places: list[generic.DictionaryObject], *keys: str) -> dict[bytes, None]:
    found = (data for place in places for key in keys for data in _values(place, key))
    return dict.fromkeys(found)


def _values(place: generic.DictionaryObject, key: str) -> Iterator[bytes]:
    """A value that cannot be read is none, and takes no other with it."""
    listed = value_of(place, key)
    if not isinstance(listed, generic.ArrayObject):
        return
    for number in range(min(len(listed), _MOST + 1)):
        data = attempt(partial(_stream, listed, number))
        if data is not None:
            yield data


def _stream(listed: generic.ArrayObject, number: int) -> bytes:
    return bytes(listed[number].data)
