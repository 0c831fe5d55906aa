"""Who may do what with the catalogue."""

from skrytka.accounts.queries import Viewer


def may_read_catalogue(_viewer: Viewer) -> bool:
    """The catalogue is public (ustawa o informatyzacji, art. 19b): anyone, logged in or not."""
    return True
