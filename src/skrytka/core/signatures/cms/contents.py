"""Which content a signer signed: the one inside, or one of the files handed in beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from skrytka.core.signatures.cms.ber import octets
from skrytka.core.signatures.cms.certificates import Held
from skrytka.core.signatures.cms.digests import Digester, Octets, digest_name
from skrytka.core.signatures.cms.structure import MESSAGE_DIGEST, SignedData, SignerInfo
from skrytka.core.signatures.cms.verification import Checked, Signed, check_signer
from skrytka.core.signatures.evidence import Cover, SignedContent
from skrytka.core.signatures.words import Packaging, Scope

_MOST_TRIED = 64


@dataclass(frozen=True, eq=False)
class Content:
    """A content that may have been signed, and the name that it was handed in with."""

    name: str
    octets: Octets
    packaging: Packaging

    def cover(self) -> tuple[Cover, ...]:
        """This will tell the content by its digest, as far as it can be had."""
        sha256 = self.octets.digest("sha256")
        scope = Scope.DIGEST if self.octets.octets is None else Scope.FULL
        return (Cover(self.name, sha256.hex(), scope),) if sha256 else ()

    def verified(self) -> SignedContent | None:
        data = self.octets.octets
        return None if data is None else SignedContent(self.packaging, data)


_NOTHING = Content("", Octets(None), Packaging.DETACHED)


def list_contents(
    signed_data: SignedData, files: Iterable[tuple[str, bytes]]
) -> tuple[Content, ...]:
    """This will list what may have been signed. A content inside leaves no other choice.

    It takes the name of a file that was handed in with the very same octets. Raises `CannotRead`.
    """
    inside = signed_data.content
    if inside is not None:
        name = next((name for name, data in files if data == inside), "")
        return (Content(name, Octets(inside), Packaging.ENVELOPING_BINARY),)
    return tuple(detached_content(name, data) for name, data in files)


def detached_content(name: str, data: bytes | Digester) -> Content:
    """This will make a content of what stands outside the signature."""
    return Content(name, Octets(data), Packaging.DETACHED)


def check_over_contents(
    signer: SignerInfo, content_type: str, contents: tuple[Content, ...], pool: Iterable[Held]
) -> tuple[Content, Checked]:
    """This will verify a signer over its content. Raises `CannotRead`.

    Of several contents it is the one whose digest was signed, or over which the value itself holds.
    """
    held = tuple(pool)
    fitting = contents if len(contents) == 1 else _fitting(signer, contents)
    for content in fitting[:_MOST_TRIED]:
        checked = check_signer(signer, Signed(content.octets, content_type), held)
        if checked.intact or len(fitting) == 1:
            return content, checked
    return _NOTHING, check_signer(signer, Signed(_NOTHING.octets, content_type), held)


def _fitting(signer: SignerInfo, contents: tuple[Content, ...]) -> tuple[Content, ...]:
    if signer.signed_node is None:
        return contents
    name = digest_name(signer.digest)
    for attribute in signer.signed_attributes(MESSAGE_DIGEST)[:1]:
        wanted = octets(attribute.single)
        return tuple(one for one in contents if one.octets.digest(name) == wanted)[:1]
    return ()
