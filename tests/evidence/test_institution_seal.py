"""The institution's seal on a letter: verified before it is given out, or not given out at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication
from skrytka.evidence.operations import CannotSeal, SealFault, seal_for_institution
from skrytka.gateways.installed import install, installed
from skrytka.gateways.seal import SealKeysUnusableError, SealPurpose

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
DOCUMENT = b"<Pismo><Tytul>Wezwanie</Tytul></Pismo>"


class OtherKeys:
    """The keys of this installation, but for what is told otherwise."""

    def __init__(self, *, trust: TrustStore | None = None, usable: bool = True) -> None:
        self._keys, self._trust, self._usable = installed().seal_keys, trust, usable

    def key(self, purpose: SealPurpose) -> object:
        if not self._usable:
            raise SealKeysUnusableError("seal.key")
        return self._keys.key(purpose)

    def certificate(self, purpose: SealPurpose) -> object:
        return self._keys.certificate(purpose)

    def trust(self) -> TrustStore:
        return self._trust or self._keys.trust()


def refused(keys: object, document: bytes = DOCUMENT, at: datetime = AT) -> SealFault:
    before = installed()
    install(replace(before, seal_keys=keys))  # type: ignore[arg-type]  # a stand-in of the same shape
    try:
        with pytest.raises(CannotSeal) as fault:
            seal_for_institution(document, at=at)
        return fault.value.reason
    finally:
        install(before)


def test_a_sealed_letter_passes_the_public_verifier() -> None:
    sealed, report = seal_for_institution(DOCUMENT, at=AT)
    assert report.indication is Indication.TOTAL_PASSED
    assert sealed.startswith(DOCUMENT.removesuffix(b"</Pismo>"))
    assert b"Ref-Pismo" in sealed
    assert [one.signer.pesel for one in report.signatures if one.signer] == [None]


def test_a_key_that_does_not_serve_seals_nothing() -> None:
    assert refused(OtherKeys(usable=False)) is SealFault.KEYS
    assert refused(installed().seal_keys, at=AT + timedelta(days=40 * 365)) is SealFault.REFUSED


def test_a_seal_that_the_own_verifier_does_not_trust_is_not_given_out() -> None:
    assert refused(OtherKeys(trust=TrustStore())) is SealFault.DOES_NOT_VERIFY


def test_what_is_no_document_or_sealed_already_is_refused() -> None:
    assert refused(installed().seal_keys, b"nic") is SealFault.REFUSED
    sealed, _report = seal_for_institution(DOCUMENT, at=AT)
    assert refused(installed().seal_keys, sealed) is SealFault.REFUSED
