"""How passwords are stored: argon2id with the memory of a small server in mind.

Django's own parameters take 100 MB for each log-in under way, so a minute of many log-ins would
take gigabytes. These are the first that OWASP's Password Storage Cheat Sheet names: 19 MiB, two
passes, one lane. A hash made with others is made anew at the next log-in.
"""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

# Log-ins wait for their turn for some tens of milliseconds; memory stays that of two.
AT_ONCE = BoundedSemaphore(2)


class MeasuredArgon2Hasher(Argon2PasswordHasher):
    """Argon2id in 19 MiB, and never more than two at once in this process."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with AT_ONCE:
            return super().verify(password, encoded)
