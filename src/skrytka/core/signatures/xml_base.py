"""How Canonical XML 1.1 joins the ``xml:base`` values along the way to a subtree (§2.4)."""

from urllib.parse import SplitResult, urlsplit, urlunsplit


def join_bases(outer: str, inner: str) -> str:
    """This will join two references, either of which may be relative.

    RFC 3986 §5.2, but the outer one need not be absolute, steps up that lead above a relative
    start stay, several slashes become one, and a fragment is dropped.
    """
    base, reference = urlsplit(outer), urlsplit(inner)
    if reference.scheme:
        return _written(reference, reference.path, reference.query)
    if reference.netloc:
        return _written(reference._replace(scheme=base.scheme), reference.path, reference.query)
    if not reference.path:
        return _written(base, base.path, reference.query or base.query)
    if reference.path.startswith("/"):
        return _written(base, reference.path, reference.query)
    folder = base.path[: base.path.rfind("/") + 1]
    if base.netloc and not base.path:
        folder = "/"
    return _written(base, folder + reference.path, reference.query)


def _written(place: SplitResult, path: str, query: str) -> str:
    return urlunsplit((place.scheme, place.netloc, _without_dots(path), query, ""))


def _without_dots(path: str) -> str:
    rooted, parts = path.startswith("/"), path.split("/")
    kept: list[str] = []
    for part in parts:
        if part == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif (part == ".." and not rooted) or part not in {"", ".", ".."}:
            kept.append(part)
    end = "/" if kept and parts[-1] in {"", ".", ".."} else ""
    return ("/" if rooted else "") + "/".join(kept) + end
