"""Argon2id that many log-ins at once do not turn into gigabytes."""

import threading
import time

import argon2
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.module_loading import import_string

from skrytka.config import passwords, settings
from skrytka.config.passwords import MeasuredArgon2Hasher

PASSWORD = "cztery-zwykłe-słowa-razem"


def test_passwords_are_stored_as_owasp_advises() -> None:
    hasher = MeasuredArgon2Hasher()
    stored = hasher.encode(PASSWORD, hasher.salt())
    assert stored.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hasher.verify(PASSWORD, stored)
    assert not hasher.verify(f"{PASSWORD}.", stored)


def test_the_product_uses_it() -> None:
    assert import_string(settings.PASSWORD_HASHERS[0]) is MeasuredArgon2Hasher


def test_a_password_stored_before_is_known_and_stored_anew() -> None:
    before = Argon2PasswordHasher()
    before.memory_cost, before.time_cost = 1024, 1
    stored = before.encode(PASSWORD, before.salt())
    assert MeasuredArgon2Hasher().verify(PASSWORD, stored)
    assert MeasuredArgon2Hasher().must_update(stored)


def test_never_more_than_two_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = [0], [0], threading.Lock()
    real = argon2.low_level.hash_secret

    def watched(*arguments: object, **options: object) -> bytes:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)
        try:
            return real(*arguments, **options)  # type: ignore[arg-type]
        finally:
            with lock:
                now[0] -= 1

    monkeypatch.setattr(argon2.low_level, "hash_secret", watched)
    hasher = passwords.MeasuredArgon2Hasher()
    threads = [
        threading.Thread(target=hasher.encode, args=(PASSWORD, hasher.salt())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2
