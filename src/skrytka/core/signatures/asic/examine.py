"""From a container to the evidence of all its signatures."""

from collections.abc import Mapping

from skrytka.core.signatures.asic.archive import open_archive
from skrytka.core.signatures.asic.binding import Binder
from skrytka.core.signatures.asic.cms_signatures import examine_cms_signatures
from skrytka.core.signatures.asic.costs import MOST_SIGNATURES, MOST_TOKENS, Budget
from skrytka.core.signatures.asic.coverage import uncovered, with_coverage
from skrytka.core.signatures.asic.kind import Container, sort_container
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.asic.tokens import Signatures, examine_container_token
from skrytka.core.signatures.asic.xml_signatures import examine_xml_signatures
from skrytka.core.signatures.evidence import FileEvidence
from skrytka.core.signatures.reasons import ReasonCode


def examine_container(data: bytes, detached: Mapping[str, bytes]) -> FileEvidence:
    """This will decode every signature of a container. Never raises for what the file holds.

    A signature's ``covers`` name entries; its ``content`` is the one payload it covers, None when
    it covers several (`coverage.covered_files` hands out all of them). ``detached`` is not read:
    a container brings all that it signs, and a file handed in must not stand in for an entry.
    """
    del detached
    try:
        container = sort_container(open_archive(data))
        return _examine(container, Budget.for_file(len(data)))
    except ContainerRefused as refusal:
        return FileEvidence(refusal=refusal.code)


def _examine(container: Container, budget: Budget) -> FileEvidence:
    if len(container.tokens) > MOST_TOKENS or len(container.cms_signatures) > MOST_SIGNATURES:
        raise ContainerRefused(ReasonCode.RES_COUNT)
    binder = Binder.of(container, budget)
    found = _signatures(container, binder)
    signatures = tuple(
        with_coverage(signature, container) for of_file in found.values() for signature in of_file
    )
    if len(signatures) > MOST_SIGNATURES:
        raise ContainerRefused(ReasonCode.RES_COUNT)
    tokens = map(binder.bind, container.tokens)
    return FileEvidence(
        signatures=signatures,
        refusal=None if signatures else ReasonCode.NO_SIGNATURE,
        timestamps=tuple(examine_container_token(bound, found) for bound in tokens),
        uncovered=uncovered(container, signatures),
        security=container.codes,
    )


def _signatures(container: Container, binder: Binder) -> Signatures:
    of_xml = {
        source.name: examine_xml_signatures(container, source, binder.budget)
        for source in container.xml_signatures
    }
    of_cms = {
        source.name: examine_cms_signatures(binder.bind(source))
        for source in container.cms_signatures
    }
    return {**of_xml, **of_cms}
