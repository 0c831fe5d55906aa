"""Small files of every format that would cost much to whoever reads them trustingly."""

import base64
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.core.signatures.cms.crafting import integer, sequence, tlv
from tests.core.signatures.crafting import DS, EXC, INC, SHA256
from tests.core.signatures.pdf.signing import signed_pdf

MIB = 1024 * 1024
_RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SHA256_OID = bytes.fromhex("0609608648016503040201")
_RSA_OID = bytes.fromhex("06092a864886f70d01010b0500")
_MIMETYPE = {"mimetype": b"application/vnd.etsi.asic-e+zip"}


def transform(algorithm: str, inside: str = "") -> str:
    return f'<Transform Algorithm="{algorithm}">{inside}</Transform>'


ENVELOPED = transform(f"{DS}enveloped-signature") + transform(EXC)


def reference(uri: str = "", transforms: str = ENVELOPED) -> str:
    return (
        f'<Reference URI="{uri}"><Transforms>{transforms}</Transforms>'
        f'<DigestMethod Algorithm="{SHA256}"/><DigestValue>AAAA</DigestValue></Reference>'
    )


def signature(references: str, inside: str = "", key_info: str = "") -> str:
    return (
        f'<Signature xmlns="{DS}"><SignedInfo><CanonicalizationMethod Algorithm="{EXC}"/>'
        f'<SignatureMethod Algorithm="{_RSA}"/>{references}</SignedInfo>'
        f"<SignatureValue>AAAA</SignatureValue><KeyInfo>{key_info}</KeyInfo>{inside}</Signature>"
    )


def xml(body: str, signatures: str, declared: str = "") -> bytes:
    return f"<r{declared}>{body}{signatures}</r>".encode()


def laughs() -> bytes:
    """Ten billion letters in a kilobyte of entities."""
    inside = '<!ENTITY a0 "aaaaaaaaaa">'
    inside += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f"<!DOCTYPE r [{inside}]><r>&a9;</r>".encode()


def many_namespaces() -> bytes:
    """Each element would write all declarations anew in inclusive form."""
    declared = "".join(f' xmlns:n{n}="u{n}"' for n in range(2_000))
    steps = transform(f"{DS}enveloped-signature") + transform(INC)
    return xml("<b/>" * 20_000, signature(reference("", steps)), declared)


def references_of_one_another() -> bytes:
    """Each of 240 nested parts is digested with all that stands in it."""
    nested = "".join(f'<b Id="i{n}">' for n in range(240)) + "<c/>" * 20_000 + "</b>" * 240
    return xml(nested, signature("".join(reference(f"#i{n}", transform(EXC)) for n in range(240))))


def many_signatures() -> bytes:
    """64 enveloped signatures, which is allowed, each over the whole file."""
    return xml("<b/>" * 20_000, signature(reference()) * 64)


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (*_MIMETYPE.items(), *files):
            packed.writestr(name, data)
    return out.getvalue()


def crowded_container() -> bytes:
    one = f'<a xmlns="http://uri.etsi.org/02918/v1.2.1#">{signature(reference("x", ""))}</a>'
    return archive((f"META-INF/signatures{n}.xml", one.encode()) for n in range(900))


def signer(unsigned: bytes = b"") -> bytes:
    named = sequence(sequence(), integer(1))
    rsa, value = sequence(_RSA_OID), tlv(4, bytes(256))
    return sequence(integer(1), named, sequence(_SHA256_OID), rsa, value, unsigned)


def cms(
    *, algorithms: int = 1, certificates: int = 0, crls: int = 0, signers: bytes = b""
) -> bytes:
    inside = sequence(
        integer(1),
        tlv(0x31, sequence(_SHA256_OID) * algorithms),
        sequence(_DATA),
        tlv(0xA0, sequence() * certificates),
        tlv(0xA1, sequence() * crls),
        tlv(0x31, signers or signer()),
    )
    return sequence(_SIGNED_DATA, tlv(0xA0, inside))


