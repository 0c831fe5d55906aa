"""Name constraints along a certificate path (RFC 5280 §4.2.1.10 and §6.1.3).

An authority may be allowed to certify some names only. What it may is checked for every
certificate below it; a kind of constraint that is not known here forbids every name of that kind.
"""

from collections.abc import Iterable, Iterator

from cryptography import x509
from cryptography.x509.oid import NameOID

from skrytka.core.signatures.certificates import UNREADABLE

_Names = tuple[x509.GeneralName, ...]


def respects_constraints(path: tuple[x509.Certificate, ...]) -> bool:
    """This will tell whether every name on a path is one that all above it may certify.

    ``path`` runs from the signer up. An extension that cannot be read forbids.
    """
    try:
        return all(
            _allowed(names, _constraints(authority))
            for place, authority in enumerate(path)
            for names in map(_names_of, path[:place])
        )
    except UNREADABLE:
        return False


def _constraints(authority: x509.Certificate) -> x509.NameConstraints | None:
    try:
        return authority.extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        return None


def _names_of(certificate: x509.Certificate) -> _Names:
    """The subject, the mail addresses in it, and the alternative names."""
    subject = certificate.subject
    mails = subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    try:
        alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        others = tuple(alternative.value)
    except x509.ExtensionNotFound:
        others = ()
    own = (x509.DirectoryName(subject),) if list(subject) else ()
    return (*own, *(x509.RFC822Name(str(mail.value)) for mail in mails), *others)


def _allowed(names: _Names, constraints: x509.NameConstraints | None) -> bool:
    if constraints is None:
        return True
    permitted, excluded = constraints.permitted_subtrees or (), constraints.excluded_subtrees or ()
    return all(_is_permitted(name, permitted) and not _is_in(name, excluded) for name in names)


def _is_permitted(name: x509.GeneralName, permitted: Iterable[x509.GeneralName]) -> bool:
    of_kind = [tree for tree in permitted if type(tree) is type(name)]
    return not of_kind or _is_in(name, of_kind)


def _is_in(name: x509.GeneralName, trees: Iterable[x509.GeneralName]) -> bool:
    return any(_is_within(name, tree) for tree in trees if type(tree) is type(name))


def _is_within(name: x509.GeneralName, tree: x509.GeneralName) -> bool:
    if isinstance(name, x509.DirectoryName) and isinstance(tree, x509.DirectoryName):
        parts, start = list(_parts(name.value)), list(_parts(tree.value))
        return parts[: len(start)] == start
    if isinstance(name, x509.RFC822Name) and isinstance(tree, x509.RFC822Name):
        return _mail_within(name.value.casefold(), tree.value.casefold())
    if isinstance(name, x509.DNSName) and isinstance(tree, x509.DNSName):
        return f".{name.value.casefold()}".endswith(f".{tree.value.casefold().lstrip('.')}")
    if isinstance(name, x509.IPAddress) and isinstance(tree, x509.IPAddress):
        return _address_within(name, tree)
    return name == tree


def _parts(name: x509.Name) -> Iterator[frozenset[tuple[str, str]]]:
    """The relative names in order, their values without case and doubled spaces."""
    for relative in name.rdns:
        yield frozenset(
            (one.oid.dotted_string, " ".join(str(one.value).casefold().split())) for one in relative
        )


def _mail_within(mail: str, tree: str) -> bool:
    """A whole address, all addresses of a host, or of every host of a domain (with a dot)."""
    if "@" in tree:
        return mail == tree
    host = mail.rpartition("@")[2]
    return host.endswith(tree) if tree.startswith(".") else host == tree


def _address_within(name: x509.IPAddress, tree: x509.IPAddress) -> bool:
    network = tree.value
    return hasattr(network, "num_addresses") and name.value in network  # type: ignore[operator]
