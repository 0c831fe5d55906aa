"""The latest pictures are kept in memory, and never more of them than was said."""

from skrytka.gateways.rendering.recent import RecentPages, RenderedPage


def picture(size: int) -> RenderedPage:
    return RenderedPage(bytes(size), 1, 1, 1)


def test_the_one_asked_for_longest_ago_leaves_first() -> None:
    recent = RecentPages(most=100)
    for name in "ab":
        recent.keep((name, "", 1), picture(50))
    assert recent.find(("a", "", 1)) is not None
    recent.keep(("c", "", 1), picture(50))
    assert [recent.find((name, "", 1)) is None for name in "abc"] == [False, True, False]
    assert recent.size == 100


def test_a_picture_larger_than_all_that_is_kept_is_not_kept() -> None:
    recent = RecentPages(most=100)
    recent.keep(("a", "", 1), picture(101))
    assert (recent.find(("a", "", 1)), recent.size) == (None, 0)


def test_pages_and_types_of_a_file_are_kept_apart() -> None:
    recent = RecentPages(most=100)
    recent.keep(("a", "application/pdf", 1), picture(1))
    assert recent.find(("a", "application/pdf", 2)) is None
    assert recent.find(("a", "image/gif", 1)) is None