def nested_counter_signers() -> bytes:
    inner = signer()
    for _ in range(200):
        attribute = sequence(bytes.fromhex("06092a864886f70d010906"), tlv(0x31, inner))
        inner = signer(tlv(0xA1, attribute))
    return cms(signers=inner)


def pieces() -> bytes:
    """One letter in each of 300,000 octet strings of indefinite length."""
    content = b"\xa0\x80\x24\x80" + b"\x04\x01a" * 300_000 + b"\0\0\0\0"
    inside = sequence(
        integer(1), tlv(0x31, sequence(_SHA256_OID)), sequence(_DATA, content), tlv(0x31, signer())
    )
    return sequence(_SIGNED_DATA, tlv(0xA0, inside))


def changed(change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """A signed PDF with a revision after the signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _name(text: str) -> generic.NameObject:
    return generic.NameObject(f"/{text}")


def _dictionary(entries: Mapping[str, generic.PdfObject]) -> generic.DictionaryObject:
    named = {_name(key): value for key, value in entries.items()}
    return generic.DictionaryObject(named)  # type: ignore[no-untyped-call]


def mesh_of_fields(writer: IncrementalPdfFileWriter) -> None:
    """Thirty fields, each three times the child of the next: 3^30 ways down."""
    below = writer.add_object(_dictionary({"FT": _name("Tx")}))
    for _ in range(30):
        kids = generic.ArrayObject([below] * 3)
        field = {"FT": _name("Tx"), "T": generic.pdf_string("a"), "Kids": kids}
        below = writer.add_object(_dictionary(field))
    writer.root["/AcroForm"]["/Fields"].append(below)
    writer.update_container(writer.root["/AcroForm"])


def crowd_of_fields() -> bytes:
    """One signature is the value of a hundred thousand fields."""
    return plain_pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[" + b"4 0 R " * 100_000 + b"]>>>>",
        b"<</Type/Pages/Kids[]/Count 0>>",
        b"null",
        b"<</FT/Sig/T(a)/V 5 0 R>>",
        b"<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange[0 1 2 3]/Contents<3080>>>",
    )


def bombs_in_store(writer: IncrementalPdfFileWriter) -> None:
    """A hundred revocation lists of five mebibytes each, which are five kilobytes."""
    packed = [zlib.compress(bytes(5 * MIB) + bytes([n]), 9) for n in range(100)]
    streams = [
        writer.add_object(
            generic.StreamObject({_name("Filter"): _name("FlateDecode")}, encoded_data=each)
        )
        for each in packed
    ]
    store = _dictionary({"CRLs": generic.ArrayObject(streams)})
    writer.root[_name("DSS")] = writer.add_object(store)
    writer.update_root()  # type: ignore[no-untyped-call]


def plain_pdf(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + table + tail % (len(objects) + 1, len(out))


def huge_key() -> bytes:
    """A certificate whose key has 65,536 bits, with a value that is as long."""
    modulus = (1 << 65_536) - 1
    key = tlv(3, b"\0" + sequence(integer(modulus), integer((1 << 65_535) - 1)))
    name = sequence(tlv(0x31, sequence(bytes.fromhex("0603550403") + tlv(0x0C, b"x"))))
    validity = sequence(tlv(0x17, b"200101000000Z"), tlv(0x17, b"400101000000Z"))
    of_key = sequence(sequence(bytes.fromhex("06092a864886f70d0101010500")), key)
    version, rsa = tlv(0xA0, integer(2)), sequence(_RSA_OID)
    inside = sequence(version, integer(1), rsa, name, validity, name, of_key)
    certificate = base64.b64encode(sequence(inside, rsa, tlv(3, b"\0" + bytes(256)))).decode()
    boxed = f"<X509Data><X509Certificate>{certificate}</X509Certificate></X509Data>"
    value = base64.b64encode(b"\x7f" + bytes(8_191)).decode()
    whole = signature(reference(), key_info=boxed)
    return xml("<b/>", whole.replace(">AAAA</SignatureValue", f">{value}</SignatureValue"))
