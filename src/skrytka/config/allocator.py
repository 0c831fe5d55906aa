"""How the C library of this process gives memory back (glibc; elsewhere nothing is changed).

Left alone, glibc opens up to eight arenas per processor for a program of many threads and raises by
itself the size above which memory is returned at once; what a large upload or a log-in took would
then stay taken.
"""

import ctypes

# Names and numbers of mallopt(3).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
KIB = 1024
CHOICES = ((M_ARENA_MAX, 2), (M_MMAP_THRESHOLD, 256 * KIB), (M_TRIM_THRESHOLD, 512 * KIB))


def give_memory_back() -> None:
    """This will set the allocator before threads start; processes that fork off inherit it."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    for name, value in CHOICES:
        mallopt(name, value)
